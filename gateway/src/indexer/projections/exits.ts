/** How a merchant leaves: notice, winding down, payouts, closed. */
import type { EventOf } from "../../kernel/events.ts";
import { MERCHANT_STATUSES, wordOf } from "../../kernel/statuses.ts";
import type { MerchantExitRow } from "../../store/tables-governance.ts";
import type { Books } from "../books.ts";
import { positionOfEvent } from "../books.ts";

type Exit = MerchantExitRow<bigint>;

/** A merchant that may issue again has taken its announcement back. */
export function projectStanding(books: Books, event: EventOf<"registry.MerchantStatusChanged">): void {
  const exit = books.merchantExits.find(Number(event.merchantId));
  if (exit === undefined) return;
  const status = wordOf(MERCHANT_STATUSES, event.to);
  if (status === "active") exit.announced_at = exit.wind_down_from = null;
  else if (status === "closed") exit.closed_at = BigInt(books.time);
  books.merchantExits.change(exit);
}

export function projectNotice(books: Books, event: EventOf<"registry.ExitAnnounced">): void {
  const exit = exitOf(books, event);
  exit.announced_at = BigInt(books.time);
  exit.wind_down_from = event.windDownFrom;
}

export function projectWindDown(books: Books, event: EventOf<"registry.WindDownBegun">): void {
  const exit = exitOf(books, event);
  exit.begun_at = BigInt(books.time);
  exit.closable_from = event.closableFrom;
}

export function projectPayoutsOpened(books: Books, event: EventOf<"collateral.PayoutsOpened">): void {
  const exit = exitOf(books, event);
  exit.pot = event.pot;
  exit.points = event.points;
  exit.surplus = event.surplus;
}

export function projectPaidOut(books: Books, event: EventOf<"collateral.PaidOut">): void {
  const exit = exitOf(books, event);
  exit.paid += event.alp;
  exit.points_paid += event.points;
  exit.payout_count += 1;
  books.payouts.push({
    position: positionOfEvent(event),
    merchant_id: Number(event.merchantId),
    holder: event.holder,
    ref: event.ref,
    points: String(event.points),
    alp: String(event.alp),
    transaction_hash: event.transactionHash,
    time: String(books.time),
  });
}

export function projectPayoutsClosed(books: Books, event: EventOf<"collateral.PayoutsClosed">): void {
  exitOf(books, event).rest = event.rest;
}

/** What a merchant takes after its payouts opened is its surplus; its deposit is spoken for. Answers whether it was. */
export function takeSurplus(books: Books, event: EventOf<"collateral.CollateralWithdrawn">): boolean {
  const exit = books.merchantExits.find(Number(event.merchantId));
  if (exit === undefined || exit.pot === null) return false;
  exit.surplus -= event.alp;
  books.merchantExits.change(exit);
  return true;
}

function exitOf(books: Books, { merchantId }: { readonly merchantId: bigint }): Exit {
  const id = Number(merchantId);
  const dates = { announced_at: null, wind_down_from: null, begun_at: null, closable_from: null, closed_at: null };
  const sums = { pot: null, points: null, paid: 0n, points_paid: 0n, payout_count: 0, surplus: 0n, rest: null };
  const exit = books.merchantExits.find(id) ?? books.merchantExits.add({ merchant_id: id, ...dates, ...sums });
  books.merchantExits.change(exit);
  return exit;
}
