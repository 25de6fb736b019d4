/**
 * The books of one earning: what is due against what was asked of the chain. Orders, returns and decisions only change what
 * is due; one rule carries out the difference, so any order of events ends in the same books.
 */
import type { Points } from "../kernel/ids.ts";

export type AskKind = "issue" | "reverse";

export interface Ask {
  readonly kind: AskKind;
  readonly points: Points;
}

export interface Books {
  /** What it should be worth now. It only ever falls. */
  readonly due: Points;
  /** Confirmed on the chain. */
  readonly issued: Points;
  readonly reversed: Points;
  /** To be taken back, but expired by then: neither the customer nor the supply has them any more. */
  readonly lapsed: Points;
  /** Unix seconds; undefined while only the shop can say. */
  readonly maturesAt?: number | undefined;
  /** Something is suspicious and nobody has decided: nothing is issued meanwhile. */
  readonly isObjected: boolean;
  /** Asked of the chain and not answered yet: nothing else is asked before. */
  readonly ask?: Ask | undefined;
  /** Milliseconds: after a failure, not before. */
  readonly retryMs: number;
}

/** The columns of a row that books are made of; amounts are decimal strings. */
export interface BookRow {
  readonly points_due: string;
  readonly points_issued: string;
  readonly points_reversed: string;
  readonly points_lapsed: string;
  readonly matures_at: string | number | null;
  readonly objections: unknown;
  readonly decision: string | null;
  readonly ask_kind: AskKind | null;
  readonly ask_points: string | null;
  readonly retry_ms: string | number;
}

export function booksOf(row: BookRow): Books {
  return {
    due: BigInt(row.points_due) as Points,
    issued: BigInt(row.points_issued) as Points,
    reversed: BigInt(row.points_reversed) as Points,
    lapsed: BigInt(row.points_lapsed) as Points,
    maturesAt: row.matures_at === null ? undefined : Number(row.matures_at),
    isObjected: row.objections !== null && row.decision === null,
    ask: row.ask_kind === null ? undefined : { kind: row.ask_kind, points: BigInt(row.ask_points ?? 0) as Points },
    retryMs: Number(row.retry_ms),
  };
}

/** What the customer has of it on the chain, spent or not. */
export function standing({ issued, reversed, lapsed }: Pick<Books, "issued" | "reversed" | "lapsed">): bigint {
  return issued - reversed - lapsed;
}

/** What to ask of the chain now, if anything. Taking back waits for nothing but the answer before; giving waits to mature. */
export function nextAsk(books: Books, nowMs: number): Ask | undefined {
  if (books.ask !== undefined || nowMs < books.retryMs) return undefined;
  const has = standing(books);
  if (has > books.due) return { kind: "reverse", points: (has - books.due) as Points };
  // An order is issued once for ever: nothing is added to what was issued.
  if (books.due === 0n || books.issued > 0n || books.isObjected) return undefined;
  if (books.maturesAt === undefined || nowMs < books.maturesAt * 1000) return undefined;
  return { kind: "issue", points: books.due };
}

/** Milliseconds since 1970 when there is something to do; undefined: nothing, as things stand. */
export function wakeMs(books: Books): number | undefined {
  if (books.ask !== undefined) return books.retryMs;
  if (standing(books) > books.due) return books.retryMs;
  if (books.due === 0n || books.issued > 0n || books.isObjected || books.maturesAt === undefined) return undefined;
  return Math.max(books.maturesAt * 1000, books.retryMs);
}

export type Outcome = "done" | "lapsed" | "failed";

/** The answer to what was asked. `lapsed`: there was nothing left to take back, the points had expired. */
export function answered(books: Books, outcome: Outcome, retryMs: number): Books {
  const { ask, ...rest } = books;
  if (ask === undefined) return books;
  if (outcome === "failed") return { ...rest, retryMs };
  const done = { ...rest, retryMs: 0 };
  if (ask.kind === "issue") return { ...done, issued: (books.issued + ask.points) as Points };
  if (outcome === "lapsed") return { ...done, lapsed: (books.lapsed + ask.points) as Points };
  return { ...done, reversed: (books.reversed + ask.points) as Points };
}

/** What is due falls to `due`; it never rises. */
export function lowered(books: Books, due: Points): Books {
  return due >= books.due ? books : { ...books, due };
}

export type EarningState = "objected" | "refused" | "pending" | "moving" | "issued" | "cancelled" | "reversed";

/** Where it stands in one word. `moving`: the chain has been asked, or is about to be. */
export function stateOf(books: Books, isRefused: boolean, nowMs: number): EarningState {
  if (isRefused) return "refused";
  const has = standing(books);
  if (books.ask !== undefined || has > books.due) return "moving";
  if (books.due === 0n) return books.issued === 0n ? "cancelled" : "reversed";
  if (has === books.due) return "issued";
  if (books.isObjected) return "objected";
  return books.maturesAt !== undefined && nowMs >= books.maturesAt * 1000 ? "moving" : "pending";
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** How long to wait after the `tries`-th failure in a row: 2 s, doubled up to an hour. */
export function pauseMs(tries: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(Math.max(0, tries - 1), 20));
}
