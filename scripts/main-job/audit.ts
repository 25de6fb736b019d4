/** The auditor reads everything that happened in the explorer API and recomputes it from the chain at the same block. */
import * as api from "../../gateway/client/generated/sdk.gen.ts";
import { answerOf } from "../../gateway/client/ledger-client.ts";
import type { Player } from "./customers.ts";
import type { Stage } from "./stage.ts";
import { newestBlock, played, waitForReads } from "./stage.ts";

const PARTS = ["issued", "circulating", "held", "pooled", "redeemed", "expired", "reversed"] as const;
const HOLDERS_COMPARED = 200;

export async function audit(stage: Stage, tokens: readonly string[], players: readonly Player[]): Promise<void> {
  const { narrator, auditor } = stage;
  narrator.step("The auditor recomputes every supply from the chain", "审计方逐项核对积分供给");
  await waitForReads(() => answerOf(api.getStatus({ client: auditor })), newestBlock());
  for (const token of tokens) await auditSupply(stage, token);
  narrator.step("… and who holds them", "……以及全部持有人");
  for (const token of tokens) await auditHolders(stage, token);
  narrator.step("… and what the customers have, with its ages", "……以及会员余额、批次与到期");
  for (const player of players) await auditAccount(stage, player);
  narrator.step("… and the exchange, with a quote", "……以及兑换池与报价");
  await auditExchange(stage, players[0]?.address ?? "");
  narrator.step("… and every transaction of this run, in words", "……以及本次每笔交易的业务含义");
  await auditTransactions(stage);
}

async function auditSupply({ narrator, eye, auditor }: Stage, token: string): Promise<void> {
  const { supply, symbol, block } = await answerOf(api.getPoint({ client: auditor, path: { token } }));
  const split = await eye.supplySplit(token, block.number);
  for (const part of PARTS) narrator.same(`${symbol} ${part}`, supply[part].amount, split[part]);
  const rest = PARTS.slice(1).reduce((sum, part) => sum + BigInt(supply[part].amount), 0n);
  narrator.same(`${symbol} issued = the other six together`, supply.issued.amount, rest);
}

async function auditHolders({ narrator, eye, auditor }: Stage, token: string): Promise<void> {
  const query = { limit: HOLDERS_COMPARED };
  const { items, block } = await answerOf(api.listHolders({ client: auditor, path: { token }, query }));
  const onChain = await Promise.all(items.map(({ account }) => eye.balanceOf(token, account, block.number)));
  const wrong = items.filter(({ balance }, index) => balance.amount !== String(onChain[index]));
  const symbol = items[0]?.balance.symbol ?? token;
  narrator.same(`${symbol}: holders whose balance differs, of ${items.length}`, wrong.length, 0);
  const { supply } = await answerOf(api.getPoint({ client: auditor, path: { token } }));
  const sum = onChain.reduce((total, balance) => total + balance, 0n);
  if (items.length < HOLDERS_COMPARED)
    narrator.same(`${symbol}: all balances together`, supply.circulating.amount, sum);
}

async function auditAccount({ narrator, eye, auditor }: Stage, { address, name }: Player): Promise<void> {
  const { holdings, block } = await answerOf(api.getAccount({ client: auditor, path: { address } }));
  for (const { token, symbol, balance, lots, nextExpiry } of holdings) {
    narrator.same(`${name}: ${symbol}`, balance.amount, await eye.balanceOf(token, address, block.number));
    const inLots = lots.reduce((sum, { points }) => sum + BigInt(points.amount), 0n);
    narrator.same("  its lots together", inLots, balance.amount);
    const [expiresAt, points] = await eye.nextExpiryOf(token, address, block.number);
    if (points === 0n) continue;
    narrator.same("  expiring next", nextExpiry?.points.amount, points);
    narrator.same("  at (unix seconds)", nextExpiry?.expiresAt, expiresAt);
  }
}

async function auditExchange({ narrator, eye, auditor, countryStyle, burger }: Stage, account: string): Promise<void> {
  for (const { token } of [countryStyle, burger]) {
    const { pointReserve, alpReserve, prices, block } = await answerOf(
      api.getPool({ client: auditor, path: { token } }),
    );
    const pool = await eye.pool(token, block.number);
    narrator.same(`${pointReserve.symbol} in the pool`, pointReserve.amount, pool["pointReserve"]);
    narrator.same("  ALP reserve, wei", alpReserve.amount, pool["alpReserve"]);
    narrator.same("  accept price, wei", prices.accept.amount, pool.prices["accept"]);
    narrator.same("  release price, wei", prices.release.amount, pool.prices["release"]);
  }
  const pair = { tokenIn: countryStyle.token, tokenOut: burger.token };
  const query = { ...pair, amountIn: "1000", account };
  const quote = await answerOf(api.getQuote({ client: auditor, query }));
  const onChain = await eye.quote(account, pair, 1_000n, quote.block.number);
  narrator.same("10.00 乡村基 would buy 汉堡王", quote.amountOut, onChain["amountOut"]);
}

async function auditTransactions({ narrator, eye, auditor }: Stage): Promise<void> {
  const seen = new Set<string>();
  for (const { kind, transactions } of played()) {
    for (const { hash } of transactions) {
      const { transaction } = await answerOf(api.getTransaction({ client: auditor, path: { hash } }));
      const receipt = await eye.provider.getTransactionReceipt(hash);
      const said = `block ${transaction.blockNumber}, ${transaction.succeeded ? "succeeded" : "reverted"}`;
      const is = `block ${receipt?.blockNumber ?? -1}, ${receipt?.status === 1 ? "succeeded" : "reverted"}`;
      narrator.same(kind.padEnd(20), said, is);
      if (seen.has(transaction.action)) continue;
      seen.add(transaction.action);
      narrator.note(`  ${transaction.sentence.en}`);
      narrator.note(`  ${transaction.sentence.zh}`);
    }
  }
}
