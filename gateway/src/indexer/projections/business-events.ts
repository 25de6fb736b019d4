/** Every event in business words, for the event stream. */
import type { Said } from "../../kernel/actions.ts";
import type { LedgerEvent } from "../../kernel/events.ts";
import type { Address } from "../../kernel/ids.ts";
import { topicOf } from "../../kernel/action-names.ts";
import type { Books } from "../books.ts";
import { positionOfEvent } from "../books.ts";

export function recordEvents(books: Books, said: readonly Said[]): void {
  for (const { event, action } of said) {
    const [merchant, other] = merchantsOf(books, event);
    books.businessEvents.push({
      position: positionOfEvent(event),
      topic: topicOf(action.action),
      merchant_id: merchant ?? null,
      other_merchant_id: other ?? null,
      action,
      transaction_hash: event.transactionHash,
      time: String(books.time),
    });
  }
}

/** Whose business it is: a merchant's, two merchants' (a swap), or only the alliance's. */
function merchantsOf(books: Books, event: LedgerEvent): number[] {
  if ("merchantId" in event) return [Number(event.merchantId)];
  if (event.type === "sharing.SaleRefunded") {
    const sale = books.sharingSales.find(event.ref);
    return sale === undefined ? [] : [sale.merchant_id];
  }
  const idOf = (token: Address): number[] => {
    const found = books.tokens.find(token);
    return found === undefined ? [] : [found.merchant_id];
  };
  if (event.type === "pool.Swapped") return [...new Set([...idOf(event.tokenIn), ...idOf(event.tokenOut)])];
  if ("drawId" in event) {
    const draw = books.draws.find(Number(event.drawId));
    return draw === undefined ? [] : [draw.merchant_id];
  }
  if (event.type.startsWith("point.")) return idOf(event.address);
  return "token" in event ? idOf(event.token) : [];
}
