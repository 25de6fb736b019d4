/** Reads a JSON body within its bounds: size, depth, no compression, nothing a database or a hash would choke on. */
import express from "express";
import type { RequestHandler } from "express";
import { LedgerError } from "../../kernel/errors.ts";

export const BODY_BYTES_MAX = { small: 32 * 1024, rpc: 128 * 1024, large: 1024 * 1024 } as const;
export const JSON_DEPTH_MAX = 20;

/** PostgreSQL refuses U+0000 in text; a lone surrogate has no UTF-8 and would not survive a round trip. */
export function assertStorableText(text: string, field: string): void {
  if (text.includes("\u0000")) throw new LedgerError("request_invalid", { field, problem: "must not contain U+0000" });
  if (!text.isWellFormed()) throw new LedgerError("request_invalid", { field, problem: "must be well-formed Unicode" });
}

function assertHarmless(value: unknown, depth: number): void {
  if (depth > JSON_DEPTH_MAX)
    throw new LedgerError("request_invalid", { field: "body", problem: `is nested deeper than ${JSON_DEPTH_MAX}` });
  if (typeof value === "string") assertStorableText(value, "body");
  else if (Array.isArray(value)) for (const item of value) assertHarmless(item, depth + 1);
  else if (typeof value === "object" && value !== null) {
    for (const [key, field] of Object.entries(value)) {
      assertStorableText(key, "body");
      if (key === "__proto__")
        throw new LedgerError("request_invalid", { field: "body.__proto__", problem: "is not a known field" });
      assertHarmless(field, depth + 1);
    }
  }
}

export function jsonBody(size: keyof typeof BODY_BYTES_MAX): RequestHandler[] {
  return [
    (req, _res, next) => {
      // Without a body there is nothing to misread; a missing one is reported as such by the schema.
      const hasBody = req.headers["transfer-encoding"] !== undefined || Number(req.get("content-length") ?? 0) > 0;
      if (hasBody && req.is("application/json") === false) throw new LedgerError("media_type_unsupported");
      next();
    },
    // Compressed bodies are refused: a bomb of 1 MB would unpack to 1 GB.
    express.json({ limit: BODY_BYTES_MAX[size], inflate: false, strict: true }),
    (req, _res, next) => {
      assertHarmless(req.body, 0);
      next();
    },
  ];
}
