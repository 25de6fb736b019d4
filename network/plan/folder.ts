/**
 * Where everything of a network lies on one computer. The folder is what `init` or `join` made; `--dir` names it.
 * Secrets (mode 0600): nodes/<id>/key, organisations/<slug>/representative.key, deployer.key. All else may be shown.
 */
import { join, resolve } from "node:path";

export const DEFAULT_DIR = ".network";

export interface NodeFolder {
  readonly path: string;
  /** Besu's --config-file; it holds no path, those stand on the command line. */
  readonly config: string;
  /** 64 hex digits, as Besu reads it. */
  readonly key: string;
  readonly permissions: string;
  /** Besu's --data-path. */
  readonly data: string;
  readonly besuPid: string;
  readonly besuLog: string;
  readonly agentPid: string;
  readonly agentLog: string;
  /** The agent's --state-dir. */
  readonly agentState: string;
}

export interface NetworkFolder {
  readonly root: string;
  readonly network: string;
  readonly genesis: string;
  readonly staticNodes: string;
  /** As the gateway reads it; there after `deploy`. */
  readonly deployment: string;
  readonly compose: string;
  readonly commands: string;
  readonly deployerKey: string;
  /** Cards of nodes that were let in before they belong to a member, one JSON file each. */
  readonly accepted: string;
  node(id: string): NodeFolder;
  representativeKey(organisation: string): string;
}

export function networkFolder(dir: string): NetworkFolder {
  const root = resolve(dir);
  const at = (...parts: string[]): string => join(root, ...parts);
  return {
    root,
    network: at("network.json"),
    genesis: at("genesis.json"),
    staticNodes: at("static-nodes.json"),
    deployment: at("deployment.json"),
    compose: at("docker-compose.yml"),
    commands: at("commands.sh"),
    deployerKey: at("deployer.key"),
    accepted: at("accepted"),
    representativeKey: (organisation) => at("organisations", organisation, "representative.key"),
    node: (id) => ({
      path: at("nodes", id),
      config: at("nodes", id, "config.toml"),
      key: at("nodes", id, "key"),
      permissions: at("nodes", id, "permissions.toml"),
      data: at("nodes", id, "data"),
      besuPid: at("nodes", id, "besu.pid"),
      besuLog: at("nodes", id, "logs", "besu.log"),
      agentPid: at("nodes", id, "agent.pid"),
      agentLog: at("nodes", id, "logs", "agent.log"),
      agentState: at("nodes", id, "agent"),
    }),
  };
}
