/** What is known of the code at an address: which contract of the build it is, and whether its sources were checked. */
import type { BuildRecord } from "../chain/build-records.ts";
import { hashOfCode, kinHashOf, recordOf } from "../chain/build-records.ts";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import { readVerified, readVerifiedKin } from "../store/verified-contracts.ts";
import type { EtherscanRooms } from "./answer.ts";

type Verified = NonNullable<Awaited<ReturnType<typeof readVerified>>>;

export interface Identity {
  readonly code: HexData;
  readonly codeHash: Hex32;
  readonly record: BuildRecord | undefined;
  readonly kinHash: Hex32 | undefined;
  readonly verified: Verified | undefined;
  /** `verified` is of another contract with the same code but for immutable values: the merchants' tokens are such. */
  readonly isKin: boolean;
}

export async function identify({ chain, db }: EtherscanRooms, address: Address): Promise<Identity> {
  const code = await chain.codeOf(address);
  const codeHash = hashOfCode(code);
  const own = await readVerified(db, { address, codeHash });
  const record = await recordOf(code);
  const kinHash = record === undefined ? undefined : kinHashOf(code, record);
  const kin = own !== undefined || kinHash === undefined ? undefined : await readVerifiedKin(db, kinHash);
  return { code, codeHash, record, kinHash, verified: own ?? kin, isKin: kin !== undefined };
}

/** As JSON text: of sources that were checked, or of the build. */
export function readAbiOf({ verified, record }: Identity): string | undefined {
  return verified?.abi ?? (record === undefined ? undefined : JSON.stringify(record.abi));
}
