/** Each illness from facts alone: which finding, about whom, with which numbers. */
import { expect } from "chai";
import { diagnose, isHealthy } from "../../doctor/diagnose.ts";
import type { FindingCode } from "../../doctor/catalogue.ts";
import { FINDINGS } from "../../doctor/catalogue.ts";
import type { Facts, LogSigns, NodeFacts } from "../../doctor/facts.ts";
import type { Finding, Seen } from "../../doctor/finding.ts";
import { ENDED, HASH, KEY, NOW, blocksOf, factsOf, rpcOf } from "../support/facts.ts";
import type { Scene } from "../support/facts.ts";

const NO_SIGNS: LogSigns = { lastLine: "it ended", round: undefined, futureBlockSeconds: undefined, troubles: [] };

function only(index: number, change: (facts: NodeFacts) => Partial<NodeFacts>): Pick<Scene, "node"> {
  return { node: (facts, at) => (at === index ? change(facts) : {}) };
}

function rpc(change: Partial<NonNullable<NodeFacts["rpc"]>>): (facts: NodeFacts) => Partial<NodeFacts> {
  return ({ rpc: was }) => (was === undefined ? {} : { rpc: { ...was, ...change } });
}

/** All nodes' head is so old, and nothing came while it was watched. */
function standsFor(seconds: number, change: Partial<LogSigns> = {}): Scene {
  return {
    node: (facts) => {
      const head = { number: 100, timestamp: NOW - seconds, miner: facts.node.address, round: 0 };
      return { log: { ...NO_SIGNS, ...change }, rpc: facts.rpc && { ...facts.rpc, head, recent: [head] } };
    },
    facts: () => ({ watched: { seconds: 5, blocks: 0, ageSeconds: seconds + 5 } }),
  };
}

interface Case {
  readonly code: FindingCode;
  readonly when: string;
  readonly scene: Scene;
  readonly about?: string;
  readonly numbers?: Seen;
}

