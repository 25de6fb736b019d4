/** How points are consumed: at once, or held, then captured or given back with their ages. */
import assert from "node:assert/strict";
import { startOfEpoch } from "../../kernel/calendar.ts";
import type { EventOf } from "../../kernel/events.ts";
import type { Address } from "../../kernel/ids.ts";
import type { Lots } from "../../kernel/lots.ts";
import { LANES, emptyLots, packLots, parseLots, takeOldest, takeYoungest, totalOf } from "../../kernel/lots.ts";
import { REDEMPTION_KINDS, wordOf } from "../../kernel/statuses.ts";
import type { Books, Redemption, Token } from "../books.ts";
import { positionOfEvent, ruleOf } from "../books.ts";
import { dayOf } from "./days.ts";

export function projectHeld(books: Books, event: EventOf<"point.Held">): void {
  const token = changed(books, event);
  token.held += event.points;
  const redemption = record(books, event, { state: "held", releaseAt: event.releaseAt });
  redemption.lots = packLots(burnedLots(books, event));
}

export function projectRedeemed(books: Books, event: EventOf<"point.Redeemed">): void {
  const token = changed(books, event);
  token.redeemed += event.points;
  dayOf(books, token).redeemed += event.points;
  const held = books.redemptions.find(event.address, event.holder, event.ref);
  if (held !== undefined) {
    capture(books, token, held, event);
    return;
  }
  const redemption = record(books, event, { state: "captured", releaseAt: 0n });
  redemption.lots = packLots(burnedLots(books, event));
  redemption.redeemed = event.points;
}

/** A `Released` for what is left, if anything, follows in the same transaction. */
function capture(books: Books, token: Token, held: Redemption, event: EventOf<"point.Redeemed">): void {
  const lots = parseLots(held.lots);
  const total = totalOf(lots);
  token.held -= total;
  const { taken, left } = takeOldest(lots, event.points);
  put(books, held, { state: "captured", lots: taken });
  held.redeemed = event.points;
  // A hold that was turned in is no longer what it was made for.
  held.kind = wordOf(REDEMPTION_KINDS, event.kind);
  if (total > event.points) books.captureRests.set(idOf(event), left);
}

export function projectReleased(books: Books, event: EventOf<"point.Released">): void {
  const token = changed(books, event);
  const redemption = books.redemptions.need(event.address, event.holder, event.ref);
  const returned = parseLots(event.lots);
  const rest = books.captureRests.get(idOf(event));
  if (rest === undefined) {
    const lots = parseLots(redemption.lots);
    token.held -= totalOf(lots);
    put(books, redemption, { state: "released", lots: emptyLots(lots.touched) });
    countExpired(books, token, { holder: event.holder, gone: lots, returned });
  } else {
    books.captureRests.delete(idOf(event));
    put(books, redemption, {});
    countExpired(books, token, { holder: event.holder, gone: rest, returned });
  }
  redemption.returned += totalOf(returned);
}

export function projectRefunded(books: Books, event: EventOf<"point.Refunded">): void {
  const token = changed(books, event);
  const redemption = books.redemptions.need(event.address, event.holder, event.ref);
  const returned = parseLots(event.lots);
  const { taken, left } = takeYoungest(parseLots(redemption.lots), event.requested);
  put(books, redemption, { lots: left });
  redemption.redeemed -= event.requested;
  redemption.returned += totalOf(returned);
  token.redeemed -= event.requested;
  dayOf(books, token).refunded += event.requested;
  countExpired(books, token, { holder: event.holder, gone: taken, returned });
}

interface WayBack {
  readonly holder: Address;
  readonly gone: Lots;
  readonly returned: Lots;
}

/** Points that would have come back, but whose epoch ended while they were away. */
function countExpired(books: Books, token: Token, { holder, gone, returned }: WayBack): void {
  const points = totalOf(gone) - totalOf(returned);
  token.expired += points;
  dayOf(books, token).expired += points;
  gone.lanes.forEach((lane, age) => {
    const epoch = gone.touched - age;
    const lost = lane - (returned.lanes[returned.touched - epoch] ?? 0n);
    if (lost === 0n) return;
    const expiredAt = String(startOfEpoch(ruleOf(token), epoch + LANES));
    books.lapses.push({ token: token.address, account: holder, epoch, points: String(lost), expired_at: expiredAt });
  });
}

type OfRedemption = EventOf<"point.Held" | "point.Redeemed" | "point.Released" | "point.Refunded">;

function idOf(event: OfRedemption): string {
  return `${event.address}/${event.holder}/${event.ref}`;
}

function changed(books: Books, event: OfRedemption): Token {
  const token = books.tokens.need(event.address);
  books.tokens.change(token);
  books.moved.add(token);
  return token;
}

function burnedLots(books: Books, event: OfRedemption): Lots {
  const lots = books.burned.get(`${event.address}/${event.holder}`);
  assert(lots !== undefined, `${event.type} in ${event.transactionHash} follows no burn of its holder`);
  return lots;
}

function record(
  books: Books,
  event: EventOf<"point.Held" | "point.Redeemed">,
  { state, releaseAt }: { state: string; releaseAt: bigint },
): Redemption {
  return books.redemptions.add({
    token: event.address,
    holder: event.holder,
    ref: event.ref,
    position: BigInt(positionOfEvent(event)),
    kind: wordOf(REDEMPTION_KINDS, event.kind),
    state,
    points: event.points,
    redeemed: 0n,
    returned: 0n,
    lots: 0n,
    release_at: releaseAt,
    transaction_hash: event.transactionHash,
    time: BigInt(books.time),
    updated_at: BigInt(books.time),
  });
}

function put(books: Books, redemption: Redemption, next: { state?: string; lots?: Lots }): void {
  if (next.state !== undefined) redemption.state = next.state;
  if (next.lots !== undefined) redemption.lots = packLots(next.lots);
  redemption.updated_at = BigInt(books.time);
  books.redemptions.change(redemption);
}
