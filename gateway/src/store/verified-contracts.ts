/** Contracts whose sources were checked against their code, and the outcomes of the checks. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { VerifiedContractTable } from "./tables-etherscan.ts";

type VerifiedContractRow = Omit<Selectable<VerifiedContractTable>, "verified_at">;

/** Only while the same code stands there. */
export async function readVerified(
  db: Tx,
  { address, codeHash }: { address: Address; codeHash: Hex32 },
): Promise<VerifiedContractRow | undefined> {
  return db
    .selectFrom("verified_contract")
    .selectAll()
    .where("address", "=", address)
    .where("code_hash", "=", codeHash)
    .executeTakeFirst();
}

/** The first that was verified of those with the same code but for their immutable values. */
export async function readVerifiedKin(db: Tx, kinHash: Hex32): Promise<VerifiedContractRow | undefined> {
  return db
    .selectFrom("verified_contract")
    .selectAll()
    .where("kin_hash", "=", kinHash)
    .orderBy("verified_at")
    .orderBy("address")
    .limit(1)
    .executeTakeFirst();
}

/** What stood there of another chain, or without constructor arguments, gives way. */
export async function saveVerified(db: Tx, row: VerifiedContractRow): Promise<void> {
  await db
    .insertInto("verified_contract")
    .values(row)
    .onConflict((conflict) => conflict.column("address").doUpdateSet({ ...row, verified_at: sql`now()` }))
    .execute();
}

/** Answers the id to ask for it again; outcomes of earlier days are dropped. */
export async function saveCheck(db: Tx, outcome: string): Promise<string> {
  await db
    .deleteFrom("source_check")
    .where(sql<boolean>`checked_at < now() - interval '1 day'`)
    .execute();
  const { id } = await db.insertInto("source_check").values({ outcome }).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function readCheck(db: Tx, id: string): Promise<string | undefined> {
  const row = await db.selectFrom("source_check").select("outcome").where("id", "=", id).executeTakeFirst();
  return row?.outcome;
}
