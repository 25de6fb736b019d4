/** Makes the bundles that were asked for, one at a time; several processes share the work. */
import type { ChainClient } from "../chain/client.ts";
import type { Deployment } from "../chain/deployment.ts";
import type { Clock } from "../kernel/clock.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import type { Database } from "../store/database.ts";
import type { ReportRow } from "../store/desk-reports.ts";
import { claimReport, failReport, finishReport } from "../store/desk-reports.ts";
import { MANIFEST, makeBundle, sha256Of } from "./bundle.ts";
import { collect } from "./collect.ts";

export interface ReportRooms {
  readonly db: Database;
  readonly chain: ChainClient;
  readonly deployment: Deployment;
  readonly clock: Clock;
  readonly log: Log;
}

/** A replay reads every log since the deployment: ten minutes are some ten million of them. */
const LEASE_SECONDS = 600;
const POLL_MS = 1_000;

export interface Reports {
  stop(): Promise<void>;
}

export function startReports(rooms: ReportRooms): Reports {
  const stopping = new AbortController();
  const done = run(rooms, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function run(rooms: ReportRooms, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const hasMade = await makeNext(rooms).catch((error: unknown) => {
      rooms.log.error({ err: error }, "a report waits");
      return false;
    });
    if (!hasMade) await rooms.clock.sleep(POLL_MS, signal);
  }
}

/** False when nothing was asked for. A chain or database that is away is no failure: the claim runs out, and it is tried again. */
export async function makeNext(rooms: ReportRooms): Promise<boolean> {
  const row = await claimReport(rooms.db, LEASE_SECONDS);
  if (row === undefined) return false;
  const at = (): string => new Date(rooms.clock.now()).toISOString();
  try {
    const made = await make(rooms, row);
    await finishReport(rooms.db, row.id, { ...made, at: at() });
  } catch (error) {
    if (error instanceof LedgerError && error.status === 503) throw error;
    const { code, facts } = error instanceof LedgerError ? error : { code: "internal", facts: { requestId: row.id } };
    if (code === "internal") rooms.log.error({ err: error }, "a report could not be made");
    await failReport(rooms.db, row.id, { code, facts, at: at() });
  }
  return true;
}

async function make({ chain, deployment }: ReportRooms, row: ReportRow) {
  const collected = await collect(chain, deployment, { from: row.from_block, to: row.to_block });
  const { hash } = collected.header.to;
  // It was asked for on a chain that was set back since.
  if (hash !== row.to_hash) throw new LedgerError("not_found", { what: `block ${row.to_block} ${row.to_hash}` });
  const files = [...makeBundle(collected)].map(([name, content]) => {
    return { name, content, bytes: Buffer.byteLength(content), sha256: sha256Of(content) };
  });
  return { files, manifestSha256: files.find(({ name }) => name === MANIFEST)?.sha256 ?? "" };
}
