/** Alerts: raised once a key, then taken into a case or dismissed. */
import type { Selectable } from "kysely";
import type { Finding } from "../kernel/alerts.ts";
import type { Tx } from "./database.ts";
import type { AlertState } from "../kernel/desk-states.ts";
import type { AlertTable } from "./tables-desk.ts";

export type AlertRow = Selectable<AlertTable>;

/** Answers the ids of those that were new. */
export async function insertAlerts(tx: Tx, findings: readonly Finding[], now: number): Promise<string[]> {
  if (findings.length === 0) return [];
  const rows = findings.map((finding) => ({
    key: finding.key,
    rule: finding.rule,
    merchant_id: finding.merchantId ?? null,
    token: finding.token ?? null,
    account: finding.account ?? null,
    facts: JSON.stringify(finding.facts),
    block_number: finding.blockNumber,
    transaction_hash: finding.transactionHash ?? null,
    time: String(finding.time),
    raised_at: new Date(now).toISOString(),
    case_number: null,
    settled_by: null,
    settled_at: null,
    dismissed_because: null,
  }));
  const inserted = await tx
    .insertInto("desk_alert")
    .values(rows)
    .onConflict((conflict) => conflict.column("key").doNothing())
    .returning("seq")
    .execute();
  return inserted.map(({ seq }) => seq);
}

export interface AlertPage {
  readonly state?: AlertState | undefined;
  readonly caseNumber?: string | undefined;
  readonly limit: number;
  readonly before?: string | undefined;
}

/** Newest first. */
export async function readAlerts(tx: Tx, page: AlertPage): Promise<AlertRow[]> {
  let query = tx.selectFrom("desk_alert").selectAll();
  if (page.state !== undefined) query = query.where("state", "=", page.state);
  if (page.caseNumber !== undefined) query = query.where("case_number", "=", page.caseNumber);
  if (page.before !== undefined) query = query.where("seq", "<", page.before);
  return query
    .orderBy("seq", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** Locked until the transaction ends, so that two hands do not take it at once. */
export async function lockAlert(tx: Tx, seq: string): Promise<AlertRow | undefined> {
  return tx.selectFrom("desk_alert").selectAll().where("seq", "=", seq).forUpdate().executeTakeFirst();
}

export async function readAlert(tx: Tx, seq: string): Promise<AlertRow | undefined> {
  return tx.selectFrom("desk_alert").selectAll().where("seq", "=", seq).executeTakeFirst();
}

export interface Settled {
  readonly state: "inCase" | "dismissed";
  readonly caseNumber?: string;
  readonly because?: string;
  readonly by: string;
  readonly at: string;
}

export async function settleAlert(tx: Tx, seq: string, to: Settled): Promise<void> {
  await tx
    .updateTable("desk_alert")
    .set({
      state: to.state,
      case_number: to.caseNumber ?? null,
      dismissed_because: to.because ?? null,
      settled_by: to.by,
      settled_at: to.at,
    })
    .where("seq", "=", seq)
    .execute();
}
