/** Epoch borders: what expired leaves the balances, the supply and the holders' count, and is told in the day's figures. */
import assert from "node:assert/strict";
import { NEVER, startOfEpoch } from "../kernel/calendar.ts";
import { LANES, rollTo, totalOf } from "../kernel/lots.ts";
import type { Tx } from "../store/database.ts";
import { readTokensDue, sweepHoldings } from "../store/ledger-sweep.ts";
import type { Announced, Token } from "./books.ts";
import { Books, epochOf, lotsOfRow, merchantDayOf, putLots, ruleOf } from "./books.ts";
import { closeDay, dayOf } from "./projections/days.ts";

/** Brings every token whose border has come by block time `time` into its present epoch. */
export async function sweepExpired(tx: Tx, announced: Announced, time: number): Promise<void> {
  const due = await readTokensDue(tx, time);
  if (due.length === 0) return;
  const books = new Books(announced);
  await books.tokens.load(
    tx,
    due.map(({ address }) => ({ address })),
  );
  for (const { address } of due) await sweepToken(tx, books, { token: books.tokens.need(address), time });
  await books.save(tx);
}

async function sweepToken(tx: Tx, books: Books, { token, time }: { token: Token; time: number }): Promise<void> {
  const rule = ruleOf(token);
  const present = epochOf(token, time);
  // After four borders in a row nothing is left to expire, however long the chain stood still.
  const last = Math.min(present, token.touched + LANES);
  for (let epoch = token.touched + 1; epoch <= last; epoch += 1) {
    const at = startOfEpoch(rule, epoch);
    const swept = await sweepHoldings(tx, token.address, { epoch, at });
    const live = rollTo(lotsOfRow(token), epoch);
    const expired = token.circulating - totalOf(live);
    assert.equal(swept.points, expired, `expiry of ${token.address} at epoch ${epoch}: accounts and supply disagree`);
    putLots(token, live);
    token.circulating -= expired;
    token.expired += expired;
    token.holder_count -= swept.holders;
    if (expired === 0n) continue;
    await books.tokenDays.load(tx, [{ token: token.address, day: merchantDayOf(token, at) }]);
    const day = dayOf(books, token, at);
    day.expired += expired;
    closeDay(day, token);
  }
  putLots(token, rollTo(lotsOfRow(token), present));
  const border = startOfEpoch(rule, present + 1);
  token.border_at = border === NEVER ? null : BigInt(border);
  books.tokens.change(token);
}
