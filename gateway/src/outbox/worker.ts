/** Drains the outbox onto the chain: one loop that looks, settles, sends and signs; one that keeps the leases. */
import type { Address } from "../kernel/ids.ts";
import { LedgerError } from "../kernel/errors.ts";
import { withDatabase } from "../store/failures.ts";
import { beat, leave, readTills } from "../store/leases.ts";
import type { LeasedKey } from "../store/leases.ts";
import { readDepth, readReadySteps, readWaitingTokens } from "../store/outbox-queue.ts";
import { readOpenTransactions } from "../store/outbox-transactions.ts";
import type { OpenTransaction } from "../store/outbox-transactions.ts";
import { setStalled } from "../store/leases.ts";
import { adopt, findStrangers, matchFound } from "./adopt.ts";
import { nextRing } from "./bell.ts";
import { fillGaps } from "./gaps.ts";
import { issueWaiting } from "./issues.ts";
import { lookAtChain } from "./rollback.ts";
import type { Watch } from "./rollback.ts";
import type { OutboxOptions, OutboxRooms, Work } from "./rooms.ts";
import { sendDue } from "./send.ts";
import { settleMined } from "./settle.ts";
import { sendReadySteps } from "./steps.ts";
import type { FreeSigner } from "./steps.ts";

export type { OutboxOptions, OutboxRooms } from "./rooms.ts";

export interface Outbox {
  /** How many items and steps wait for a transaction, and how many transactions for the chain. */
  depth(): Promise<{ queuedItems: number; queuedSteps: number; inFlight: number }>;
  stop(): Promise<void>;
}

/** Coalescing: a queue is looked at this often, so that orders of one moment share a batch. */
const ROUND_MS_BUSY = 60;
const ROUND_MS_IDLE = 250;
/** With a bell, while nothing is left to do but wait for the chain: looked at now and then all the same. */
const ROUND_MS_WITH_BELL = 500;
const IN_FLIGHT_MAX = 64;
/** After an error the next round waits 0.2 s, doubled up to 5 s. */
const BACKOFF_MS_MIN = 200;
const BACKOFF_MS_MAX = 5_000;
/** A used nonce without a receipt: so long may a node be slow to tell before the blocks themselves are read. */
const MISSING_MS_MAX = 4_000;
const STEPS_PER_ROUND = 200;
const DEFAULTS = {
  leaseMs: 6_000,
  inFlightMax: 16,
  batchItemsMax: 500,
  behindMsMax: 10_000,
  onMoment: () => undefined,
} as const;

interface State {
  keys: readonly LeasedKey[];
  readonly watch: Watch;
  readonly missingSince: Map<string, number>;
  isChainKnown: boolean;
}

export function startOutbox(rooms: OutboxRooms, options: OutboxOptions): Outbox {
  const given = { ...DEFAULTS, ...options };
  const settings = { ...given, inFlightMax: Math.min(IN_FLIGHT_MAX, given.inFlightMax) };
  const work: Work = { ...rooms, settings };
  const state: State = { keys: [], watch: {}, missingSince: new Map(), isChainKnown: false };
  const stopping = new AbortController();
  const loops = [keepLeases(work, state, stopping.signal), drain(work, state, stopping.signal)];
  return {
    depth: () => withDatabase(() => readDepth(rooms.db)),
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      await withDatabase(() => leave(rooms.db, settings.processId)).catch(() => undefined);
    },
  };
}

/** Renewed four times a lease, apart from the work: a slow node must not cost the keys. */
async function keepLeases(work: Work, state: State, signal: AbortSignal): Promise<void> {
  const { db, clock, log, settings } = work;
  while (!signal.aborted) {
    try {
      state.keys = await beat(db, settings.processId, settings.leaseMs);
    } catch (error) {
      // The leases run out by themselves; signing checks them in the database anyway.
      state.keys = [];
      log.warn({ error: String(error) }, "the leases could not be renewed");
    }
    await clock.sleep(settings.leaseMs / 4, signal);
  }
}

async function drain(work: Work, state: State, signal: AbortSignal): Promise<void> {
  let backoffMs = BACKOFF_MS_MIN;
  while (!signal.aborted) {
    try {
      const left = await round(work, state);
      backoffMs = BACKOFF_MS_MIN;
      await rest(work, left, signal);
    } catch (error) {
      const facts = { error: String(error), code: error instanceof LedgerError ? error.code : "internal" };
      work.log.warn({ ...facts, backoffMs }, "an outbox round failed; everything stays queued");
      await work.clock.sleep(backoffMs, signal);
      backoffMs = Math.min(BACKOFF_MS_MAX, backoffMs * 2);
    }
  }
}

/** What a round left behind: `work` to go on with at once, transactions that `wait` for a block, or `nothing`. */
type Left = "work" | "waiting" | "nothing";

async function rest({ db, clock, settings }: Work, left: Left, signal: AbortSignal): Promise<void> {
  const { bell } = settings;
  if (left === "nothing") await Promise.race([nextRing(db, "work", ROUND_MS_IDLE), clock.sleep(ROUND_MS_IDLE, signal)]);
  else if (left === "waiting" && bell?.isLive() === true)
    await Promise.race([nextRing(db, "work", ROUND_MS_WITH_BELL), bell.next(ROUND_MS_WITH_BELL, signal)]);
  else await clock.sleep(ROUND_MS_BUSY, signal);
}

