/** What was asked for with points, for the shop that hands it out and the organisation whose customer asked. */
import type { Caller } from "../../kernel/caller.ts";
import { LedgerError } from "../../kernel/errors.ts";
import { withDatabase } from "../../store/failures.ts";
import type { GoodsRedemption } from "../../store/goods-redemptions.ts";
import { listRedemptions } from "../../store/goods-redemptions.ts";
import type { FulfilmentState } from "../../store/tables-redeeming.ts";
import { foundHold } from "../redeeming/settle-hold.ts";
import type { Rooms } from "../rooms.ts";
import type { NamedRedemption } from "./fulfil.ts";
import { foundRedemption, holdNameOf } from "./fulfil.ts";

export { FULFILMENT_STATES } from "../../store/tables-redeeming.ts";
export type { GoodsRedemption } from "../../store/goods-redemptions.ts";

/** An app sees what was asked for through it, and a customer what it asked for itself. */
export async function showRedemption(rooms: Rooms, caller: Caller, named: NamedRedemption): Promise<GoodsRedemption> {
  const hold = await foundHold(rooms, holdNameOf(named));
  const isOwn =
    caller.self === undefined ? hold.organisation === caller.organisation : hold.account === caller.self.account;
  if (caller.role === "consumer" && !isOwn)
    throw new LedgerError("not_found", { what: `redemption ${named.redemptionRef}` });
  return foundRedemption(rooms, named);
}

export interface RedemptionPage {
  readonly items: readonly GoodsRedemption[];
  readonly nextCursor: string | null;
}

export async function pageRedemptions(
  { db }: Pick<Rooms, "db">,
  page: { merchantId: number; cursor?: string | undefined; limit: number; state?: FulfilmentState | undefined },
): Promise<RedemptionPage> {
  const { merchantId, limit, state } = page;
  const before = page.cursor;
  if (before !== undefined && !/^[0-9]{1,18}$/.test(before))
    throw new LedgerError("request_invalid", { field: "cursor", problem: "must be a nextCursor of this API" });
  const found = await withDatabase(() => listRedemptions(db, { merchantId, before, state, limit: limit + 1 }));
  const items = found.slice(0, limit);
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.holdId ?? null) : null };
}
