/** What only this gateway knows of draws: their names and terms in words, and secrets that are not yet revealed. */
import type { Hex32 } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

/** The plan under the merchant's own name of it. */
export async function readDrawPlan(db: Tx, merchantId: number, drawRef: string) {
  return db
    .selectFrom("draw_plan")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("draw_ref", "=", drawRef)
    .executeTakeFirst();
}

export interface NewDrawPlan {
  readonly commitment: Hex32;
  readonly merchantId: number;
  readonly drawRef: string;
  readonly contentHash: Hex32;
  readonly title: string;
  readonly terms: string;
  readonly commandId: string;
  readonly now: number;
}

/** Answers false when the merchant has a draw of that name already: a twin was faster. */
export async function insertDrawPlan(db: Tx, plan: NewDrawPlan): Promise<boolean> {
  const row = await db
    .insertInto("draw_plan")
    .values({
      commitment: plan.commitment,
      merchant_id: plan.merchantId,
      draw_ref: plan.drawRef,
      content_hash: plan.contentHash,
      title: plan.title,
      terms: plan.terms,
      command_id: plan.commandId,
      created_at: new Date(plan.now).toISOString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("commitment")
    .executeTakeFirst();
  return row !== undefined;
}

/** A plan whose announcement failed makes room for another try. */
export async function deleteDrawPlan(db: Tx, commitment: Hex32): Promise<void> {
  await db.deleteFrom("draw_plan").where("commitment", "=", commitment).execute();
}

export async function insertDrawSecret(db: Tx, commitment: Hex32, sealed: Uint8Array, now: number): Promise<void> {
  await db
    .insertInto("draw_secret")
    .values({ commitment, sealed, created_at: new Date(now).toISOString() })
    .execute();
}

export async function readDrawSecret(db: Tx, commitment: Hex32): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom("draw_secret")
    .select("sealed")
    .where("commitment", "=", commitment)
    .executeTakeFirst();
  return row?.sealed;
}
