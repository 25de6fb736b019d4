/** `/rpc`: the chain for wallets, which know nothing but JSON-RPC 2.0. */
import type { ErrorRequestHandler, Express, RequestHandler } from "express";
import { z } from "zod";
import type { RpcCall } from "../commands/rpc/answer-rpc.ts";
import { answerRpc, refused } from "../commands/rpc/answer-rpc.ts";
import type { Rooms } from "../commands/rooms.ts";
import { LedgerError } from "../kernel/errors.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { jsonBody } from "./middleware/json-body.ts";
import type { Gate } from "./mount.ts";
import { refusalOf } from "./problem.ts";

const BATCH_MAX = 20;

const callIn = z.object({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string().max(100), z.number()]),
  method: z.string().max(100),
  params: z.array(z.unknown()).max(10).default([]),
});

interface Named {
  readonly id: string | number | null;
  /** Absent: no call could be read. */
  readonly call?: RpcCall;
}

function readCall(value: unknown): Named {
  const parsed = callIn.safeParse(value);
  if (parsed.success) return { id: parsed.data.id, call: parsed.data };
  const { id } = (value ?? {}) as { id?: unknown };
  return { id: typeof id === "string" || typeof id === "number" ? id : null };
}

const INVALID = new LedgerError("request_invalid", {
  field: "body",
  problem: 'must be {"jsonrpc":"2.0","id":…,"method":…,"params":[…]}',
});

async function answerAll(rooms: Rooms, named: readonly Named[]): Promise<object[]> {
  const calls = named.flatMap(({ call }) => call ?? []);
  const answers = await answerRpc(
    rooms,
    calls.map(({ method, params }) => ({ method, params })),
  );
  return named.map(({ id, call }) => {
    const answer = (call === undefined ? undefined : answers.shift()) ?? refused(INVALID);
    return { jsonrpc: "2.0", id, ...(answer.ok ? { result: answer.result } : { error: answer.error }) };
  });
}

/** Of the public chain, and never with a cookie: pages of any origin may ask, as they may ask any public node. */
const forAnyPage: RequestHandler = (req, res, next) => {
  res.set("Access-Control-Allow-Origin", "*");
  if (req.method === "OPTIONS") {
    res.set("Access-Control-Allow-Methods", "POST").set("Access-Control-Allow-Headers", "Content-Type, Authorization");
    res.set("Access-Control-Max-Age", "600").status(204).end();
    return;
  }
  next();
};

export function mountRpc(app: Express, gate: Gate, rooms: Rooms): void {
  const admit: RequestHandler = async (req, res, next) => {
    res.locals["operation"] = "rpc";
    const caller = await authenticate(req, gate.findCaller);
    res.locals["caller"] = caller;
    await gate.rateLimit(req, res, caller);
    if (caller === undefined && !gate.publicReads) throw new LedgerError("unauthenticated");
    next();
  };
  const answer: RequestHandler = async (req, res) => {
    const body: unknown = req.body;
    const isBatch = Array.isArray(body);
    const named = (isBatch ? (body as unknown[]) : [body]).map(readCall);
    if (named.length === 0 || named.length > BATCH_MAX)
      throw new LedgerError("request_invalid", { field: "batch", problem: `must have 1 to ${BATCH_MAX} calls` });
    // Each call of a batch counts.
    if (named.length > 1) await gate.rateLimit(req, res, res.locals["caller"] as never, named.length - 1);
    const answers = await answerAll(rooms, named);
    res.set("Cache-Control", "no-store").json(isBatch ? answers : answers[0]);
  };
  const problems: ErrorRequestHandler = (thrown, _req, res, next) => {
    const error = refusalOf(thrown);
    if (error === undefined) {
      next(thrown);
      return;
    }
    const { status, facts } = error;
    if (error.code === "rate_limited") res.set("Retry-After", String(facts["retryAfterSeconds"] ?? 1));
    res.status(status).json({ jsonrpc: "2.0", id: null, error: refused(error).error });
  };
  app.post("/rpc", admit, ...jsonBody("rpc"), answer, problems);
  app.all("/rpc", (req, res) => {
    res.set("Allow", "POST");
    throw new LedgerError("method_not_allowed", { method: req.method });
  });
}

/** Before the rule for other origins, which knows only those on the list. */
export function mountRpcOrigins(app: Express): void {
  app.use("/rpc", forAnyPage);
}
