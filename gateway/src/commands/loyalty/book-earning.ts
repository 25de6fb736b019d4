/** Writes down what a deed earns, with the counters of caps and the event in the same transaction. */
import type { Address, Points } from "../../kernel/ids.ts";
import { booksOf, wakeMs } from "../../loyalty/books.ts";
import type { Share } from "../../loyalty/usage.ts";
import type { Tx } from "../../store/database.ts";
import type { EarningRow } from "../../store/earnings.ts";
import { insertEarning } from "../../store/earnings.ts";
import type { ShopFacts } from "../../store/shop-facts.ts";
import type { EarningSource, StoredObjection, StoredRuleShare } from "../../store/tables-earning.ts";
import { tellEarning } from "./tell-earning.ts";
import type { UsageLedger } from "./usage-ledger.ts";

export interface Deserved {
  readonly source: EarningSource;
  readonly account: Address;
  readonly subject: string;
  readonly chainRef: string;
  readonly contentHash?: string | undefined;
  readonly orderId?: string | undefined;
  readonly sku?: string | undefined;
  readonly rules?: { readonly version: number; readonly hash: string } | undefined;
  readonly shares: readonly Share[];
  readonly points: Points;
  readonly reason?: string | undefined;
  readonly day: number;
  /** Unix seconds; undefined: when the shop confirms. */
  readonly maturesAt: number | undefined;
  readonly objections: readonly StoredObjection[];
}

export const storedShares = (shares: readonly Share[]): StoredRuleShare[] =>
  shares.map(({ ruleId, points }) => ({ ruleId, points: points.toString() }));

export const sharesOf = (row: EarningRow): Share[] =>
  row.by_rule.map(({ ruleId, points }) => ({ ruleId, points: BigInt(points) }));

/** Undefined when there was one of this name. `usage` left out: caps do not count it (grants). */
export async function bookEarning(
  tx: Tx,
  { shop, usage, nowMs }: { shop: ShopFacts; usage?: UsageLedger; nowMs: number },
  deserved: Deserved,
): Promise<EarningRow | undefined> {
  const { account, day, points, objections, maturesAt } = deserved;
  const nothing = { points_issued: "0", points_reversed: "0", points_lapsed: "0", ask_kind: null, ask_points: null };
  const books = booksOf({
    ...nothing,
    points_due: points.toString(),
    matures_at: maturesAt ?? null,
    objections: objections.length === 0 ? null : objections,
    decision: null,
    retry_ms: 0,
  });
  const row = await insertEarning(tx, {
    ...deserved,
    merchantId: shop.merchantId,
    token: shop.token,
    byRule: storedShares(deserved.shares),
    now: Math.floor(nowMs / 1000),
    wakeMs: wakeMs(books),
  });
  if (row === undefined) return undefined;
  await usage?.move({ account, day }, { before: [], after: deserved.shares });
  const more = { maturesAt: maturesAt ?? null, ...(deserved.reason === undefined ? {} : { reason: deserved.reason }) };
  await tellEarning(tx, row, { name: "points.pending", key: "pending", points, now: nowMs, more });
  return row;
}

/** The order's name on the chain commits to the order and to the version of the rules that paid. */
export const chainRefOf = (kind: "earn" | "task" | "refer", ref: string, rulesHash: string): string =>
  `${kind}:${ref}:${rulesHash.slice(2, 18)}`;
