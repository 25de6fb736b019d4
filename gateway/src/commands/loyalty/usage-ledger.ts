/** The counters of caps in one database transaction: read once under a lock, moved as things are given or taken back. */
import type { Points } from "../../kernel/ids.ts";
import type { Given } from "../../loyalty/caps.ts";
import { roomUnder } from "../../loyalty/caps.ts";
import type { RuleBook } from "../../loyalty/rule-book.ts";
import type { Occasion, Share } from "../../loyalty/usage.ts";
import { givenUnder, textOf, usageDelta, usageKeys } from "../../loyalty/usage.ts";
import { lockUsage, moveUsage } from "../../store/cap-usage.ts";
import type { Tx } from "../../store/database.ts";

export class UsageLedger {
  readonly #tx: Tx;
  readonly #merchantId: number;
  readonly #book: RuleBook;
  readonly #used = new Map<string, bigint>();

  private constructor(tx: Tx, merchantId: number, book: RuleBook) {
    this.#tx = tx;
    this.#merchantId = merchantId;
    this.#book = book;
  }

  /** Holds every counter that may be moved for these occasions. */
  static async open(
    tx: Tx,
    { merchantId, book }: { merchantId: number; book: RuleBook },
    occasions: readonly Occasion[],
  ): Promise<UsageLedger> {
    const caps = ["", ...book.rules.map(({ id }) => id), ...book.tasks.map(({ id }) => `task:${id}`)];
    const keys = occasions.flatMap((occasion) => caps.flatMap((cap) => usageKeys(book, cap, occasion)));
    const unique = [...new Map(keys.map((key) => [textOf(key), key])).values()];
    const ledger = new UsageLedger(tx, merchantId, book);
    for (const row of await lockUsage(tx, merchantId, unique)) ledger.#used.set(textOf(row), row.points);
    return ledger;
  }

  givenUnder(cap: string, occasion: Occasion): Given {
    return givenUnder(this.#book, cap, occasion, this.#used);
  }

  /** `points`, or less if the book's own caps leave less room for this customer. */
  withinBook(points: Points, occasion: Occasion): Points {
    const room = roomUnder(this.#book.caps, this.givenUnder("", occasion));
    return room === undefined || room > points ? points : room;
  }

  withinTask(taskId: string, points: Points, occasion: Occasion): Points {
    const budget = this.#book.tasks.find(({ id }) => id === taskId)?.budget;
    const room = roomUnder({ budget }, this.givenUnder(`task:${taskId}`, occasion));
    return this.withinBook(room === undefined || room > points ? points : room, occasion);
  }

  async move(occasion: Occasion, change: { before: readonly Share[]; after: readonly Share[] }): Promise<void> {
    const moves = usageDelta(this.#book, occasion, change);
    for (const { key, points } of moves) this.#used.set(textOf(key), (this.#used.get(textOf(key)) ?? 0n) + points);
    await moveUsage(this.#tx, this.#merchantId, moves);
  }
}
