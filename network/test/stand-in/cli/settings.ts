/** The options the stand-in follows, with Besu's defaults. */
import { join } from "node:path";
import { OptionError } from "./read-options.ts";
import type { OptionValue, Options } from "./read-options.ts";

export interface ServerSettings {
  readonly isEnabled: boolean;
  readonly host: string;
  readonly port: number;
  readonly groups: readonly string[];
}

export interface Settings {
  readonly dataPath: string;
  readonly genesisFile: string;
  readonly keyFile: string;
  readonly staticNodesFile: string;
  readonly bootnodes: readonly string[];
  /** Undefined: every node may connect. */
  readonly nodesAllowFile: string | undefined;
  readonly accountsAllowFile: string | undefined;
  readonly p2p: { readonly host: string; readonly interface: string; readonly port: number; readonly maxPeers: number };
  readonly http: ServerSettings;
  readonly ws: ServerSettings;
  readonly metrics: { readonly isEnabled: boolean; readonly host: string; readonly port: number };
  readonly hostAllowlist: readonly string[];
  readonly maxLogsRange: number;
  readonly maxBatchSize: number;
  readonly minGasPrice: bigint;
  readonly poolSize: number;
  /** Transactions that wait at once from one sender. */
  readonly poolPerSender: number;
  readonly isRevertReasonKept: boolean;
  readonly logLevel: string;
}

const GROUPS = ["ADMIN", "CLIQUE", "DEBUG", "ENGINE", "ETH", "IBFT", "MINER", "NET", "PERM", "PLUGINS", "QBFT"];
const KNOWN_GROUPS = new Set([...GROUPS, "TRACE", "TXPOOL", "WEB3"]);

export function settingsOf(options: Options): Settings {
  const read = <T extends OptionValue>(name: string, otherwise: T): T => (options.get(name) ?? otherwise) as T;
  const dataPath = read<string>("data-path", "");
  if (dataPath === "") throw new OptionError("The stand-in needs --data-path: it never writes beside itself.");
  const genesisFile = read<string>("genesis-file", "");
  if (genesisFile === "") throw new OptionError("The stand-in needs --genesis-file: it knows no public network.");
  const allowFile = (kind: string): string | undefined =>
    read<boolean>(`permissions-${kind}-config-file-enabled`, false)
      ? read(`permissions-${kind}-config-file`, join(dataPath, "permissions_config.toml"))
      : undefined;
  const poolSize = read("tx-pool-max-size", 4_096);
  return {
    dataPath,
    genesisFile,
    keyFile: read("node-private-key-file", join(dataPath, "key")),
    staticNodesFile: read("static-nodes-file", join(dataPath, "static-nodes.json")),
    bootnodes: read<readonly string[]>("bootnodes", []),
    nodesAllowFile: allowFile("nodes"),
    accountsAllowFile: allowFile("accounts"),
    p2p: {
      host: read("p2p-host", "127.0.0.1"),
      interface: read("p2p-interface", "0.0.0.0"),
      port: read("p2p-port", 30_303),
      maxPeers: read("max-peers", 25),
    },
    http: serverOf("http", 8_545, read),
    ws: serverOf("ws", 8_546, read),
    metrics: {
      isEnabled: read("metrics-enabled", false),
      host: read("metrics-host", "127.0.0.1"),
      port: read("metrics-port", 9_545),
    },
    hostAllowlist: read<readonly string[]>("host-allowlist", ["localhost", "127.0.0.1"]),
    maxLogsRange: read("rpc-max-logs-range", 5_000),
    maxBatchSize: read("rpc-http-max-batch-size", 1_024),
    minGasPrice: BigInt(read("min-gas-price", 1_000)),
    poolSize,
    poolPerSender: Math.max(1, Math.floor(poolSize * read("tx-pool-limit-by-account-percentage", 0.001))),
    isRevertReasonKept: read("revert-reason-enabled", false),
    logLevel: read("logging", "INFO"),
  };
}

function serverOf(
  kind: "http" | "ws",
  port: number,
  read: <T extends OptionValue>(name: string, otherwise: T) => T,
): ServerSettings {
  const groups = read<readonly string[]>(`rpc-${kind}-api`, read(`rpc-${kind}-apis`, ["ETH", "NET", "WEB3"]));
  for (const group of groups)
    if (!KNOWN_GROUPS.has(group.toUpperCase()))
      throw new OptionError(
        `Invalid value for option '--rpc-${kind}-api': invalid entries found [${group}] (the stand-in has no plugins)`,
      );
  return {
    isEnabled: read(`rpc-${kind}-enabled`, false),
    host: read(`rpc-${kind}-host`, "127.0.0.1"),
    port: read(`rpc-${kind}-port`, port),
    groups: groups.map((group) => group.toUpperCase()),
  };
}
