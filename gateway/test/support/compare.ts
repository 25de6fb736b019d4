/** Every number the store holds against the contract that knows it, at the block the store stands at. */
import { createHash } from "node:crypto";
import { expect } from "chai";
import { sql } from "kysely";
import * as abi from "../../src/chain/contracts.ts";
import { fetchLots, fetchSupplySplit, readContract } from "../../src/chain/read-contracts.ts";
import { epochAt, expiryOf } from "../../src/kernel/calendar.ts";
import type { EpochRule } from "../../src/kernel/calendar.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { rollTo } from "../../src/kernel/lots.ts";
import { REDEMPTION_KINDS } from "../../src/kernel/statuses.ts";
import type { Database } from "../../src/store/database.ts";
import { LEDGER_TABLES, readCursor } from "../../src/store/ledger-cursor.ts";
import { readTokens } from "../../src/store/ledger-read.ts";
import type { PointTokenRow } from "../../src/store/tables-ledger.ts";
import type { ChainLab } from "./chain-lab.ts";

/** What is being compared. */
export interface Compared {
  readonly db: Database;
  readonly lab: ChainLab;
}

/** Answers how many numbers were compared. */
export async function expectStoreEqualsChain({ db, lab }: Compared): Promise<number> {
  const cursor = await readCursor(db);
  if (cursor === undefined) throw new Error("nothing was indexed");
  const { blockNumber: block, timestamp: now } = cursor;
  let compared = 0;
  for (const token of await readTokens(db)) {
    compared += await compareToken({ db, lab }, token, { block, now });
    compared += await compareRedemptions({ db, lab }, token.address, block);
  }
  compared += await compareAlliance({ db, lab }, block);
  return compared;
}

type At = Readonly<{ block: number; now: number }>;

async function compareToken({ db, lab }: Compared, token: PointTokenRow, { block, now }: At): Promise<number> {
  const split = await fetchSupplySplit(lab.chain, token.address, block);
  for (const [part, points] of Object.entries(split))
    expect(token[part as keyof typeof split], part).to.equal(String(points));
  const parts = [token.circulating, token.held, token.pooled, token.redeemed, token.expired, token.reversed];
  expect(parts.map(BigInt).reduce((sum, part) => sum + part)).to.equal(BigInt(token.issued));

  // Whatever expired is some account's lapse.
  const lapsed = await db
    .selectFrom("lapse")
    .select((read) => read.fn.sum<string | null>("points").as("points"))
    .where("token", "=", token.address)
    .executeTakeFirst();
  expect(lapsed?.points ?? "0").to.equal(token.expired);

  const rule: EpochRule = {
    calendar: token.calendar as EpochRule["calendar"],
    utcOffsetSeconds: token.utc_offset_seconds,
  };
  const epoch = epochAt(rule, now);
  const ask = async (
    method: "debtOf" | "isFrozen" | "balanceOf" | "currentEpoch",
    args: unknown[] = [],
  ): Promise<unknown> =>
    (await readContract(lab.chain, { abi: abi.merchantPoint, address: token.address, method, args, block }))[0];
  expect(await ask("currentEpoch")).to.equal(BigInt(epoch));
  const rows = await db.selectFrom("holding").selectAll().where("token", "=", token.address).execute();
  let holders = 0;
  for (const account of lab.accounts) {
    const row = rows.find((holding) => holding.account === account);
    const lanes = [row?.lane0 ?? 0, row?.lane1 ?? 0, row?.lane2 ?? 0, row?.lane3 ?? 0].map(BigInt);
    const [a = 0n, b = 0n, c = 0n, d = 0n] = lanes;
    const ours = rollTo({ touched: row?.touched ?? epoch, lanes: [a, b, c, d] }, epoch);
    expect(ours, `lots of ${account}`).to.deep.equal(await fetchLots(lab.chain, token.address, account, block));
    expect(BigInt(row?.balance ?? 0)).to.equal(await ask("balanceOf", [account]));
    expect(BigInt(row?.debt ?? 0)).to.equal(await ask("debtOf", [account]));
    expect(row?.is_frozen ?? false).to.equal(await ask("isFrozen", [account]));
    if (row !== undefined && BigInt(row.balance) > 0n) holders += 1;
  }
  expect(token.holder_count).to.equal(holders);
  expect(await ask("currentEpoch")).to.equal(BigInt(token.touched));
  expect(expiryOf(rule, epoch)).to.be.greaterThan(now);
  return 8 + lab.accounts.length * 7;
}

async function compareRedemptions({ db, lab }: Compared, token: Address, block: number): Promise<number> {
  const rows = await db.selectFrom("redemption").selectAll().where("token", "=", token).execute();
  for (const row of rows) {
    const args = [row.holder, row.ref];
    const ask = { abi: abi.merchantPoint, address: token, method: "redemptionOf", args, block };
    const [found] = (await readContract(lab.chain, ask)) as unknown as [Record<string, bigint>];
    expect(["none", "held", "captured", "released"][Number(found["state"])]).to.equal(row.state);
    expect(REDEMPTION_KINDS[Number(found["kind"])]).to.equal(row.kind);
    expect(String(found["lots"])).to.equal(row.lots);
    expect(String(found["releaseAt"])).to.equal(row.release_at);
  }
  return rows.length * 4;
}

async function compareAlliance({ db, lab }: Compared, block: number): Promise<number> {
  const at = lab.deployment.contracts;
  const pools = await db.selectFrom("pool").selectAll().execute();
  for (const row of pools) {
    const ask = { abi: abi.exchangePool, address: at.exchangePool, method: "poolOf", args: [row.token], block };
    const [found] = (await readContract(lab.chain, ask)) as unknown as [Record<string, bigint>];
    expect(String(found["pointReserve"])).to.equal(row.point_reserve);
    expect(String(found["alpReserve"])).to.equal(row.alp_reserve);
  }
  const collaterals = await db.selectFrom("collateral").selectAll().execute();
  for (const row of collaterals) {
    const ask = { abi: abi.collateral, address: at.collateral, method: "depositOf", args: [row.merchant_id], block };
    expect(String((await readContract(lab.chain, ask))[0])).to.equal(row.deposited);
  }
  const holders = await db.selectFrom("alp_balance").selectAll().execute();
  for (const row of holders) {
    const ask = { abi: abi.allianceToken, address: at.allianceToken, method: "balanceOf", args: [row.account], block };
    expect(String((await readContract(lab.chain, ask))[0])).to.equal(row.balance);
  }
  return pools.length * 2 + collaterals.length + holders.length;
}

/** One hash a table, over every row in the order of its text: equal hashes are equal tables. */
export async function hashTables(db: Database): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const table of LEDGER_TABLES) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} as t order by 1`.execute(
      db,
    );
    hashes[table] = createHash("sha256")
      .update(rows.map(({ row }) => row).join("\n"))
      .digest("hex");
  }
  return hashes;
}
