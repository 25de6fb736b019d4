/** What every write must bring: a name that makes it happen once, and how long the caller will wait. */
import type { Request } from "express";
import { LedgerError } from "../../kernel/errors.ts";
import { requestHashOf } from "../canonical-body.ts";
import type { Write } from "../route.ts";

const WAIT_SECONDS_MAX = 30;
/** Printable ASCII: anything else is mangled by one proxy or another. */
const KEY = /^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/;

export function readWrite(req: Request): Write {
  const idempotencyKey = req.get("idempotency-key") ?? "";
  if (!KEY.test(idempotencyKey)) throw new LedgerError("idempotency_key_missing");
  const wait = /(?:^|[,;]\s*)wait=(\d{1,6})(?:$|[,;\s])/.exec(req.get("prefer") ?? "")?.[1];
  return {
    idempotencyKey,
    requestHash: requestHashOf(req.method, req.path, req.body),
    waitMs: Math.min(Number(wait ?? 0), WAIT_SECONDS_MAX) * 1000,
  };
}
