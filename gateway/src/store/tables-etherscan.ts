/** Rows of migrations/0017-etherscan.sql. */
import type { Generated } from "kysely";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";

export interface VerifiedContractTable {
  address: Address;
  code_hash: Hex32;
  kin_hash: Hex32;
  name: string;
  compiler: string;
  input: string;
  abi: string;
  constructor_arguments: HexData;
  verified_at: Generated<Date>;
}

export interface SourceCheckTable {
  id: Generated<string>;
  outcome: string;
  checked_at: Generated<Date>;
}

export interface EtherscanTables {
  verified_contract: VerifiedContractTable;
  source_check: SourceCheckTable;
}
