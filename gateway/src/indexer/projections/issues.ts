/** How points come into being, and how an issue is taken back. */
import type { EventOf } from "../../kernel/events.ts";
import type { Hex32 } from "../../kernel/ids.ts";
import { parseLots, totalOf } from "../../kernel/lots.ts";
import type { Books, Token } from "../books.ts";
import { merchantDayOf, positionOfEvent } from "../books.ts";
import { dayOf } from "./days.ts";
import { holdingOf } from "./holdings.ts";

export function projectIssued(books: Books, event: EventOf<"point.Issued">): void {
  const token = countIssued(books, event, event.points);
  record(books, event, { epoch: Number(event.epoch), count: Number(event.count), till: event.till });
  const till = books.tills.need(token.address, event.till);
  const today = merchantDayOf(token, books.time);
  till.issued_today = (till.day === today ? till.issued_today : 0n) + event.points;
  till.day = today;
  books.tills.change(till);
}

export function projectIssuedToPool(books: Books, event: EventOf<"point.IssuedToPool">): void {
  countIssued(books, event, event.points);
  record(books, event, { epoch: null, count: 0, till: null });
}

/** What an issue kept back counts as issued and reversed at once: it never circulates. */
export function projectDebtSettled(books: Books, event: EventOf<"point.DebtSettled">): void {
  const token = books.tokens.need(event.address);
  const holding = holdingOf(books, token, event.account);
  holding.debt -= event.points;
  books.holdings.change(holding);
  countReversed(books, token, event.points);
}

export function projectReversed(books: Books, event: EventOf<"point.Reversed">): void {
  const token = books.tokens.need(event.address);
  const burned = totalOf(parseLots(event.lots));
  countReversed(books, token, burned);
  if (event.debt > 0n) {
    const holding = holdingOf(books, token, event.account);
    holding.debt += event.debt;
    books.holdings.change(holding);
  }
  const issue = books.issues.need(event.address, event.ref);
  issue.reversed += burned + event.debt;
  books.issues.change(issue);
}

export function projectRetired(books: Books, event: EventOf<"point.RetiredFromPool">): void {
  countReversed(books, books.tokens.need(event.address), event.points);
}

export function projectTillSet(books: Books, event: EventOf<"point.TillSet">): void {
  const found = books.tills.find(event.address, event.till);
  const zero = { token: event.address, address: event.till, issued_today: 0n, day: 0 };
  const till = found ?? books.tills.add({ ...zero, daily_limit: 0n });
  till.daily_limit = event.dailyLimit;
  books.tills.change(till);
}

function countIssued(books: Books, event: { address: Token["address"] }, points: bigint): Token {
  const token = books.tokens.need(event.address);
  token.issued += points;
  dayOf(books, token).issued += points;
  books.tokens.change(token);
  books.moved.add(token);
  return token;
}

function countReversed(books: Books, token: Token, points: bigint): void {
  token.reversed += points;
  dayOf(books, token).reversed += points;
  books.tokens.change(token);
  books.moved.add(token);
}

interface Terms {
  readonly epoch: number | null;
  readonly count: number;
  readonly till: Token["address"] | null;
}

type AnyIssue = EventOf<"point.Issued"> | EventOf<"point.IssuedToPool">;

function record(books: Books, event: AnyIssue & { readonly ref: Hex32 }, terms: Terms): void {
  books.issues.add({
    token: event.address,
    ref: event.ref,
    position: BigInt(positionOfEvent(event)),
    till: terms.till,
    epoch: terms.epoch,
    item_count: terms.count,
    points: event.points,
    reversed: 0n,
    is_to_pool: terms.till === null,
    transaction_hash: event.transactionHash,
    time: BigInt(books.time),
  });
}
