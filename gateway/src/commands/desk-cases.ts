/** A case at the regulator's desk: opened from alerts or from nothing, noted, reviewed, and brought to an outcome. */
import type { CaseNumber } from "../kernel/case-number.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address } from "../kernel/ids.ts";
import { lockAlert, settleAlert } from "../store/desk-alerts.ts";
import type { CaseRow } from "../store/desk-cases.ts";
import { insertCase, insertCaseEntry, lockCase, nextCaseNumber, setCaseState } from "../store/desk-cases.ts";
import type { CaseState, EntryKind } from "../kernel/desk-states.ts";
import type { Asked } from "./asked.ts";
import type { DeskHand, Made } from "./desk-write.ts";
import { writeAtDesk } from "./desk-write.ts";
import type { Rooms } from "./rooms.ts";

export type { Made } from "./desk-write.ts";

type DeskRooms = Pick<Rooms, "db" | "clock">;

export interface NewCase {
  /** Of the regulator's own register; left out: the next of this year. */
  readonly number?: CaseNumber | undefined;
  readonly title: string;
  readonly alertIds: readonly string[];
  readonly merchantId?: number | undefined;
  readonly token?: Address | undefined;
  readonly account?: Address | undefined;
}

export function openCase(rooms: DeskRooms, asked: Asked, wanted: NewCase): Promise<Made> {
  return writeAtDesk(rooms, asked, async (hand) => {
    const number = wanted.number ?? (await freeNumber(hand));
    const isNew = await insertCase(hand.tx, {
      number,
      title: wanted.title,
      state: "open",
      merchant_id: wanted.merchantId ?? null,
      token: wanted.token ?? null,
      account: wanted.account ?? null,
      opened_at: hand.at,
      updated_at: hand.at,
    });
    if (!isNew) throw new LedgerError("case_exists", { caseNumber: number });
    await record(hand, number, { kind: "opened", text: wanted.title, state: "open" });
    for (const alertId of wanted.alertIds) await takeAlert(hand, number, alertId);
    return number;
  });
}

/** A number of the regulator's own register may stand where the next one would be. */
async function freeNumber({ tx, now }: DeskHand): Promise<string> {
  for (;;) {
    const number = await nextCaseNumber(tx, new Date(now).getUTCFullYear());
    if ((await lockCase(tx, number)) === undefined) return number;
  }
}

export function addNote(rooms: DeskRooms, asked: Asked, { number, text }: { number: string; text: string }) {
  return writeAtDesk(rooms, asked, async (hand) => {
    await needCase(hand, number);
    await record(hand, number, { kind: "note", text });
    return number;
  });
}

/** Takes one more alert into a case. */
export function linkAlert(rooms: DeskRooms, asked: Asked, { number, alertId }: { number: string; alertId: string }) {
  return writeAtDesk(rooms, asked, async (hand) => {
    await needCase(hand, number);
    await takeAlert(hand, number, alertId);
    return number;
  });
}

/** Where a case may go from where it is. An outcome is not the end: new evidence takes it under review again. */
const NEXT: Readonly<Record<CaseState, readonly CaseState[]>> = {
  open: ["underReview", "acted", "dismissed"],
  underReview: ["acted", "dismissed"],
  acted: ["underReview"],
  dismissed: ["underReview"],
};

export interface CaseStep {
  readonly number: string;
  readonly to: Exclude<CaseState, "open">;
  /** Why. */
  readonly text: string;
}

export function moveCase(rooms: DeskRooms, asked: Asked, { number, to, text }: CaseStep): Promise<Made> {
  return writeAtDesk(rooms, asked, async (hand) => {
    const { state } = await needCase(hand, number);
    if (!NEXT[state].includes(to)) throw new LedgerError("case_state", { caseNumber: number, state, wanted: to });
    await setCaseState(hand.tx, number, { state: to, at: hand.at });
    await record(hand, number, { kind: to === "underReview" ? "review" : "outcome", text, state: to });
    return number;
  });
}

async function needCase({ tx }: DeskHand, number: string): Promise<CaseRow> {
  const row = await lockCase(tx, number);
  if (row === undefined) throw new LedgerError("not_found", { what: `case ${number}` });
  return row;
}

async function takeAlert(hand: DeskHand, number: string, alertId: string): Promise<void> {
  await needOpenAlert(hand, alertId);
  const { organisation: by, at } = hand;
  await settleAlert(hand.tx, alertId, { state: "inCase", caseNumber: number, by, at });
  await record(hand, number, { kind: "alert", text: `alert ${alertId}`, alertId });
}

/** Locked, so that no other hand settles it meanwhile. */
export async function needOpenAlert({ tx }: DeskHand, alertId: string): Promise<void> {
  const alert = await lockAlert(tx, alertId);
  if (alert === undefined) throw new LedgerError("not_found", { what: `alert ${alertId}` });
  const { state, case_number } = alert;
  if (state !== "open") throw new LedgerError("alert_settled", { alertId, state, caseNumber: case_number ?? "-" });
}

interface Entry {
  readonly kind: EntryKind;
  readonly text: string;
  readonly state?: CaseState;
  readonly alertId?: string;
  readonly commandId?: string;
}

export async function record(hand: DeskHand, number: string, entry: Entry): Promise<void> {
  await insertCaseEntry(hand.tx, {
    case_number: number,
    kind: entry.kind,
    text: entry.text,
    state: entry.state ?? null,
    alert_seq: entry.alertId ?? null,
    command_id: entry.commandId ?? null,
    organisation: hand.organisation,
    key_id: hand.keyId,
    at: hand.at,
  });
}
