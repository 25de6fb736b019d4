/** Sums of earnings: of a merchant, or of one of its customers. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { EarningSource } from "./tables-earning.ts";

/** Base units as decimal strings. */
export interface EarningTotal {
  readonly source: EarningSource;
  readonly count: number;
  /** What all of them should be worth now. */
  readonly points: string;
  /** Of that: not matured or under way; and waiting for a person's decision. */
  readonly pointsPending: string;
  readonly pointsObjected: string;
  readonly pointsIssued: string;
  readonly pointsReversed: string;
  readonly pointsLapsed: string;
  /** Earnings of which the chain has to be asked something, now or when they mature. */
  readonly open: number;
}

export async function readEarningTotals(
  db: Tx,
  { merchantId, account }: { merchantId: number; account?: Address },
): Promise<EarningTotal[]> {
  const { rows } = await sql<EarningTotal>`
    select source, count(*)::integer as count, sum(points_due)::text as points,
      coalesce(sum(points_due) filter (where points_issued = 0 and (objections is null or decision is not null)), 0)::text
        as "pointsPending",
      coalesce(sum(points_due) filter (where points_issued = 0 and objections is not null and decision is null), 0)::text
        as "pointsObjected",
      sum(points_issued)::text as "pointsIssued", sum(points_reversed)::text as "pointsReversed",
      sum(points_lapsed)::text as "pointsLapsed", (count(*) filter (where wake_ms is not null))::integer as open
    from earning
    where merchant_id = ${merchantId} and (${account ?? null}::text is null or account = ${account ?? null}::text)
    group by source order by source`.execute(db);
  return rows;
}
