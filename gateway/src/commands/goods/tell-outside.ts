/** Outside catalogues are told what became of a redemption, until they have answered: reserve, confirm, cancel. */
import type { Connector } from "../../connectors/connector.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Tx } from "../../store/database.ts";
import { withDatabase } from "../../store/failures.ts";
import type { GoodsRedemption } from "../../store/goods-redemptions.ts";
import { claimOutside, moveOutside, moveRedemption, readRedemption } from "../../store/goods-redemptions.ts";
import { readHold, wantRelease } from "../../store/point-holds.ts";
import type { Rooms } from "../rooms.ts";
import { openConnector } from "./connectors.ts";
import { wantRefund } from "./fulfil.ts";
import { reach } from "./tell-goods.ts";

/** Longer than one question may take (10 s), with room for a slow database. */
const LEASE_MS = 40_000;
const PORTION = 10;
const BACK_OFF_MS = { first: 1_000, most: 60_000 };
const PROBLEM_MAX = 300;

export async function tellOutside(rooms: Rooms): Promise<boolean> {
  const claim = { now: rooms.clock.now(), leaseMs: LEASE_MS, limit: PORTION };
  const due = await withDatabase(() => claimOutside(rooms.db, claim));
  // Side by side: one catalogue that does not answer keeps nobody else's customers waiting.
  await Promise.all(due.map((redemption) => tell(rooms, redemption)));
  return due.length === PORTION;
}

async function tell(rooms: Rooms, redemption: GoodsRedemption): Promise<void> {
  const { holdId, connectorRef, outside, merchantId } = redemption;
  if (connectorRef === null || outside === null) return;
  try {
    const connector = await openConnector(rooms, { merchantId, connectorRef });
    if (outside === "reserve") await reserve(rooms, connector, redemption);
    if (outside === "confirm") await confirm(rooms, connector, redemption);
    if (outside === "cancel") await cancel(rooms, connector, redemption);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const waitMs = Math.min(BACK_OFF_MS.first * 2 ** Math.min(redemption.outsideAttempts, 10), BACK_OFF_MS.most);
    const again = { holdId, from: outside, to: outside, problem: error.message.slice(0, PROBLEM_MAX) };
    await moveOutside(rooms.db, { ...again, lookAt: rooms.clock.now() + waitMs });
  }
}

function inTransaction(rooms: Rooms, work: (tx: Tx, now: number) => Promise<void>): Promise<void> {
  return withDatabase(() => rooms.db.transaction().execute((tx) => work(tx, rooms.clock.now())));
}

async function reserve(rooms: Rooms, connector: Connector, redemption: GoodsRedemption): Promise<void> {
  const answer = await connector.reserve(redemption);
  const { holdId } = redemption;
  await inTransaction(rooms, async (tx, now) => {
    if (answer.state === "reserved") {
      const move = { holdId, from: "reserve", to: "reserved", outsideRef: answer.ref, lookAt: now } as const;
      // Cancelled meanwhile: then the catalogue is told so next.
      if (await moveOutside(tx, move)) await reach(tx, redemption, { to: "reserved", from: ["holding"], now });
      return;
    }
    if (!(await moveOutside(tx, { holdId, from: "reserve", to: "cancelled", lookAt: now }))) return;
    const move = { holdId, from: ["holding"], to: "cancelling", reason: answer.reason, now } as const;
    if (await moveRedemption(tx, move)) await wantRelease(tx, holdId, now);
  });
}

async function confirm(rooms: Rooms, connector: Connector, redemption: GoodsRedemption): Promise<void> {
  const answer = await connector.confirm(redemption);
  const { holdId } = redemption;
  await inTransaction(rooms, async (tx, now) => {
    const to = answer.state === "confirmed" ? "confirmed" : "cancelled";
    if (!(await moveOutside(tx, { holdId, from: "confirm", to, lookAt: now }))) return;
    if (answer.state === "confirmed") return;
    const hold = await readHold(tx, holdId);
    const present = await readRedemption(tx, holdId);
    if (hold === undefined || present === undefined) return;
    await wantRefund(tx, { hold, redemption: { ...present, connectorRef: null }, reason: answer.reason, now });
  });
}

async function cancel(rooms: Rooms, connector: Connector, redemption: GoodsRedemption): Promise<void> {
  await connector.cancel(redemption);
  const { holdId } = redemption;
  await moveOutside(rooms.db, { holdId, from: "cancel", to: "cancelled", lookAt: rooms.clock.now() });
}
