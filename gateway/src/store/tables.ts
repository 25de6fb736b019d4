/** Every table of the store, by the room that writes it. One file a side; the SQL is in migrations/. */
import type { AccessTables } from "./tables-access.ts";
import type { DeskTables } from "./tables-desk.ts";
import type { DrawSecretTables } from "./tables-draws.ts";
import type { EarningTables } from "./tables-earning.ts";
import type { EtherscanTables } from "./tables-etherscan.ts";
import type { ExpiryTables } from "./tables-expiry.ts";
import type { HookTables } from "./tables-hooks.ts";
import type { LedgerTables } from "./tables-ledger.ts";
import type { OutboxTables } from "./tables-outbox.ts";
import type { RedeemingTables } from "./tables-redeeming.ts";
import type { RulesTables } from "./tables-rules.ts";

export type Tables = AccessTables &
  DeskTables &
  DrawSecretTables &
  EarningTables &
  EtherscanTables &
  ExpiryTables &
  HookTables &
  LedgerTables &
  OutboxTables &
  RedeemingTables &
  RulesTables;
