/** A customer joins a merchant, brought by another member perhaps. Who brought her is said once, before she buys. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/caller.ts";
import type { Address } from "../../kernel/ids.ts";
import type { Tx } from "../../store/database.ts";
import { withDatabase } from "../../store/failures.ts";
import { insertMember, readMember } from "../../store/loyalty-members.ts";
import { readInForce } from "../../store/loyalty-rules.ts";
import type { StoredObjection } from "../../store/tables-earning.ts";
import type { Rooms } from "../rooms.ts";
import { findRules } from "./find-rules.ts";
import { findObjections } from "./guard.ts";
import type { Whose } from "./whose.ts";
import { accountOf, findShop } from "./whose.ts";

export interface JoinRequest extends Whose {
  readonly merchantId: number;
  readonly referrer?: Address | undefined;
}

export interface Joined {
  readonly account: Address;
  readonly isReplay: boolean;
}

export async function joinMember(rooms: Rooms, caller: Caller, request: JoinRequest): Promise<Joined> {
  const account = await accountOf(rooms, caller, request);
  const { merchantId, referrer } = request;
  const now = Math.floor(rooms.clock.now() / 1000);
  return withDatabase(() =>
    rooms.db.transaction().execute(async (tx) => {
      await findShop(tx, merchantId);
      const known = await readMember(tx, merchantId, account);
      if (known !== undefined) {
        if (known.referrer === (referrer ?? null)) return { account, isReplay: true };
        throw new LedgerError("member_exists", { account, merchantId, referrer: known.referrer ?? "-" });
      }
      const objections =
        referrer === undefined ? [] : await objectionsTo(tx, { merchantId, account, referrer, at: now });
      await insertMember(tx, { merchantId, account, referrer, objections, now });
      return { account, isReplay: false };
    }),
  );
}

async function objectionsTo(
  tx: Tx,
  deed: { merchantId: number; account: Address; referrer: Address; at: number },
): Promise<readonly StoredObjection[]> {
  const { merchantId, account, referrer } = deed;
  if (referrer === account || (await readMember(tx, merchantId, referrer)) === undefined)
    throw new LedgerError("referrer_unfit", { account, referrer });
  if ((await readInForce(tx, merchantId)) === undefined) return [];
  return findObjections(tx, (await findRules(tx, merchantId)).book, { ...deed, kind: "referral" });
}
