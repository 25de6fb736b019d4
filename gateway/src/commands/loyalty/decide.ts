/** A person decides about something that the guards objected to: pay it after all, or refuse it for good. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/caller.ts";
import type { Points } from "../../kernel/ids.ts";
import { booksOf, lowered, wakeMs } from "../../loyalty/books.ts";
import type { Tx } from "../../store/database.ts";
import type { EarningRow } from "../../store/earnings.ts";
import { lockEarnings, readEarning, writeDecision, writeDue } from "../../store/earnings.ts";
import { withDatabase } from "../../store/failures.ts";
import { lockMembers } from "../../store/loyalty-members.ts";
import { updateOrder } from "../../store/loyalty-orders.ts";
import type { Decision } from "../../store/tables-earning.ts";
import type { Rooms } from "../rooms.ts";
import { sharesOf } from "./book-earning.ts";
import { findRulesVersion } from "./find-rules.ts";
import { tellEarning } from "./tell-earning.ts";
import { UsageLedger } from "./usage-ledger.ts";

export interface DecisionRequest {
  readonly merchantId: number;
  readonly earningId: string;
  readonly decision: Decision;
  readonly reason: string;
}

export interface Decided {
  readonly earning: EarningRow;
  readonly isReplay: boolean;
}

export async function decideEarning(rooms: Rooms, caller: Caller, request: DecisionRequest): Promise<Decided> {
  return withDatabase(() =>
    rooms.db.transaction().execute(async (tx) => {
      const row = await hold(tx, request);
      if (row.decision !== null) {
        if (row.decision !== request.decision || row.decision_reason !== request.reason)
          throw new LedgerError("earning_decided", { earningId: row.id, decision: row.decision });
        return { earning: row, isReplay: true };
      }
      if (row.objections === null) throw new LedgerError("earning_clear", { earningId: row.id });
      await decide(tx, row, { ...request, by: caller.organisation, nowMs: rooms.clock.now() });
      return { earning: (await readEarning(tx, request.merchantId, row.id)) ?? row, isReplay: false };
    }),
  );
}

async function hold(tx: Tx, { merchantId, earningId }: DecisionRequest): Promise<EarningRow> {
  const seen = await readEarning(tx, merchantId, earningId);
  if (seen === undefined) throw new LedgerError("not_found", { what: `earning ${earningId}` });
  await lockMembers(tx, merchantId, [seen.account]);
  const [row] = await lockEarnings(tx, { id: seen.id });
  return row ?? seen;
}

async function decide(
  tx: Tx,
  row: EarningRow,
  { decision, reason, by, nowMs }: DecisionRequest & { by: string; nowMs: number },
): Promise<void> {
  const isPaid = decision === "pay";
  await writeDecision(tx, row.id, { decision, reason, by, now: Math.floor(nowMs / 1000) });
  const free = booksOf({ ...row, decision });
  const books = isPaid ? free : lowered(free, 0n as Points);
  await writeDue(tx, row.id, {
    points: books.due,
    byRule: isPaid ? row.by_rule : [],
    maturesAt: books.maturesAt,
    wakeMs: wakeMs(books),
  });
  if (isPaid && row.source === "order" && row.order_id !== null) await updateOrder(tx, row.order_id, { isGood: true });
  if (!isPaid) await giveBack(tx, row);
  const told = { points: BigInt(row.points_due), now: nowMs, more: { decision, reason } };
  if (isPaid) await tellEarning(tx, row, { ...told, name: "points.pending", key: "pending:decided" });
  else await tellEarning(tx, row, { ...told, name: "points.refused", key: "refused" });
}

/** What caps kept free for it is free for others. */
async function giveBack(tx: Tx, row: EarningRow): Promise<void> {
  if (row.rules_version === null) return;
  const { book } = await findRulesVersion(tx, row.merchant_id, row.rules_version);
  const occasion = { account: row.account, day: row.day };
  const usage = await UsageLedger.open(tx, { merchantId: row.merchant_id, book }, [occasion]);
  await usage.move(occasion, { before: sharesOf(row), after: [] });
}
