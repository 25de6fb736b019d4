/** What caps have used up. Read under a lock, so that orders placed at the same moment never exceed a cap together. */
import { sql } from "kysely";
import type { Tx } from "./database.ts";

export interface UsageRow {
  readonly cap: string;
  readonly account: string;
  readonly period: string;
}

const columnsOf = (keys: readonly UsageRow[]) => ({
  caps: keys.map(({ cap }) => cap),
  accounts: keys.map(({ account }) => account),
  periods: keys.map(({ period }) => period),
});

/** Always in the same order, so that two writers wait for each other instead of deadlocking. */
function sorted<T extends UsageRow>(keys: readonly T[]): T[] {
  const text = ({ cap, account, period }: UsageRow): string => `${cap}\n${account}\n${period}`;
  return [...keys].sort((one, other) => (text(one) < text(other) ? -1 : 1));
}

/** The counters, held until the transaction ends. */
export async function lockUsage(
  tx: Tx,
  merchantId: number,
  keys: readonly UsageRow[],
): Promise<readonly (UsageRow & { readonly points: bigint })[]> {
  if (keys.length === 0) return [];
  const { caps, accounts, periods } = columnsOf(sorted(keys));
  await sql`
    insert into cap_usage (merchant_id, cap, account, period, points)
    select ${merchantId}::integer, k.cap, k.account, k.period, 0
    from unnest(${caps}::text[], ${accounts}::text[], ${periods}::text[]) as k (cap, account, period)
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<UsageRow & { points: string }>`
    select u.cap, u.account, u.period, u.points from cap_usage u
    join unnest(${caps}::text[], ${accounts}::text[], ${periods}::text[]) as k (cap, account, period)
      on u.cap = k.cap and u.account = k.account and u.period = k.period
    where u.merchant_id = ${merchantId}::integer
    order by u.cap, u.account, u.period for update of u`.execute(tx);
  return rows.map(({ points, ...key }) => ({ ...key, points: BigInt(points) }));
}

export async function moveUsage(
  tx: Tx,
  merchantId: number,
  moves: readonly { readonly key: UsageRow; readonly points: bigint }[],
): Promise<void> {
  if (moves.length === 0) return;
  const byKey = sorted(moves.map(({ key, points }) => ({ ...key, points })));
  const { caps, accounts, periods } = columnsOf(byKey);
  await sql`
    insert into cap_usage as u (merchant_id, cap, account, period, points)
    select ${merchantId}::integer, k.cap, k.account, k.period, k.points
    from unnest(${caps}::text[], ${accounts}::text[], ${periods}::text[],
      ${byKey.map(({ points }) => points.toString())}::bigint[]) as k (cap, account, period, points)
    on conflict (merchant_id, cap, account, period) do update set points = u.points + excluded.points`.execute(tx);
}
