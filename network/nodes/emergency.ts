/** `emergency-transition`: reads where the chain stands, writes the genesis file anew and keeps the old one. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Address, Hex32 } from "../../gateway/src/kernel/ids.ts";
import { genesisDigest } from "../genesis/genesis.ts";
import { checkTransitionBlock, checkTransitionValidators, withTransition } from "../genesis/transition.ts";
import type { ChainPosition } from "../genesis/transition.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodesHere, readNetworkFile, writeNetworkFile } from "../plan/network-file.ts";
import type { NetworkFile } from "../plan/plan.ts";
import { lookAtNode } from "./node-state.ts";
import { rpcUrlOf } from "./running-node.ts";

/** Twice within so many block periods: a chain that makes none in that time stands still. */
const STILL_PERIODS = 6;

type Say = (line: string) => void;

export interface EmergencyOptions {
  readonly validators: readonly Address[];
  /** Left out: the next block of a chain that stands still. */
  readonly block: number | undefined;
  /** The highest block of any node, from people, when no node of this computer runs. */
  readonly head: number | undefined;
}

export interface EmergencyDone {
  readonly block: number;
  readonly digest: Hex32;
  /** Where the file went that was in force. */
  readonly keptAt: string;
  /** Validators that the network's file does not name. */
  readonly strangers: readonly Address[];
}

export async function writeTransition(
  folder: NetworkFolder,
  options: EmergencyOptions,
  say: Say,
): Promise<EmergencyDone> {
  const network = readNetworkFile(folder);
  checkTransitionValidators(options.validators);
  if (!existsSync(folder.genesis)) throw new NetworkError("input", `There is no ${folder.genesis}.`);
  const position = await findPosition(folder, network, { head: options.head, say });
  const block = checkTransitionBlock(options.block, position, network.chain.blockPeriodSeconds);
  const old = readFileSync(folder.genesis, "utf8");
  const text = withTransition(old, { block, validators: options.validators });
  const keptAt = join(dirname(folder.genesis), `genesis.before-${block}.json`);
  writeFileSync(keptAt, old);
  const draft = `${folder.genesis}.new`;
  writeFileSync(draft, text);
  renameSync(draft, folder.genesis);
  const digest = genesisDigest(text);
  writeNetworkFile(folder, { ...network, genesisDigest: digest });
  const known = new Set(network.nodes.map(({ address }) => address));
  return { block, digest, keptAt, strangers: options.validators.filter((one) => !known.has(one)) };
}

/** The highest head of this computer's nodes, looked at twice. Nodes elsewhere may have one more: people compare. */
async function findPosition(
  folder: NetworkFolder,
  network: NetworkFile,
  { head, say }: { head: number | undefined; say: Say },
): Promise<ChainPosition> {
  const before = await highest(folder, network);
  if (before === undefined) {
    if (head !== undefined) return { head, isMoving: false };
    throw new NetworkError(
      "network",
      "No node of this computer answers, so nobody tells where the chain stands: start one (up --no-wait), or give the highest block that any organisation's node has with --head.",
    );
  }
  if (head !== undefined && head < before)
    throw new NetworkError("input", `--head ${head} is too low: a node of this computer has block ${before}.`);
  const seconds = STILL_PERIODS * network.chain.blockPeriodSeconds;
  say(`The highest block here is ${before}. Looking for ${seconds} s whether blocks are still made …`);
  await sleep(seconds * 1_000);
  const after = (await highest(folder, network)) ?? before;
  return { head: Math.max(after, head ?? 0), isMoving: after > before };
}

async function highest(folder: NetworkFolder, network: NetworkFile): Promise<number | undefined> {
  const states = await Promise.all(nodesHere(folder, network).map((node) => lookAtNode(rpcUrlOf(node))));
  const heads = states.flatMap(({ head }) => (head === undefined ? [] : [head.number]));
  return heads.length === 0 ? undefined : Math.max(...heads);
}
