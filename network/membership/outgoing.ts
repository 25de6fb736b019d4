/**
 * The commands' own transactions. At gas price zero the last transaction of a nonce wins silently, so there is one at a
 * time for each key: signed, written down, then sent, and the same bytes again until the chain shows their receipt. A
 * command that was killed in between finds the bytes and brings them to their end before it looks at the chain.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Receipt } from "../../gateway/src/chain/client.ts";
import { decodeRevert } from "../../gateway/src/chain/decode-revert.ts";
import type { LocalKey } from "../../gateway/src/chain/local-key.ts";
import { describeFailure } from "../../gateway/src/kernel/failures.ts";
import type { Address, Hex32, HexData } from "../../gateway/src/kernel/ids.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { Ledger } from "./ledger.ts";
import { orAway } from "./patience.ts";

/** Three blocks of a usual chain: then the bytes are sent again. */
const RESEND_MS = 6_000;
const LOOK_EVERY_MS = 400;
/** So often must the chain show another nonce than ours before it is believed: nodes behind one address may differ. */
const MISSES_MAX = 5;
/** A block every 2 s and a busy pool: a minute is long, after two the chain stands still. */
const MINED_WITHIN_MS = 120_000;
/** Estimates are for the last block's state; what runs a block later may take a new storage slot or two more. */
const GAS_MARGIN = 60_000n;

export interface Deed {
  /** As people read it: "vote for proposal 3". */
  readonly what: string;
  readonly to: Address;
  readonly data: HexData;
}

interface Page {
  readonly chain: string;
  readonly what: string;
  readonly nonce: number;
  readonly hash: Hex32;
  readonly raw: HexData;
}

/** Before a command looks at the chain: what an earlier one left on its way is settled, whatever became of it. */
export async function settleLeftovers(ledger: Ledger, keys: readonly LocalKey[]): Promise<void> {
  for (const key of keys) {
    const page = readPage(ledger, key);
    if (page === undefined) continue;
    ledger.say(`an earlier command left a transaction on its way (${page.what}): seeing what became of it`);
    await bringHome(ledger, key, page);
  }
}

/** Rehearses, sends and waits for the block. Throws the contract's own words when it refuses. */
export async function carryOut(ledger: Ledger, key: LocalKey, deed: Deed): Promise<Receipt> {
  await settleLeftovers(ledger, [key]);
  const gasLimit = await rehearse(ledger, key, deed);
  const nonce = await freeNonce(ledger, key);
  const { chainId } = ledger.deployment;
  const signed = key.sign({ chainId, nonce, to: deed.to, data: deed.data, gasLimit });
  const page: Page = { chain: chainOf(ledger), what: deed.what, nonce, ...signed };
  writePage(ledger, key, page);
  const receipt = await bringHome(ledger, key, page);
  if (receipt === undefined)
    throw new NetworkError(
      "network",
      `Another transaction of ${key.address} took the place of ours (${deed.what}): its key is used elsewhere too. Run the command again; it looks first what is done already.`,
    );
  if (!receipt.succeeded) {
    await rehearse(ledger, key, deed);
    throw new NetworkError(
      "network",
      `The chain refused it in block ${receipt.blockNumber} (${deed.what}), and would take it now: somebody was faster. Run the command again.`,
    );
  }
  return receipt;
}

/** The gas it takes; throws when the contract would refuse. */
async function rehearse({ chain }: Ledger, key: LocalKey, { what, to, data }: Deed): Promise<bigint> {
  const estimate = await chain.estimateGas({ from: key.address, to, data });
  if (estimate.ok) return estimate.gas + estimate.gas / 4n + GAS_MARGIN;
  // Estimates of some nodes leave the revert data out; a call gives it.
  const call = await chain.call({ from: key.address, to, data });
  const { name, facts } = decodeRevert(call.ok ? estimate.data : call.data, estimate.message);
  throw new NetworkError("network", `The contract refuses to ${what}: ${describeFailure(name, facts).en} (${name})`);
}

