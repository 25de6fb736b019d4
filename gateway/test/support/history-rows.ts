/** A history as the indexer would have written it, block by block: for rules that look at months in a millisecond. */
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import { ZERO_ADDRESS } from "../../src/kernel/ids.ts";
import { positionOf } from "../../src/kernel/position.ts";
import type { Database } from "../../src/store/database.ts";
import { clearLedger, saveCursor } from "../../src/store/ledger-cursor.ts";
import { insertMerchant } from "./ledger-rows.ts";

const hashOf = (n: number, prefix: string): Hex32 => `0x${prefix}${n.toString(16).padStart(62, "0")}` as Hex32;

export class HistoryRows {
  readonly #db: Database;
  readonly #tag: string;
  #block = 0;
  #time: number;

  /** `tag` is two hex digits: another tag is another chain with other hashes. */
  constructor(db: Database, { startsAt, tag = "aa" }: { startsAt: number; tag?: string }) {
    this.#db = db;
    this.#time = startsAt;
    this.#tag = tag;
  }

  get time(): number {
    return this.#time;
  }

  /** Forgets the chain, like the indexer does when it was set back. */
  async clear(): Promise<void> {
    await clearLedger(this.#db);
  }

  async merchant(id: number, createdAt = this.#time): Promise<Address> {
    const token = await insertMerchant(this.#db, id, `0x${"c".repeat(39)}${id}` as Address);
    await this.#db
      .updateTable("point_token")
      .set({ created_at: String(createdAt) })
      .where("address", "=", token)
      .execute();
    return token;
  }

  /** The next block, so many seconds later; the read side stands at it. */
  async block(seconds = 1): Promise<number> {
    this.#block += 1;
    this.#time += seconds;
    const hash = hashOf(this.#block, this.#tag);
    await this.#db
      .insertInto("block")
      .values({
        number: this.#block,
        hash,
        parent_hash: hashOf(this.#block - 1, this.#tag),
        time: String(this.#time),
        miner: ZERO_ADDRESS,
        gas_used: "0",
        transaction_count: 1,
        event_count: 1,
      })
      .execute();
    await saveCursor(this.#db, {
      chainId: 1,
      genesisHash: hashOf(0, this.#tag),
      blockNumber: this.#block,
      blockHash: hash,
      timestamp: this.#time,
      transactionCount: 0,
      transferCount: 0,
      swapCount: 0,
      accountCount: 0,
    });
    return this.#block;
  }

  #place(index: number) {
    const transaction_hash = hashOf(this.#block * 1_000 + index, "cc");
    return { position: positionOf(this.#block, index), transaction_hash, time: String(this.#time) };
  }

  async transfer(token: Address, from: Address, to: Address, more: { amount: bigint; kind?: string; index?: number }) {
    await this.#db
      .insertInto("transfer")
      .values({
        ...this.#place(more.index ?? 0),
        token,
        from_account: from,
        to_account: to,
        amount: String(more.amount),
        kind: more.kind ?? "transfer",
      })
      .execute();
  }

  /** Issued to an account, with the row of the day. */
  async issue(token: Address, to: Address, points: bigint): Promise<void> {
    await this.transfer(token, ZERO_ADDRESS, to, { amount: points, kind: "issue" });
    await this.#db
      .insertInto("issue")
      .values({
        ...this.#place(1),
        token,
        ref: hashOf(this.#block, "ee"),
        till: null,
        epoch: 1,
        item_count: 1,
        points: String(points),
        reversed: "0",
        is_to_pool: false,
      })
      .execute();
  }

  async holding(token: Address, account: Address, balance: bigint): Promise<void> {
    const lanes = { touched: 0, lane0: String(balance), lane1: "0", lane2: "0", lane3: "0" };
    await this.#db
      .insertInto("holding")
      .values({ token, account, ...lanes, balance: String(balance), debt: "0", is_frozen: false, last_position: "0" })
      .execute();
  }

  async swap(account: Address, [tokenIn, tokenOut]: [Address, Address], hub: bigint): Promise<void> {
    await this.#db
      .insertInto("swap")
      .values({
        ...this.#place(5),
        account,
        token_in: tokenIn,
        token_out: tokenOut,
        amount_in: "100",
        hub: String(hub),
        amount_out: "100",
        epoch_out: 1,
      })
      .execute();
  }

  async price(token: Address, accept: bigint, release: bigint): Promise<void> {
    const effective_at = String(this.#time);
    await this.#db
      .insertInto("price_post")
      .values({ ...this.#place(7), token, accept: String(accept), release: String(release), effective_at })
      .execute();
  }
}
