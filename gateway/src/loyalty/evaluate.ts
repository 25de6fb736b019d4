/** What an order earns under a rule book: a pure function, so that a return asks it again about what is left. */
import type { Fen, Points } from "../kernel/ids.ts";
import type { RuleBook } from "./rule-book.ts";

export interface OrderLine {
  readonly sku: string;
  readonly category: string;
  readonly quantity: number;
  /** Paid in money for the whole line, after every discount and deduction. */
  readonly paidFen: Fen;
  readonly isFreight: boolean;
}

/** Room that caps leave, per rule id and ("") for the book's own; absent: no bound. Read once when the order is placed. */
export type Room = ReadonlyMap<string, Points>;

/** What is known of the order and its customer when it is placed. It is kept with the order: a return must not see more. */
export interface OrderFacts {
  readonly placedAt: number;
  readonly utcOffsetSeconds: number;
  /** 100 or 1000. */
  readonly pointsPerYuan: number;
  readonly isFirstPurchase: boolean;
  readonly tierId?: string | undefined;
  readonly room: Room;
}

export interface Earned {
  readonly points: Points;
  /** What each rule gave, after caps, rules that gave nothing left out; their sum is `points`. */
  readonly byRule: readonly { readonly ruleId: string; readonly points: Points }[];
}

/** Monotone: fewer or smaller lines never earn more. */
export function evaluateOrder(_book: RuleBook, _facts: OrderFacts, _lines: readonly OrderLine[]): Earned {
  return { points: 0n as Points, byRule: [] };
}
