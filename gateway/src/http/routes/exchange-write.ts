/** Customers swap; merchants open, price and fund their side of the pool. */
import { z } from "zod";
import type { PoolChange } from "../../commands/manage-pool.ts";
import { managePool } from "../../commands/manage-pool.ts";
import { swapPoints } from "../../commands/swap-points.ts";
import { answerCommand, commandOut } from "../command-answer.ts";
import { askedOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { addressIn, pointsIn } from "../schemas.ts";
import { consentIn, deadlineIn, pointLimitIn, pointsBody, poolAlpBody, priceIn, tokenPath } from "../write-schemas.ts";

const tag = "Exchange";
const pricesBody = z
  .strictObject({ accept: priceIn, release: priceIn })
  .meta({ id: "Prices", description: "accept: paid for points coming in; release: asked for points going out." });
const limitsBody = z.strictObject({ poolDaily: pointLimitIn, accountDaily: pointLimitIn }).meta({ id: "Limits" });
const pauseBody = z.strictObject({ acceptPaused: z.boolean(), releasePaused: z.boolean() });

/** A change of the merchant's own side; `body` says what the change is. */
function poolRoute<B extends z.ZodType>(
  step: PoolChange["step"],
  text: { operationId: string; summary: string },
  body: B,
  toChange: (body: z.output<B>) => PoolChange,
): Route {
  return route({
    ...text,
    method: "post",
    path: `/v1/exchange/pools/:token/${step}`,
    tag,
    roles: ["merchant"],
    owned: "token",
    params: tokenPath,
    body,
    output: commandOut,
    status: 202,
    run: async (input, rooms) => {
      const change = toChange(input.body as z.output<B>);
      return answerCommand(input, rooms, await managePool(rooms, askedOf(input), input.params.token, change));
    },
  });
}

const NONCE_MAX = (1n << 256n) - 1n;

export const exchangeWriteRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/exchange/swaps",
    operationId: "swapPoints",
    customers: "named",
    summary: "Swap one merchant's points for another's, by a signed order",
    tag,
    roles: ["consumer", "till", "merchant"],
    body: z.strictObject({
      tokenIn: addressIn,
      tokenOut: addressIn,
      amountIn: pointsIn.meta({ description: "Exactly this goes in, or at most this when exactOut." }),
      amountOut: pointsIn.meta({ description: "At least this comes out, or exactly this when exactOut." }),
      exactOut: z.boolean().default(false),
      ...consentIn,
      nonce: z
        .string()
        .regex(/^(0|[1-9][0-9]{0,77})$/, "must be a whole number as a decimal string")
        .transform(BigInt)
        .refine((nonce) => nonce <= NONCE_MAX, "must be below 2^256")
        .optional()
        .meta({ description: "As signed; not for managed customers." }),
      deadline: deadlineIn,
    }),
    output: commandOut,
    status: 202,
    run: async (input, rooms) => {
      const { account, signature, customerId, ...order } = input.body;
      const request = { ...order, consent: { account, signature, customerId } };
      return answerCommand(input, rooms, await swapPoints(rooms, askedOf(input), request));
    },
  }),
  poolRoute(
    "open",
    { operationId: "openPool", summary: "Open the merchant's side with first prices and limits" },
    z.strictObject({ prices: pricesBody, limits: limitsBody }),
    (body) => ({ step: "open", ...body }),
  ),
  poolRoute(
    "prices",
    { operationId: "postPrices", summary: "Post prices; they take effect after the pool's delay" },
    pricesBody,
    (prices) => ({ step: "prices", prices }),
  ),
  poolRoute("limits", { operationId: "setLimits", summary: "Set daily limits" }, limitsBody, (limits) => ({
    step: "limits",
    limits,
  })),
  poolRoute(
    "pause",
    { operationId: "setPause", summary: "Stop taking in, giving out, or both" },
    pauseBody,
    (body) => ({
      step: "pause",
      ...body,
    }),
  ),
  poolRoute(
    "fund-points",
    { operationId: "fundPoints", summary: "Issue points into the reserve, within the collateral's cap" },
    pointsBody,
    (body) => ({ step: "fund-points", ...body }),
  ),
  poolRoute(
    "withdraw-points",
    { operationId: "withdrawPoints", summary: "Destroy points of the reserve" },
    pointsBody,
    (body) => ({ step: "withdraw-points", ...body }),
  ),
  poolRoute(
    "fund-alp",
    { operationId: "fundAlp", summary: "Pay alliance tokens into the reserve" },
    poolAlpBody,
    (body) => ({
      step: "fund-alp",
      ...body,
    }),
  ),
  poolRoute(
    "withdraw-alp",
    { operationId: "withdrawAlp", summary: "Take alliance tokens out of the reserve" },
    poolAlpBody,
    (body) => ({ step: "withdraw-alp", ...body }),
  ),
];
