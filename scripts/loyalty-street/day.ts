/** What every act of the day shares: who plays, chance, and a count of what happened. */
import { setTimeout as sleep } from "node:timers/promises";
import { Failed, Refused } from "./client.ts";
import type { Customer, Shop, Street } from "./opening.ts";
import { seededRandom, type Random } from "../tooling/seeded-random.ts";
import type { Inbox } from "./receiver.ts";

/** The same day again and again. */
export const SEED = 20_261_123;
/** Requests under way at once; more would only wait for each other. */
export const WIDTH = 10;
/** The same of those that wait for blocks most of the time. */
export const CHAIN_WIDTH = 32;

export interface Line {
  readonly sku: string;
  readonly category: string;
  readonly quantity: number;
  readonly paidFen: number;
  readonly isFreight: boolean;
}

export interface Order {
  readonly shop: Shop;
  readonly customer: Customer;
  readonly orderRef: string;
  /** As they were paid, after a deduction. */
  readonly lines: readonly Line[];
  /** Partly paid with points. */
  readonly isCheckout: boolean;
  state: "placed" | "confirmed" | "cancelled" | "returned";
}

export interface Checkout {
  readonly shop: Shop;
  readonly customer: Customer;
  readonly orderRef: string;
}

export interface GoodsRedemption {
  readonly shop: Shop;
  readonly customer: Customer;
  readonly redemptionRef: string;
  readonly sku: string;
  isCancelled: boolean;
}

export class Day {
  readonly street: Street;
  readonly say: (text: string) => void;
  readonly random: Random = seededRandom(SEED);
  readonly orders: Order[] = [];
  readonly checkouts: Checkout[] = [];
  readonly redemptions: GoodsRedemption[] = [];
  readonly draws: { readonly drawId: number; readonly shop: Shop }[] = [];
  /** Issued by a till outside of the rules, by token. */
  readonly byHand = new Map<string, bigint>();
  readonly inboxes = new Map<number, Inbox>();
  /** By merchant: accounts that joined it. */
  readonly members = new Map<number, Set<Customer>>();
  readonly #counts = new Map<string, number>();
  #differences = 0;
  #compared = 0;

  constructor(street: Street, say: (text: string) => void) {
    this.street = street;
    this.say = say;
  }

  count(what: string, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  get counts(): readonly (readonly [string, number])[] {
    return [...this.#counts];
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Compares; only what differs is shown at once. */
  same(what: string, one: unknown, other: unknown): void {
    this.#compared += 1;
    if (String(one) === String(other)) return;
    this.#differences += 1;
    console.log(`   ✗ ${what}: ${String(one)} ≠ ${String(other)}`);
  }

  get compared(): number {
    return this.#compared;
  }

  get differences(): number {
    return this.#differences;
  }

  /** Points of the account, in base units, of what it holds; the merchant's token is the key. */
  async balancesOf({ account }: Customer): Promise<Map<string, bigint>> {
    const { holdings } = await this.street.anybody.get<{
      holdings: { token: string; balance: { amount: string }; isFrozen: boolean }[];
    }>(`/v1/accounts/${account}`);
    return new Map(holdings.map(({ token, balance }) => [token, BigInt(balance.amount)]));
  }
}

export const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

/** What may be refused by these names is not a fault of the day: others were quicker, or the points are gone. */
export async function unlessRefused<T>(codes: readonly string[], run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Failed || (error instanceof Refused && codes.includes(error.code))) return undefined;
    throw error;
  }
}

/** Looks every half second until it is so. */
export async function until(what: string, isSo: () => Promise<boolean>, timeoutMs = 300_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs / 1_000} s: ${what}`);
    await sleep(500);
  }
}
