/** Swaps, and what flows between merchants. */
import type { Address } from "../kernel/ids.ts";
import { readSwaps } from "../store/read-activity.ts";
import type { SwapsOf } from "../store/read-activity.ts";
import { readFlowsOf } from "../store/read-figures.ts";
import { readFlows, readToken, readTokensOf } from "../store/read-issuers.ts";
import { alpAmount, labelAmounts, pointAmount } from "./amounts.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, found, positionCursor } from "./at-block.ts";
import { placeOf } from "./places.ts";

export function listSwaps(reading: Reading, of: SwapsOf, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const rows = await readSwaps(snapshot.tx, of, { limit, before: positionCursor(cursor) });
    const amountOf = await labelAmounts(
      snapshot,
      rows.flatMap((row): Address[] => [row.token_in, row.token_out]),
    );
    return cutPage(rows, limit, {
      cursor: ({ position }) => position,
      item: (row) => ({
        ...placeOf(row),
        account: row.account,
        given: amountOf(row.token_in, row.amount_in),
        hub: alpAmount(snapshot.alp, row.hub),
        bought: amountOf(row.token_out, row.amount_out),
        epochBought: row.epoch_out,
      }),
    });
  });
}

/** Sums over the last `days` UTC days, the largest first. */
export function listFlows(reading: Reading, days: number) {
  return atBlock(reading, async (snapshot) => {
    const today = Math.floor(snapshot.block.timestamp / 86_400);
    const rows = await readFlows(snapshot.tx, today - days + 1);
    const amountOf = await labelAmounts(
      snapshot,
      rows.flatMap((row): Address[] => [row.token_in, row.token_out]),
    );
    return {
      items: rows.map((row) => ({
        swaps: Number(row.swaps),
        given: amountOf(row.token_in, row.amount_in),
        hub: alpAmount(snapshot.alp, row.hub),
        bought: amountOf(row.token_out, row.amount_out),
      })),
    };
  });
}

/**
 * What customers swapped out of a merchant's points and into them over the last `days` UTC days, by the other merchant.
 * `hub` is what the swap was worth in ALP, the one unit in which both directions can be compared.
 */
export function showFlowsOf(reading: Reading, address: Address, days: number) {
  return atBlock(reading, async ({ tx, alp, block }) => {
    const token = found(await readToken(tx, address), `point token ${address}`);
    const rows = await readFlowsOf(tx, address, Math.floor(block.timestamp / 86_400) - days + 1);
    const others = new Set(rows.map((row) => (row.token_in === address ? row.token_out : row.token_in)));
    const tokens = await readTokensOf(tx, [...others]);
    const items = tokens.map((other) => {
      const side = (tokenIn: Address) => {
        const row = rows.find(
          (one) => one.token_in === tokenIn && [one.token_in, one.token_out].includes(other.address),
        );
        const isOut = tokenIn === address;
        return {
          swaps: Number(row?.swaps ?? 0),
          given: pointAmount(isOut ? token : other, row?.amount_in ?? "0"),
          hub: alpAmount(alp, row?.hub ?? "0"),
          bought: pointAmount(isOut ? other : token, row?.amount_out ?? "0"),
        };
      };
      const { address: otherToken, name, symbol, merchant_id: merchantId } = other;
      return { token: otherToken, name, symbol, merchantId, outgoing: side(address), incoming: side(otherToken) };
    });
    const worth = ({ outgoing, incoming }: (typeof items)[number]) =>
      BigInt(outgoing.hub.amount) + BigInt(incoming.hub.amount);
    const sum = (side: "outgoing" | "incoming") => ({
      swaps: items.reduce((total, item) => total + item[side].swaps, 0),
      hub: alpAmount(
        alp,
        items.reduce((total, item) => total + BigInt(item[side].hub.amount), 0n),
      ),
    });
    return {
      days,
      outgoing: sum("outgoing"),
      incoming: sum("incoming"),
      items: items.sort((one, other) =>
        worth(one) < worth(other) ? 1 : worth(one) > worth(other) ? -1 : one.merchantId - other.merchantId,
      ),
    };
  });
}
