/** Who was active when, in one run of blocks: what the list of accounts and the days of the alliance are made of. */
import { allianceDayAt } from "../kernel/calendar.ts";
import type { Address } from "../kernel/ids.ts";
import type { DayCount, LedgerDay, MetAccount } from "../store/ledger-activity.ts";

export class Activity {
  readonly #met = new Map<Address, MetAccount & { days: Set<number> }>();

  /** Seen for the first time in this run, whether or not it moves anything. */
  meet(account: Address, time: number): void {
    if (this.#met.has(account)) return;
    this.#met.set(account, { address: account, firstAt: time, lastPosition: "0", lastAt: null, days: new Set() });
  }

  /** Events come in their order, so the last one stays. */
  move(account: Address, { time, position }: { time: number; position: string }): void {
    this.meet(account, time);
    const met = this.#met.get(account);
    if (met === undefined) return;
    this.#met.set(account, { ...met, lastPosition: position, lastAt: time });
    met.days.add(allianceDayAt(time));
  }

  met(): MetAccount[] {
    return [...this.#met.values()];
  }
}

interface Run {
  readonly transactions: readonly { readonly time: string }[];
  readonly transfers: readonly { readonly time: string }[];
  readonly swaps: readonly { readonly time: string }[];
}

/** What a run adds to each day. */
export function countDays(accounts: readonly DayCount[], { transactions, transfers, swaps }: Run): LedgerDay[] {
  const days = new Map<number, LedgerDay>();
  const dayOf = (day: number): LedgerDay => {
    const found = days.get(day) ?? { day, transactions: 0, transfers: 0, swaps: 0, active: 0, added: 0 };
    days.set(day, found);
    return found;
  };
  for (const { day, active, added } of accounts) {
    const counted = dayOf(day);
    counted.active += active;
    counted.added += added;
  }
  for (const { time } of transactions) dayOf(allianceDayAt(Number(time))).transactions += 1;
  for (const { time } of transfers) dayOf(allianceDayAt(Number(time))).transfers += 1;
  for (const { time } of swaps) dayOf(allianceDayAt(Number(time))).swaps += 1;
  return [...days.values()];
}