const CASES: readonly Case[] = [
  {
    code: "quorum_lost",
    when: "two of four validators are down",
    scene: {
      node: (facts, index, network) => {
        if (index > 1) return ENDED;
        const peers = [network.nodes[1 - index]?.address].filter((address) => address !== undefined);
        return { rpc: rpcOf(facts.node, network, { peers }) };
      },
    },
    about: "network",
    numbers: { n: 4, running: 2, quorum: 3, short: 1, missing: "org2-1, org3-1" },
  },
  {
    code: "quorum_lost",
    when: "nothing runs on the one computer of all nodes",
    scene: { node: () => ENDED },
    numbers: { n: 4, running: 0, quorum: 3, short: 3, missing: "org0-1, org1-1, org2-1, org3-1" },
  },
  {
    code: "validator_down",
    when: "another organisation's validator is nobody's peer",
    scene: {
      own: 1,
      node: (facts, _, network) => ({
        rpc: rpcOf(facts.node, network, { peers: network.nodes.slice(1, 3).map(({ address }) => address) }),
      }),
    },
    about: "org3-1",
    numbers: { validator: "org3-1", organisation: "org3", spare: 0, address: "10.0.0.4:30303" },
  },
  {
    code: "chain_stalled",
    when: "all are connected and no block comes: two rounds of 6 s passed",
    scene: standsFor(2 + 6 + 12 + 1),
    about: "network",
    numbers: { age: 21, period: 2, head: 100, round: 2, roundSeconds: 24, n: 4, running: 4, quorum: 3 },
  },
  {
    code: "restart_together",
    when: "four rounds passed: 6 + 12 + 24 + 48 s",
    scene: standsFor(2 + 90 + 1),
    numbers: { age: 93, period: 2, head: 100, round: 4, roundSeconds: 96, n: 4, running: 4, quorum: 3 },
  },
  {
    code: "restart_together",
    when: "a log says the round, whatever the age",
    scene: standsFor(60, { round: { number: 7, expiresAfterSeconds: 768 } }),
    numbers: { age: 60, period: 2, head: 100, round: 7, roundSeconds: 768, n: 4, running: 4, quorum: 3 },
  },
  {
    code: "round_changes",
    when: "each fourth block takes a second round",
    scene: {
      node: (facts, _, network) => {
        const { validators = [] } = facts.rpc ?? {};
        return { rpc: rpcOf(facts.node, network, { recent: blocksOf(validators, 20, (n) => (n % 4 === 0 ? 1 : 0)) }) };
      },
    },
    about: "network",
  },
  {
    code: "validator_silent",
    when: "a connected validator makes none of the blocks",
    scene: {
      node: (facts, _, network) => {
        const { validators = [] } = facts.rpc ?? {};
        const silent = network.nodes[3]?.address;
        const makers = validators.filter((validator) => validator !== silent);
        return { rpc: rpcOf(facts.node, network, { recent: blocksOf(makers, 20, () => 0) }) };
      },
    },
    about: "org3-1",
    numbers: { validator: "org3-1", organisation: "org3", blocks: 20, share: 5 },
  },
  { code: "too_few_validators", when: "there are three", scene: { validators: 3 }, numbers: { n: 3 } },
  {
    code: "validator_not_member",
    when: "the alliance does not know a validator",
    scene: {
      facts: ({ network }) => ({
        alliance: { wanted: network.nodes.slice(0, 3).map(({ address }) => address), floor: 4 },
      }),
    },
    about: "org3-1",
    numbers: { validator: "org3-1", floor: 4 },
  },
  {
    code: "member_not_validator",
    when: "a member's node does not seal yet",
    scene: { node: (facts) => rpc({ validators: facts.rpc?.validators?.slice(1) ?? [] })(facts) },
  },
  {
    code: "validator_contract_fails",
    when: "the log says so",
    scene: only(0, () => ({
      log: { ...NO_SIGNS, troubles: [{ kind: "validatorContract", line: "Failed validator smart contract call" }] },
    })),
    about: "org0-1",
  },
  {
    code: "genesis_changed",
    when: "genesis.json was edited",
    scene: { facts: () => ({ genesisDigest: HASH("e") }) },
    numbers: { is: HASH("e"), expected: HASH("d") },
  },
  {
    code: "genesis_differs",
    when: "one node has another block 0",
    scene: only(2, rpc({ genesisHash: HASH("9") })),
    about: "org2-1",
    numbers: { what: "block 0", is: HASH("9"), expected: HASH("0"), reference: "deployment.json" },
  },
  {
    code: "genesis_differs",
    when: "one of four has another block 0 and nothing is deployed",
    scene: { ...only(1, rpc({ genesisHash: HASH("9") })), facts: () => ({ deployedOn: undefined }) },
    about: "org1-1",
    numbers: { what: "block 0", is: HASH("9"), expected: HASH("0"), reference: "org0-1, org2-1, org3-1" },
  },
  {
    code: "genesis_differs",
    when: "a node has another chain id",
    scene: only(0, rpc({ chainId: 1 })),
    numbers: { what: "chain id", is: 1, expected: 4_242, reference: "network.json" },
  },
  {
    code: "node_down",
    when: "one of four is down",
    scene: only(3, () => ({ ...ENDED, log: NO_SIGNS })),
    about: "org3-1",
    numbers: { node: "org3-1", line: "it ended" },
  },
  {
    code: "node_silent",
    when: "its process runs without an answer",
    scene: only(3, () => ({ rpc: undefined })),
    about: "org3-1",
    numbers: { node: "org3-1", pid: 77, address: "http://127.0.0.1:8545" },
  },
  {
    code: "node_behind",
    when: "its head is old",
    scene: only(1, (facts) => {
      const head = facts.rpc?.recent[5];
      return rpc({ head })(facts);
    }),
    about: "org1-1",
    numbers: { head: 86, best: 100, behind: 14 },
  },
  {
    code: "no_peers",
    when: "a node is alone",
    scene: only(0, rpc({ peers: [] })),
    about: "org0-1",
    numbers: { expected: 3, port: 30_303, host: "10.0.0.1" },
  },
  {
    code: "peer_missing",
    when: "two of ours do not see each other",
    scene: {
      node: (facts, index, { nodes }) =>
        index > 1 ? {} : rpc({ peers: nodes.slice(2).map(({ address }) => address) })(facts),
    },
    about: "org0-1",
    numbers: { missing: "org1-1 (10.0.0.2:30303)", peers: 2, hostPort: "10.0.0.2 30303" },
  },
  {
    code: "not_allowed",
    when: "the list has a node at another address",
    scene: only(0, (facts) =>
      rpc({ allowlist: (facts.rpc?.allowlist ?? []).map((enode) => enode.replace("10.0.0.4", "10.9.9.9")) })(facts),
    ),
    about: "org0-1",
  },
  {
    code: "static_nodes_differ",
    when: "static-nodes.json lacks a node",
    scene: { facts: ({ network }) => ({ staticNodes: network.nodes.slice(1).map(({ enode }) => enode) }) },
    about: "computer",
  },
  {
    code: "static_not_allowed",
    when: "permissions.toml lacks a static node",
    scene: only(0, (facts) => ({ ...ENDED, files: { ...facts.files, allowed: facts.files.allowed?.slice(1) } })),
    about: "org0-1",
  },
  {
    code: "min_gas_price",
    when: "the running node asks 1000 wei",
    scene: only(0, () => ({ metrics: new Map([["ethereum_min_gas_price", 1_000]]) })),
    about: "org0-1",
    numbers: { is: 1_000, file: "config.toml" },
  },
  {
    code: "min_gas_price",
    when: "the file of a node that is down says so",
    scene: only(0, (facts) => ({ ...ENDED, files: { ...facts.files, minGasPrice: "7" } })),
    numbers: { is: 7, file: "config.toml" },
  },
  {
    code: "rpc_gas_cap_differs",
    when: "a contract selects the validators and one node's cap is its own",
    scene: {
      chain: { validatorSelection: "contract" },
      ...only(2, (facts) => ({ files: { ...facts.files, rpcGasCap: "50000000" } })),
    },
    about: "org2-1",
    numbers: { is: "50000000", expected: "100000000", reference: "org0-1", file: "config.toml" },
  },
  {
    code: "nonce_gap",
    when: "transactions wait behind one that is missing",
    scene: only(
      0,
      rpc({
        pool: { max: 100, count: 3, gaps: [{ sender: factsOf().here[0]!.node.address, next: 7, lowest: 9, count: 3 }] },
      }),
    ),
    about: "org0-1",
  },
  {
    code: "pool_full",
    when: "nine tenths are taken",
    scene: only(0, rpc({ pool: { max: 100, count: 90, gaps: [] } })),
  },
  {
    code: "besu_too_old",
    when: "26.7.1 runs",
    scene: only(0, rpc({ clientVersion: "besu/v26.7.1/linux-x86_64/openjdk-java-25" })),
    about: "org0-1",
    numbers: { is: "26.7.1", least: "26.8" },
  },
  {
    code: "java_too_old",
    when: "it runs on Java 21",
    scene: only(0, rpc({ clientVersion: "besu/v26.8.0/linux-x86_64/openjdk-java-21" })),
    numbers: { is: 21, least: 25 },
  },
  {
    code: "java_too_old",
    when: "it ended because of Java 21",
    scene: only(0, () => ({
      ...ENDED,
      log: {
        ...NO_SIGNS,
        troubles: [{ kind: "java", line: "only recognizes class file versions up to 65.0" }],
      },
    })),
    about: "org0-1",
  },
  {
    code: "besu_unusable",
    when: "BESU_HOME is wrong",
    scene: { facts: ({ machine }) => ({ machine: { ...machine, besuProblem: "Besu 25.1.0 is too old" } }) },
    about: "computer",
    numbers: { problem: "Besu 25.1.0 is too old" },
  },
  {
    code: "versions_differ",
    when: "one node was upgraded",
    scene: only(0, rpc({ clientVersion: "besu/v26.9.0/linux-x86_64/openjdk-java-25" })),
    about: "network",
  },
  {
    code: "agent_down",
    when: "there is no agent",
    scene: only(0, () => ({ agent: { pid: undefined, health: undefined, lastLine: undefined } })),
    about: "org0-1",
  },
  {
    code: "agent_behind",
    when: "the epoch can not be earned any more",
    scene: only(0, () => ({
      agent: { pid: 5, health: { status: "behind", problem: undefined }, lastLine: undefined },
    })),
    about: "org0-1",
  },
  {
    code: "agent_failing",
    when: "the agent reports a problem",
    scene: only(0, () => ({
      agent: { pid: 5, health: { status: "failing", problem: "no answer" }, lastLine: undefined },
    })),
    numbers: { status: "failing", problem: "no answer", log: "agent.log" },
  },
  {
    code: "clock_wrong",
    when: "the newest block is of the future",
    scene: {
      node: (facts) => rpc({ head: { number: 100, timestamp: NOW + 40, miner: facts.node.address, round: 0 } })(facts),
    },
    about: "computer",
  },
  {
    code: "clock_wrong",
    when: "blocks come and all are old",
    scene: {
      node: (facts) => rpc({ head: { number: 100, timestamp: NOW - 40, miner: facts.node.address, round: 0 } })(facts),
      facts: () => ({ watched: { seconds: 5, blocks: 2, ageSeconds: 40 } }),
    },
    about: "computer",
  },
  {
    code: "clock_wrong",
    when: "a node refuses blocks of the future and falls behind",
    scene: only(1, (facts) => ({
      ...rpc({ head: facts.rpc?.recent[5] })(facts),
      log: { ...NO_SIGNS, futureBlockSeconds: 30 },
    })),
    about: "org1-1",
  },
  {
    code: "clock_wrong",
    when: "a node refuses blocks of the future and keeps up: another's clock is ahead",
    scene: only(1, () => ({ log: { ...NO_SIGNS, futureBlockSeconds: 30 } })),
    about: "network",
  },
  {
    code: "clock_unsynchronised",
    when: "the kernel says so",
    scene: { facts: ({ machine }) => ({ machine: { ...machine, isClockSynchronised: false } }) },
    about: "computer",
  },
  {
    code: "disk_full",
    when: "half a GiB is left",
    scene: only(0, () => ({ disk: { path: "data", freeBytes: 2 ** 29, totalBytes: 2 ** 40, isWritable: true } })),
    numbers: { free: "0.5 GiB", total: "1024.0 GiB", share: 0, path: "data" },
  },
  {
    code: "disk_low",
    when: "5 GiB of 100 are left",
    scene: only(0, () => ({
      disk: { path: "data", freeBytes: 5 * 2 ** 30, totalBytes: 100 * 2 ** 30, isWritable: true },
    })),
    numbers: { free: "5.0 GiB", total: "100.0 GiB", share: 5, path: "data" },
  },
  {
    code: "disk_write_failed",
    when: "a node that answers could not write",
    scene: only(0, () => ({
      log: { ...NO_SIGNS, troubles: [{ kind: "disk", line: "No space left on device" }] },
    })),
    about: "org0-1",
  },
  {
    code: "data_unwritable",
    when: "the data folder is another user's",
    scene: only(0, () => ({ disk: { path: "data", freeBytes: 2 ** 40, totalBytes: 2 ** 41, isWritable: false } })),
    numbers: { path: "data", user: "besu" },
  },
  {
    code: "key_readable",
    when: "others may read the key",
    scene: only(0, (facts) => ({ files: { ...facts.files, keyMode: 0o644 } })),
    numbers: { path: "key", mode: "644" },
  },
  {
    code: "port_taken",
    when: "something listens where the node should",
    scene: only(0, () => ({ ...ENDED, listening: [8_545, 9_545] })),
    about: "org0-1",
    numbers: { ports: "8545, 9545", s: "s", file: "config.toml" },
  },
  {
    code: "stranger_at_port",
    when: "another node answers there",
    scene: only(0, () => ({ ...ENDED, stranger: KEY("stranger") })),
    about: "org0-1",
  },
  ...(
    [
      "data_of_another_genesis:genesis",
      "database_locked:locked",
      "memory_short:memory",
      "options_refused:options",
    ] as const
  ).map((pair): Case => {
    const [code, kind] = pair.split(":") as [FindingCode, LogSigns["troubles"][number]["kind"]];
    return {
      code,
      when: `a node ended with trouble "${kind}"`,
      scene: only(0, () => ({ ...ENDED, log: { ...NO_SIGNS, troubles: [{ kind, line: "why" }] } })),
      about: "org0-1",
    };
  }),
];

