/**
 * Ignition's journal of one data directory: which chain it belongs to, and how to go on after a kill in the middle.
 *
 * Ignition itself (3.1.9) resumes everything but two moments. Killed after it noted a transaction's nonce and before it
 * noted the hash, it asks its user to find the transaction: here the chain is asked instead. Killed after it noted the
 * beginning of a step and before what the step sends, it fails on an assertion: here the step begins anew. And a chain
 * that was killed itself may have lost its last blocks: the journal is cut back to what the chain still knows.
 */
import type { EIP1193Provider } from "@nomicfoundation/ignition-core";

import { trackTransaction } from "@nomicfoundation/ignition-core";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A request of the killed process may still be on its way into the node: seen at 100 ms under load. */
const SETTLE_MS = 2_000;
/** A transaction may be mined between two looks: look again, this often. */
const LOOKS_MAX = 20;

/** Which chain a journal was begun on. `startBlock` is the first block that can hold an event of ours. */
export interface ChainMark {
  readonly chainId: number;
  readonly genesisHash: string;
  readonly startBlock: number;
}

/** One line of the journal, as far as it matters here. */
interface JournalLine {
  readonly type: string;
  readonly futureId?: string;
  readonly networkInteractionId?: number;
  readonly nonce?: number;
  readonly transaction?: { readonly hash: string };
  readonly result?: { readonly address?: string };
}

/** A transaction that may or may not have been sent. */
interface Unsure {
  readonly line: string;
  readonly nonce: number;
}

interface Block {
  readonly transactions: readonly { readonly hash: string; readonly from: string; readonly nonce: string }[];
}

export function journalDirOf(dataDir: string): string {
  return join(dataDir, "ignition");
}

export async function readChainMark(dataDir: string): Promise<ChainMark | undefined> {
  const path = join(journalDirOf(dataDir), "chain.json");
  return existsSync(path) ? (JSON.parse(await readFile(path, "utf8")) as ChainMark) : undefined;
}

export async function writeChainMark(dataDir: string, mark: ChainMark): Promise<void> {
  await mkdir(journalDirOf(dataDir), { recursive: true });
  await writeWhole(join(journalDirOf(dataDir), "chain.json"), JSON.stringify(mark, null, 2) + "\n");
}

/** Writes a file so that a kill leaves the old one or the new one, never half of it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

/**
 * Makes the journal agree with the chain: cuts off a half-written last line, forgets transactions that were prepared but
 * never reached the chain, and notes those that did.
 */
export async function repairJournal(dataDir: string, provider: EIP1193Provider, sender: string): Promise<void> {
  const path = join(journalDirOf(dataDir), "journal.jsonl");
  if (!existsSync(path)) return;
  const lines = parseWholeLines(await readFile(path, "utf8"));
  await dropWhatTheChainLost(lines, provider);
  dropBareBeginning(lines);
  await rebuildSideFiles(journalDirOf(dataDir), lines);
  const unsure = findUnsure(lines);
  if (unsure.length > 0) await sleep(SETTLE_MS);
  const nextNonce = Number(await provider.request({ method: "eth_getTransactionCount", params: [sender, "pending"] }));

  const neverSent = new Set(unsure.filter(({ nonce }) => nonce >= nextNonce).map(({ line }) => line));
  const kept = lines.filter((line) => !neverSent.has(line));
  await writeWhole(path, kept.map((line) => line + "\n").join(""));

  const startBlock = (await readChainMark(dataDir))?.startBlock ?? 0;
  for (const { nonce } of unsure.filter((one) => one.nonce < nextNonce)) {
    const hash = await findTransaction(provider, { sender, nonce, startBlock });
    await trackTransaction(journalDirOf(dataDir), hash, provider, 1);
  }
}

/** Every line that is whole JSON, up to the first that is not: a kill can only cut the end. */
function parseWholeLines(text: string): string[] {
  const whole: string[] = [];
  for (const line of text.split("\n").filter((one) => one !== "")) {
    try {
      JSON.parse(line);
    } catch {
      break;
    }
    whole.push(line);
  }
  return whole;
}

/** Cuts the journal where the step begins whose transaction the chain does not know: steps come one after another. */
async function dropWhatTheChainLost(lines: string[], provider: EIP1193Provider): Promise<void> {
  const parsed = lines.map((line) => JSON.parse(line) as JournalLine);
  for (const { type, futureId, transaction } of parsed) {
    if (type !== "TRANSACTION_SEND" || transaction === undefined) continue;
    const known: unknown = await provider.request({ method: "eth_getTransactionByHash", params: [transaction.hash] });
    if (known !== null) continue;
    const begins = parsed.findIndex((one) => one.futureId === futureId && one.type.endsWith("STATE_INITIALIZE"));
    lines.length = begins;
    return;
  }
}

/** Takes away a last line that begins a step, since nothing follows it. */
function dropBareBeginning(lines: string[]): void {
  const last = JSON.parse(lines.at(-1) ?? "{}") as Partial<JournalLine>;
  if (last.type?.endsWith("EXECUTION_STATE_INITIALIZE") === true) lines.pop();
}

/** Ignition writes these in place, so a kill can leave them cut; what they say is in the journal or is written anew. */
async function rebuildSideFiles(journalDir: string, lines: readonly string[]): Promise<void> {
  const addresses: Record<string, string> = {};
  for (const line of lines) {
    const { type, futureId, result } = JSON.parse(line) as JournalLine;
    const isDeployed = type === "DEPLOYMENT_EXECUTION_STATE_COMPLETE" && result?.address !== undefined;
    if (isDeployed && futureId !== undefined) addresses[futureId] = result.address;
  }
  await writeWhole(join(journalDir, "deployed_addresses.json"), JSON.stringify(addresses, null, 2) + "\n");

  const artifactsDir = join(journalDir, "artifacts");
  for (const file of existsSync(artifactsDir) ? await readdir(artifactsDir) : []) {
    const text = await readFile(join(artifactsDir, file), "utf8");
    if (parseWholeLines(text.replaceAll("\n", " ")).length === 0) await rm(join(artifactsDir, file));
  }
}

/** Transactions whose nonce was noted and whose hash was not. */
function findUnsure(lines: readonly string[]): Unsure[] {
  const open = new Map<string, Unsure>();
  for (const line of lines) {
    const { type, futureId, networkInteractionId, nonce } = JSON.parse(line) as JournalLine;
    const key = `${String(futureId)}/${String(networkInteractionId)}`;
    if (type === "TRANSACTION_PREPARE_SEND" && nonce !== undefined) open.set(key, { line, nonce });
    if (type === "TRANSACTION_SEND") open.delete(key);
  }
  return [...open.values()];
}

/** Looks through the blocks since the deployment began, newest first, and the pending one. */
async function findTransaction(
  provider: EIP1193Provider,
  { sender, nonce, startBlock }: { sender: string; nonce: number; startBlock: number },
): Promise<string> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    const latest = Number(await provider.request({ method: "eth_blockNumber", params: [] }));
    for (let number = latest + 1; number >= startBlock; number--) {
      const tag = number > latest ? "pending" : `0x${number.toString(16)}`;
      const block = (await provider.request({ method: "eth_getBlockByNumber", params: [tag, true] })) as Block | null;
      const found = block?.transactions.find(
        (one) => one.from.toLowerCase() === sender.toLowerCase() && Number(one.nonce) === nonce,
      );
      if (found !== undefined) return found.hash;
    }
    await sleep(SETTLE_MS / LOOKS_MAX);
  }
  throw new Error(
    `The chain counts a transaction with nonce ${nonce} of ${sender} and does not show it: look at the node's state.`,
  );
}
