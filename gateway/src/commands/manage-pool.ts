/** A merchant's side of the exchange: prices, limits, pauses and reserves. One call each, two where ALP is paid in. */
import { callOf, exchangePool } from "../chain/contracts.ts";
import { refOf } from "../chain/text-ref.ts";
import type { Address, Alp, Points } from "../kernel/ids.ts";
import type { Accepted } from "./accept.ts";
import { acceptAsController } from "./as-controller.ts";
import type { Asked } from "./asked.ts";
import { findMerchantOfToken } from "./find-merchant.ts";
import { approveAlp, tryPayment } from "./manage-collateral.ts";
import type { Rooms } from "./rooms.ts";

export interface Prices {
  /** ALP wei the pool pays for a base unit coming in. */
  readonly accept: bigint;
  /** ALP wei it asks for a base unit going out. */
  readonly release: bigint;
}

export interface Limits {
  /** Base units a day. */
  readonly poolDaily: bigint;
  readonly accountDaily: bigint;
}

export type PoolChange =
  | { readonly step: "open"; readonly prices: Prices; readonly limits: Limits }
  | { readonly step: "prices"; readonly prices: Prices }
  | { readonly step: "limits"; readonly limits: Limits }
  | { readonly step: "pause"; readonly acceptPaused: boolean; readonly releasePaused: boolean }
  | { readonly step: "fund-points" | "withdraw-points"; readonly points: Points }
  | { readonly step: "fund-alp" | "withdraw-alp"; readonly alp: Alp };

/** The ref of a pool issue is the write's own name: a repeated write can not issue twice. */
function encode(token: Address, change: PoolChange, asked: Asked): string {
  switch (change.step) {
    case "open":
      return exchangePool.encodeFunctionData("open", [token, change.prices, change.limits]);
    case "prices":
      return exchangePool.encodeFunctionData("postPrices", [token, change.prices]);
    case "limits":
      return exchangePool.encodeFunctionData("setLimits", [token, change.limits]);
    case "pause":
      return exchangePool.encodeFunctionData("setPause", [token, change.acceptPaused, change.releasePaused]);
    case "fund-points": {
      const ref = refOf(`pool:${asked.caller.organisation}:${asked.idempotencyKey}`);
      return exchangePool.encodeFunctionData("fundPoints", [token, ref, change.points]);
    }
    case "withdraw-points":
      return exchangePool.encodeFunctionData("withdrawPoints", [token, change.points]);
    case "fund-alp":
      return exchangePool.encodeFunctionData("fundAlp", [token, change.alp]);
    case "withdraw-alp":
      return exchangePool.encodeFunctionData("withdrawAlp", [token, change.alp]);
  }
}

export function managePool(rooms: Rooms, asked: Asked, token: Address, change: PoolChange): Promise<Accepted> {
  return acceptAsController(rooms, asked, async () => {
    const merchant = await findMerchantOfToken(rooms, token);
    const pool = rooms.deployment.contracts.exchangePool;
    const call = callOf(pool, encode(token, change, asked));
    const kind = `pool.${change.step}`;
    if (change.step !== "fund-alp") return { kind, merchant, calls: [call] };
    return { kind, merchant, calls: [approveAlp(rooms, pool), call], trial: tryPayment(rooms, pool, change.alp) };
  });
}
