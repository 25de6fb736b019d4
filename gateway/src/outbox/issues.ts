/** Queued items → batches that the chain will take. */
import type { Revert } from "../chain/decode-revert.ts";
import { decodeRevert } from "../chain/decode-revert.ts";
import { merchantPoint } from "../chain/contracts.ts";
import { batchRef, encodeIssueBatch, formatWords, issueRecord, packWord } from "../chain/issue-words.ts";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import { parseHexData, parsePoints } from "../kernel/ids.ts";
import { failItems, settleCommands } from "../store/outbox-settle.ts";
import { readQueuedItems } from "../store/outbox-queue.ts";
import type { QueuedItem } from "../store/outbox-queue.ts";
import { attachBatch } from "../store/outbox-transactions.ts";
import { ring } from "./bell.ts";
import type { Work } from "./rooms.ts";
import { sendSigned } from "./send.ts";
import { sift } from "./sift.ts";
import type { Sifted } from "./sift.ts";
import { signAndStore } from "./sign.ts";
import type { Signed } from "./sign.ts";

/** A till that may sign now, and how many more transactions it may have in flight. */
export interface FreeTill {
  readonly address: Address;
  readonly chainNonce: number;
  slots: number;
}

/** Measured: 26,300 gas for a new holder, 9,400 for an old one; debt and a first till-day add a little. */
const GAS_BASE = 150_000n;
const GAS_PER_ITEM = 36_000n;
/** An item whose transactions the chain reverted so often, though each passed the trial before, is given up. */
const ATTEMPTS_MAX = 6;

interface Batch {
  readonly token: Address;
  readonly epoch: number;
  readonly items: readonly QueuedItem[];
}

/** Builds, tries, signs and stores batches of one token until its queue or its tills are used up. */
export async function issueWaiting(work: Work, token: Address, tills: FreeTill[]): Promise<Signed[]> {
  const { batchItemsMax } = work.settings;
  const slots = tills.reduce((sum, till) => sum + till.slots, 0);
  if (slots === 0) return [];
  // Two batches a free slot would only grow stale while the first ones are mined.
  const waiting = await readQueuedItems(work.db, token, Math.min(slots, 8) * batchItemsMax);
  const tired = waiting.filter(({ attempts }) => attempts >= ATTEMPTS_MAX);
  if (tired.length > 0) await giveUp(work, tired);
  const signed: Signed[] = [];
  const current = await fetchCurrentEpoch(work, token);
  for (const batch of cut(
    token,
    waiting.filter(({ attempts }) => attempts < ATTEMPTS_MAX),
    current,
    batchItemsMax,
  )) {
    const sent = await issueBatch(work, batch, tills);
    if (sent !== undefined) signed.push(sent);
    if (tills.every((till) => till.slots === 0)) break;
  }
  return signed;
}

async function fetchCurrentEpoch({ chain }: Work, token: Address): Promise<number> {
  const data = parseHexData(merchantPoint.encodeFunctionData("currentEpoch"));
  const outcome = await chain.call({ to: token, data });
  return outcome.ok && outcome.data !== "0x" ? Number(BigInt(outcome.data)) : 0;
}

function cut(token: Address, items: readonly QueuedItem[], current: number, size: number): Batch[] {
  const byEpoch = Map.groupBy(items, ({ epoch }) => epoch ?? current);
  return [...byEpoch].flatMap(([epoch, all]) =>
    Array.from({ length: Math.ceil(all.length / size) }, (_, index) => ({
      token,
      epoch,
      items: all.slice(index * size, (index + 1) * size),
    })),
  );
}

function wordsOf(items: readonly QueuedItem[]): bigint[] {
  return items.map(({ recipient, points, tag }) =>
    packWord({ to: recipient, points: parsePoints(points), tag: BigInt(tag) }),
  );
}

