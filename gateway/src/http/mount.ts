/** Puts a description to work: key, limit, role, body, validation, owner, handler, answer — in this order, for every route. */
import type { Express, Request, RequestHandler, Response } from "express";
import type { z } from "zod";
import type { Caller } from "../kernel/caller.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address } from "../kernel/ids.ts";
import type { FindCaller } from "./middleware/authenticate.ts";
import { authenticate, authorize } from "./middleware/authenticate.ts";
import { assertStorableText, jsonBody } from "./middleware/json-body.ts";
import type { RateLimit } from "./middleware/rate-limit.ts";
import { requestIdOf } from "./middleware/request-id.ts";
import { readWrite } from "./middleware/write-headers.ts";
import { invalid } from "./problem.ts";
import type { Rooms } from "../commands/rooms.ts";
import type { Answer, Route } from "./route.ts";
import { isWrite } from "./route.ts";

export interface Gate {
  readonly findCaller: FindCaller;
  readonly rateLimit: RateLimit;
  /** The merchant a token belongs to; undefined for a foreign token. */
  readonly merchantOfToken: (token: Address) => Promise<number | undefined>;
  /** False demands a key for reads too. */
  readonly publicReads: boolean;
  /** Tests check every answer against its schema; in production that would only cost time. */
  readonly checkAnswers: boolean;
}

function parse(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw invalid(result.error.issues, where);
  return result.data;
}

/** A merchant's or till's key sees its own merchant only; what is another's is answered like what does not exist. */
async function assertOwner(described: Route, params: unknown, caller: Caller | undefined, gate: Gate): Promise<void> {
  if (described.owned === undefined || caller === undefined) return;
  if (caller.role !== "merchant" && caller.role !== "till") return;
  const { id, token } = params as { id?: number; token?: Address };
  const owner =
    described.owned === "merchant" ? id : token === undefined ? undefined : await gate.merchantOfToken(token);
  if (caller.merchantId === undefined || owner !== caller.merchantId)
    throw new LedgerError("not_found", {
      what: described.owned === "merchant" ? `merchant ${id ?? ""}` : `token ${token ?? ""}`,
    });
}

function answerOf(res: Response): Answer {
  return {
    status: (code) => void res.status(code),
    header: (name, value) => void res.set(name, value),
  };
}

async function handle(described: Route, gate: Gate, rooms: Rooms, req: Request, res: Response): Promise<void> {
  const caller = res.locals["caller"] as Caller | undefined;
  const params = parse(described.params, req.params, "path");
  await assertOwner(described, params, caller, gate);
  for (const [name, value] of Object.entries(req.query))
    assertStorableText(name + JSON.stringify(value), name.slice(0, 50));
  const query = parse(described.query, req.query, "query");
  const write = isWrite(described) ? readWrite(req) : undefined;
  const body = parse(described.body, req.body, "body");
  res.status(described.status ?? 200);
  const input = { params, query, body, caller, write, requestId: requestIdOf(res), answer: answerOf(res) };
  const output = await described.run(input as never, rooms);
  if (gate.checkAnswers) described.output.parse(output);
  res.set("Cache-Control", "no-store").json(output);
}

export function mount(app: Express, routes: readonly Route[], gate: Gate, rooms: Rooms): void {
  for (const described of routes) {
    const admit: RequestHandler = async (req, res, next) => {
      res.locals["operation"] = described.operationId;
      for (const value of Object.values(req.params)) assertStorableText(String(value), "path");
      const caller = await authenticate(req, gate.findCaller);
      await gate.rateLimit(req, res, caller);
      authorize(described, caller, gate.publicReads);
      res.locals["caller"] = caller;
      next();
    };
    const body = described.body === undefined ? [] : jsonBody(described.bodySize ?? "small");
    app[described.method](described.path, admit, ...body, (req, res) => handle(described, gate, rooms, req, res));
  }
  refuseOtherMethods(app, routes);
}

/** 405 with Allow for a known path, so that a wrong verb is not mistaken for a wrong address. */
function refuseOtherMethods(app: Express, routes: readonly Route[]): void {
  const methodsOf = Map.groupBy(routes, (described) => described.path);
  for (const [path, described] of methodsOf) {
    const allow = described.map((one) => one.method.toUpperCase()).join(", ");
    app.all(path, (req, res) => {
      res.set("Allow", allow);
      throw new LedgerError("method_not_allowed", { method: req.method });
    });
  }
}
