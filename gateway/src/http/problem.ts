/** Turns anything thrown into an RFC 9457 problem. What is not in the catalogue is logged and answered as `internal`. */
import type { Response } from "express";
import type { z } from "zod";
import { LedgerError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";

/** Thrown by express, its body parser and its router, all with a status of their own. */
interface HttpError {
  readonly status?: number;
  readonly type?: string;
  readonly limit?: number;
}

const BODY_ERRORS: Record<string, (error: HttpError) => LedgerError> = {
  "entity.too.large": (error) => new LedgerError("payload_too_large", { limit: `${error.limit ?? 0} bytes` }),
  "entity.parse.failed": () => new LedgerError("request_invalid", { field: "body", problem: "is not valid JSON" }),
  "request.aborted": () => new LedgerError("request_invalid", { field: "body", problem: "ended too early" }),
  "request.size.invalid": () =>
    new LedgerError("request_invalid", { field: "Content-Length", problem: "does not match the body" }),
  "encoding.unsupported": () => new LedgerError("media_type_unsupported", {}),
  "charset.unsupported": () => new LedgerError("media_type_unsupported", {}),
};

/** The first problem of a failed validation, with the path of its field. */
export function invalid(issues: readonly z.core.$ZodIssue[], where: string): LedgerError {
  const issue = issues[0];
  const path = (issue?.path ?? []).map(String).join(".");
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : "";
  const field = [path, unknown].filter((part) => part !== "").join(".") || where;
  const problem = unknown === "" ? (issue?.message ?? "is not valid") : "is not a known field";
  return new LedgerError("request_invalid", { field: field.slice(0, 200), problem: problem.slice(0, 300) });
}

export interface ProblemContext {
  readonly requestId: string;
  readonly log: Log;
  /** Whether an error of the store means that the database is away; the store knows its engines, this room does not. */
  readonly isDatabaseAway: (error: unknown) => boolean;
}

function toLedgerError(error: unknown, { requestId, isDatabaseAway }: ProblemContext): LedgerError {
  const known = refusalOf(error);
  if (known !== undefined) return known;
  const { status } = (error ?? {}) as HttpError;
  if (isDatabaseAway(error)) return new LedgerError("database_unavailable", {}, error);
  if (status !== undefined && status >= 400 && status < 500)
    return new LedgerError("request_invalid", { field: "request", problem: "could not be read" });
  return new LedgerError("internal", { requestId }, error);
}

/** What the caller can mend; undefined for trouble of ours. */
export function refusalOf(error: unknown): LedgerError | undefined {
  if (error instanceof LedgerError) return error;
  if (error instanceof URIError)
    return new LedgerError("request_invalid", { field: "path", problem: "has a malformed % escape" });
  const { type } = (error ?? {}) as HttpError;
  return type === undefined ? undefined : BODY_ERRORS[type]?.(error as HttpError);
}

/** `zh` when the caller prefers it, English otherwise. */
function languageOf(acceptLanguage: string | undefined): "en" | "zh" {
  const first = (acceptLanguage ?? "").split(",").find((part) => /^\s*(zh|en)\b/i.test(part));
  return /^\s*zh/i.test(first ?? "") ? "zh" : "en";
}

export function sendProblem(res: Response, thrown: unknown, context: ProblemContext): void {
  const error = toLedgerError(thrown, context);
  if (error.status >= 500)
    context.log.error({ requestId: context.requestId, code: error.code, err: error.cause ?? thrown }, "request failed");
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const language = languageOf(res.req.get("accept-language"));
  if (error.code === "unauthenticated") res.set("WWW-Authenticate", 'Bearer realm="ledger"');
  if (error.code === "rate_limited") res.set("Retry-After", String(error.facts["retryAfterSeconds"] ?? 1));
  else if (error.status === 503) res.set("Retry-After", "2");
  res
    .status(error.status)
    .type("application/problem+json")
    .set("Content-Language", language === "zh" ? "zh-CN" : "en")
    .vary("Accept-Language")
    .send(
      JSON.stringify({
        type: `/docs/errors#${error.code}`,
        title: error.code.replaceAll("_", " "),
        status: error.status,
        detail: error.sentence(language),
        detailZh: error.sentence("zh"),
        code: error.code,
        facts: error.facts,
        requestId: context.requestId,
      }),
    );
}
