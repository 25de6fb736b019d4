/**
 * The sharing program. An account's share value is counted in units of which all accounts have `units_total`: a day takes
 * the same part of everybody's, so it changes `share_value` alone, and an account's share is units / units_total.
 */
import type { EventOf, EventsOf } from "../../kernel/events.ts";
import type { Address } from "../../kernel/ids.ts";
import type { SharingParameters } from "../../kernel/sharing-events.ts";
import type {
  SharingAccountRow,
  SharingMerchantRow,
  SharingProgramRow,
  SharingSaleRow,
} from "../../store/tables-sharing.ts";
import type { Books } from "../books.ts";
import { positionOfEvent } from "../books.ts";

type Program = SharingProgramRow<bigint>;

export function projectSharing(books: Books, event: EventsOf<"sharing">): void {
  switch (event.type) {
    case "sharing.SharingEnabled":
      enable(books, event);
      return;
    case "sharing.ParametersChanged":
      Object.assign(programOf(books), columnsOf(event.parameters));
      return;
    case "sharing.SharingHalted":
      programOf(books).state = event.isHalted ? "halted" : "on";
      return;
    case "sharing.MerchantJoined":
    case "sharing.RebateSet":
      merchantOf(books, event).rebate_bps = Number(event.rebateBps);
      return;
    case "sharing.SaleShared":
      share(books, event);
      return;
    case "sharing.SaleRefunded":
      refund(books, event);
      return;
    case "sharing.DayGiven":
      giveDay(books, event);
      return;
    case "sharing.PointsClaimed":
      accountOf(books, event.account).claimed_points += event.points;
      return;
    case "sharing.PointsRedeemed": {
      const account = accountOf(books, event.account);
      account.redeemed_points += event.points;
      account.redeemed_alp += event.alp;
      return;
    }
    case "sharing.DepositAdded":
    case "sharing.DepositWithdrawn":
    case "sharing.DebtCollected":
    // What a deposit holds is asked of the contract; these are told in the stream of events.
  }
}

function columnsOf(parameters: SharingParameters) {
  return {
    consumer_multiple: parameters.consumerMultiple,
    merchant_multiple: parameters.merchantMultiple,
    daily_points: parameters.dailyPoints,
    rebate_min_bps: Number(parameters.rebateMinBps),
    rebate_max_bps: Number(parameters.rebateMaxBps),
  };
}

function enable(books: Books, event: EventOf<"sharing.SharingEnabled">): void {
  const nothing = { share_value: 0n, units_total: 0n, days_given: 0 };
  const since = { enabled_at: BigInt(books.time), position: BigInt(positionOfEvent(event)) };
  books.sharingPrograms.add({ id: 1, state: "on", ...columnsOf(event.parameters), ...nothing, ...since });
}

function share(books: Books, event: EventOf<"sharing.SaleShared">): void {
  const program = programOf(books);
  const merchantId = Number(event.merchantId);
  const merchantAccount = books.merchants.need(merchantId).controller;
  const consumerUnits = gain(books, event.consumer, event.rebateYuan * BigInt(program.consumer_multiple));
  const merchantUnits = gain(books, merchantAccount, event.rebateYuan * BigInt(program.merchant_multiple));
  const merchant = merchantOf(books, event);
  merchant.sale_count += 1;
  merchant.sales_fen += event.amountFen;
  merchant.burned_points += event.burnedPoints;
  const sale: SharingSaleRow<bigint> = {
    ref: event.ref,
    position: BigInt(positionOfEvent(event)),
    merchant_id: merchantId,
    merchant_account: merchantAccount,
    consumer: event.consumer,
    amount_fen: event.amountFen,
    refunded_fen: 0n,
    rebate_yuan: event.rebateYuan,
    burned_points: event.burnedPoints,
    consumer_units: consumerUnits,
    merchant_units: merchantUnits,
    transaction_hash: event.transactionHash,
    time: BigInt(books.time),
  };
  books.sharingSales.add(sale);
  tell(books, sale, "sharing.sale", { amountFen: String(event.amountFen), rebateYuan: String(event.rebateYuan) });
}

