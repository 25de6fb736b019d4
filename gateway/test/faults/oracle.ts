/** What must hold on the chain, whatever happened to the gateway: judged from the chain alone. */
import type { ChainClient } from "../../src/chain/client.ts";
import { decodeIssueBatch, tagOf, unpackWord } from "../../src/chain/issue-words.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { orderOf, pointsOf } from "./plan.ts";
import type { PlannedIssue } from "./plan.ts";

export interface Verdict {
  readonly accepted: number;
  readonly issuedOnce: number;
  readonly lost: number;
  readonly doubled: number;
  readonly mintedWrong: bigint;
}

/** Counts every item of every batch that the chain took for a token, by its order's tag. */
export async function judge(chain: ChainClient, fromBlock: number, issues: readonly PlannedIssue[]): Promise<Verdict> {
  const head = await chain.headNumber();
  const transactions = await chain.transactionsOf(fromBlock, head);
  const receipts = await chain.receipts(transactions.map(({ hash }) => hash));
  const times = new Map<string, number>();
  const minted = new Map<Address, bigint>();
  for (const { hash, to, data } of transactions) {
    const batch = decodeIssueBatch(data);
    if (batch === undefined || to === undefined || receipts.get(hash)?.succeeded !== true) continue;
    for (const word of batch.words) {
      const { tag, points } = unpackWord(word);
      const key = `${to} ${tag}`;
      times.set(key, (times.get(key) ?? 0) + 1);
      minted.set(to, (minted.get(to) ?? 0n) + points);
    }
  }
  let [accepted, issuedOnce, lost, doubled] = [0, 0, 0, 0];
  const owed = new Map<Address, bigint>();
  for (const { key, token, count } of issues)
    for (let index = 0; index < count; index += 1) {
      const found = times.get(`${token} ${tagOf(orderOf(key, index))}`) ?? 0;
      accepted += 1;
      if (found === 0) lost += 1;
      else if (found === 1) issuedOnce += 1;
      else doubled += 1;
      owed.set(token, (owed.get(token) ?? 0n) + pointsOf(index));
    }
  const mintedWrong = [...owed].reduce((sum, [token, points]) => sum + (minted.get(token) ?? 0n) - points, 0n);
  return { accepted, issuedOnce, lost, doubled, mintedWrong };
}
