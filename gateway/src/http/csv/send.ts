/** Sends a file as fast as its reader takes it; a reader who goes away, or stops reading, ends the reading of the store. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";
import { LedgerError } from "../../kernel/errors.ts";
import type { Poured } from "../route.ts";

/** Files at a time: each keeps one connection of the store busy, which has ten. */
const FILES_MAX = 4;
/** A reader that takes nothing for so long is let go, so that nobody holds a place for nothing. */
const IDLE_MS = 30_000;
const RETRY_SECONDS = 5;

export class CsvFiles {
  #open = 0;

  async serve(res: Response, pour: () => Promise<Poured>): Promise<void> {
    if (this.#open >= FILES_MAX) throw new LedgerError("rate_limited", { retryAfterSeconds: RETRY_SECONDS });
    this.#open += 1;
    try {
      await send(res, await pour());
    } finally {
      this.#open -= 1;
    }
  }
}

async function send(res: Response, { fileName, text }: Poured): Promise<void> {
  res.status(200).set({
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="${fileName}"`,
    "Cache-Control": "no-store",
    // nginx would read it all first.
    "X-Accel-Buffering": "no",
  });
  if (res.req.method === "HEAD") {
    res.end();
    return;
  }
  res.setTimeout(IDLE_MS, () => res.destroy());
  try {
    await pipeline(Readable.from(text), res);
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}
