/** The alliance's chain as one network folder sees it: its nodes on this computer, its contracts, its representatives. */
import { existsSync, readFileSync } from "node:fs";
import type { ChainClient } from "../../gateway/src/chain/client.ts";
import { alliance as allianceAbi } from "../../gateway/src/chain/contracts.ts";
import type { Deployment } from "../../gateway/src/chain/deployment.ts";
import { parseDeployment } from "../../gateway/src/chain/deployment.ts";
import { connectChain } from "../../gateway/src/chain/json-rpc.ts";
import type { LocalKey } from "../../gateway/src/chain/local-key.ts";
import { openLocalKey } from "../../gateway/src/chain/local-key.ts";
import { readContract } from "../../gateway/src/chain/read-contracts.ts";
import type { Clock } from "../../gateway/src/kernel/clock.ts";
import { wallClock } from "../../gateway/src/kernel/clock.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { MEMBER_STATUSES, wordOf } from "../../gateway/src/kernel/statuses.ts";
import type { MemberStatus } from "../../gateway/src/kernel/statuses.ts";
import { rpcUrlOf } from "../nodes/running-node.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodesHere } from "../plan/network-file.ts";
import type { NetworkFile } from "../plan/plan.ts";

export interface Ledger {
  readonly chain: ChainClient;
  readonly deployment: Deployment;
  readonly folder: NetworkFolder;
  readonly clock: Clock;
  /** One line of progress. */
  readonly say: (line: string) => void;
  /** So long does a command wait for what others or the chain's clock must do; then it says how to go on. */
  readonly patienceSeconds: number;
}

/** Who can act here: the key lies in this folder. */
export interface Representative {
  readonly slug: string;
  readonly key: LocalKey;
}

export interface Member {
  readonly id: bigint;
  readonly name: string;
  readonly representative: Address;
  readonly node: Address;
  readonly status: MemberStatus;
}

export interface LedgerOptions {
  /** Instead of the nodes of this folder. */
  readonly rpc?: string | undefined;
  readonly patienceSeconds: number;
  readonly say: (line: string) => void;
  /** Instead of the folder's deployment.json. */
  readonly deployment?: Deployment;
}

/** The chain must answer and be the one that the contracts are on. */
export async function openLedger(folder: NetworkFolder, network: NetworkFile, options: LedgerOptions): Promise<Ledger> {
  const deployment = options.deployment ?? readFolderDeployment(folder);
  const chain = await openChain(folder, network, options.rpc);
  const block0 = await chain.block(0);
  if (block0?.hash !== deployment.genesisHash)
    throw new NetworkError(
      "refused",
      `The contracts are on a chain with block 0 ${deployment.genesisHash}; this one has ${String(block0?.hash)}. Look whether --dir and --rpc belong together.`,
    );
  const { patienceSeconds, say } = options;
  return { chain, deployment, folder, clock: wallClock, say, patienceSeconds };
}

function readFolderDeployment(folder: NetworkFolder): Deployment {
  if (!existsSync(folder.deployment))
    throw new NetworkError(
      "network",
      `There are no contracts yet: ${folder.deployment} is missing. Run deploy, or copy the file from who ran it.`,
    );
  return parseDeployment(readFileSync(folder.deployment, "utf8"));
}

/** Connects to the first of this folder's nodes that answers, or to `rpc`; it must have the network's chain id. */
export async function openChain(folder: NetworkFolder, network: NetworkFile, rpc?: string): Promise<ChainClient> {
  const urls = rpc === undefined ? nodesHere(folder, network).map(rpcUrlOf) : rpc.split(",");
  if (urls.length === 0)
    throw new NetworkError("input", `There is no node in ${folder.root}: name one with --rpc http://…`);
  const chain = connectChain(urls);
  const chainId = await chain.chainId().catch(() => undefined);
  if (chainId === undefined)
    throw new NetworkError(
      "network",
      `No node answers at ${urls.join(", ")}: start one with up, or name one with --rpc.`,
    );
  if (chainId !== network.chain.chainId)
    throw new NetworkError(
      "refused",
      `The node at ${urls.join(", ")} is on chain ${chainId}; the network ${network.name} is chain ${network.chain.chainId}.`,
    );
  return chain;
}

/** @param slug Only this organisation's; otherwise all of the folder. */
export function representativesHere(folder: NetworkFolder, network: NetworkFile, slug?: string): Representative[] {
  const slugs = network.organisations.map((organisation) => organisation.slug);
  if (slug !== undefined && !slugs.includes(slug))
    throw new NetworkError("input", `--organisation: ${slug} is none of ${slugs.join(", ")}.`);
  const wanted = slug === undefined ? slugs : [slug];
  const found = wanted.filter((one) => existsSync(folder.representativeKey(one)));
  return found.map((one) => ({ slug: one, key: openLocalKey(readFileSync(folder.representativeKey(one), "utf8")) }));
}

/** For what one organisation does by itself. */
export function oneRepresentative(folder: NetworkFolder, network: NetworkFile, slug?: string): Representative {
  const found = representativesHere(folder, network, slug);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const problem =
    found.length === 0
      ? `there is no representative's key in ${folder.root}`
      : `${folder.root} holds the keys of ${found.map((one) => one.slug).join(", ")}`;
  throw new NetworkError("input", `--organisation: ${problem}. Name the organisation that this is about.`);
}

export async function readAlliance(ledger: Ledger, method: string, args: readonly unknown[] = []): Promise<unknown> {
  const address = ledger.deployment.contracts.alliance;
  const [value] = await readContract(ledger.chain, { abi: allianceAbi, address, method, args });
  return value as unknown;
}

/** The member that the address represents now. */
export async function memberBy(ledger: Ledger, representative: Address): Promise<Member | undefined> {
  const id = (await readAlliance(ledger, "memberIdOf", [representative])) as bigint;
  return id === 0n ? undefined : memberOf(ledger, id);
}

export async function memberOf(ledger: Ledger, id: bigint): Promise<Member> {
  const member = (await readAlliance(ledger, "memberOf", [id])) as Record<string, unknown>;
  return {
    id,
    name: String(member["name"]),
    representative: String(member["representative"]).toLowerCase() as Address,
    node: String(member["node"]).toLowerCase() as Address,
    status: wordOf(MEMBER_STATUSES, Number(member["status"])),
  };
}

/** Unix seconds of the chain's last block: what delays and deadlines are measured by. */
export async function chainTime({ chain }: Pick<Ledger, "chain">): Promise<number> {
  const head = await chain.block("latest");
  return head?.timestamp ?? 0;
}
