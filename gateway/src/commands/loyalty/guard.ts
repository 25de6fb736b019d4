/** Is this order or event one that should earn? Velocity, self-dealing, rings, devices and accounts. */
import type { Deed, Objection, Sightings } from "../../loyalty/guards.ts";
import { judge } from "../../loyalty/guards.ts";
import type { RuleBook } from "../../loyalty/rule-book.ts";
import type { Tx } from "../../store/database.ts";
import {
  countDevices,
  countEventsAround,
  countOrdersAround,
  readEdges,
  readReferrersAbove,
  readStanding,
  seeDevice,
} from "../../store/loyalty-guards.ts";

export type { Deed, Objection } from "../../loyalty/guards.ts";

const HOUR_SECONDS = 3_600;
const MINUTE_SECONDS = 60;

/**
 * Asked once for a new deed, before its own rows are written and in the same transaction: it counts what is there, and the
 * deed besides. It remembers the device.
 */
export async function findObjections(db: Tx, book: RuleBook, deed: Deed): Promise<readonly Objection[]> {
  if (deed.deviceHash !== undefined) await seeDevice(db, deed, deed.deviceHash);
  return judge(deed, book, await seenOf(db, deed));
}

async function seenOf(db: Tx, deed: Deed): Promise<Sightings> {
  const { merchantId, account, referrer, kind, deviceHash } = deed;
  const parties = referrer === undefined ? [account] : [account, referrer];
  const standing = await readStanding(db, deed, parties);
  const { companions } = standing;
  const accounts = [account, ...companions];
  const noDevice = { accountsOnDevice: 0, devicesOfAccount: 0 };
  return {
    ...standing,
    ordersInHour: kind === "order" ? 1 + (await countOrdersAround(db, deed, HOUR_SECONDS)) : 0,
    eventsInMinute: kind === "event" ? 1 + (await countEventsAround(db, deed, MINUTE_SECONDS)) : 0,
    ...(deviceHash === undefined ? noDevice : await countDevices(db, deed, deviceHash)),
    // Alone on its devices it can form no ring that anything here would show.
    edges: companions.length === 0 ? [] : await readEdges(db, merchantId, { accounts, at: deed.at }),
    referrersAbove: referrer === undefined ? [] : await readReferrersAbove(db, merchantId, referrer),
  };
}
