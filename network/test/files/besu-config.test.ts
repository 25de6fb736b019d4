import { expect } from "chai";
import { parse as parseToml } from "smol-toml";
import { seededNodeKey } from "../../besu/enode.ts";
import { configToml } from "../../files/besu-config.ts";
import { besuArguments, jvmOptions } from "../../files/launch.ts";
import { networkNode } from "../../files/make-network.ts";
import type { NodePlan, NodeRole } from "../../plan/plan.ts";

const PATHS = { config: "c", key: "k", permissions: "p", data: "d", genesis: "g", staticNodes: "s" };

/** What Besu's profile ENTERPRISE sets and nothing else of ours does. */
const BY_PROFILE = ["sync-min-peers", "bonsai-limit-trie-logs-enabled"];

/** Every option that the facts about Besu name for a permissioned QBFT node, with the value it must have. */
const REQUIRED: Readonly<Record<string, unknown>> = {
  profile: "ENTERPRISE",
  "config-file": "c",
  "data-path": "d",
  "genesis-file": "g",
  "node-private-key-file": "k",
  "static-nodes-file": "s",
  "permissions-nodes-config-file": "p",
  "permissions-nodes-config-file-enabled": true,
  "sync-mode": "FULL",
  "data-storage-format": "FOREST",
  "p2p-host": "127.0.0.1",
  "p2p-interface": "127.0.0.1",
  "p2p-port": 30_304,
  "nat-method": "NONE",
  "discovery-enabled": false,
  "remote-connections-limit-enabled": false,
  "max-peers": 100,
  "rpc-http-enabled": true,
  "rpc-http-host": "127.0.0.1",
  "rpc-http-port": 8_555,
  "rpc-http-api": ["ETH", "NET", "WEB3", "QBFT", "TXPOOL", "ADMIN", "PERM"],
  "rpc-http-max-active-connections": 300,
  "host-allowlist": ["localhost", "127.0.0.1"],
  "rpc-ws-enabled": true,
  "rpc-ws-host": "127.0.0.1",
  "rpc-ws-port": 8_556,
  "rpc-ws-api": ["ETH", "NET", "WEB3"],
  "rpc-gas-cap": 100_000_000,
  "rpc-max-logs-range": 5_000,
  "revert-reason-enabled": true,
  "metrics-enabled": true,
  "metrics-host": "127.0.0.1",
  "metrics-port": 9_546,
  "min-gas-price": 0,
  "tx-pool": "SEQUENCED",
  "tx-pool-no-local-priority": true,
  "tx-pool-max-size": 20_000,
  "tx-pool-limit-by-account-percentage": 1,
};

const nodeOf = (role: NodeRole, host = "127.0.0.1") => {
  const plan: NodePlan = {
    id: "alpha-1",
    organisation: "alpha",
    role,
    host,
    ports: { p2p: 30_304, rpc: 8_555, ws: 8_556, metrics: 9_546 },
    heapMb: 768,
    publicKey: undefined,
  };
  return networkNode(plan, seededNodeKey("config").publicKey);
};

const onCommandLine = (): Record<string, string> =>
  Object.fromEntries(
    besuArguments(PATHS).map((argument) => {
      const [, name = "", value = ""] = /^--([a-z0-9-]+)=(.*)$/.exec(argument) ?? [];
      return [name, value];
    }),
  );

describe("Besu's configuration", () => {
  it("has every option that a permissioned QBFT node needs, and no other", () => {
    const file = parseToml(configToml(nodeOf("validator")));
    expect({ ...file, ...onCommandLine() }).to.deep.equal(REQUIRED);
    for (const name of BY_PROFILE) expect(file).to.not.have.property(name);
  });

  it("holds no path, and the profile stands where Besu looks for it", () => {
    const file = parseToml(configToml(nodeOf("validator")));
    expect(Object.keys(file).filter((name) => /path|file$|^profile$/.test(name))).to.deep.equal([]);
    expect(onCommandLine()).to.include({
      profile: "ENTERPRISE",
      "rpc-http-host": "127.0.0.1",
      "rpc-ws-host": "127.0.0.1",
    });
    expect(new Set(besuArguments(PATHS)).size).to.equal(Object.keys(onCommandLine()).length);
  });

  it("lets observers trace, and nobody else", () => {
    const apis = (role: NodeRole) => parseToml(configToml(nodeOf(role)))["rpc-http-api"];
    expect(apis("observer")).to.include.members(["DEBUG", "TRACE", "PERM"]);
    expect(apis("validator")).to.not.include.members(["DEBUG"]).and.not.include("TRACE");
  });

  for (const { host, listens } of [
    { host: "127.0.0.1", listens: "127.0.0.1" },
    { host: "::1", listens: "::1" },
    { host: "203.0.113.5", listens: "0.0.0.0" },
    { host: "2001:db8::5", listens: "::" },
  ])
    it(`announces ${host} and listens on ${listens}; RPC stays on this computer`, () => {
      expect(parseToml(configToml(nodeOf("validator", host)))).to.include({
        "p2p-host": host,
        "p2p-interface": listens,
        "rpc-http-host": "127.0.0.1",
        "rpc-ws-host": "127.0.0.1",
        "metrics-host": "127.0.0.1",
      });
    });

  it("bounds the JVM's memory", () => {
    expect(jvmOptions({ heapMb: 768 })).to.equal("-Xmx768m -XX:MaxDirectMemorySize=256m");
  });
});
