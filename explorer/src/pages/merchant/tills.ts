/** What a till has issued today, in the merchant's own time. */
import type { MerchantDetail } from "../../../../gateway/client/generated/types.gen.ts";

type Till = MerchantDetail["tills"][number];

/** `2026-11-23` where the merchant is. */
export const dayThere = (nowSeconds: number, utcOffsetSeconds: number): string =>
  new Date((nowSeconds + utcOffsetSeconds) * 1_000).toISOString().slice(0, 10);

/** The chain keeps the count of the last day on which the till issued; on any other day it begins at 0. */
export const issuedToday = ({ day, issued }: Till, utcOffsetSeconds: number, nowSeconds: number): bigint =>
  day === dayThere(nowSeconds, utcOffsetSeconds) ? BigInt(issued.amount) : 0n;

/** Whole percent, rounded down. */
export const shareOfLimit = (issued: bigint, limit: string): number =>
  limit === "0" ? 0 : Number((issued * 100n) / BigInt(limit));
