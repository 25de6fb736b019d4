/** A merchant as the indexer would have written it, for tests that need its owner and not its chain. */
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import type { Database } from "../../src/store/database.ts";

const text = (char: string, length: number): string => `0x${char.repeat(length)}`;

export function tokenOf(merchantId: number): Address {
  return text(String(merchantId), 40) as Address;
}

export async function insertMerchant(db: Database, merchantId: number, controller: Address): Promise<Address> {
  const token = tokenOf(merchantId);
  const terms = { points_per_yuan: 100, calendar: "quarter", utc_offset_seconds: 28_800 } as const;
  await db
    .insertInto("merchant")
    .values({
      ...terms,
      id: merchantId,
      controller,
      proposed_controller: null,
      status: "active",
      legal_name: `Merchant ${merchantId}`,
      category: "restaurant",
      token_name: `Points ${merchantId}`,
      token_symbol: `P${merchantId}`,
      profile_uri: "/profiles/test.json",
      profile_hash: text("1", 64) as Hex32,
      token,
      applied_at: "1",
      approved_at: "1",
    })
    .execute();
  await db
    .insertInto("point_token")
    .values({
      ...terms,
      address: token,
      merchant_id: merchantId,
      name: `Points ${merchantId}`,
      symbol: `P${merchantId}`,
      created_at: "1",
      created_block: 1,
      touched: 0,
    } as never)
    .execute();
  return token;
}
