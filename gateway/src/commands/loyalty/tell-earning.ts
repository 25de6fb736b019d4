/** What is told of an earning: the same words in every event, with the version of the rules that paid. */
import type { LoyaltyEventName } from "../../kernel/loyalty-events.ts";
import type { Tx } from "../../store/database.ts";
import type { EarningRow } from "../../store/earnings.ts";
import { insertLoyaltyEvent } from "../../store/loyalty-events.ts";

export interface Told {
  readonly name: LoyaltyEventName;
  /** Of this happening to this earning: `issued`, `reversed:<ask>`. */
  readonly key: string;
  readonly points: bigint;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly more?: Readonly<Record<string, unknown>>;
}

export async function tellEarning(tx: Tx, row: EarningRow, told: Told): Promise<void> {
  const objections = row.objections?.map(({ code }) => code) ?? [];
  await insertLoyaltyEvent(tx, {
    merchantId: row.merchant_id,
    name: told.name,
    key: `earning:${row.id}:${told.key}`,
    data: {
      earningId: row.id,
      account: row.account,
      token: row.token,
      source: row.source,
      subject: row.subject,
      ref: row.chain_ref,
      points: told.points.toString(),
      rulesVersion: row.rules_version,
      rulesHash: row.rules_hash,
      ...(objections.length === 0 ? {} : { objections }),
      ...told.more,
    },
    now: told.now,
  });
}
