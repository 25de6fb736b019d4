/** Draws of prizes for points: announced, sold, drawn or void, settled, paid. */
import type { EventOf, EventsOf } from "../../kernel/events.ts";
import type { LoyaltyEventName } from "../../kernel/loyalty-events.ts";
import type { DrawRow } from "../../store/tables-draws.ts";
import type { Books } from "../books.ts";
import { positionOfEvent } from "../books.ts";

type Draw = DrawRow<bigint>;

export function projectDraw(books: Books, event: EventsOf<"lottery">): void {
  if (event.type === "lottery.DrawAnnounced") {
    announce(books, event);
    return;
  }
  const draw = books.draws.need(Number(event.drawId));
  books.draws.change(draw);
  switch (event.type) {
    case "lottery.DrawWitnessed":
      draw.state = "open";
      draw.witness = event.witness;
      draw.witness_commitment = event.commitment;
      tell(books, draw, { name: "lottery.opened" });
      return;
    case "lottery.TicketsBought":
      buy(books, draw, event);
      return;
    case "lottery.DrawClosed":
      draw.state = "closed";
      draw.entropy_block = event.entropyBlock;
      return;
    case "lottery.EntropyKept":
      draw.entropy = event.entropy;
      return;
    case "lottery.SecretRevealed":
      if (event.isMerchant) draw.merchant_secret = event.secret;
      else draw.witness_secret = event.secret;
      return;
    case "lottery.DrawDrawn":
      drawn(books, draw, event);
      return;
    case "lottery.DrawVoided":
      draw.state = "void";
      draw.ended_at = BigInt(books.time);
      tell(books, draw, { name: "lottery.voided" });
      return;
    case "lottery.TicketsSettled": {
      const purchase = books.drawPurchases.need(draw.draw_id, Number(event.purchaseId));
      purchase.state = event.isCaptured ? "captured" : "released";
      books.drawPurchases.change(purchase);
      draw.purchases_settled += 1;
      return;
    }
    case "lottery.PrizePaid":
      pay(books, draw, event);
  }
}

function announce(books: Books, event: EventOf<"lottery.DrawAnnounced">): void {
  const { terms } = event;
  const prizes = event.tiers.flatMap((tier) => Array.from({ length: Number(tier.count) }, () => tier));
  const drawId = Number(event.drawId);
  books.draws.add({
    draw_id: drawId,
    position: BigInt(positionOfEvent(event)),
    token: event.token,
    merchant_id: books.tokens.need(event.token).merchant_id,
    merchant: event.merchant,
    state: "announced",
    commitment: terms.commitment,
    terms_hash: terms.termsHash,
    ticket_points: terms.ticketPoints,
    tickets_max: Number(terms.ticketsMax),
    account_max: Number(terms.accountMax),
    sales_end: terms.salesEnd,
    reveal_end: terms.revealEnd,
    release_at: terms.releaseAt,
    claim_end: terms.claimEnd,
    prize_count: prizes.length,
    prizes_paid: 0,
    ...{ witness: null, witness_commitment: null, merchant_secret: null, witness_secret: null },
    ...{ entropy_block: null, entropy: null, seed: null, ended_at: null },
    ...{ tickets_sold: 0, purchase_count: 0, purchases_settled: 0 },
    opened_at: BigInt(books.time),
    transaction_hash: event.transactionHash,
  });
  prizes.forEach(({ token, points, epoch }, index) => {
    const unpaid = { ticket_number: null, paid_to: null, is_winner: null, paid_at: null, transaction_hash: null };
    books.drawPrizes.add({ draw_id: drawId, prize_index: index, token, points, epoch: Number(epoch), ...unpaid });
  });
}

function buy(books: Books, draw: Draw, event: EventOf<"lottery.TicketsBought">): void {
  draw.tickets_sold = Number(event.first + event.count);
  draw.purchase_count += 1;
  books.drawPurchases.add({
    draw_id: draw.draw_id,
    purchase_id: Number(event.purchaseId),
    position: BigInt(positionOfEvent(event)),
    buyer: event.buyer,
    first_number: Number(event.first),
    ticket_count: Number(event.count),
    ref: event.ref,
    state: "held",
    transaction_hash: event.transactionHash,
    time: BigInt(books.time),
  });
}

function drawn(books: Books, draw: Draw, event: EventOf<"lottery.DrawDrawn">): void {
  draw.state = "drawn";
  draw.seed = event.seed;
  draw.ended_at = BigInt(books.time);
  event.numbers.forEach((number, index) => {
    const prize = books.drawPrizes.need(draw.draw_id, index);
    prize.ticket_number = Number(number);
    books.drawPrizes.change(prize);
  });
  tell(books, draw, { name: "lottery.drawn", data: { seed: event.seed, numbers: event.numbers.map(Number) } });
}

function pay(books: Books, draw: Draw, event: EventOf<"lottery.PrizePaid">): void {
  const prize = books.drawPrizes.need(draw.draw_id, Number(event.index));
  prize.paid_to = event.to;
  prize.is_winner = event.isWinner;
  prize.paid_at = BigInt(books.time);
  prize.transaction_hash = event.transactionHash;
  books.drawPrizes.change(prize);
  draw.prizes_paid += 1;
  if (!event.isWinner) return;
  const { prize_index: index, token, points, epoch } = prize;
  const data = { index, account: event.to, token, points: String(points), epoch, ticketNumber: prize.ticket_number };
  tell(books, draw, { name: "lottery.won", key: `won:${index}`, data });
}

interface Tale {
  readonly name: LoyaltyEventName;
  /** Which of several of that name. */
  readonly key?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Told once, however often the read side is built anew: the key names the draw by its commitment, which serves once. */
function tell(books: Books, draw: Draw, { name, key = name, data = {} }: Tale): void {
  books.loyaltyEvents.push({
    merchantId: draw.merchant_id,
    name,
    key: `draw:${draw.commitment}:${key}`,
    data: { drawId: draw.draw_id, token: draw.token, ticketsSold: draw.tickets_sold, ...data },
    now: books.time * 1_000,
  });
}
