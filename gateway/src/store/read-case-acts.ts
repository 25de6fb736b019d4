/** What was done on the chain under one case number. */
import { sql } from "kysely";
import type { Hex32 } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

export interface CaseActRow {
  readonly position: string;
  readonly act: string;
  readonly subject: string;
  readonly value: string | null;
  readonly transaction_hash: Hex32;
  readonly time: string;
}

/** In the order of the chain, the first 1,000. Of an account only its present standing is kept, with its last case. */
export async function readCaseActs(tx: Tx, caseNumber: Hex32): Promise<CaseActRow[]> {
  const found = await sql<CaseActRow>`
    select position::text as position, act, subject, value, transaction_hash, time::text as time from (
      select position, case when is_frozen then 'freeze' else 'unfreeze' end as act, account as subject,
        null::text as value, transaction_hash, time from frozen_account where case_number = ${caseNumber}
      union all
      select position, case when until is null then 'unpause' else 'pause' end, token, until::text, transaction_hash, time
        from pause_change where case_number = ${caseNumber}
      union all
      select position, measure, merchant_id::text, value::text, transaction_hash, time
        from measure where case_number = ${caseNumber}
      union all
      select position, 'orderTransfer', id::text, points::text, transaction_hash, time
        from transfer_order where case_number = ${caseNumber}
      union all
      select position, 'seize', merchant_id::text, alp::text, transaction_hash, time
        from seizure where case_number = ${caseNumber}
    ) as acts order by position limit 1000`.execute(tx);
  return found.rows;
}
