/** What the regulator does: accounts frozen everywhere, pauses, measures against merchants, forced transfers. */
import type { EventOf, EventsOf } from "../../kernel/events.ts";
import { MEASURES, wordOf } from "../../kernel/statuses.ts";
import type { Books } from "../books.ts";
import { positionOfEvent } from "../books.ts";

export function projectDesk(books: Books, event: EventsOf<"desk">): void {
  switch (event.type) {
    case "desk.AccountFrozenEverywhere":
    case "desk.AccountFreedEverywhere":
      freeze(books, event);
      return;
    case "desk.TokenPaused":
    case "desk.TokenUnpaused":
      books.pauseChanges.push({
        position: positionOfEvent(event),
        token: event.token,
        case_number: event.caseNumber,
        until: event.type === "desk.TokenPaused" ? String(event.until) : null,
        transaction_hash: event.transactionHash,
        time: String(books.time),
      });
      return;
    case "desk.MeasureTaken":
      books.measures.push({
        position: positionOfEvent(event),
        merchant_id: Number(event.merchantId),
        measure: wordOf(MEASURES, event.measure),
        case_number: event.caseNumber,
        value: Number(event.value),
        transaction_hash: event.transactionHash,
        time: String(books.time),
      });
      return;
    case "desk.TransferOrdered":
      order(books, event);
      return;
    case "desk.TransferOrderWithdrawn":
    case "desk.TransferOrderExecuted":
      endOrder(books, event);
  }
}

function freeze(
  books: Books,
  event: EventOf<"desk.AccountFrozenEverywhere"> | EventOf<"desk.AccountFreedEverywhere">,
): void {
  books.frozenAccounts.add({
    account: event.account,
    is_frozen: event.type === "desk.AccountFrozenEverywhere",
    case_number: event.caseNumber,
    position: positionOfEvent(event),
    transaction_hash: event.transactionHash,
    time: String(books.time),
  });
}

function order(books: Books, event: EventOf<"desk.TransferOrdered">): void {
  books.transferOrders.add({
    id: Number(event.orderId),
    position: positionOfEvent(event),
    token: event.token,
    from_account: event.from,
    to_account: event.to,
    points: String(event.points),
    case_number: event.caseNumber,
    expires_at: String(event.expiresAt),
    state: "ordered",
    executed_by: null,
    ended_at: null,
    ended_hash: null,
    transaction_hash: event.transactionHash,
    time: String(books.time),
  });
}

function endOrder(
  books: Books,
  event: EventOf<"desk.TransferOrderWithdrawn"> | EventOf<"desk.TransferOrderExecuted">,
): void {
  const order = books.transferOrders.need(Number(event.orderId));
  books.transferOrders.change(order);
  order.ended_at = String(books.time);
  order.ended_hash = event.transactionHash;
  if (event.type === "desk.TransferOrderWithdrawn") order.state = "withdrawn";
  else {
    order.state = "executed";
    order.executed_by = event.executedBy;
  }
}
