/** One node's folder, and the files that all nodes of this computer share. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { NodeKey } from "../besu/enode.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodeOf, nodesHere, writeNetworkFile } from "../plan/network-file.ts";
import type { NetworkFile } from "../plan/plan.ts";
import { configToml, permissionsToml, staticNodesJson } from "./besu-config.ts";
import { commandsSh } from "./commands-sh.ts";
import { composeYaml } from "./compose.ts";
import type { FileOwner } from "./compose.ts";
import { writeKeyFile } from "./key-file.ts";

/**
 * Makes nodes/<id>: key, config.toml, permissions.toml, data and logs. Can be run again: config.toml is written anew from
 * `network`, the key and the allow-list stay (Besu and the agent keep that list from the first start on).
 */
export function writeNodeFolder(folder: NetworkFolder, network: NetworkFile, nodeId: string, key: NodeKey): void {
  const node = nodeOf(network, nodeId);
  if (node.address !== key.address)
    throw new NetworkError(
      "refused",
      `The key for ${nodeId} is not the one that the network knows: it is ${key.address}, expected ${node.address}.`,
    );
  const at = folder.node(nodeId);
  writeKeyFile(at.key, key);
  mkdirSync(at.data, { recursive: true });
  mkdirSync(dirname(at.besuLog), { recursive: true });
  writeFileSync(at.config, configToml(node));
  if (!existsSync(at.permissions))
    writeFileSync(at.permissions, permissionsToml(network.nodes.map(({ enode }) => enode)));
}

/**
 * static-nodes.json, docker-compose.yml, commands.sh and network.json: run again after `network` or the set of keys of this
 * computer changed. network.json comes last, so a folder that has one is complete. The genesis is not touched.
 */
export function writeSharedFiles(folder: NetworkFolder, network: NetworkFile, owner: FileOwner): void {
  mkdirSync(folder.root, { recursive: true });
  mkdirSync(folder.accepted, { recursive: true });
  const here = nodesHere(folder, network);
  writeFileSync(folder.staticNodes, staticNodesJson(network));
  writeFileSync(folder.compose, composeYaml(network, here, owner));
  writeFileSync(folder.commands, commandsSh(here), { mode: 0o755 });
  writeNetworkFile(folder, network);
}
