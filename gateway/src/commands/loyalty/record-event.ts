/** A shop tells what a customer did besides buying: it moves her tasks on, and the last step of one pays. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/caller.ts";
import type { Address } from "../../kernel/ids.ts";
import { BUY } from "../../loyalty/tasks.ts";
import { localDay } from "../../loyalty/usage.ts";
import type { Tx } from "../../store/database.ts";
import { withDatabase } from "../../store/failures.ts";
import { insertMember, lockMembers } from "../../store/loyalty-members.ts";
import type { EventRow } from "../../store/member-events.ts";
import { insertMemberEvent, readMemberEvent } from "../../store/member-events.ts";
import type { Rooms } from "../rooms.ts";
import { doTasks } from "./do-tasks.ts";
import { findRules } from "./find-rules.ts";
import { findObjections } from "./guard.ts";
import { UsageLedger } from "./usage-ledger.ts";
import type { Whose } from "./whose.ts";
import { accountOf, assertTime, contentHash, findShop } from "./whose.ts";

/** Longer ago than a till is ever off-line, and a customer could collect days that nobody saw. */
const EVENT_AGE_MAX = 2 * 86_400;

export interface EventRequest extends Whose {
  readonly merchantId: number;
  readonly eventRef: string;
  readonly name: string;
  readonly sku?: string | undefined;
  readonly at: number;
  readonly deviceHash?: string | undefined;
}

export interface Recorded {
  readonly event: Pick<EventRow, "event_ref" | "account" | "name" | "at">;
  readonly isReplay: boolean;
}

interface Told extends EventRequest {
  readonly account: Address;
  readonly hash: string;
}

export async function recordEvent(rooms: Rooms, caller: Caller, request: EventRequest): Promise<Recorded> {
  const { merchantId, name, sku, at, deviceHash } = request;
  const account = await accountOf(rooms, caller, request);
  if (name === BUY) throw new LedgerError("event_reserved", { name, merchantId });
  const told: Told = { ...request, account, hash: contentHash({ account, name, sku, at, deviceHash }) };
  return withDatabase(async () => {
    const known = await replayOf(rooms.db, told);
    if (known !== undefined) return known;
    assertTime(rooms, "at", { at, agoMax: EVENT_AGE_MAX });
    return rooms.db.transaction().execute((tx) => record(tx, told, rooms.clock.now()));
  });
}

async function replayOf(db: Tx, { merchantId, eventRef, hash }: Told): Promise<Recorded | undefined> {
  const event = await readMemberEvent(db, merchantId, eventRef);
  if (event === undefined) return undefined;
  if (event.content_hash !== hash) throw new LedgerError("event_exists", { eventRef });
  return { event, isReplay: true };
}

async function record(tx: Tx, told: Told, nowMs: number): Promise<Recorded> {
  const { merchantId, account, at } = told;
  const shop = await findShop(tx, merchantId);
  const rules = await findRules(tx, merchantId);
  const now = Math.floor(nowMs / 1000);
  await insertMember(tx, { merchantId, account, now });
  await lockMembers(tx, merchantId, [account]);
  const known = await replayOf(tx, told);
  if (known !== undefined) return known;
  const day = localDay(at, shop.utcOffsetSeconds);
  const usage = await UsageLedger.open(tx, { merchantId, book: rules.book }, [{ account, day }]);
  const objections = await findObjections(tx, rules.book, { ...told, kind: "event" });
  const isNew = await insertMemberEvent(tx, {
    ...told,
    contentHash: told.hash,
    now,
    sku: told.sku,
    deviceHash: told.deviceHash,
  });
  // Another customer's event took the name at the same moment.
  if (!isNew) throw new LedgerError("event_exists", { eventRef: told.eventRef });
  await doTasks(
    tx,
    { shop, rules, usage, nowMs },
    {
      account,
      name: told.name,
      at,
      skus: told.sku === undefined ? [] : [told.sku],
      ref: `event:${told.eventRef}`,
      maturesAt: at,
      objections,
    },
  );
  return { event: { event_ref: told.eventRef, account, name: told.name, at }, isReplay: false };
}
