/** Which rows a run of events will ask for, so that each table is read once. */
import type { LedgerEvent } from "../kernel/events.ts";
import type { Address } from "../kernel/ids.ts";
import { ZERO_ADDRESS } from "../kernel/ids.ts";
import type { KeyOf } from "../store/bulk.ts";
import type { Tx } from "../store/database.ts";
import { readAlpSupply } from "../store/ledger-read.ts";
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
  await books.councilRules.load(tx, [{ id: 1 }]);
  await books.proposals.load(tx, keys.of("proposal"));
  await books.roleGrants.load(tx, keys.of("grant"));
  await books.rewardRecords.load(tx, keys.of("reward"));
  await books.rewardYears.load(tx, keys.of("year"));
  await books.transferOrders.load(tx, keys.of("order"));
  await books.merchantExits.load(tx, keys.of("exit"));
  await books.draws.load(tx, keys.of("draw"));
  await books.drawPrizes.load(tx, keys.of("prize"));
  await books.drawPurchases.load(tx, keys.of("purchase"));
  await books.sharingPrograms.load(tx, keys.of("sharing"));
  await loadSales(tx, books, keys);
  await loadSupply(tx, books, timed);
  await loadDays(tx, books, timed);
}

/** Only what mints or burns ALP needs to know how much there is. */
async function loadSupply(tx: Tx, books: Books, timed: readonly Timed[]): Promise<void> {
  const times = timed
    .filter(({ event }) => event.type === "alp.Transfer" && [event.from, event.to].includes(ZERO_ADDRESS))
    .map(({ time }) => ({ time: String(time) }));
  if (times.length === 0) return;
  books.alpSupply = await readAlpSupply(tx);
  await books.alpSupplies.load(tx, times);
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
  const speaker = event.type.slice(0, event.type.indexOf("."));
  if (speaker === "point") collectPoint(keys, event);
  else if (speaker === "pool")
    for (const token of tokensOf(event)) {
      keys.add("token", { address: token });
      keys.add("pool", { token });
    }
  else if (speaker === "registry" || speaker === "collateral") collectMerchant(keys, event);
  else if (speaker === "alliance" && "memberId" in event) keys.add("member", { id: Number(event.memberId) });
  else if (speaker === "alp") for (const account of accountsOf(event)) keys.add("alp", { account });
  collectGovernance(keys, event);
  collectLoyalty(keys, event);
}

function collectMerchant(keys: Keys, event: LedgerEvent): void {
  if (!("merchantId" in event)) return;
  const id = Number(event.merchantId);
  keys.add(
    event.type.startsWith("collateral.") ? "collateral" : "merchant",
    event.type.startsWith("collateral.") ? { merchant_id: id } : { id },
  );
  keys.add("exit", { merchant_id: id });
  if ("token" in event) keys.add("token", { address: event.token });
  // A sale shared in the same range gives its part to whoever is controller then.
  if (event.type === "registry.MerchantApplied") keys.add("sharingAccount", { account: event.controller });
  if (event.type === "registry.ControllerChanged") keys.add("sharingAccount", { account: event.to });
}

function collectGovernance(keys: Keys, event: LedgerEvent): void {
  switch (event.type) {
    case "rewards.Attested":
    case "rewards.RewardClaimed":
      keys.add("reward", { member_id: Number(event.memberId), epoch: Number(event.epoch) });
      return;
    case "alp.RewardEmitted":
      keys.add("year", { year: Number(event.year) });
      return;
    case "access.RoleGranted":
    case "access.RoleRevoked":
      keys.add("grant", { role_id: String(event.roleId), account: event.account });
      return;
    case "desk.TransferOrdered":
      keys.add("token", { address: event.token });
      return;
    case "desk.TransferOrderWithdrawn":
    case "desk.TransferOrderExecuted":
      keys.add("order", { id: Number(event.orderId) });
      return;
    default:
      if ("proposalId" in event) keys.add("proposal", { id: Number(event.proposalId) });
  }
}

function collectLoyalty(keys: Keys, event: LedgerEvent): void {
  if (event.type.startsWith("sharing.")) collectSharing(keys, event);
  if (!("drawId" in event)) return;
  const draw_id = Number(event.drawId);
  keys.add("draw", { draw_id });
  if ("purchaseId" in event) keys.add("purchase", { draw_id, purchase_id: Number(event.purchaseId) });
  if (event.type === "lottery.PrizePaid") keys.add("prize", { draw_id, prize_index: Number(event.index) });
  if (event.type === "lottery.DrawAnnounced") keys.add("token", { address: event.token });
  if (event.type === "lottery.DrawDrawn")
    event.numbers.forEach((_number, prize_index) => {
      keys.add("prize", { draw_id, prize_index });
    });
}

function collectSharing(keys: Keys, event: LedgerEvent): void {
  keys.add("sharing", { id: 1 });
  if ("merchantId" in event) {
    keys.add("sharer", { merchant_id: Number(event.merchantId) });
    keys.add("merchant", { id: Number(event.merchantId) });
  }
  if ("account" in event) keys.add("sharingAccount", { account: event.account });
  if (event.type === "sharing.SaleShared") keys.add("sharingAccount", { account: event.consumer });
  if ("ref" in event) keys.add("sale", { ref: event.ref });
}

/** A refund names its sale alone; whose it was stands in the sale's row, and a sale's other side is the controller. */
async function loadSales(tx: Tx, books: Books, keys: Keys): Promise<void> {
  for (const { id } of keys.of("merchant")) {
    const merchant = books.merchants.find(Number(id));
    if (merchant !== undefined) keys.add("sharingAccount", { account: merchant.controller });
  }
  await books.sharingSales.load(tx, keys.of("sale"));
  for (const { ref } of keys.of("sale")) {
    const sale = books.sharingSales.find(ref ?? "");
    if (sale === undefined) continue;
    keys.add("sharer", { merchant_id: sale.merchant_id });
    for (const account of [sale.consumer, sale.merchant_account]) keys.add("sharingAccount", { account });
  }
  await books.sharingMerchants.load(tx, keys.of("sharer"));
  await books.sharingAccounts.load(tx, keys.of("sharingAccount"));
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
