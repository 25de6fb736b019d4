/** An account: what it holds of every merchant, when it expires, what it is worth, what part it plays. */
import { epochAt } from "../kernel/calendar.ts";
import type { Address } from "../kernel/ids.ts";
import { rollTo } from "../kernel/lots.ts";
import { readAccount, readAlpBalance, readHoldingsOf, readParts } from "../store/read-accounts.ts";
import { readPools, readTokensOf } from "../store/read-issuers.ts";
import type { HoldingRow, PointTokenRow, PoolRow } from "../store/tables-ledger.ts";
import { alpAmount, pointAmount } from "./amounts.ts";
import type { Reading, Snapshot } from "./at-block.ts";
import { atBlock, found } from "./at-block.ts";
import { lotsOf, lotsView, ruleOf } from "./lots-view.ts";
import { pricesAt } from "./pools.ts";

interface Held {
  readonly holding: HoldingRow;
  readonly token: PointTokenRow;
  readonly pool: PoolRow | undefined;
}

/** An address nobody has seen yet is an account with nothing: anyone may be given points. */
export function showAccount(reading: Reading, address: Address) {
  return atBlock(reading, async (snapshot) => {
    const { tx, alp } = snapshot;
    const holdings = await readHoldingsOf(tx, address);
    const addresses = holdings.map(({ token }) => token);
    const tokens = new Map((await readTokensOf(tx, addresses)).map((token) => [token.address, token]));
    const pools = new Map((await readPools(tx, addresses)).map((pool) => [pool.token, pool]));
    const views = holdings.map((holding) => {
      const token = found(tokens.get(holding.token), `point token ${holding.token}`);
      return holdingView(snapshot, { holding, token, pool: pools.get(holding.token) });
    });
    const alpRow = await readAlpBalance(tx, address);
    const total = views.reduce((sum, { value }) => sum + BigInt(value?.amount ?? 0), 0n);
    const first = await readAccount(tx, address);
    return {
      address,
      firstSeenAt: first === undefined ? null : Number(first.first_seen_at),
      parts: await readParts(tx, address),
      alp: alpAmount(alp, alpRow?.balance ?? "0"),
      isAlpHolder: alpRow?.is_holder ?? false,
      /** What the pools would pay for everything at the accept prices in force; reserves and limits not considered. */
      totalValue: alpAmount(alp, total),
      holdings: views,
    };
  });
}

function holdingView({ alp, block }: Snapshot, { holding, token, pool }: Held) {
  const lots = lotsView(token, rollTo(lotsOf(holding), epochAt(ruleOf(token), block.timestamp)));
  const next = lots.find(({ expiresAt }) => expiresAt !== null);
  const accept = pool === undefined ? undefined : pricesAt(alp, pool, block.timestamp).now.accept;
  return {
    token: token.address,
    name: token.name,
    symbol: token.symbol,
    merchantId: token.merchant_id,
    balance: pointAmount(token, holding.balance),
    lots,
    nextExpiry: next === undefined ? null : { points: next.points, expiresAt: next.expiresAt },
    debt: pointAmount(token, holding.debt),
    isFrozen: holding.is_frozen,
    value: accept === undefined ? null : alpAmount(alp, BigInt(holding.balance) * BigInt(accept.amount)),
  };
}
