/** The merchants' rule books; migrations/0009-rules.sql explains each column. */
import type { ColumnType } from "kysely";
import type { Address, Hex32 } from "../kernel/ids.ts";

type Time = ColumnType<Date, string, string>;

export interface RulesTables {
  loyalty_rules_draft: {
    merchant_id: number;
    document: string;
    rules_hash: Hex32;
    updated_at: Time;
    updated_by: string;
  };
  loyalty_rules: {
    merchant_id: number;
    version: number;
    document: string;
    rules_hash: Hex32;
    state: "publishing" | "published";
    command_id: string;
    requested_at: Time;
    published_at: ColumnType<Date | null, string | null, string | null>;
    published_by: string;
  };
  loyalty_device: { merchant_id: number; device_hash: string; account: Address; last_at: string | number };
}
