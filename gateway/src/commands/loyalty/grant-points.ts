/** Points by hand, with a reason that stays with them: goodwill, a correction, an old order. Caps do not count them. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/caller.ts";
import type { Points } from "../../kernel/ids.ts";
import { localDay } from "../../loyalty/usage.ts";
import type { Tx } from "../../store/database.ts";
import type { EarningRow } from "../../store/earnings.ts";
import { readEarningByRef } from "../../store/earnings.ts";
import { withDatabase } from "../../store/failures.ts";
import { insertMember } from "../../store/loyalty-members.ts";
import { readInForce } from "../../store/loyalty-rules.ts";
import type { StoredObjection } from "../../store/tables-earning.ts";
import type { Address } from "../../kernel/ids.ts";
import type { Rooms } from "../rooms.ts";
import { bookEarning } from "./book-earning.ts";
import { findRules } from "./find-rules.ts";
import { findObjections } from "./guard.ts";
import type { Whose } from "./whose.ts";
import { accountOf, contentHash, findShop } from "./whose.ts";

export interface GrantRequest extends Whose {
  readonly merchantId: number;
  readonly grantRef: string;
  readonly points: Points;
  readonly reason: string;
}

export interface Granted {
  readonly earning: EarningRow;
  readonly isReplay: boolean;
}

export async function grantPoints(rooms: Rooms, caller: Caller, request: GrantRequest): Promise<Granted> {
  const account = await accountOf(rooms, caller, request);
  const { merchantId, grantRef, points, reason } = request;
  const hash = contentHash({ account, points, reason });
  const nowMs = rooms.clock.now();
  const now = Math.floor(nowMs / 1000);
  return withDatabase(() =>
    rooms.db.transaction().execute(async (tx) => {
      const shop = await findShop(tx, merchantId);
      await insertMember(tx, { merchantId, account, now });
      const chainRef = `grant:${grantRef}`;
      const made = await bookEarning(
        tx,
        { shop, nowMs },
        {
          source: "grant",
          account,
          subject: grantRef,
          chainRef,
          contentHash: hash,
          shares: [],
          points,
          reason,
          day: localDay(now, shop.utcOffsetSeconds),
          maturesAt: now,
          objections: await selfDealing(tx, { merchantId, account, at: now }),
        },
      );
      if (made !== undefined) return { earning: made, isReplay: false };
      const known = await readEarningByRef(tx, shop.token, chainRef);
      if (known?.content_hash !== hash) throw new LedgerError("grant_exists", { grantRef });
      return { earning: known, isReplay: true };
    }),
  );
}

/** A person decided on a grant already: only that it goes to the merchant's own pocket, or to a frozen account, is asked. */
async function selfDealing(
  tx: Tx,
  deed: { merchantId: number; account: Address; at: number },
): Promise<readonly StoredObjection[]> {
  if ((await readInForce(tx, deed.merchantId)) === undefined) return [];
  const { book } = await findRules(tx, deed.merchantId);
  const found = await findObjections(tx, book, { ...deed, kind: "event" });
  return found.filter(({ code }) => code === "self_dealing" || code === "frozen");
}
