/** docker-compose.yml: the same files and ports as plain processes, for those who run containers. */
import { stringify } from "yaml";
import type { NetworkFile, NetworkNode } from "../plan/plan.ts";
import { besuArguments, jvmOptions } from "./launch.ts";

/** Where the folder's files appear in the container. Not under /opt/besu, which belongs to the image. */
const INSIDE = "/network";

/** Who the containers run as; the key files are readable by their owner only. */
export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

export function composeYaml(network: NetworkFile, nodes: readonly NetworkNode[], owner: FileOwner): string {
  const services = Object.fromEntries(nodes.map((node) => [node.id, service(network, node, owner)]));
  const head =
    "# docker compose up -d starts the nodes of this computer. Made by `npm run network`; run it from this folder.\n" +
    "# 用 docker compose 启动本机节点，请在本目录执行。\n";
  // Quoted throughout: readers of YAML 1.1 take 0:0 for a number of base 60.
  return head + stringify({ name: network.name, services }, { lineWidth: 0, defaultStringType: "QUOTE_DOUBLE" });
}

function service(network: NetworkFile, node: NetworkNode, owner: FileOwner): object {
  const inside = `${INSIDE}/nodes/${node.id}`;
  return {
    image: `hyperledger/besu:${network.besuVersion}`,
    user: `${owner.uid}:${owner.gid}`,
    // Enodes carry addresses: with a bridge the others would see the bridge's, which no allow-list has.
    network_mode: "host",
    restart: "unless-stopped",
    // The default of 10 s may kill RocksDB while it writes.
    stop_grace_period: "60s",
    environment: { BESU_OPTS: jvmOptions(node) },
    // One node's files only: a container never sees another node's key.
    volumes: [
      `./genesis.json:${INSIDE}/genesis.json:ro`,
      `./static-nodes.json:${INSIDE}/static-nodes.json:ro`,
      `./nodes/${node.id}:${inside}`,
    ],
    command: besuArguments({
      config: `${inside}/config.toml`,
      key: `${inside}/key`,
      permissions: `${inside}/permissions.toml`,
      data: `${inside}/data`,
      genesis: `${INSIDE}/genesis.json`,
      staticNodes: `${INSIDE}/static-nodes.json`,
    }),
  };
}