/** The first share value of all sets what a unit is: one yuan wei. */
function gain(books: Books, account: Address, worth: bigint): bigint {
  const program = programOf(books);
  const units =
    program.share_value === 0n || program.units_total === 0n
      ? worth
      : (worth * program.units_total) / program.share_value;
  program.share_value += worth;
  program.units_total += units;
  accountOf(books, account).units += units;
  return units;
}

function refund(books: Books, event: EventOf<"sharing.SaleRefunded">): void {
  const sale = books.sharingSales.need(event.ref);
  const left = sale.amount_fen - sale.refunded_fen;
  const partOf = (units: bigint): bigint =>
    (units * left) / sale.amount_fen - (units * (left - event.amountFen)) / sale.amount_fen;
  lose(books, sale.consumer, partOf(sale.consumer_units));
  lose(books, sale.merchant_account, partOf(sale.merchant_units));
  sale.refunded_fen += event.amountFen;
  books.sharingSales.change(sale);
  const merchant = merchantOf(books, { merchantId: BigInt(sale.merchant_id), ...placeOf(event) });
  merchant.refunded_fen += event.amountFen;
  merchant.burned_points -= event.returnedPoints;
  tell(books, sale, "sharing.refund", {
    amountFen: String(event.amountFen),
    refundedFen: String(sale.refunded_fen),
    returnedPoints: String(event.returnedPoints),
  });
}

function lose(books: Books, address: Address, units: bigint): void {
  const program = programOf(books);
  const account = accountOf(books, address);
  const taken = units > account.units ? account.units : units;
  if (program.units_total > 0n) program.share_value -= (taken * program.share_value) / program.units_total;
  program.units_total -= taken;
  account.units -= taken;
}

function giveDay(books: Books, event: EventOf<"sharing.DayGiven">): void {
  const program = programOf(books);
  program.share_value -= event.value > program.share_value ? program.share_value : event.value;
  program.days_given = Number(event.day);
  books.sharingDays.push({
    day: Number(event.day),
    points: String(event.points),
    share_value: String(event.value),
    nav: String(event.nav),
    position: positionOfEvent(event),
    transaction_hash: event.transactionHash,
    time: String(books.time),
  });
}

function programOf(books: Books): Program {
  const program = books.sharingPrograms.need(1);
  books.sharingPrograms.change(program);
  return program;
}

type Placed = Parameters<typeof positionOfEvent>[0];

const placeOf = ({ blockNumber, transactionHash, transactionIndex, logIndex, address }: Placed): Placed => ({
  blockNumber,
  transactionHash,
  transactionIndex,
  logIndex,
  address,
});

function merchantOf(books: Books, event: Placed & { readonly merchantId: bigint }): SharingMerchantRow<bigint> {
  const id = Number(event.merchantId);
  const sums = { sale_count: 0, sales_fen: 0n, refunded_fen: 0n, burned_points: 0n };
  const since = { joined_at: BigInt(books.time), position: BigInt(positionOfEvent(event)) };
  const merchant =
    books.sharingMerchants.find(id) ??
    books.sharingMerchants.add({ merchant_id: id, rebate_bps: 0, ...sums, ...since });
  books.sharingMerchants.change(merchant);
  return merchant;
}

function accountOf(books: Books, address: Address): SharingAccountRow<bigint> {
  const none = { units: 0n, claimed_points: 0n, redeemed_points: 0n, redeemed_alp: 0n };
  const account = books.sharingAccounts.find(address) ?? books.sharingAccounts.add({ account: address, ...none });
  books.sharingAccounts.change(account);
  return account;
}

type Name = "sharing.sale" | "sharing.refund";

/** Told once, however often the read side is built anew. A sale is refunded in parts: each says how much that makes. */
function tell(books: Books, sale: SharingSaleRow<bigint>, name: Name, data: Readonly<Record<string, string>>): void {
  books.loyaltyEvents.push({
    merchantId: sale.merchant_id,
    name,
    key: name === "sharing.sale" ? `sharing:${sale.ref}` : `sharing:${sale.ref}:${data["refundedFen"] ?? ""}`,
    data: { ref: sale.ref, consumer: sale.consumer, ...data },
    now: books.time * 1_000,
  });
}
