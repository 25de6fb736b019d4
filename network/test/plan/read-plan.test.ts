import { expect } from "chai";
import { EXAMPLE } from "../../plan/example.ts";
import { NetworkError } from "../../plan/network-error.ts";
import { readPlan } from "../../plan/read-plan.ts";
import { isAtLeast } from "../../plan/schema.ts";
import { seededNodeKey } from "../../besu/enode.ts";

const KEY = seededNodeKey("one").publicKey;

const yaml = ({
  top = "",
  nodes = "[{role: validator}]",
  host = '"10.0.0.1"',
  chainId = "20260",
  slug = "alpha",
} = {}) => `
name: points
chainId: ${chainId}
${top}
organisations:
  - {slug: ${slug}, name: Alpha, host: ${host}, nodes: ${nodes}}
`;

const validators = (count: number) => `[${Array.from({ length: count }, () => "{role: validator}").join(", ")}]`;

describe("network YAML", () => {
  it("needs a name, a chain id and organisations; all else has a default", () => {
    const { plan } = readPlan(yaml(), "network.yaml");
    expect(plan).to.deep.equal({
      name: "points",
      besuVersion: "26.8.0",
      chain: {
        chainId: 20_260,
        blockPeriodSeconds: 2,
        requestTimeoutSeconds: 6,
        epochLength: 30_000,
        gasLimit: 60_000_000,
        validatorSelection: "blockheader",
      },
      organisations: [
        {
          slug: "alpha",
          name: "Alpha",
          nodes: [
            {
              id: "alpha-1",
              organisation: "alpha",
              role: "validator",
              host: "10.0.0.1",
              ports: { p2p: 30_303, rpc: 8_545, ws: 8_546, metrics: 9_545 },
              heapMb: 1_024,
              publicKey: undefined,
            },
          ],
        },
      ],
    });
    expect(readPlan(yaml({ top: "blockPeriodSeconds: 1" }), "y").plan.chain.requestTimeoutSeconds).to.equal(4);
  });

  it("gives the nodes of one host ports of their own, whoever they belong to", () => {
    const nodes = readPlan(EXAMPLE, "example").plan.organisations.flatMap((organisation) => organisation.nodes);
    expect(nodes.map(({ id, role, ports }) => [id, role, ports.p2p, ports.rpc, ports.ws, ports.metrics])).to.deep.equal(
      [
        ["alpha-1", "validator", 30_303, 8_545, 8_546, 9_545],
        ["auditor", "observer", 30_304, 8_555, 8_556, 9_546],
        ["bravo-1", "validator", 30_305, 8_565, 8_566, 9_547],
        ["charlie-1", "validator", 30_306, 8_575, 8_576, 9_548],
        ["delta-1", "validator", 30_307, 8_585, 8_586, 9_549],
      ],
    );
    expect(readPlan(EXAMPLE, "example").warnings).to.deep.equal([]);
  });

  it("takes a public key with or without 0x and 04", () => {
    for (const text of [KEY, KEY.slice(2), `0x04${KEY.slice(2)}`, `04${KEY.slice(2).toUpperCase()}`])
      expect(
        readPlan(yaml({ nodes: `[{publicKey: "${text}"}]` }), "y").plan.organisations[0]?.nodes[0]?.publicKey,
      ).to.equal(KEY);
  });

  it("spells an IPv6 address as Besu does, so that one host is one host", () => {
    const nodes = '[{host: "2001:DB8:0::5"}, {host: "2001:db8::5"}]';
    const made = readPlan(yaml({ nodes }), "y").plan.organisations[0]?.nodes ?? [];
    expect(made.map(({ host, ports }) => [host, ports.p2p])).to.deep.equal([
      ["2001:db8::5", 30_303],
      ["2001:db8::5", 30_304],
    ]);
  });

  for (const { why, text, names } of [
    { why: "text that is no YAML", text: "a: [", names: ["network.yaml is not YAML"] },
    { why: "a key twice", text: `${yaml()}\nname: other\n`, names: ["not YAML"] },
    { why: "nothing", text: "", names: ["network-yaml.md"] },
    { why: "a list", text: "[1]", names: ["network-yaml.md"] },
    { why: "a misspelt field", text: yaml({ top: "blockPeriod: 3" }), names: ["blockPeriod: there is no such field"] },
    {
      why: "a misspelt field of a node",
      text: yaml({ nodes: "[{rol: x}]" }),
      names: ["organisations[0].nodes[0].rol"],
    },
    { why: "chain id 0", text: yaml({ chainId: "0" }), names: ["chainId: must be at least 2"] },
    { why: "Ethereum's chain id", text: yaml({ chainId: "1" }), names: ["chainId"] },
    { why: "a chain id that is text", text: yaml({ chainId: "points" }), names: ["chainId: must be a whole number"] },
    { why: "a name with a slash", text: yaml().replace("points", "a/b"), names: ["name: must be a-z"] },
    { why: "a slug with dots", text: yaml({ slug: '"../etc"' }), names: ["organisations[0].slug"] },
    {
      why: "an organisation's name with a slash",
      text: yaml().replace("Alpha", "A/B"),
      names: ["organisations[0].name"],
    },
    {
      why: "a name longer than the chain takes",
      text: yaml().replace("Alpha", "联".repeat(22)),
      names: ["organisations[0].name: must have at most 64 bytes"],
    },
    {
      why: "no organisation",
      text: "name: a\nchainId: 5\norganisations: []",
      names: ["organisations: needs at least one"],
    },
    { why: "no node", text: yaml({ nodes: "[]" }), names: ["organisations[0].nodes: needs at least one"] },
    { why: "no validator", text: yaml({ nodes: "[{role: observer}]" }), names: ["no node has the role validator"] },
    { why: "31 validators", text: yaml({ nodes: validators(31) }), names: ["31 validators; at most 30"] },
    { why: "101 nodes", text: yaml({ nodes: validators(101) }), names: ["at most 100 nodes"] },
    { why: "a role that is none", text: yaml({ nodes: "[{role: miner}]" }), names: ["validator or observer"] },
    { why: "the name of a host", text: yaml({ host: "besu.example" }), names: ["can not carry a host name"] },
    { why: "an address of nobody", text: yaml({ host: "0.0.0.0" }), names: ["others can dial"] },
    {
      why: "no host at all",
      text: yaml().replace(', host: "10.0.0.1"', ""),
      names: ["node alpha-1: has no host"],
    },
    {
      why: "one node on this computer, another elsewhere",
      text: yaml({ nodes: '[{}, {host: "127.0.0.1"}]' }),
      names: ["node alpha-2", "own computer only"],
    },
    {
      why: "the same id twice",
      text: yaml({ nodes: "[{id: n}, {id: n}]" }),
      names: ["node n: the id is there twice"],
    },
    {
      why: "the same host and port twice",
      text: yaml({ nodes: "[{}, {ports: {rpc: 8545}}]" }),
      names: ["node alpha-2: its rpc port 8545", "alpha-1's rpc"],
    },
    {
      why: "two uses of one port",
      text: yaml({ nodes: "[{ports: {rpc: 9000, metrics: 9000}}]" }),
      names: ["alpha-1's rpc", "9000"],
    },
    {
      why: "the same key twice",
      text: yaml({ nodes: `[{publicKey: "${KEY}"}, {publicKey: "${KEY.slice(2)}"}]` }),
      names: ["node alpha-2", "two nodes never share a key"],
    },
    { why: "a key that YAML reads as a number", text: yaml({ nodes: `[{publicKey: ${KEY}}]` }), names: ["in quotes"] },
    { why: "a short key", text: yaml({ nodes: '[{publicKey: "0x12"}]' }), names: ["128 hex digits"] },
    { why: "a port that is none", text: yaml({ nodes: "[{ports: {p2p: 70000}}]" }), names: ["nodes[0].ports.p2p"] },
    { why: "a heap that Besu can not start with", text: yaml({ nodes: "[{heapMb: 10}]" }), names: ["heapMb"] },
    { why: "a period of half a second", text: yaml({ top: "blockPeriodSeconds: 0.5" }), names: ["blockPeriodSeconds"] },
    {
      why: "a timeout below the period",
      text: yaml({ top: "blockPeriodSeconds: 10\nrequestTimeoutSeconds: 10" }),
      names: ["requestTimeoutSeconds: must be more than"],
    },
    { why: "a gas limit of a trillion", text: yaml({ top: "gasLimit: 1000000000000" }), names: ["gasLimit"] },
    {
      why: "a selection that is none",
      text: yaml({ top: "validatorSelection: poa" }),
      names: ["blockheader or contract"],
    },
    {
      why: "an old Besu",
      text: yaml({ top: 'besuVersion: "26.7.1"' }),
      names: ["besuVersion: must be 26.8.0 or newer"],
    },
    { why: "two wrong fields", text: yaml({ chainId: "0", host: "x" }), names: ["chainId", "organisations[0].host"] },
  ])
    it(`refuses ${why}, naming it`, () => {
      expect(() => readPlan(text, "network.yaml"))
        .to.throw(NetworkError)
        .that.satisfies(({ message, code }: NetworkError) => {
          for (const name of names) expect(message).to.include(name);
          return code === "input";
        });
    });

  it("warns of what works but should be known", () => {
    const warnings = (text: string) => readPlan(text, "y").warnings.join("\n");
    expect(warnings(EXAMPLE)).to.equal("");
    expect(warnings(yaml())).to.include("1 of 4 validators: the chain stops when one of them fails");
    expect(warnings(yaml({ nodes: validators(4) }))).to.equal(
      "alpha has 4 validators. The alliance knows one node a member: once it is followed, the others are voted out.",
    );
    const top = "requestTimeoutSeconds: 3\nvalidatorSelection: contract";
    expect(warnings(yaml({ top })))
      .to.include("twice the block period")
      .and.include("#6742");
  });

  it("compares releases by number, not by text", () => {
    expect(["26.8.0", "26.10.0", "27.1.0", "26.8.1"].every((version) => isAtLeast(version, "26.8.0"))).to.equal(true);
    expect(["26.7.9", "25.12.0", "26.8"].map((version) => isAtLeast(version, "26.8.0"))).to.deep.equal([
      false,
      false,
      true,
    ]);
  });
});
