/** Orders that are partly paid with points. */
import type { Fen, Hex32 } from "../kernel/ids.ts";
import { parseFen } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { StoredLine, StoredSwap } from "./tables-redeeming.ts";

export type { StoredLine, StoredSwap } from "./tables-redeeming.ts";

export interface Checkout {
  readonly holdId: string;
  readonly totalFen: Fen;
  readonly deductionFen: Fen;
  readonly cashFen: Fen;
  readonly lines: readonly StoredLine[];
  readonly rulesVersion: number;
  readonly rulesHash: Hex32;
  readonly swap: StoredSwap | null;
}

/** In the place of one whose hold failed. */
export async function saveCheckout(tx: Tx, checkout: Checkout): Promise<void> {
  const values = {
    hold_id: checkout.holdId,
    total_fen: checkout.totalFen.toString(),
    deduction_fen: checkout.deductionFen.toString(),
    cash_fen: checkout.cashFen.toString(),
    lines: JSON.stringify(checkout.lines),
    rules_version: checkout.rulesVersion,
    rules_hash: checkout.rulesHash,
    swap: checkout.swap === null ? null : JSON.stringify(checkout.swap),
  };
  await tx
    .insertInto("checkout")
    .values(values)
    .onConflict((conflict) => conflict.column("hold_id").doUpdateSet(values))
    .execute();
}

export async function readCheckout(db: Tx, holdId: string): Promise<Checkout | undefined> {
  const row = await db.selectFrom("checkout").selectAll().where("hold_id", "=", holdId).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    holdId: row.hold_id,
    totalFen: parseFen(row.total_fen),
    deductionFen: parseFen(row.deduction_fen),
    cashFen: parseFen(row.cash_fen),
    lines: row.lines,
    rulesVersion: row.rules_version,
    rulesHash: row.rules_hash,
    swap: row.swap,
  };
}

export async function saveCheckoutLines(tx: Tx, holdId: string, lines: readonly StoredLine[]): Promise<void> {
  await tx
    .updateTable("checkout")
    .set({ lines: JSON.stringify(lines) })
    .where("hold_id", "=", holdId)
    .execute();
}
