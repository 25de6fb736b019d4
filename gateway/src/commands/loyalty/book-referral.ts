/** A friend's first order: what it earns for who brought her, and for her. Both fall with the order. */
import type { Address, Fen, Points } from "../../kernel/ids.ts";
import { referralParts } from "../../loyalty/referral.ts";
import { daysOfMonth } from "../../loyalty/usage.ts";
import type { Tx } from "../../store/database.ts";
import { countFriends } from "../../store/earnings.ts";
import type { MemberRow } from "../../store/loyalty-members.ts";
import type { OrderRow } from "../../store/loyalty-orders.ts";
import type { StoredObjection } from "../../store/tables-earning.ts";
import { bookEarning, chainRefOf } from "./book-earning.ts";
import type { TaskStage } from "./do-tasks.ts";
import { findObjections } from "./guard.ts";

export interface FirstOrder {
  readonly order: OrderRow;
  readonly member: MemberRow;
  readonly referrer: Address;
  readonly objections: readonly StoredObjection[];
  readonly day: number;
  readonly maturesAt: number | undefined;
}

export async function bookReferral(tx: Tx, stage: TaskStage, first: FirstOrder): Promise<void> {
  const { order, referrer, day } = first;
  const { shop, rules, usage } = stage;
  const month = daysOfMonth(day);
  const of = { merchantId: shop.merchantId, referrer, fromDay: month.from, untilDay: month.until };
  const parts = referralParts(rules.book.referral, BigInt(order.kept_fen) as Fen, await countFriends(tx, of));
  const objections = await objectionsTo(tx, stage, first);
  for (const [side, account, worth] of [
    ["referrer", referrer, parts.referrer],
    ["friend", order.account, parts.friend],
  ] as const) {
    const points: Points = usage.withinBook(worth, { account, day });
    if (points === 0n) continue;
    await bookEarning(tx, stage, {
      source: "referral",
      account,
      subject: order.account,
      chainRef: chainRefOf("refer", `${order.order_ref}:${side.slice(0, 1)}`, rules.rulesHash),
      orderId: order.id,
      rules: { version: rules.version, hash: rules.rulesHash },
      shares: [{ ruleId: `referral:${side}`, points }],
      points,
      day,
      maturesAt: first.maturesAt,
      objections,
    });
  }
}

/** What was found when she joined, about her order, and about the two of them now. */
async function objectionsTo(
  tx: Tx,
  { shop, rules }: TaskStage,
  { order, member, referrer, objections }: FirstOrder,
): Promise<StoredObjection[]> {
  const found = await findObjections(tx, rules.book, {
    merchantId: shop.merchantId,
    account: order.account,
    at: Number(order.placed_at),
    kind: "referral",
    deviceHash: order.device_hash ?? undefined,
    referrer,
  });
  const all = [...objections, ...(member.objections ?? []), ...found];
  return [...new Map(all.map((one) => [one.code, one])).values()];
}
