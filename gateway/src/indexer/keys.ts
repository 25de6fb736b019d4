/** Which rows a run of events will ask for, so that each table is read once. */
import type { LedgerEvent } from "../kernel/events.ts";
import type { Address } from "../kernel/ids.ts";
import { ZERO_ADDRESS } from "../kernel/ids.ts";
import type { KeyOf } from "../store/bulk.ts";
import type { Tx } from "../store/database.ts";
import type { Books } from "./books.ts";
import { merchantDayOf, utcDayOf } from "./books.ts";

/** An event with the time of its block. */
export interface Timed {
  readonly event: LedgerEvent;
  readonly time: number;
}

/** Loads all that `project` will touch. */
export async function loadFor(tx: Tx, books: Books, timed: readonly Timed[]): Promise<void> {
  const keys = new Keys();
  for (const { event } of timed) collect(keys, event);
  await books.merchants.load(tx, keys.of("merchant"));
  await books.tokens.load(tx, keys.of("token"));
  await books.holdings.load(tx, keys.of("holding"));
  await books.redemptions.load(tx, keys.of("redemption"));
  await books.issues.load(tx, keys.of("issue"));
  await books.tills.load(tx, keys.of("till"));
  await books.pools.load(tx, keys.of("pool"));
  await books.members.load(tx, keys.of("member"));
  await books.collaterals.load(tx, keys.of("collateral"));
  await books.coverages.load(tx, [{ id: 1 }]);
  await books.alpBalances.load(tx, keys.of("alp"));
  await loadDays(tx, books, timed);
}

class Keys {
  readonly #keys = new Map<string, Map<string, KeyOf>>();

  add(table: string, key: KeyOf): void {
    const id = Object.values(key).join("/");
    const keys = this.#keys.get(table);
    if (keys === undefined) this.#keys.set(table, new Map([[id, key]]));
    else if (!keys.has(id)) keys.set(id, key);
  }

  of(table: string): Iterable<KeyOf> {
    return this.#keys.get(table)?.values() ?? [];
  }
}

function collect(keys: Keys, event: LedgerEvent): void {
  if (event.type.startsWith("point.")) {
    collectPoint(keys, event);
    return;
  }
  if (event.type.startsWith("pool.")) {
    for (const token of tokensOf(event)) {
      keys.add("token", { address: token });
      keys.add("pool", { token });
    }
    return;
  }
  if (event.type.startsWith("alp.")) {
    for (const account of accountsOf(event)) keys.add("alp", { account });
    return;
  }
  if (event.type.startsWith("desk.")) return;
  if (event.type.startsWith("alliance.") && "memberId" in event) keys.add("member", { id: Number(event.memberId) });
  else if ("merchantId" in event) {
    const id = Number(event.merchantId);
    if (event.type.startsWith("collateral.")) keys.add("collateral", { merchant_id: id });
    else keys.add("merchant", { id });
    if ("token" in event) keys.add("token", { address: event.token });
  }
}

function collectPoint(keys: Keys, event: LedgerEvent): void {
  const token = event.address;
  keys.add("token", { address: token });
  for (const account of accountsOf(event)) keys.add("holding", { token, account });
  if ("holder" in event) keys.add("redemption", { token, holder: event.holder, ref: event.ref });
  if ("till" in event) keys.add("till", { token, address: event.till });
  if (event.type === "point.Reversed" || event.type === "point.Issued" || event.type === "point.IssuedToPool")
    keys.add("issue", { token, ref: event.ref });
}

function accountsOf(event: LedgerEvent): Address[] {
  if ("account" in event) return [event.account];
  if (event.type !== "point.Transfer" && event.type !== "alp.Transfer") return [];
  return [event.from, event.to].filter((account) => account !== ZERO_ADDRESS);
}

function tokensOf(event: LedgerEvent): Address[] {
  if (event.type === "pool.Swapped") return [event.tokenIn, event.tokenOut];
  return "token" in event ? [event.token] : [];
}

/** Days depend on the token's offset, so its row comes first. A token announced in this very run has no days yet. */
async function loadDays(tx: Tx, books: Books, timed: readonly Timed[]): Promise<void> {
  const keys = new Keys();
  for (const { event, time } of timed) {
    if (event.type === "pool.Swapped")
      keys.add("flow", { day: utcDayOf(time), token_in: event.tokenIn, token_out: event.tokenOut });
    const tokens = event.type.startsWith("point.") ? [event.address] : tokensOf(event);
    for (const address of tokens) {
      const token = books.tokens.find(address) ?? announcedAs(books, timed, address);
      if (token !== undefined) keys.add("day", { token: address, day: merchantDayOf(token, time) });
    }
  }
  await books.tokenDays.load(tx, keys.of("day"));
  await books.flowDays.load(tx, keys.of("flow"));
}

function announcedAs(
  books: Books,
  timed: readonly Timed[],
  address: Address,
): Parameters<typeof merchantDayOf>[0] | undefined {
  for (const { event } of timed) {
    if (event.type !== "registry.MerchantApproved" || event.token !== address) continue;
    const terms = books.announced.terms.get(Number(event.merchantId));
    if (terms !== undefined) return { calendar: terms.calendar, utc_offset_seconds: terms.utcOffsetSeconds };
    return books.merchants.find(Number(event.merchantId));
  }
  return undefined;
}
