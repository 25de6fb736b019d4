/** Cases and their history, and the writes that made them. */
import { sql } from "kysely";
import type { Insertable, Selectable } from "kysely";
import { LedgerError } from "../kernel/errors.ts";
import type { Tx } from "./database.ts";
import type { CaseState } from "../kernel/desk-states.ts";
import type { CaseEntryTable, CaseTable } from "./tables-desk.ts";

export type CaseRow = Selectable<CaseTable>;
export type CaseEntryRow = Selectable<CaseEntryTable>;

/** The next number of a year, "2027-0042": no two cases get the same one. */
export async function nextCaseNumber(tx: Tx, year: number): Promise<string> {
  const { rows } = await sql<{ last_number: number }>`
    insert into desk_case_year (year, last_number) values (${year}, 1)
    on conflict (year) do update set last_number = desk_case_year.last_number + 1
    returning last_number`.execute(tx);
  return `${year}-${String(rows[0]?.last_number ?? 1).padStart(4, "0")}`;
}

/** False when the number is taken. */
export async function insertCase(tx: Tx, row: Insertable<CaseTable>): Promise<boolean> {
  const inserted = await tx
    .insertInto("desk_case")
    .values(row)
    .onConflict((conflict) => conflict.column("number").doNothing())
    .returning("seq")
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function lockCase(tx: Tx, number: string): Promise<CaseRow | undefined> {
  return tx.selectFrom("desk_case").selectAll().where("number", "=", number).forUpdate().executeTakeFirst();
}

export async function readCase(tx: Tx, number: string): Promise<CaseRow | undefined> {
  return tx.selectFrom("desk_case").selectAll().where("number", "=", number).executeTakeFirst();
}

export interface CasePage {
  readonly state?: CaseState | undefined;
  readonly limit: number;
  readonly before?: string | undefined;
}

/** Newest first. */
export async function readCases(tx: Tx, page: CasePage): Promise<CaseRow[]> {
  let query = tx.selectFrom("desk_case").selectAll();
  if (page.state !== undefined) query = query.where("state", "=", page.state);
  if (page.before !== undefined) query = query.where("seq", "<", page.before);
  return query
    .orderBy("seq", "desc")
    .limit(page.limit + 1)
    .execute();
}

export async function setCaseState(tx: Tx, number: string, to: { state: CaseState; at: string }): Promise<void> {
  await tx.updateTable("desk_case").set({ state: to.state, updated_at: to.at }).where("number", "=", number).execute();
}

/** An act that was recorded before (a repeated request) is not recorded again. */
export async function insertCaseEntry(tx: Tx, row: Insertable<CaseEntryTable>): Promise<void> {
  await tx
    .insertInto("desk_case_entry")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** In the order of the history; a case of more than 1,000 entries shows the first ones. */
export async function readCaseEntries(tx: Tx, number: string): Promise<CaseEntryRow[]> {
  return tx
    .selectFrom("desk_case_entry")
    .selectAll()
    .where("case_number", "=", number)
    .orderBy("seq")
    .limit(1_000)
    .execute();
}

export interface DeskWrite {
  readonly organisation: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

/**
 * Takes the key for what is about to be made: undefined, or what the same write made before. A twin of this request
 * waits here until this one's transaction ends. Throws `idempotency_key_reused` when it asked for something else.
 */
export async function takeDeskWrite(tx: Tx, write: DeskWrite, at: string): Promise<string | undefined> {
  const { organisation, idempotencyKey: idempotency_key, requestHash: request_hash } = write;
  const taken = await tx
    .insertInto("desk_write")
    .values({ organisation, idempotency_key, request_hash, made: "", at })
    .onConflict((conflict) => conflict.doNothing())
    .returning("made")
    .executeTakeFirst();
  if (taken !== undefined) return undefined;
  const row = await tx
    .selectFrom("desk_write")
    .selectAll()
    .where("organisation", "=", organisation)
    .where("idempotency_key", "=", idempotency_key)
    .executeTakeFirstOrThrow();
  if (row.request_hash !== request_hash) throw new LedgerError("idempotency_key_reused");
  return row.made;
}

export async function setDeskWrite(tx: Tx, write: DeskWrite, made: string): Promise<void> {
  await tx
    .updateTable("desk_write")
    .set({ made })
    .where("organisation", "=", write.organisation)
    .where("idempotency_key", "=", write.idempotencyKey)
    .execute();
}
