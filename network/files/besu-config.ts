/** What Besu reads at its start: options as TOML, allow-list, static nodes. Every key is the name of a Besu option. */
import { isLoopback } from "../plan/host.ts";
import type { NetworkFile, NetworkNode, NodeRole } from "../plan/plan.ts";

const VALIDATOR_APIS = ["ETH", "NET", "WEB3", "QBFT", "TXPOOL", "ADMIN", "PERM"];
/** Tracing replays blocks: on a validator it would delay the next one. */
const OBSERVER_APIS = [...VALIDATOR_APIS, "DEBUG", "TRACE"];

type TomlValue = string | number | boolean | readonly string[];

/**
 * No path, and no `profile`: Besu looks for the profile before it reads this file and ignores one that is named here
 * (ConfigDefaultValueProviderStrategy), so it stands on the command line (launch.ts). What matters of it is repeated here:
 * with a profile that is not found the pool would be the layered one, which refuses `tx-pool-max-size` at the start.
 */
function besuOptions(node: NetworkNode): Readonly<Record<string, TomlValue>> {
  return {
    "sync-mode": "FULL",
    // Bonsai keeps the state of 512 blocks only, and has stalled QBFT chains (Besu #9040, #7204).
    "data-storage-format": "FOREST",

    "p2p-host": node.host,
    "p2p-interface": p2pInterface(node.host),
    "p2p-port": node.ports.p2p,
    "nat-method": "NONE",
    "discovery-enabled": false,
    // 25 by default; 30 validators and their observers are more.
    "max-peers": 100,
    "remote-connections-limit-enabled": false,
    "permissions-nodes-config-file-enabled": true,

    "rpc-http-enabled": true,
    "rpc-http-host": "127.0.0.1",
    "rpc-http-port": node.ports.rpc,
    "rpc-http-api": apisOf(node.role),
    "rpc-http-max-active-connections": 300,
    "host-allowlist": ["localhost", "127.0.0.1"],
    "rpc-ws-enabled": true,
    "rpc-ws-host": "127.0.0.1",
    "rpc-ws-port": node.ports.ws,
    "rpc-ws-api": ["ETH", "NET", "WEB3"],
    // Bounds the validator contract's call too, so it is the same on every node. It is Besu's default.
    "rpc-gas-cap": 100_000_000,
    "rpc-max-logs-range": 5_000,
    "revert-reason-enabled": true,

    "metrics-enabled": true,
    "metrics-host": "127.0.0.1",
    "metrics-port": node.ports.metrics,

    // Gas is free: with any other price Besu drops our transactions without a word.
    "min-gas-price": 0,
    "tx-pool": "SEQUENCED",
    "tx-pool-no-local-priority": true,
    "tx-pool-max-size": 20_000,
    // 1 = 100 %: the gateway sends everything from a few keys.
    "tx-pool-limit-by-account-percentage": 1,
  };
}

export function apisOf(role: NodeRole): readonly string[] {
  return role === "observer" ? OBSERVER_APIS : VALIDATOR_APIS;
}

export function configToml(node: NetworkNode): string {
  const head = `# ${node.id}, ${node.role} of ${node.organisation}. Made by \`npm run network\`; paths and the profile stand on the command line.`;
  const lines = Object.entries(besuOptions(node)).map(([key, value]) => `${key}=${tomlValue(value)}`);
  return `${[head, ...lines].join("\n")}\n`;
}

/** Besu writes this file again, without comments, whenever the allow-list changes by `perm_*`. */
export function permissionsToml(enodes: readonly string[]): string {
  return `nodes-allowlist=${tomlValue(enodes)}\n`;
}

/** Who is dialled at the start and again whenever the connection is lost. All of them must be on the allow-list. */
export function staticNodesJson(network: NetworkFile): string {
  return `${JSON.stringify(
    network.nodes.map(({ enode }) => enode),
    null,
    2,
  )}\n`;
}

/** A server behind address translation has its public address on no interface: listen on all of that family. */
function p2pInterface(host: string): string {
  if (isLoopback(host)) return host;
  return host.includes(":") ? "::" : "0.0.0.0";
}

/** JSON's strings and lists of strings are TOML's. */
function tomlValue(value: TomlValue): string {
  return JSON.stringify(value);
}