/** A transaction of this key that waits in the node and that we do not know must not be replaced. */
async function freeNonce({ chain, clock, say }: Ledger, key: LocalKey): Promise<number> {
  const startedAt = clock.now();
  for (let isTold = false; ; isTold = true) {
    const nonce = await chain.nonceOf(key.address, "latest");
    if ((await chain.nonceOf(key.address, "pending")) <= nonce) return nonce;
    if (clock.now() - startedAt > MINED_WITHIN_MS)
      throw new NetworkError(
        "network",
        `A transaction of ${key.address} that this program did not send waits in the node and is not taken into a block. Find out who else uses the key; doctor says whether the chain moves.`,
      );
    if (!isTold) say(`waiting for another transaction of ${key.address} to be taken into a block`);
    await clock.sleep(LOOK_EVERY_MS);
  }
}

/** Undefined when its nonce was used by another transaction. A node that is away for a while is asked again. */
async function bringHome(ledger: Ledger, key: LocalKey, page: Page): Promise<Receipt | undefined> {
  const { chain, clock } = ledger;
  const startedAt = clock.now();
  let sentAt = Number.NEGATIVE_INFINITY;
  for (let misses = 0; misses < MISSES_MAX;) {
    const seen = await orAway(lookFor(ledger, key, page));
    if (seen?.receipt !== undefined) return end(ledger, key, seen.receipt);
    if (seen !== undefined) misses = seen.isItsTurn ? 0 : misses + 1;
    if (clock.now() - startedAt > MINED_WITHIN_MS) throw notMined(page);
    if (misses === 0 && clock.now() - sentAt >= RESEND_MS) {
      const outcome = await chain.send(page.raw);
      if (outcome.kind === "refused") {
        end(ledger, key, undefined);
        throw new NetworkError("network", `The node takes no such transaction (${page.what}): ${outcome.message}.`);
      }
      if (outcome.kind !== "unknown") sentAt = clock.now();
    }
    await clock.sleep(LOOK_EVERY_MS);
  }
  end(ledger, key, undefined);
  return undefined;
}

async function lookFor({ chain }: Ledger, key: LocalKey, { nonce, hash }: Page) {
  // The nonce first: a block that comes between the two questions then shows the receipt.
  const isItsTurn = (await chain.nonceOf(key.address, "latest")) === nonce;
  return { isItsTurn, receipt: await chain.receipt(hash) };
}

function notMined({ what, hash }: Page): NetworkError {
  return new NetworkError(
    "network",
    `No block took the transaction ${hash} (${what}) for ${MINED_WITHIN_MS / 1_000} s: doctor says why the chain does not move. It is kept; the same command goes on with it.`,
  );
}

function end<T>(ledger: Ledger, key: LocalKey, outcome: T): T {
  rmSync(pathOf(ledger, key), { force: true });
  return outcome;
}

function chainOf({ deployment }: Ledger): string {
  return `${deployment.chainId}/${deployment.genesisHash}`;
}

function pathOf({ folder }: Ledger, key: LocalKey): string {
  return join(folder.root, "transactions", `${key.address}.json`);
}

/** Notes about another chain are worth nothing. */
function readPage(ledger: Ledger, key: LocalKey): Page | undefined {
  const path = pathOf(ledger, key);
  if (!existsSync(path)) return undefined;
  try {
    const page = JSON.parse(readFileSync(path, "utf8")) as Page;
    return page.chain === chainOf(ledger) ? page : undefined;
  } catch {
    throw new NetworkError(
      "input",
      `${path} can not be read: it names a transaction that may be on its way. Look at it.`,
    );
  }
}

/** On disk when it returns, and never half of it. */
function writePage(ledger: Ledger, key: LocalKey, page: Page): void {
  const path = pathOf(ledger, key);
  mkdirSync(join(ledger.folder.root, "transactions"), { recursive: true });
  const file = openSync(`${path}.next`, "w", 0o600);
  try {
    writeSync(file, JSON.stringify(page));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.next`, path);
}
