/** A friend's first order: what it is worth to who brought her, and to her. One level, never more. */
import type { Fen, Points } from "../kernel/ids.ts";
import type { Referral } from "./rule-book.ts";

export interface ReferralParts {
  readonly referrer: Points;
  readonly friend: Points;
}

const NOTHING: ReferralParts = { referrer: 0n as Points, friend: 0n as Points };

/**
 * By what is kept of the order. The referrer's part has a bound a month; the friend is welcome all the same.
 * Monotone: keeping less never gives more.
 */
export function referralParts(
  referral: Referral | undefined,
  keptFen: Fen,
  paidFriendsThisMonth: number,
): ReferralParts {
  if (referral === undefined || keptFen <= 0n || keptFen < referral.minimumFen) return NOTHING;
  const hasRoom = paidFriendsThisMonth < referral.perMonthMax;
  return { referrer: hasRoom ? referral.referrerPoints : NOTHING.referrer, friend: referral.friendPoints };
}
