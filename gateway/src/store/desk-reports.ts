/** Report bundles: asked for, made by one process, kept file by file. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { Facts } from "../kernel/errors.ts";
import type { Hex32 } from "../kernel/ids.ts";
import type { Database, Tx } from "./database.ts";
import type { ReportTable } from "./tables-desk.ts";

export type ReportRow = Selectable<ReportTable>;

export interface NewReport {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly toHash: Hex32;
  readonly organisation: string;
  /** ISO time. */
  readonly at: string;
}

export async function insertReport(tx: Tx, report: NewReport): Promise<void> {
  await tx
    .insertInto("desk_report")
    .values({
      id: report.id,
      state: "making",
      from_block: report.from,
      to_block: report.to,
      to_hash: report.toHash,
      manifest_sha256: null,
      files: null,
      error_code: null,
      error_facts: null,
      organisation: report.organisation,
      requested_at: report.at,
      made_at: null,
      claimed_until: null,
    })
    .execute();
}

/** The oldest that nobody makes, or whose maker died; nobody else gets it for as long. */
export async function claimReport(db: Database, leaseSeconds: number): Promise<ReportRow | undefined> {
  return db
    .updateTable("desk_report")
    .set({ claimed_until: sql`clock_timestamp() + ${leaseSeconds} * interval '1 second'` as never })
    .where("id", "=", (read) =>
      read
        .selectFrom("desk_report")
        .select("id")
        .where("state", "=", "making")
        .where(sql<boolean>`(claimed_until is null or claimed_until < clock_timestamp())`)
        .orderBy("requested_at")
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst();
}

export interface ReportFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: string;
}

export interface FinishedReport {
  readonly manifestSha256: string;
  /** The manifest first. */
  readonly files: readonly ReportFile[];
  readonly at: string;
}

/** A maker that was too slow and one that took over make the same bytes: the first to come stores them. */
export async function finishReport(db: Database, id: string, done: FinishedReport): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const listed = JSON.stringify(done.files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })));
    const changed = await tx
      .updateTable("desk_report")
      .set({ state: "ready", manifest_sha256: done.manifestSha256, files: listed, made_at: done.at })
      .where("id", "=", id)
      .where("state", "=", "making")
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) return;
    for (const file of done.files)
      await tx
        .insertInto("desk_report_file")
        .values({ report_id: id, ...file })
        .execute();
  });
}

export async function failReport(
  db: Database,
  id: string,
  why: { code: string; facts: Facts; at: string },
): Promise<void> {
  await db
    .updateTable("desk_report")
    .set({ state: "failed", error_code: why.code, error_facts: JSON.stringify(why.facts), made_at: why.at })
    .where("id", "=", id)
    .where("state", "=", "making")
    .execute();
}

/** The newest 200. */
export async function readReports(db: Tx): Promise<ReportRow[]> {
  return db.selectFrom("desk_report").selectAll().orderBy("requested_at", "desc").orderBy("id").limit(200).execute();
}

export async function readReport(db: Tx, id: string): Promise<ReportRow | undefined> {
  return db.selectFrom("desk_report").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function readReportFile(db: Tx, id: string, name: string): Promise<ReportFile | undefined> {
  return db
    .selectFrom("desk_report_file")
    .select(["name", "bytes", "sha256", "content"])
    .where("report_id", "=", id)
    .where("name", "=", name)
    .executeTakeFirst();
}
