/** Under which names caps count what was given: of a rule, of the whole book (""), of a task. Only caps that exist count. */
import { epochAt, startOfEpoch } from "../kernel/calendar.ts";
import type { Address, Points } from "../kernel/ids.ts";
import type { Given } from "./caps.ts";
import { NOTHING_GIVEN } from "./caps.ts";
import type { Caps, RuleBook } from "./rule-book.ts";

export interface UsageKey {
  /** A rule's id, "" for the book, `task:<id>`. */
  readonly cap: string;
  /** "" is everybody. */
  readonly account: string;
  /** `all`, `d:<local day>` or `m:<local month>`. */
  readonly period: string;
}

/** For whom, and on which of the merchant's local days, something is given. */
export interface Occasion {
  readonly account: Address;
  readonly day: number;
}

export const textOf = ({ cap, account, period }: UsageKey): string => `${cap} ${account} ${period}`;

const DAY_SECONDS = 86_400;

/** Days since 1970 in the merchant's own offset. */
export function localDay(at: number, utcOffsetSeconds: number): number {
  return Math.floor((at + utcOffsetSeconds) / DAY_SECONDS);
}

/** Months are those of a calendar without an offset: a local day is a day already. */
const LOCAL_MONTHS = { calendar: "month", utcOffsetSeconds: 0 } as const;

/** Months since 1970 that a local day lies in. */
export function monthOfDay(day: number): number {
  return epochAt(LOCAL_MONTHS, day * DAY_SECONDS);
}

/** The local days of its month: from the first, to before the first of the next. */
export function daysOfMonth(day: number): { readonly from: number; readonly until: number } {
  const month = monthOfDay(day);
  const firstOf = (one: number): number => startOfEpoch(LOCAL_MONTHS, one) / DAY_SECONDS;
  return { from: firstOf(month), until: firstOf(month + 1) };
}

function keysUnder(cap: string, caps: Caps, { account, day }: Occasion) {
  return {
    today: caps.perCustomerDay === undefined ? undefined : { cap, account, period: `d:${day}` },
    thisMonth: caps.perCustomerMonth === undefined ? undefined : { cap, account, period: `m:${monthOfDay(day)}` },
    ever: caps.budget === undefined ? undefined : { cap, account: "", period: "all" },
  };
}

function capsOf(book: RuleBook, cap: string): Caps {
  if (cap === "") return book.caps;
  const task = book.tasks.find(({ id }) => `task:${id}` === cap);
  if (task !== undefined) return { budget: task.budget };
  return book.rules.find(({ id }) => id === cap)?.caps ?? {};
}

/** Every counter that giving under this cap moves. */
export function usageKeys(book: RuleBook, cap: string, occasion: Occasion): readonly UsageKey[] {
  return Object.values(keysUnder(cap, capsOf(book, cap), occasion)).filter((key) => key !== undefined);
}

/** What the counters say was given under this cap. */
export function givenUnder(book: RuleBook, cap: string, occasion: Occasion, used: ReadonlyMap<string, bigint>): Given {
  const keys = keysUnder(cap, capsOf(book, cap), occasion);
  const read = (key: UsageKey | undefined): Points =>
    key === undefined ? NOTHING_GIVEN.ever : ((used.get(textOf(key)) ?? 0n) as Points);
  return { today: read(keys.today), thisMonth: read(keys.thisMonth), ever: read(keys.ever) };
}

/** What was given, by rule; `""` counts the whole. */
export interface Share {
  readonly ruleId: string;
  readonly points: bigint;
}

/** How the counters move when shares become others: each rule's own, and the book's by the sum. */
export function usageDelta(
  book: RuleBook,
  occasion: Occasion,
  { before, after }: { before: readonly Share[]; after: readonly Share[] },
): readonly { readonly key: UsageKey; readonly points: bigint }[] {
  const delta = new Map<string, bigint>();
  const add = (cap: string, points: bigint): void => void delta.set(cap, (delta.get(cap) ?? 0n) + points);
  for (const [shares, sign] of [[before, -1n] as const, [after, 1n] as const])
    for (const { ruleId, points } of shares) {
      add(ruleId, sign * points);
      add("", sign * points);
    }
  return [...delta].flatMap(([cap, points]) =>
    points === 0n ? [] : usageKeys(book, cap, occasion).map((key) => ({ key, points })),
  );
}
