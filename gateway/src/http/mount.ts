/** Puts a description to work: key, limit, role, body, validation, owner, handler, answer — in this order, for every route. */
import assert from "node:assert/strict";
import type { Express, Request, RequestHandler, Response } from "express";
import type { z } from "zod";
import type { Caller } from "../kernel/caller.ts";
import { ownNames } from "../kernel/caller.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address } from "../kernel/ids.ts";
import { standOf } from "../queries/event-feed.ts";
import type { StreamLimits } from "./event-stream.ts";
import { EventStreams, STREAM_LIMITS } from "./event-stream.ts";
import { confine, seenBy } from "./confine.ts";
import type { FindCaller, FindSession } from "./middleware/authenticate.ts";
import { authorize, whoAsks } from "./middleware/authenticate.ts";
import { assertStorableText, jsonBody } from "./middleware/json-body.ts";
import type { RateLimit } from "./middleware/rate-limit.ts";
import { requestIdOf } from "./middleware/request-id.ts";
import { readSessionCookie } from "./middleware/session-cookie.ts";
import { readWrite } from "./middleware/write-headers.ts";
import { CsvFiles } from "./csv/send.ts";
import { invalid } from "./problem.ts";
import { readingOf } from "./read-schemas.ts";
import type { Rooms } from "../commands/rooms.ts";
import type { Answer, FromWeb, Input, Route, Write } from "./route.ts";
import { needsIdempotencyKey } from "./route.ts";
import { StoreWatch } from "./store-watch.ts";

export interface Gate {
  readonly findCaller: FindCaller;
  readonly findSession: FindSession;
  /** Where the web is reached from outside; absent: where the request came to. */
  readonly publicUrl?: string;
  readonly rateLimit: RateLimit;
  /** The merchant a token belongs to; undefined for a foreign token. */
  readonly merchantOfToken: (token: Address) => Promise<number | undefined>;
  /** False demands a key for reads too. */
  readonly publicReads: boolean;
  /** Tests check every answer against its schema; in production that would only cost time. */
  readonly checkAnswers: boolean;
  /** Limits of event streams that differ from the usual ones. */
  readonly streams?: Partial<StreamLimits>;
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

function webOf(req: Request, { publicUrl }: Gate): FromWeb {
  const origin = publicUrl ?? `${req.protocol}://${req.get("host") ?? "localhost"}`;
  return { origin, publicUrl, sessionToken: readSessionCookie(req) };
}

/** Two customers of one organisation may use the same name for their writes: each has names of its own. */
function writeOf(req: Request, caller: Caller | undefined): Write {
  const write = readWrite(req);
  if (caller?.self === undefined) return write;
  return { ...write, idempotencyKey: `${ownNames(caller.self)}${write.idempotencyKey}` };
}

async function readInput(
  described: Route,
  gate: Gate,
  req: Request,
  res: Response,
): Promise<Input<never, never, never>> {
  const caller = res.locals["caller"] as Caller | undefined;
  const params = parse(described.params, req.params, "path");
  await assertOwner(described, params, caller, gate);
  for (const [name, value] of Object.entries(req.query))
    assertStorableText(name + JSON.stringify(value), name.slice(0, 50));
  const query = parse(described.query, req.query, "query");
  const write = needsIdempotencyKey(described) ? writeOf(req, caller) : undefined;
  const body = parse(described.body, req.body, "body");
  if (caller !== undefined) confine(described, { params, query, body }, caller);
  res.status(described.status ?? 200);
  const about = { requestId: requestIdOf(res), web: webOf(req, gate), answer: answerOf(res) };
  const input = { params, query, body, caller: seenBy(described, caller), write, ...about };
  return input as Input<never, never, never>;
}

async function handle(described: Route, gate: Gate, rooms: Rooms, req: Request, res: Response): Promise<void> {
  const output = await described.run(await readInput(described, gate, req, res), rooms);
  if (gate.checkAnswers) described.output.parse(output);
  res.set("Cache-Control", "no-store").json(output);
}

/** A place as `Last-Event-ID` gives it; anything else was made by another stream. */
const PLACE = /^[0-9]{1,18}$/;

function handleStream(described: Route, streams: EventStreams, rooms: Rooms): RequestHandler {
  return async (req, res) => {
    const query = parse(described.query, req.query, "query");
    const lastEventId = req.get("last-event-id");
    if (lastEventId !== undefined && !PLACE.test(lastEventId))
      throw new LedgerError("request_invalid", { field: "Last-Event-ID", problem: "must be an id of this stream" });
    const input = { query: query as never, lastEventId };
    await streams.serve(res, () => described.open?.(input, rooms) ?? assert.fail("not a stream"));
  };
}

function handleFile(
  described: Route,
  { gate, rooms, files }: { gate: Gate; rooms: Rooms; files: CsvFiles },
): RequestHandler {
  return async (req, res) => {
    const input = await readInput(described, gate, req, res);
    await files.serve(res, () => described.pour?.(input, rooms) ?? assert.fail("not a file"));
  };
}

export function mount(app: Express, routes: readonly Route[], gate: Gate, rooms: Rooms): void {
  const watch = new StoreWatch(() => standOf(readingOf(rooms)), rooms.log);
  const streams = new EventStreams({ watch, log: rooms.log, limits: { ...STREAM_LIMITS, ...gate.streams } });
  app.once("closing", () => streams.endAll());
  const files = new CsvFiles();
  for (const described of routes) {
    const admit: RequestHandler = async (req, res, next) => {
      res.locals["operation"] = described.operationId;
      for (const value of Object.values(req.params)) assertStorableText(String(value), "path");
      const known = await whoAsks(req, { caller: gate.findCaller, session: gate.findSession });
      await gate.rateLimit(req, res, known.caller);
      authorize(described, known, gate.publicReads);
      res.locals["caller"] = known.caller;
      next();
    };
    const body = described.body === undefined ? [] : jsonBody(described.bodySize ?? "small");
    const answer: RequestHandler =
      described.open !== undefined
        ? handleStream(described, streams, rooms)
        : described.pour !== undefined
          ? handleFile(described, { gate, rooms, files })
          : (req, res) => handle(described, gate, rooms, req, res);
    app[described.method](described.path, admit, ...body, answer);
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
