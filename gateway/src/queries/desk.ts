/** The regulator's desk: alerts with their words, cases with everything that belongs to them. */
import type { AlertFacts } from "../kernel/alerts.ts";
import { explainAlert } from "../kernel/alerts.ts";
import { caseBytes } from "../kernel/case-number.ts";
import type { CaseNumber } from "../kernel/case-number.ts";
import { blockOf } from "../kernel/position.ts";
import type { Database } from "../store/database.ts";
import type { AlertRow } from "../store/desk-alerts.ts";
import { readAlert, readAlerts } from "../store/desk-alerts.ts";
import type { CaseEntryRow, CaseRow } from "../store/desk-cases.ts";
import { readCase, readCaseEntries, readCases } from "../store/desk-cases.ts";
import type { CaseActRow } from "../store/read-case-acts.ts";
import { readCaseActs } from "../store/read-case-acts.ts";
import type { AlertState, CaseState } from "../kernel/desk-states.ts";
import type { PageQuery } from "./at-block.ts";
import { cutPage, found, positionCursor } from "./at-block.ts";

const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);

function viewAlert(row: AlertRow) {
  const facts = row.facts as AlertFacts;
  const { en, zh } = explainAlert(row.rule, facts);
  return {
    id: row.seq,
    rule: row.rule,
    state: row.state,
    en,
    zh,
    facts,
    merchantId: row.merchant_id,
    token: row.token,
    account: row.account,
    blockNumber: row.block_number,
    transactionHash: row.transaction_hash,
    timestamp: Number(row.time),
    raisedAt: seconds(row.raised_at),
    caseNumber: row.case_number,
    dismissedBecause: row.dismissed_because,
    settledBy: row.settled_by,
    settledAt: row.settled_at === null ? null : seconds(row.settled_at),
  };
}

export async function listAlerts(
  db: Database,
  { limit, cursor, ...of }: PageQuery & { state?: AlertState | undefined; caseNumber?: string | undefined },
) {
  const rows = await readAlerts(db, { ...of, limit, before: positionCursor(cursor) });
  return cutPage(rows, limit, { item: viewAlert, cursor: ({ seq }) => seq });
}

export async function showAlert(db: Database, id: string) {
  return viewAlert(found(await readAlert(db, id), `alert ${id}`));
}

function viewCase(row: CaseRow) {
  return {
    number: row.number,
    title: row.title,
    state: row.state,
    merchantId: row.merchant_id,
    token: row.token,
    account: row.account,
    openedAt: seconds(row.opened_at),
    updatedAt: seconds(row.updated_at),
  };
}

function viewEntry(row: CaseEntryRow) {
  return {
    kind: row.kind,
    text: row.text,
    state: row.state,
    alertId: row.alert_seq,
    commandId: row.command_id,
    organisation: row.organisation,
    keyId: row.key_id,
    at: seconds(row.at),
  };
}

function viewAct(row: CaseActRow) {
  return {
    act: row.act,
    subject: row.subject,
    value: row.value,
    blockNumber: blockOf(row.position),
    transactionHash: row.transaction_hash,
    timestamp: Number(row.time),
  };
}

export async function listCases(db: Database, { limit, cursor, ...of }: PageQuery & { state?: CaseState | undefined }) {
  const rows = await readCases(db, { ...of, limit, before: positionCursor(cursor) });
  return cutPage(rows, limit, { item: viewCase, cursor: ({ seq }) => seq });
}

/** More alerts than a case shows can be listed by its number. */
const ALERTS_SHOWN = 200;

export async function showCase(db: Database, number: string) {
  const row = found(await readCase(db, number), `case ${number}`);
  const alerts = await readAlerts(db, { caseNumber: number, limit: ALERTS_SHOWN });
  const history = await readCaseEntries(db, number);
  const acts = await readCaseActs(db, caseBytes(row.number as CaseNumber));
  return {
    ...viewCase(row),
    alerts: alerts.slice(0, ALERTS_SHOWN).map(viewAlert),
    history: history.map(viewEntry),
    chainActs: acts.map(viewAct),
  };
}
