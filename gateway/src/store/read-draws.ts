/** Draws as the indexer wrote them, with the names that this gateway gave them. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { DrawState } from "../kernel/statuses.ts";
import type { Tx } from "./database.ts";
import type { DrawPrizeRow, DrawPurchaseRow, DrawRow } from "./tables-draws.ts";

/** `title`, `terms` and `draw_ref` are null for a draw that was announced elsewhere. */
export interface NamedDraw extends DrawRow {
  readonly title: string | null;
  readonly terms: string | null;
  readonly draw_ref: string | null;
}

export interface DrawsOf {
  readonly merchantId?: number | undefined;
  readonly state?: DrawState | undefined;
  readonly drawRef?: string | undefined;
}

const named = (db: Tx) =>
  db
    .selectFrom("draw")
    .leftJoin("draw_plan", "draw_plan.commitment", "draw.commitment")
    .selectAll("draw")
    .select(["draw_plan.title", "draw_plan.terms", "draw_plan.draw_ref"]);

/** Newest first; one more than the page shows when there is a next one. */
export async function readDraws(db: Tx, of: DrawsOf, page: { limit: number; before: number }): Promise<NamedDraw[]> {
  let query = named(db).where("draw.draw_id", "<", page.before);
  if (of.merchantId !== undefined) query = query.where("draw.merchant_id", "=", of.merchantId);
  if (of.state !== undefined) query = query.where("draw.state", "=", of.state);
  if (of.drawRef !== undefined) query = query.where("draw_plan.draw_ref", "=", of.drawRef);
  return query
    .orderBy("draw.draw_id", "desc")
    .limit(page.limit + 1)
    .execute();
}

export async function readDraw(db: Tx, drawId: number): Promise<NamedDraw | undefined> {
  return named(db).where("draw.draw_id", "=", drawId).executeTakeFirst();
}

export type OwnedPrize = DrawPrizeRow & { readonly owner: Address | null };

/** Each prize with whoever bought its number: the purchase that begins at or below it, if it reaches so far. */
export async function readPrizes(db: Tx, drawIds: readonly number[]): Promise<OwnedPrize[]> {
  if (drawIds.length === 0) return [];
  const { rows } = await sql<OwnedPrize>`
    select p.*, case when b.first_number + b.ticket_count > p.ticket_number then b.buyer end as owner
    from draw_prize p left join lateral (
      select buyer, first_number, ticket_count from draw_purchase
      where draw_id = p.draw_id and first_number <= p.ticket_number order by first_number desc limit 1
    ) b on true
    where p.draw_id in (${sql.join(drawIds)}) order by p.draw_id, p.prize_index`.execute(db);
  return rows;
}

/** In the order they were bought. */
export async function readPurchases(
  db: Tx,
  of: { drawId: number; buyer?: Address | undefined },
  page: { limit: number; after: number },
): Promise<DrawPurchaseRow[]> {
  let query = db
    .selectFrom("draw_purchase")
    .selectAll()
    .where("draw_id", "=", of.drawId)
    .where("purchase_id", ">", page.after);
  if (of.buyer !== undefined) query = query.where("buyer", "=", of.buyer);
  return query
    .orderBy("purchase_id")
    .limit(page.limit + 1)
    .execute();
}

/** Whose holds still stand, lowest first. */
export async function readHeldPurchases(db: Tx, drawId: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("draw_purchase")
    .select("purchase_id")
    .where("draw_id", "=", drawId)
    .where("state", "=", "held")
    .orderBy("purchase_id")
    .limit(limit)
    .execute();
  return rows.map(({ purchase_id }) => purchase_id);
}

/** What can not be settled or paid in this time after the last day to claim (an epoch is over, an account frozen) is left. */
const LEFT_AFTER_SECONDS = 30 * 86_400;

/** Draws of which something is still to be sold, closed, revealed, settled or paid. */
export async function readUnfinishedDraws(db: Tx, { limit, now }: { limit: number; now: number }): Promise<DrawRow[]> {
  return db
    .selectFrom("draw")
    .selectAll()
    .where((at) =>
      at.or([
        at("state", "in", ["announced", "open", "closed"]),
        at("prizes_paid", "<", at.ref("prize_count")),
        at("purchases_settled", "<", at.ref("purchase_count")),
      ]),
    )
    .where("claim_end", ">", String(now - LEFT_AFTER_SECONDS))
    .orderBy("draw_id")
    .limit(limit)
    .execute();
}
