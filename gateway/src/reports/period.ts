/** A period by blocks or by time, as its first and last block. */
import type { ChainClient } from "../chain/client.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Period } from "./collect.ts";

/** An edge of a period: a block, or a moment (unix seconds). */
export type Edge = { readonly block: number } | { readonly time: number };

export interface PeriodAsked {
  /** Left out: the deployment. */
  readonly from?: Edge | undefined;
  /** Left out: the newest block. A moment is not part of the period any more: a month ends where the next begins. */
  readonly to?: Edge | undefined;
}

/** Throws `request_invalid` when the period is empty or lies beyond the chain. */
export async function resolvePeriod(
  chain: ChainClient,
  deployedAtBlock: number,
  { from, to }: PeriodAsked,
): Promise<Period> {
  const head = await chain.headNumber();
  const first =
    from === undefined ? deployedAtBlock : "block" in from ? from.block : await firstFrom(chain, head, from.time);
  const last = to === undefined ? head : "block" in to ? to.block : (await firstFrom(chain, head, to.time)) - 1;
  const begin = Math.max(first, deployedAtBlock);
  if (last > head)
    throw new LedgerError("request_invalid", { field: "to", problem: `must be at most the newest block, ${head}` });
  if (begin > last)
    throw new LedgerError("request_invalid", {
      field: "to",
      problem: `gives no block: the period is ${begin} to ${last}`,
    });
  return { from: begin, to: last };
}

/** The first block at or after a moment; one past the head when there is none. */
async function firstFrom(chain: ChainClient, head: number, time: number): Promise<number> {
  let [low, high] = [0, head + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const block = await chain.block(middle);
    if (block === undefined || block.timestamp >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}
