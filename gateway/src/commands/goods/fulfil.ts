/** The shop accepts a redemption of goods, ships it, hands it over or cancels it. */
import { LedgerError } from "../../kernel/errors.ts";
import { readCommandRow } from "../../store/commands.ts";
import type { Tx } from "../../store/database.ts";
import { withDatabase } from "../../store/failures.ts";
import type { GoodsRedemption } from "../../store/goods-redemptions.ts";
import { moveRedemption, readRedemption } from "../../store/goods-redemptions.ts";
import type { PointHold } from "../../store/point-holds.ts";
import { lockHold } from "../../store/point-holds.ts";
import { insertRefund, listRefunds, moveRefund } from "../../store/point-refunds.ts";
import type { FulfilmentState } from "../../store/tables-redeeming.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { contentHash } from "../redeeming/content-hash.ts";
import { planRefund } from "../redeeming/follow-refunds.ts";
import { replayOf } from "../redeeming/replay-of.ts";
import { foundHold, settleHold } from "../redeeming/settle-hold.ts";
import type { Rooms } from "../rooms.ts";
import { reach } from "./tell-goods.ts";

export interface NamedRedemption {
  readonly merchantId: number;
  readonly redemptionRef: string;
}

/** All of a redemption's points go back at once, under this name. */
const CANCEL_REF = "cancel";
/** Points are consumed, the goods are under way or handed over. */
const PAID: readonly FulfilmentState[] = ["accepted", "shipped", "delivered"];

export const holdNameOf = ({ merchantId, redemptionRef }: NamedRedemption) =>
  ({ merchantId, kind: "goods", businessRef: redemptionRef }) as const;

function wrongState({ redemptionRef, state }: GoodsRedemption, wanted: FulfilmentState): LedgerError {
  return new LedgerError("redemption_state", { ref: redemptionRef, state, wanted });
}

export async function foundRedemption(rooms: Rooms, named: NamedRedemption): Promise<GoodsRedemption> {
  const hold = await foundHold(rooms, holdNameOf(named));
  return redemptionOf(rooms.db, hold.id);
}

async function redemptionOf(db: Tx, holdId: string): Promise<GoodsRedemption> {
  const redemption = await withDatabase(() => readRedemption(db, holdId));
  if (redemption === undefined) throw new RangeError(`hold ${holdId} pays for no goods`);
  return redemption;
}

/** The points are consumed. */
export function acceptRedemption(rooms: Rooms, asked: Asked, named: NamedRedemption): Promise<Accepted> {
  return settleHold(rooms, asked, {
    name: holdNameOf(named),
    step: "capture",
    async check(hold) {
      const redemption = await redemptionOf(rooms.db, hold.id);
      if (redemption.state !== "reserved") throw wrongState(redemption, "accepted");
    },
    async beside(tx, { id: holdId }) {
      const move = { holdId, from: ["reserved"], to: "accepting", now: rooms.clock.now() } as const;
      if (!(await moveRedemption(tx, move))) throw wrongState(await redemptionOf(tx, holdId), "accepted");
    },
  });
}

/** The points go back with their ages, the pieces to the shelf: by a release before they were consumed, else by a refund. */
export async function cancelRedemption(
  rooms: Rooms,
  asked: Asked,
  named: NamedRedemption & { reason: string },
): Promise<Accepted> {
  const name = holdNameOf(named);
  const { reason } = named;
  const hold = await foundHold(rooms, name);
  const redemption = await redemptionOf(rooms.db, hold.id);
  if (hold.state === "captured") return giveBack(rooms, asked, { hold, redemption, reason });
  return settleHold(rooms, asked, {
    name,
    step: "release",
    async beside(tx, { id: holdId }) {
      const move = { holdId, from: ["holding", "reserved"], to: "cancelling", reason, now: rooms.clock.now() } as const;
      if (!(await moveRedemption(tx, move))) throw wrongState(await redemptionOf(tx, holdId), "cancelled");
    },
  });
}

interface Cancelled {
  readonly hold: PointHold;
  readonly redemption: GoodsRedemption;
  readonly reason: string;
}

async function giveBack(rooms: Rooms, asked: Asked, { hold, redemption, reason }: Cancelled): Promise<Accepted> {
  const before = (await withDatabase(() => listRefunds(rooms.db, hold.id)))[0]?.command ?? null;
  const isKnown = before !== null && (await withDatabase(() => readCommandRow(rooms.db, before))) !== undefined;
  const done = isKnown ? await replayOf(rooms, before, asked.waitMs) : undefined;
  if (done !== undefined) return done;
  if (!PAID.includes(redemption.state)) throw wrongState(redemption, "cancelled");
  return accept(rooms, asked, async () => ({
    ...(await planRefund(rooms, hold, hold.points)),
    beside: async (tx, command) => {
      const now = rooms.clock.now();
      await wantRefund(tx, { hold, redemption, reason, now });
      const [refund] = await listRefunds(tx, hold.id);
      if (refund !== undefined) await moveRefund(tx, { id: refund.id, from: "due", to: "sent", command, lookAt: now });
    },
  }));
}

/** Writes down that all points are to go back; the routine sends them unless somebody else does. */
export async function wantRefund(
  tx: Tx,
  { hold, redemption, reason, now }: Cancelled & { now: number },
): Promise<void> {
  await lockHold(tx, hold.id);
  const outside = redemption.connectorRef === null ? undefined : ("cancel" as const);
  const move = { holdId: hold.id, from: PAID, to: "cancelling", reason, outside, now } as const;
  if (!(await moveRedemption(tx, move))) throw wrongState(await redemptionOf(tx, hold.id), "cancelled");
  const row = { holdId: hold.id, refundRef: CANCEL_REF, contentHash: contentHash([CANCEL_REF]), points: hold.points };
  await insertRefund(tx, { ...row, amountFen: undefined, cashFen: undefined, state: "due", now });
}

export interface Handed {
  readonly to: "shipped" | "delivered";
  /** The carrier's number of it. */
  readonly tracking?: string | undefined;
}

const FROM = { shipped: ["accepted"], delivered: ["accepted", "shipped"] } as const;

/** Only the store is written. The same step said twice is one step. */
export async function handOver(rooms: Rooms, named: NamedRedemption, step: Handed): Promise<GoodsRedemption> {
  const { holdId } = await foundRedemption(rooms, named);
  const { to, tracking } = step;
  return withDatabase(() =>
    rooms.db.transaction().execute(async (tx) => {
      await lockHold(tx, holdId);
      const redemption = await redemptionOf(tx, holdId);
      const isSame = redemption.state === to && (tracking === undefined || redemption.tracking === tracking);
      if (isSame) return redemption;
      // Not before an outside catalogue has taken the order for good: it might still refuse.
      const isSettled = redemption.outside === null || redemption.outside === "confirmed";
      const move = { to, from: FROM[to], tracking, now: rooms.clock.now() };
      if (!isSettled || !(await reach(tx, redemption, move))) throw wrongState(redemption, to);
      return redemptionOf(tx, holdId);
    }),
  );
}
