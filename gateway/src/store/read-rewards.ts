/** Node rewards: how they are cut, what counted when, who attested and claimed. */
import type { Tx } from "./database.ts";
import type * as rows from "./tables-governance.ts";

export async function readSchedule(db: Tx): Promise<rows.RewardScheduleRow | undefined> {
  return db.selectFrom("reward_schedule").selectAll().executeTakeFirst();
}

/** Every change of inflation, oldest first. */
export async function readInflation(db: Tx): Promise<rows.InflationChangeRow[]> {
  return db.selectFrom("inflation_change").selectAll().orderBy("position").execute();
}

/** ALP in existence at the end of a second. */
export async function readSupplyAt(db: Tx, time: bigint): Promise<bigint> {
  const row = await db
    .selectFrom("alp_supply")
    .select("supply")
    .where("time", "<=", String(time))
    .orderBy("time", "desc")
    .limit(1)
    .executeTakeFirst();
  return BigInt(row?.supply ?? 0);
}

export async function readRecordsOfEpochs(
  db: Tx,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<rows.RewardRecordRow[]> {
  return db
    .selectFrom("reward_record")
    .selectAll()
    .where("epoch", ">=", from)
    .where("epoch", "<=", to)
    .orderBy("epoch")
    .orderBy("member_id")
    .execute();
}

export async function readRecordsOfMember(
  db: Tx,
  memberId: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<rows.RewardRecordRow[]> {
  return db
    .selectFrom("reward_record")
    .selectAll()
    .where("member_id", "=", memberId)
    .where("epoch", ">=", from)
    .where("epoch", "<=", to)
    .execute();
}

/** What each member has claimed in all. */
export async function readClaimed(db: Tx, memberId: number): Promise<{ epochs: number; amount: bigint }> {
  const row = await db
    .selectFrom("reward_record")
    .select((read) => [read.fn.count<string>("epoch").as("epochs"), read.fn.sum<string | null>("claimed").as("amount")])
    .where("member_id", "=", memberId)
    .where("claimed", "is not", null)
    .executeTakeFirst();
  return { epochs: Number(row?.epochs ?? 0), amount: BigInt(row?.amount ?? 0) };
}

export async function readEmitted(db: Tx): Promise<rows.RewardYearRow[]> {
  return db.selectFrom("reward_year").selectAll().orderBy("year").execute();
}