/** The store's rows belong to one chain: on another the same bytes would do other things. */
async function assertChain(work: Work, state: State): Promise<void> {
  if (state.isChainKnown) return;
  const { chain, deployment } = work;
  const chainId = await chain.chainId();
  const genesis = await chain.block(0);
  if (chainId !== deployment.chainId || genesis?.hash !== deployment.genesisHash)
    throw new LedgerError("chain_mismatch", {
      stored: `${deployment.chainId} ${deployment.genesisHash}`,
      found: `${chainId} ${genesis?.hash ?? "without a first block"}`,
    });
  state.isChainKnown = true;
}

async function round(work: Work, state: State): Promise<Left> {
  const { keys } = state;
  if (keys.length === 0) return "nothing";
  await assertChain(work, state);
  if ((await lookAtChain(work, state.watch)) === "behind") return "nothing";

  const addresses = keys.map(({ address }) => address);
  const open = await readOpenTransactions(work.db, addresses);
  const merchants = keys.flatMap(({ purpose, merchant_id: id }) => (purpose === "till" && id !== null ? [id] : []));
  const waiting = await readWaitingTokens(work.db, [...new Set(merchants)]);
  const steps = await readReadySteps(work.db, addresses, STEPS_PER_ROUND);
  if (open.length === 0 && waiting.length === 0 && steps.length === 0) return "nothing";

  // A merchant's tills that others lease are looked at too: what they issued must not be issued again.
  const tills = await readTills(work.db, [...new Set(waiting.map((queue) => queue.merchant_id))]);
  const known = new Map([...tills, ...keys].map((key) => [key.address, key]));
  const { nonces, head } = await fetchNonces(work, [...known.keys()]);
  await takeOverStrangers(work, state, { keys: [...known.values()], nonces, head });

  const { moved, missing } = await settleMined(work, open, nonces);
  await lookForMissing(work, state, { missing, nonces, head });
  for (const key of keys)
    if (key.stalled_reason !== null && moved.has(key.address)) await setStalled(work.db, key.address, undefined);

  const stillOpen = await readOpenTransactions(work.db, addresses);
  await fillGaps(work, stillOpen, nonces);
  await sendDue(work, stillOpen);
  await matchFound(work);
  return signNew(work, { keys, waiting, steps, open: stillOpen, nonces });
}

interface Counted {
  readonly nonces: ReadonlyMap<Address, number>;
  /** Whatever used those nonces up lies in this block or before: reading up to it misses nothing, on any node. */
  readonly head: number;
}

async function fetchNonces({ chain }: Work, addresses: readonly Address[]): Promise<Counted> {
  const { nonces, head } = await chain.noncesOf(addresses);
  return { nonces: new Map(addresses.map((address, index) => [address, nonces[index] ?? 0])), head };
}

async function takeOverStrangers(
  work: Work,
  state: State,
  { keys, nonces, head }: Counted & { keys: readonly LeasedKey[] },
): Promise<void> {
  const strangers = await findStrangers(work, keys, nonces);
  if (strangers.length === 0) return;
  const asked = strangers.map(({ address }) => ({ address, chainNonce: nonces.get(address) ?? 0 }));
  await adopt(work, asked, head);
  state.keys = state.keys.map((key) => {
    const adopted = asked.find(({ address }) => address === key.address);
    return adopted === undefined ? key : { ...key, adopted_nonce: adopted.chainNonce };
  });
}

/** A nonce that is used without our receipt was taken by another transaction: the blocks show which. */
async function lookForMissing(
  work: Work,
  state: State,
  { missing, nonces, head }: Counted & { missing: readonly OpenTransaction[] },
): Promise<void> {
  const { missingSince } = state;
  const now = work.clock.now();
  for (const seq of missingSince.keys()) if (!missing.some((one) => one.seq === seq)) missingSince.delete(seq);
  for (const { seq } of missing) if (!missingSince.has(seq)) missingSince.set(seq, now);
  const overdue = missing.filter(({ seq }) => now - (missingSince.get(seq) ?? now) >= MISSING_MS_MAX);
  if (overdue.length === 0) return;
  const signers = [...new Set(overdue.map(({ signer }) => signer))];
  const asked = signers.map((address) => ({ address, chainNonce: nonces.get(address) ?? 0 }));
  await adopt(work, asked, head);
  missingSince.clear();
}

interface Waiting {
  readonly keys: readonly LeasedKey[];
  readonly waiting: readonly { token: Address; merchant_id: number }[];
  readonly steps: Parameters<typeof sendReadySteps>[1];
  readonly open: readonly OpenTransaction[];
  readonly nonces: ReadonlyMap<Address, number>;
}

async function signNew(work: Work, { keys, waiting, steps, open, nonces }: Waiting): Promise<Left> {
  const inFlight = Map.groupBy(open, ({ signer }) => signer);
  const free = new Map<Address, FreeSigner>(
    keys
      .filter((key) => key.stalled_reason === null)
      .map(({ address }) => {
        const count = inFlight.get(address)?.length ?? 0;
        const slots = Math.max(0, work.settings.inFlightMax - count);
        return [address, { address, chainNonce: nonces.get(address) ?? 0, slots, inFlight: count }];
      }),
  );
  const isMoved = await sendReadySteps(work, steps, free);
  let signed = 0;
  for (const { token, merchant_id: merchantId } of waiting) {
    const tills = keys.flatMap((key) => {
      const till = free.get(key.address);
      return key.purpose === "till" && key.merchant_id === merchantId && till !== undefined ? [till] : [];
    });
    signed += (await issueWaiting(work, token, tills)).length;
  }
  if (isMoved || signed > 0 || waiting.length > 0) return "work";
  return open.length > 0 ? "waiting" : "nothing";
}
