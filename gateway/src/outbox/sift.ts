/** Finds the items that make a batch fail, with few trials, so that the others can go on. */
import type { Revert } from "../chain/decode-revert.ts";

export interface Siftable {
  readonly recipient: string;
  readonly points: string;
}

export interface Sifted<T> {
  readonly good: readonly T[];
  readonly bad: readonly { readonly item: T; readonly revert: Revert }[];
}

/** Undefined: the chain would take these items together. */
export type Trial<T> = (items: readonly T[]) => Promise<Revert | undefined>;

/** These speak of the token or the call, not of an item: no smaller batch would fare better. */
const OF_THE_WHOLE = new Set([
  "MerchantPointPaused",
  "MerchantPointIssueHalted",
  "MerchantPointEpochNotOpen",
  "MerchantPointNotTill",
]);

/** The account that the error blames, if it names one. */
function blamed({ name, facts }: Revert): string | undefined {
  if (name === "MerchantPointAccountFrozen") return String(facts["account"]);
  if (name === "ERC20InvalidReceiver") return String(facts["receiver"]);
  return undefined;
}

/** How many base units of the batch there is room for, if the error tells. */
function roomOf({ name, facts }: Revert, asked: bigint): bigint | undefined {
  const fact = (key: string): bigint => BigInt(facts[key] ?? 0);
  if (name === "MerchantPointTillLimitExceeded") return fact("left");
  if (name === "MerchantPointCapExceeded") return fact("max") - (fact("outstanding") - asked);
  return undefined;
}

const sumOf = (items: readonly Siftable[]): bigint => items.reduce((sum, { points }) => sum + BigInt(points), 0n);

export async function sift<T extends Siftable>(items: readonly T[], attempt: Trial<T>): Promise<Sifted<T>> {
  if (items.length === 0) return { good: [], bad: [] };
  const revert = await attempt(items);
  if (revert === undefined) return { good: items, bad: [] };
  const reject = (rejected: readonly T[]): Sifted<T>["bad"] => rejected.map((item) => ({ item, revert }));
  if (items.length === 1 || OF_THE_WHOLE.has(revert.name)) return { good: [], bad: reject(items) };

  const keep = keepable(items, revert);
  if (keep !== undefined) {
    const rest = await sift(keep, attempt);
    const kept = new Set(keep);
    return { good: rest.good, bad: [...reject(items.filter((item) => !kept.has(item))), ...rest.bad] };
  }
  // The error tells nothing: halve. One bad item of 500 is found in 18 trials.
  const middle = items.length >> 1;
  const left = await sift(items.slice(0, middle), attempt);
  const right = await sift(items.slice(middle), attempt);
  return { good: [...left.good, ...right.good], bad: [...left.bad, ...right.bad] };
}

/** What is left when the error itself tells which items to take out; undefined when it does not. */
function keepable<T extends Siftable>(items: readonly T[], revert: Revert): readonly T[] | undefined {
  const account = blamed(revert);
  if (account !== undefined) {
    const others = items.filter(({ recipient }) => recipient !== account);
    return others.length < items.length ? others : undefined;
  }
  const room = roomOf(revert, sumOf(items));
  if (room === undefined) return undefined;
  let used = 0n;
  const fitting = items.filter(({ points }) => {
    if (used + BigInt(points) > room) return false;
    used += BigInt(points);
    return true;
  });
  return fitting.length < items.length ? fitting : undefined;
}
