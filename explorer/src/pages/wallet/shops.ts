/** Who issues which points: every shop of the alliance, as the wallet speaks of it. */
import { useQuery } from "@tanstack/react-query";
import { listPointsOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Point } from "../../../../gateway/client/generated/types.gen.ts";

export interface Shop {
  readonly token: string;
  readonly merchantId: number;
  readonly name: string;
  readonly pointName: string;
  readonly symbol: string;
  readonly decimals: number;
  readonly pointsPerYuan: number;
  /** Nothing of it moves. */
  readonly isPaused: boolean;
}

const MOST_SHOPS = 200;

const shopOf = ({ token, issuer, name, symbol, decimals, pointsPerYuan, isPaused }: Point): Shop => ({
  token,
  merchantId: issuer.id,
  name: issuer.legalName,
  pointName: name,
  symbol,
  decimals,
  pointsPerYuan,
  isPaused,
});

const shopsOf = ({ items }: { items: readonly Point[] }): readonly Shop[] => items.map(shopOf);

export const useShops = () => useQuery({ ...listPointsOptions({ query: { limit: MOST_SHOPS } }), select: shopsOf });

export function useShop(token: string | undefined): Shop | undefined {
  const { data } = useShops();
  return data?.find((shop) => shop.token === token?.toLowerCase());
}

/** What points take off a bill at their own shop, in fen, rounded down: 100 base units are a point. */
export const faceFen = (amount: string | bigint, pointsPerYuan: number): bigint =>
  BigInt(amount) / BigInt(pointsPerYuan);

/** `12.50` of 1250 fen; whole digits grouped. */
export function yuanText(fen: bigint): string {
  const whole = (fen / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = fen % 100n;
  return rest === 0n ? whole : `${whole}.${rest.toString().padStart(2, "0")}`;
}
