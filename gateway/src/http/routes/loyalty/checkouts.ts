/** Points pay for a part of an order: quote, hold, capture or release, and give back in proportion. */
import { checkOut } from "../../../commands/loyalty/checkout.ts";
import { quoteCheckout } from "../../../commands/loyalty/quote-checkout.ts";
import { refundOrder } from "../../../commands/loyalty/refund-checkout.ts";
import { settleCheckout, showCheckout } from "../../../commands/loyalty/settle-checkout.ts";
import { answerCommand, commandOut } from "../../command-answer.ts";
import { askedOf, callerOf } from "../../present.ts";
import {
  checkoutBody,
  checkoutOut,
  checkoutPath,
  checkoutQuoteBody,
  checkoutQuoteOut,
  checkoutRefundBody,
  checkoutRefundOut,
  orderLinesOf,
  presentCheckout,
  presentCheckoutQuote,
  presentRefund,
} from "../../checkout-schemas.ts";
import type { Route } from "../../route.ts";
import { route } from "../../route.ts";
import { merchantPath } from "../../write-schemas.ts";

const tag = "Loyalty";
const shop = { tag, roles: ["till", "merchant"], owned: "merchant" } as const;
const step = { ...shop, method: "post", params: checkoutPath, output: commandOut, status: 202 } as const;

export const checkoutsRoutes: readonly Route[] = [
  route({
    ...shop,
    method: "post",
    readOnly: true,
    path: "/v1/merchants/:id/checkouts/quote",
    operationId: "quoteCheckout",
    customers: "named",
    summary: "How much of an order points may pay, and how each line is then paid",
    roles: ["till", "merchant", "consumer"],
    params: merchantPath,
    body: checkoutQuoteBody,
    output: checkoutQuoteOut,
    run: async (input, rooms) => {
      const { lines, customerId, account, points, swap } = input.body;
      const caller = callerOf(input);
      const about = { merchantId: input.params.id, lines: orderLinesOf(lines), points, tokenIn: swap?.tokenIn };
      return presentCheckoutQuote(await quoteCheckout(rooms, caller, { ...about, customerId, account }));
    },
  }),
  route({
    ...step,
    path: "/v1/merchants/:id/checkouts",
    operationId: "checkOut",
    summary:
      "Put points on hold for an order; with swap, another merchant's points are swapped in the same transaction",
    description:
      "All or nothing, once an orderRef. The hold is captured when the order is paid, and released when it is cancelled or " +
      "its time is over; then the points are back with the ages they had.",
    params: merchantPath,
    body: checkoutBody,
    run: async (input, rooms) => {
      const { lines, ...body } = input.body;
      const request = { ...body, merchantId: input.params.id, lines: orderLinesOf(lines) };
      return answerCommand(input, rooms, await checkOut(rooms, askedOf(input), request));
    },
  }),
  route({
    ...shop,
    method: "get",
    path: "/v1/merchants/:id/checkouts/:orderRef",
    operationId: "getCheckout",
    summary: "How an order is paid, and what of it has come back",
    params: checkoutPath,
    output: checkoutOut,
    run: async ({ params: { id: merchantId, orderRef } }, rooms) =>
      presentCheckout(await showCheckout(rooms, { merchantId, orderRef })),
  }),
  route({
    ...step,
    path: "/v1/merchants/:id/checkouts/:orderRef/capture",
    operationId: "captureCheckout",
    summary: "The order is paid: its points are consumed",
    run: async (input, rooms) => {
      const { id: merchantId, orderRef } = input.params;
      const settled = await settleCheckout(rooms, askedOf(input), { merchantId, orderRef, step: "capture" });
      return answerCommand(input, rooms, settled);
    },
  }),
  route({
    ...step,
    path: "/v1/merchants/:id/checkouts/:orderRef/release",
    operationId: "releaseCheckout",
    summary: "The order is cancelled: its points go back with their ages",
    run: async (input, rooms) => {
      const { id: merchantId, orderRef } = input.params;
      const settled = await settleCheckout(rooms, askedOf(input), { merchantId, orderRef, step: "release" });
      return answerCommand(input, rooms, settled);
    },
  }),
  route({
    ...shop,
    method: "post",
    path: "/v1/merchants/:id/checkouts/:orderRef/refunds",
    operationId: "refundCheckout",
    summary: "Goods come back: points and money in the proportion they were paid in, exact over any sequence",
    description:
      "For shops that keep their orders elsewhere; a return of an order of this API does it by itself. The points are given " +
      "back on the chain, with their ages, as soon as they are captured. The same returnRef twice is one return.",
    params: checkoutPath,
    body: checkoutRefundBody,
    output: checkoutRefundOut,
    status: 201,
    run: async (input, rooms) => {
      const { id: merchantId, orderRef } = input.params;
      return presentRefund(await refundOrder(rooms, { merchantId, orderRef, ...input.body }));
    },
  }),
];
