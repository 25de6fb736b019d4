/** One description of an operation: it validates, handles, documents and authorises. There is no other way to a handler. */
import type { z } from "zod";
import type { Caller, Role } from "../kernel/caller.ts";
import type { Write } from "../commands/asked.ts";
import type { Rooms } from "../commands/rooms.ts";
import type { Feed } from "./event-stream.ts";

export type { Write } from "../commands/asked.ts";
export type { Caller, Role } from "../kernel/caller.ts";

type ObjectSchema = z.ZodObject;
type Parsed<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined;

/** What a handler gets; everything in it has been checked. */
export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Absent only on public operations called without a key. */
  readonly caller: Caller | undefined;
  /** Set on every operation that writes. */
  readonly write: Write | undefined;
  readonly requestId: string;
  readonly web: FromWeb;
  /** Overrides of the answer; the default status is the route's. */
  readonly answer: Answer;
}

/** What only matters to a browser. */
export interface FromWeb {
  /** Where the web is for this caller: https://points.example. */
  readonly origin: string;
  /** What whoever runs the gateway has said of that; absent: `origin` is what the request said. */
  readonly publicUrl: string | undefined;
  /** The token of the cookie that came along, whether it is good or not. */
  readonly sessionToken: string | undefined;
}

export interface Answer {
  status(code: 200 | 201 | 202): void;
  header(name: string, value: string): void;
}

/** Whose object the path names. A merchant's or till's key sees only its own: another's is answered 404. */
export type Owned = "merchant" | "token";

export interface RouteOf<
  P extends ObjectSchema | undefined,
  Q extends ObjectSchema | undefined,
  B extends z.ZodType | undefined,
  O extends z.ZodType,
> {
  readonly method: "get" | "post" | "put" | "delete";
  /** Express syntax with plain parameters: "/v1/points/:token". */
  readonly path: `/v1/${string}`;
  /** Camel case, unique; the name of the function in the generated client. */
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  /** Who may call. `public` operations need no key, unless the gateway is told to demand one for reads. */
  readonly roles: readonly [Role, ...Role[]] | "public";
  /** `merchant`: the path's `:id` is a merchant; `token`: its `:token` is a merchant's point token. */
  readonly owned?: Owned;
  /**
   * What a customer who is signed in may do with it; left out: nothing. `named`: the request names whom it is about, and
   * that must be the customer. `checked`: the handler looks whose it is. `anyone`: it is about nobody in particular.
   */
  readonly customers?: "named" | "checked" | "anyone";
  /** A POST that changes nothing (it computes): no Idempotency-Key. Every other POST, PUT and DELETE demands one. */
  readonly readOnly?: true;
  /** A write that may simply be asked again: no Idempotency-Key. */
  readonly repeatable?: true;
  /** The way in: needs no key, even where reads need one. */
  readonly door?: true;
  /** `large` allows 1 MB instead of 32 kB. */
  readonly bodySize?: "large";
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly output: O;
  readonly status?: 200 | 201 | 202;
  run(input: Input<Parsed<P>, Parsed<Q>, Parsed<B>>, rooms: Rooms): Promise<z.input<O>>;
}

/**
 * A read that goes on: `text/event-stream`, each event with data of the shape `output`. It is opened at `Last-Event-ID`,
 * where a reader that comes back says it stands.
 */
export interface StreamOf<Q extends ObjectSchema, O extends z.ZodType> extends Omit<
  RouteOf<undefined, Q, undefined, O>,
  "run" | "method" | "roles"
> {
  open(input: { readonly query: z.output<Q>; readonly lastEventId: string | undefined }, rooms: Rooms): Promise<Feed>;
}

/** A file that is written while it is read. */
export interface Poured {
  readonly fileName: string;
  readonly text: AsyncIterable<string>;
}

/** A route whose schemas' types have been checked against its handler and are forgotten. */
export type Route = Omit<
  RouteOf<ObjectSchema | undefined, ObjectSchema | undefined, z.ZodType | undefined, z.ZodType>,
  "run"
> & {
  run(input: Input<never, never, never>, rooms: Rooms): Promise<unknown>;
  /** Only on the CSV twins of lists (csv/twin.ts). */
  readonly pour?: (input: Input<never, never, never>, rooms: Rooms) => Promise<Poured>;
  /** Only on streams. */
  readonly open?: (input: { query: never; lastEventId: string | undefined }, rooms: Rooms) => Promise<Feed>;
};

export function route<
  O extends z.ZodType,
  P extends ObjectSchema | undefined = undefined,
  Q extends ObjectSchema | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(description: RouteOf<P, Q, B, O>): Route {
  return description;
}

export function streamRoute<Q extends ObjectSchema, O extends z.ZodType>(description: StreamOf<Q, O>): Route {
  return {
    ...description,
    method: "get",
    roles: "public",
    run: () => Promise.reject(new Error(`${description.operationId} is a stream`)),
  };
}

/** The scope that a confined key needs for an operation. */
export function scopeOf(described: Pick<Route, "method" | "readOnly" | "tag">): string {
  return `${described.tag.toLowerCase()}:${isWrite(described) ? "write" : "read"}`;
}

/** Whether an operation changes something. */
export function isWrite(described: Pick<Route, "method" | "readOnly">): boolean {
  return described.method !== "get" && described.readOnly !== true;
}

/** Whether it must be told by an Idempotency-Key from the same thing asked again. */
export function needsIdempotencyKey(described: Pick<Route, "method" | "readOnly" | "repeatable">): boolean {
  return isWrite(described) && described.repeatable !== true;
}