/** Tries the tills in turn: the limit of one is not the limit of the merchant. */
async function issueBatch(work: Work, batch: Batch, tills: readonly FreeTill[]): Promise<Signed | undefined> {
  const free = tills.filter(({ slots }) => slots > 0).sort((one, other) => other.slots - one.slots);
  let best: { till: FreeTill; sifted: Sifted<QueuedItem> } | undefined;
  for (const till of free) {
    const sifted = await sift(batch.items, (items) => attempt(work, { ...batch, items }, till.address));
    if (best === undefined || sifted.good.length > best.sifted.good.length) best = { till, sifted };
    if (!sifted.bad.some(({ revert }) => isOfTill(revert))) break;
  }
  if (best === undefined) return undefined;
  // With tills that were not asked (their slots are full), a till's own limit is no verdict on the items.
  const isFinal = free.length === tills.length;
  const rejected = best.sifted.bad.filter(({ revert }) => isFinal || !isOfTill(revert));
  if (rejected.length > 0) await reject(work, rejected);
  if (best.sifted.good.length === 0) return undefined;
  return store(work, { ...batch, items: best.sifted.good }, best.till);
}

function isOfTill({ name }: Revert): boolean {
  return name === "MerchantPointNotTill" || name === "MerchantPointTillLimitExceeded";
}

/** The first ref of these items that the chain has not seen; undefined when it shows that they were issued already. */
async function chooseRef({ chain, deployment }: Work, { token, epoch, items }: Batch): Promise<Hex32 | undefined> {
  const itemSeqs = items.map(({ seq }) => seq);
  const record: string = issueRecord(epoch, wordsOf(items));
  for (let attempt = Math.max(...items.map(({ attempts }) => attempts)); ; attempt += 1) {
    const ref = batchRef({ chainId: deployment.chainId, token, itemSeqs, attempt });
    const data = parseHexData(merchantPoint.encodeFunctionData("issueRecordOf", [ref]));
    const outcome = await chain.call({ to: token, data });
    if (outcome.ok && outcome.data === record) return undefined;
    if (!outcome.ok || outcome.data === "0x" || BigInt(outcome.data) === 0n) return ref;
  }
}

/** Only for trials: no batch is ever sent under an attempt so high. */
const TRIAL_ATTEMPT = 2 ** 40;

async function attempt(
  { chain, deployment }: Work,
  { token, epoch, items }: Batch,
  till: Address,
): Promise<Revert | undefined> {
  const itemSeqs = items.map(({ seq }) => seq);
  const ref = batchRef({ chainId: deployment.chainId, token, itemSeqs, attempt: TRIAL_ATTEMPT });
  const outcome = await chain.call({
    to: token,
    data: encodeIssueBatch({ ref, epoch, words: wordsOf(items) }),
    from: till,
  });
  return outcome.ok ? undefined : decodeRevert(outcome.data, outcome.message);
}

async function reject(work: Work, rejected: Sifted<QueuedItem>["bad"]): Promise<void> {
  await fail(
    work,
    rejected.map(({ item, revert }) => ({ seq: item.seq, code: revert.name, facts: revert.facts })),
  );
}

async function giveUp(work: Work, items: readonly QueuedItem[]): Promise<void> {
  const facts = { reason: `its transactions were reverted ${ATTEMPTS_MAX} times` };
  await fail(
    work,
    items.map(({ seq }) => ({ seq, code: "chain_refused", facts })),
  );
}

async function fail({ db }: Work, items: Parameters<typeof failItems>[1]): Promise<void> {
  const isSettled = await db.transaction().execute(async (tx) => settleCommands(tx, await failItems(tx, items)));
  if (isSettled) ring(db, "settled");
}

async function store(work: Work, batch: Batch, till: FreeTill): Promise<Signed | undefined> {
  const { token, epoch, items } = batch;
  const ref = await chooseRef(work, batch);
  if (ref === undefined) {
    const facts = { reason: "the chain shows these orders under the same reference: they were issued before" };
    await fail(
      work,
      items.map(({ seq }) => ({ seq, code: "chain_refused", facts })),
    );
    return undefined;
  }
  const words = wordsOf(items);
  const data: HexData = encodeIssueBatch({ ref, epoch, words });
  const gasLimit = GAS_BASE + GAS_PER_ITEM * BigInt(items.length);
  const signed = await signAndStore(
    work,
    { signer: till.address, kind: "issue", to: token, data, gasLimit },
    till.chainNonce,
    (tx, transactionSeq) =>
      attachBatch(tx, {
        transactionSeq,
        token,
        ref,
        epoch,
        items: formatWords(words),
        itemSeqs: items.map(({ seq }) => seq),
      }),
  );
  if (signed === undefined) return undefined;
  till.slots -= 1;
  await sendSigned(work, signed);
  return signed;
}
