/**
 * Carries draws on when nobody asks: closes sales, reveals the secrets that this gateway keeps, settles tickets, pays
 * prizes, voids what was not revealed in time. Every step is anybody's to take on the chain, and does nothing twice.
 */
import type { DrawStep } from "../commands/lottery/advance-draw.ts";
import { advanceDraw } from "../commands/lottery/advance-draw.ts";
import { openSecret } from "../commands/lottery/secrets.ts";
import type { Rooms } from "../commands/rooms.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Cursor } from "../store/ledger-cursor.ts";
import { readCursor } from "../store/ledger-cursor.ts";
import { readHeldPurchases, readPrizes, readUnfinishedDraws } from "../store/read-draws.ts";
import type { DrawRow } from "../store/tables-draws.ts";
import type { Routine } from "./routine.ts";
import { askedByRoutine } from "./routine.ts";

const EVERY_MS = 2_000;
const DRAWS_MAX = 200;
/** A settlement of 200 holds takes about 8 million gas, a quarter of a block. */
const SETTLE_MAX = 200;
/** A step that was refused, for a frozen winner perhaps, is not tried at every round. */
const PATIENCE_SECONDS = 30;

/** `name` tells one step of a draw from the others: it is done once in each `PATIENCE_SECONDS` at most. */
interface Due {
  readonly name: string;
  readonly step: DrawStep;
}

export const advanceDraws: Routine = {
  name: "advance draws",
  everyMs: EVERY_MS,
  async run(rooms) {
    const cursor = await readCursor(rooms.db);
    if (cursor === undefined) return false;
    for (const draw of await readUnfinishedDraws(rooms.db, { limit: DRAWS_MAX, now: cursor.timestamp })) {
      for (const due of await stepsDue(rooms, draw, cursor)) await take(rooms, draw, { due, now: cursor.timestamp });
    }
    return false;
  },
};

async function stepsDue(rooms: Rooms, draw: DrawRow, cursor: Cursor): Promise<Due[]> {
  const now = cursor.timestamp;
  switch (draw.state) {
    case "announced":
      return now >= Number(draw.sales_end) ? [{ name: "void", step: { step: "voidDraw" } }] : [];
    case "open":
      if (now >= Number(draw.reveal_end)) return [{ name: "void", step: { step: "voidDraw" } }];
      return now >= Number(draw.sales_end) || draw.tickets_sold >= draw.tickets_max
        ? [{ name: "close", step: { step: "close" } }]
        : [];
    case "closed":
      return closedSteps(rooms, draw, cursor);
    case "drawn":
    case "void":
      return [...(await settleSteps(rooms, draw)), ...(await prizeSteps(rooms, draw, now))];
  }
}

/** A block's hash can be asked for from the next block on, for 256 blocks. */
const HASHES_KEPT = 256;

async function closedSteps(rooms: Rooms, draw: DrawRow, { timestamp, blockNumber }: Cursor): Promise<Due[]> {
  if (timestamp >= Number(draw.reveal_end)) return [{ name: "void", step: { step: "voidDraw" } }];
  const entropyBlock = Number(draw.entropy_block);
  if (draw.entropy === null && blockNumber > entropyBlock + HASHES_KEPT)
    return [{ name: `close:${entropyBlock}`, step: { step: "close" } }];
  if (blockNumber <= entropyBlock) return [];
  // The merchant first: before the witness has revealed, neither knows the result.
  const commitment = draw.merchant_secret === null ? draw.commitment : draw.witness_commitment;
  const secret = commitment === null ? undefined : await openSecret(rooms, commitment);
  if (secret !== undefined) return [{ name: `reveal:${commitment ?? ""}`, step: { step: "reveal", secret } }];
  return draw.entropy === null ? [{ name: `keep:${entropyBlock}`, step: { step: "keepEntropy" } }] : [];
}

async function settleSteps(rooms: Rooms, draw: DrawRow): Promise<Due[]> {
  if (draw.purchases_settled >= draw.purchase_count) return [];
  const purchaseIds = await readHeldPurchases(rooms.db, draw.draw_id, SETTLE_MAX);
  const [first] = purchaseIds;
  return first === undefined ? [] : [{ name: `settle:${first}`, step: { step: "settle", purchaseIds } }];
}

/** Prizes of a draw that took place go to the winners at once; nobody needs to come for them. */
async function prizeSteps(rooms: Rooms, draw: DrawRow, now: number): Promise<Due[]> {
  if (draw.prizes_paid >= draw.prize_count) return [];
  const unpaid = (await readPrizes(rooms.db, [draw.draw_id])).filter(({ paid_to }) => paid_to === null);
  const indexes = unpaid.map(({ prize_index }) => prize_index);
  if (draw.state === "drawn" && now < Number(draw.claim_end))
    return indexes.map((index) => ({ name: `claim:${index}`, step: { step: "claim", index } }));
  if (draw.state === "void" && draw.purchases_settled < draw.purchase_count) return [];
  return [{ name: `sweep:${indexes.join(",")}`, step: { step: "sweep", indexes } }];
}

/** Keys of steps that the chain refused lately, so that a round costs one call a step and not one a step a round. */
const refused = new Set<string>();
const REFUSED_MAX = 10_000;

async function take(rooms: Rooms, draw: DrawRow, { due, now }: { due: Due; now: number }): Promise<void> {
  const key = `lottery:${draw.commitment}:${due.name}:${Math.floor(now / PATIENCE_SECONDS)}`;
  if (refused.has(key)) return;
  try {
    await advanceDraw(rooms, askedByRoutine(draw.merchant_id, key), draw.draw_id, due.step);
  } catch (error) {
    // The other draws go on; the chain's own word is in the log.
    if (!(error instanceof LedgerError && error.code === "chain_refused")) throw error;
    if (refused.size >= REFUSED_MAX) refused.clear();
    refused.add(key);
    rooms.log.debug({ drawId: draw.draw_id, step: due.name, refusal: error.facts }, "a step of a draw waits");
  }
}
