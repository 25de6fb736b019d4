/** Report bundles and their files. */
import type { Facts } from "../kernel/errors.ts";
import { describeFailure } from "../kernel/failures.ts";
import type { Database } from "../store/database.ts";
import type { ReportRow } from "../store/desk-reports.ts";
import { readReport, readReportFile, readReports } from "../store/desk-reports.ts";
import { found } from "./at-block.ts";

const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);

function viewReport(row: ReportRow) {
  const error =
    row.error_code === null
      ? null
      : { code: row.error_code, ...describeFailure(row.error_code, (row.error_facts ?? {}) as Facts) };
  return {
    id: row.id,
    state: row.state,
    fromBlock: row.from_block,
    toBlock: row.to_block,
    toHash: row.to_hash,
    manifestSha256: row.manifest_sha256,
    files: (row.files ?? []) as { name: string; bytes: number; sha256: string }[],
    error: error === null ? null : { code: error.code, en: error.en, zh: error.zh },
    organisation: row.organisation,
    requestedAt: seconds(row.requested_at),
    madeAt: row.made_at === null ? null : seconds(row.made_at),
  };
}

export async function listReports(db: Database) {
  return { items: (await readReports(db)).map(viewReport) };
}

export async function showReport(db: Database, id: string) {
  return viewReport(found(await readReport(db, id), `report ${id}`));
}

export async function showReportFile(db: Database, { id, name }: { id: string; name: string }) {
  return found(await readReportFile(db, id, name), `file ${name} of report ${id}`);
}
