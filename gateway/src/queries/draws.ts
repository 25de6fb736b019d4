/** Draws: their terms and odds, how far they are, who won, and everything that anybody needs to draw them again. */
import type { Address } from "../kernel/ids.ts";
import type { DrawsOf, NamedDraw, OwnedPrize } from "../store/read-draws.ts";
import { readDraw, readDraws, readPrizes, readPurchases } from "../store/read-draws.ts";
import type { Amount } from "./amounts.ts";
import { labelAmounts } from "./amounts.ts";
import type { PageQuery, Reading, Snapshot } from "./at-block.ts";
import { atBlock, cutPage, found, integerCursor } from "./at-block.ts";
import { placeOf } from "./places.ts";

const INTEGER_MAX = 2_147_483_647;

type AmountOf = (token: Address, amount: string) => Amount;

const seconds = (time: string | null): number | null => (time === null ? null : Number(time));

interface TierView {
  points: Amount;
  epoch: number;
  count: number;
}

/** Prizes of one size stand together, as the tiers did when the draw was announced. */
function tiersOf(prizes: readonly OwnedPrize[], amountOf: AmountOf): TierView[] {
  const tiers: (TierView & { key: string })[] = [];
  for (const { token, points, epoch } of prizes) {
    const key = `${token}/${points}/${epoch}`;
    const last = tiers.at(-1);
    if (last?.key === key) last.count += 1;
    else tiers.push({ key, points: amountOf(token, points), epoch, count: 1 });
  }
  return tiers.map(({ points, epoch, count }) => ({ points, epoch, count }));
}

/** Void for want of a secret: whose it was. The merchant reveals first, so the witness is silent only after it. */
function silentOf(draw: NamedDraw): "merchant" | "witness" | null {
  if (draw.state !== "void" || draw.witness === null || draw.tickets_sold === 0) return null;
  return draw.merchant_secret === null ? "merchant" : "witness";
}

function drawView(draw: NamedDraw, prizes: readonly OwnedPrize[], amountOf: AmountOf) {
  return {
    drawId: draw.draw_id,
    merchantId: draw.merchant_id,
    drawRef: draw.draw_ref,
    title: draw.title,
    terms: draw.terms,
    termsHash: draw.terms_hash,
    state: draw.state,
    ticketPrice: amountOf(draw.token, draw.ticket_points),
    ticketsMax: draw.tickets_max,
    ticketsPerAccount: draw.account_max,
    ticketsSold: draw.tickets_sold,
    salesEnd: Number(draw.sales_end),
    revealEnd: Number(draw.reveal_end),
    releaseAt: Number(draw.release_at),
    claimEnd: Number(draw.claim_end),
    openedAt: Number(draw.opened_at),
    endedAt: seconds(draw.ended_at),
    tiers: tiersOf(prizes, amountOf).map((tier) => ({
      ...tier,
      odds: `${tier.count} in ${draw.tickets_max}`,
    })),
    prizeCount: draw.prize_count,
    prizesPaid: draw.prizes_paid,
    purchases: draw.purchase_count,
    purchasesSettled: draw.purchases_settled,
    silent: silentOf(draw),
  };
}

async function amountsOf(snapshot: Snapshot, draws: readonly NamedDraw[], prizes: readonly OwnedPrize[]) {
  return labelAmounts(
    snapshot,
    [...draws, ...prizes].map(({ token }) => token),
  );
}

export function listDraws(reading: Reading, of: DrawsOf, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const rows = await readDraws(snapshot.tx, of, { limit, before: integerCursor(cursor, INTEGER_MAX) });
    const prizes = await readPrizes(
      snapshot.tx,
      rows.map(({ draw_id }) => draw_id),
    );
    const amountOf = await amountsOf(snapshot, rows, prizes);
    return cutPage(rows, limit, {
      cursor: ({ draw_id }) => String(draw_id),
      item: (draw) =>
        drawView(
          draw,
          prizes.filter(({ draw_id }) => draw_id === draw.draw_id),
          amountOf,
        ),
    });
  });
}

export function showDraw(reading: Reading, drawId: number) {
  return atBlock(reading, async (snapshot) => {
    const draw = found(await readDraw(snapshot.tx, drawId), `draw ${drawId}`);
    const prizes = await readPrizes(snapshot.tx, [drawId]);
    const amountOf = await amountsOf(snapshot, [draw], prizes);
    return {
      ...drawView(draw, prizes, amountOf),
      prizes: prizes.map((prize) => ({
        index: prize.prize_index,
        points: amountOf(prize.token, prize.points),
        ticketNumber: prize.ticket_number,
        winner: prize.owner,
        paidTo: prize.paid_to,
        isWinner: prize.is_winner,
        paidAt: seconds(prize.paid_at),
        transactionHash: prize.transaction_hash,
      })),
      proof: {
        commitment: draw.commitment,
        witness: draw.witness,
        witnessCommitment: draw.witness_commitment,
        entropyBlock: seconds(draw.entropy_block),
        entropy: draw.entropy,
        merchantSecret: draw.merchant_secret,
        witnessSecret: draw.witness_secret,
        seed: draw.seed,
      },
    };
  });
}

export function listPurchases(
  reading: Reading,
  of: { drawId: number; account?: Address | undefined },
  page: PageQuery,
) {
  return atBlock(reading, async ({ tx }) => {
    found(await readDraw(tx, of.drawId), `draw ${of.drawId}`);
    const after = integerCursor(page.cursor, 0);
    const from = page.cursor === undefined ? -1 : after;
    const rows = await readPurchases(tx, { drawId: of.drawId, buyer: of.account }, { limit: page.limit, after: from });
    return cutPage(rows, page.limit, {
      cursor: ({ purchase_id }) => String(purchase_id),
      item: (row) => ({
        ...placeOf(row),
        purchaseId: row.purchase_id,
        buyer: row.buyer,
        firstNumber: row.first_number,
        count: row.ticket_count,
        ref: row.ref,
        state: row.state,
      }),
    });
  });
}