const of = (facts: Facts, code: FindingCode): Finding[] => diagnose(facts).filter((finding) => finding.code === code);

describe("the doctor's rules", () => {
  it("find nothing in a healthy network, of whatever size and on one computer or several", () => {
    for (const scene of [{}, { validators: 7 }, { own: 1 }, { validators: 22, own: 2 }]) {
      const findings = diagnose(factsOf(scene));
      expect(findings.map(({ code }) => code)).to.deep.equal([]);
      expect(isHealthy(findings)).to.equal(true);
    }
  });

  for (const { code, when, scene, about, numbers } of CASES)
    it(`${code}: ${when}`, () => {
      const [found] = of(factsOf(scene), code);
      expect(found, `no ${code}`).to.not.equal(undefined);
      if (about !== undefined) expect(found?.about).to.equal(about);
      if (numbers !== undefined) expect(found?.numbers).to.deep.equal(numbers);
      for (const words of [found?.seen.en, found?.seen.zh, found?.todo.en, found?.todo.zh])
        expect(words, "an unfilled place").to.not.match(/\{\w+\}|undefined|NaN/);
    });

  it("have a case for every code of the catalogue", () => {
    expect(new Set(CASES.map(({ code }) => code))).to.deep.equal(new Set(Object.keys(FINDINGS)));
  });

  it("do not call a chain stalled for the one round that a validator which is down costs", () => {
    expect(of(factsOf(standsFor(2 + 6 + 2)), "chain_stalled")).to.have.length(0);
  });

  it("count rounds from the start of the processes, not from the last block before it", () => {
    const scene = standsFor(3_600);
    const facts = factsOf({
      ...scene,
      node: (node, index, network) => ({
        ...scene.node?.(node, index, network),
        metrics: new Map([["process_start_time_seconds", NOW - 12]]),
      }),
    });
    expect(of(facts, "chain_stalled")[0]?.numbers).to.include({ round: 1, roundSeconds: 12 });
    expect(of(facts, "restart_together")).to.have.length(0);
  });

  it("say nothing of who runs elsewhere when no own node answers", () => {
    const findings = diagnose(factsOf({ own: 1, node: () => ENDED }));
    expect(findings.map(({ code }) => code)).to.deep.equal(["node_down"]);
  });

  it("give a validator that was just voted in the time of its first turn", () => {
    const silent = CASES.find(({ code }) => code === "validator_silent")?.scene;
    const facts = factsOf({
      ...silent,
      node: (node, index, network) => {
        const change = silent?.node?.(node, index, network);
        const late = network.nodes[3]?.address;
        return { rpc: change?.rpc && { ...change.rpc, seated: change.rpc.validators?.filter((one) => one !== late) } };
      },
    });
    expect(of(facts, "validator_silent")).to.have.length(0);
  });

  it("miss nobody who left the alliance on the lists that its agent keeps", () => {
    const left = (facts: Facts): Partial<Facts> => ({
      alliance: { wanted: facts.network.nodes.slice(0, 4).map(({ address }) => address), floor: 4 },
      staticNodes: facts.network.nodes.slice(0, 4).map(({ enode }) => enode),
    });
    const facts = factsOf({
      validators: 5,
      own: 4,
      facts: left,
      node: ({ node }, _, network) => {
        const present = network.nodes.slice(0, 4);
        const validators = present.map(({ address }) => address).sort();
        const recent = blocksOf(validators, 20, () => 0);
        const peers = present.filter(({ id }) => id !== node.id).map(({ address }) => address);
        const allowlist = present.map(({ enode }) => enode);
        return { rpc: rpcOf(node, network, { validators, seated: validators, recent, peers, allowlist }) };
      },
    });
    expect(diagnose(facts).map(({ code }) => code)).to.deep.equal([]);
  });

  it("name the worst first, and call a network with notices alone healthy", () => {
    const findings = diagnose(factsOf({ validators: 3, ...only(0, rpc({ peers: [] })) }));
    expect(findings[0]?.severity).to.equal("critical");
    expect(findings.at(-1)?.code).to.equal("too_few_validators");
    expect(isHealthy(diagnose(factsOf({ validators: 3 })))).to.equal(true);
  });
});
