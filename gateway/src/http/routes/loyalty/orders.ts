/** Orders, what comes back of them, and what the guards object to. */
import { z } from "zod";
import { decideEarning } from "../../../commands/loyalty/decide.ts";
import { placeOrder } from "../../../commands/loyalty/place-order.ts";
import { returnGoods } from "../../../commands/loyalty/return-goods.ts";
import { cancelOrder, confirmOrder } from "../../../commands/loyalty/settle-order.ts";
import type { Rooms } from "../../../commands/rooms.ts";
import { listEarnings, showEarningBooks, viewEarning } from "../../../queries/earnings.ts";
import { listOrders, showOrder } from "../../../queries/orders.ts";
import {
  earningOut,
  earningPath,
  idPageOut,
  idPageQuery,
  orderBody,
  orderOut,
  orderPath,
  reasonIn,
  returnBody,
} from "../../earning-schemas.ts";
import { earningBooksOut } from "../../member-schemas.ts";
import { callerOf } from "../../present.ts";
import type { Answer, Route } from "../../route.ts";
import { route } from "../../route.ts";
import { addressIn } from "../../schemas.ts";
import { merchantPath } from "../../write-schemas.ts";

const tag = "Loyalty";
const ofMerchant = { tag, owned: "merchant" } as const;
const byTill = { ...ofMerchant, method: "post", roles: ["till", "merchant"] } as const;
const readers = { ...ofMerchant, method: "get", roles: ["till", "merchant", "operator"] } as const;

/** 201 for what is new, 200 for what was known. */
export function answerReplay(answer: Answer, isReplay: boolean): void {
  if (!isReplay) return;
  answer.status(200);
  answer.header("Idempotency-Replayed", "true");
}

const shown = (rooms: Rooms, of: { merchantId: number; orderRef: string }) =>
  showOrder(rooms.db, of, rooms.clock.now());

const writes: readonly Route[] = [
  route({
    ...byTill,
    path: "/v1/merchants/:id/orders",
    operationId: "placeOrder",
    summary: "Tell of an order: what it earns is worked out now and waits to mature",
    description:
      "The same orderRef with the same content is answered as before; with another content it is refused (409). The rules in force now hold for this order for ever.",
    bodySize: "large",
    params: merchantPath,
    body: orderBody,
    output: orderOut,
    status: 201,
    async run({ params, body, answer, ...input }, rooms) {
      const request = { ...body, merchantId: params.id };
      const { isReplay } = await placeOrder(rooms, callerOf(input), request);
      answerReplay(answer, isReplay);
      return shown(rooms, request);
    },
  }),
  route({
    ...byTill,
    path: "/v1/merchants/:id/orders/:orderRef/confirm",
    operationId: "confirmOrder",
    summary: "The order is delivered, or otherwise final: its points mature now",
    params: orderPath,
    output: orderOut,
    async run({ params }, rooms) {
      const name = { merchantId: params.id, orderRef: params.orderRef };
      await confirmOrder(rooms, name);
      return shown(rooms, name);
    },
  }),
  route({
    ...byTill,
    path: "/v1/merchants/:id/orders/:orderRef/cancel",
    operationId: "cancelOrder",
    summary: "The order does not take place: nothing of it earns",
    params: orderPath,
    output: orderOut,
    async run({ params }, rooms) {
      const name = { merchantId: params.id, orderRef: params.orderRef };
      await cancelOrder(rooms, name);
      return shown(rooms, name);
    },
  }),
  route({
    ...byTill,
    path: "/v1/merchants/:id/orders/:orderRef/returns",
    operationId: "returnGoods",
    summary: "Goods come back: what the order earns is worked out again with what is kept",
    description:
      "Before the points mature fewer are issued; afterwards the difference is taken back on the chain, and what the customer has spent meanwhile becomes her debt there. What was paid with points at the check-out of the same orderRef goes back in proportion.",
    params: orderPath,
    body: returnBody,
    output: orderOut,
    status: 201,
    async run({ params, body, answer }, rooms) {
      const name = { merchantId: params.id, orderRef: params.orderRef };
      const { isReplay } = await returnGoods(rooms, { ...name, ...body });
      answerReplay(answer, isReplay);
      return shown(rooms, name);
    },
  }),
  route({
    ...ofMerchant,
    method: "post",
    roles: ["merchant"],
    path: "/v1/merchants/:id/earnings/:earningId/decision",
    operationId: "decideEarning",
    summary: "Decide about an earning that the guards object to: pay it after all, or refuse it for good",
    params: earningPath,
    body: z.strictObject({ decision: z.enum(["pay", "refuse"]), reason: reasonIn }),
    output: earningOut,
    async run({ params, body, answer, ...input }, rooms) {
      const request = { ...body, merchantId: params.id, earningId: params.earningId };
      const { earning, isReplay } = await decideEarning(rooms, callerOf(input), request);
      answerReplay(answer, isReplay);
      return viewEarning(earning, rooms.clock.now());
    },
  }),
];

const reads: readonly Route[] = [
  route({
    ...readers,
    path: "/v1/merchants/:id/orders",
    operationId: "listOrders",
    summary: "Orders, the newest first",
    params: merchantPath,
    query: z.strictObject({ ...idPageQuery, account: addressIn.optional() }),
    output: idPageOut(orderOut),
    run: ({ params, query: { account, ...page } }, { db, clock }) =>
      listOrders(db, { merchantId: params.id, account }, { page, nowMs: clock.now() }),
  }),
  route({
    ...readers,
    path: "/v1/merchants/:id/orders/:orderRef",
    operationId: "getOrder",
    summary: "An order, what is kept of it, and what it earns",
    params: orderPath,
    output: orderOut,
    run: ({ params }, rooms) => shown(rooms, { merchantId: params.id, orderRef: params.orderRef }),
  }),
  route({
    ...readers,
    path: "/v1/merchants/:id/objections",
    operationId: "listObjections",
    summary: "Earnings that the guards object to and nobody has decided, the newest first",
    params: merchantPath,
    query: z.strictObject(idPageQuery),
    output: idPageOut(earningOut),
    run: ({ params, query: page }, { db, clock }) =>
      listEarnings(db, { merchantId: params.id, isObjected: true }, { page, nowMs: clock.now() }),
  }),
  route({
    ...readers,
    path: "/v1/merchants/:id/earning-books",
    operationId: "getEarningBooks",
    summary: "What all earnings are worth, by source, against what the chain was asked for",
    roles: ["till", "merchant", "operator", "auditor", "regulator"],
    params: merchantPath,
    output: earningBooksOut,
    run: ({ params }, { db }) => showEarningBooks(db, params.id),
  }),
];

export const ordersRoutes: readonly Route[] = [...writes, ...reads];
