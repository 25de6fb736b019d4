/** Figures of a day: of a token in its merchant's offset, and of flows between tokens in UTC. */
import type { EventOf } from "../../kernel/events.ts";
import type { Books, Token, TokenDay } from "../books.ts";
import { merchantDayOf, utcDayOf } from "../books.ts";

/** The row of the token's day that the books stand at. */
export function dayOf(books: Books, token: Token, time = books.time): TokenDay {
  const day = merchantDayOf(token, time);
  const found = books.tokenDays.find(token.address, day);
  if (found !== undefined) {
    books.tokenDays.change(found);
    return found;
  }
  return books.tokenDays.add({
    token: token.address,
    day,
    issued: 0n,
    redeemed: 0n,
    refunded: 0n,
    expired: 0n,
    reversed: 0n,
    swapped_in: 0n,
    swapped_out: 0n,
    transfers: 0,
    holder_count: 0,
    circulating: 0n,
    held: 0n,
    pooled: 0n,
  });
}

/** Copies how the token stands into its day; done after every change, so the last one stays. */
export function closeDay(day: TokenDay, token: Token): void {
  day.holder_count = token.holder_count;
  day.circulating = token.circulating;
  day.held = token.held;
  day.pooled = token.pooled;
}

export function projectFlow(books: Books, event: EventOf<"pool.Swapped">): void {
  const day = utcDayOf(books.time);
  const found = books.flowDays.find(day, event.tokenIn, event.tokenOut);
  const zero = { day, token_in: event.tokenIn, token_out: event.tokenOut };
  const flow = found ?? books.flowDays.add({ ...zero, swaps: 0, amount_in: 0n, hub: 0n, amount_out: 0n });
  flow.swaps += 1;
  flow.amount_in += event.amountIn;
  flow.hub += event.hub;
  flow.amount_out += event.amountOut;
  books.flowDays.change(flow);
}
