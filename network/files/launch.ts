/** How Besu is started: the same arguments for a process of this computer, for commands.sh and in a container. */
import type { NodeFolder } from "../plan/folder.ts";
import type { NetworkNode } from "../plan/plan.ts";

export interface LaunchPaths extends Pick<NodeFolder, "config" | "key" | "permissions" | "data"> {
  readonly genesis: string;
  readonly staticNodes: string;
}

/**
 * The two hosts stand here although config.toml has them: Besu takes the environment before the file, and its image sets
 * BESU_RPC_HTTP_HOST=0.0.0.0, which would open ADMIN, PERM and QBFT to everybody. Only the command line comes before both.
 */
export function besuArguments(paths: LaunchPaths): string[] {
  return [
    "--profile=ENTERPRISE",
    `--config-file=${paths.config}`,
    `--data-path=${paths.data}`,
    `--genesis-file=${paths.genesis}`,
    `--node-private-key-file=${paths.key}`,
    `--static-nodes-file=${paths.staticNodes}`,
    `--permissions-nodes-config-file=${paths.permissions}`,
    "--rpc-http-host=127.0.0.1",
    "--rpc-ws-host=127.0.0.1",
  ];
}

/**
 * For BESU_OPTS. Without -Xmx a JVM takes a quarter of the machine's memory; direct memory is RocksDB's and the network's.
 * Together with code and threads a node takes about heapMb + 600 MiB.
 */
export function jvmOptions(node: Pick<NetworkNode, "heapMb">): string {
  return `-Xmx${node.heapMb}m -XX:MaxDirectMemorySize=256m`;
}

/**
 * The environment for a Besu process. BESU_* variables of the shell are options that come before config.toml: one left over
 * from another node (BESU_P2P_PORT, say) would be followed silently, so none is handed on but BESU_HOME.
 */
export function besuEnvironment(
  node: Pick<NetworkNode, "heapMb">,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (!entry[0].startsWith("BESU_") || entry[0] === "BESU_HOME"),
  );
  return { ...Object.fromEntries(kept), BESU_OPTS: jvmOptions(node) };
}
