/** Goods for points: the merchant's catalogue, redemptions, and their way to the customer. */
import { z } from "zod";
import { putConnector, showConnector } from "../../../commands/goods/connectors.ts";
import { acceptRedemption, cancelRedemption, handOver } from "../../../commands/goods/fulfil.ts";
import { pageGoods, putGoods, showGoods } from "../../../commands/goods/manage-goods.ts";
import { redeemGoods } from "../../../commands/goods/redeem-goods.ts";
import { pageRedemptions, showRedemption } from "../../../commands/goods/show-redemptions.ts";
import { answerCommand, commandOut } from "../../command-answer.ts";
import {
  connectorBody,
  connectorOut,
  connectorPath,
  fulfilmentIn,
  goodsBody,
  goodsOf,
  goodsOut,
  goodsPageOut,
  goodsPath,
  goodsRedemptionBody,
  presentGoods,
  presentRedemption,
  redemptionOut,
  redemptionPageOut,
  redemptionPath,
} from "../../goods-schemas.ts";
import { askedOf, callerOf } from "../../present.ts";
import type { Route } from "../../route.ts";
import { route } from "../../route.ts";
import { pageQuery, textIn } from "../../schemas.ts";
import { merchantPath } from "../../write-schemas.ts";

const tag = "Goods";
const shop = { tag, roles: ["till", "merchant"], owned: "merchant" } as const;
const step = { ...shop, method: "post", params: redemptionPath, output: commandOut, status: 202 } as const;
const handing = { ...shop, method: "post", params: redemptionPath, output: redemptionOut } as const;

const catalogueRoutes: readonly Route[] = [
  route({
    ...shop,
    method: "put",
    path: "/v1/merchants/:id/goods/:sku",
    operationId: "putGoods",
    summary: "Put goods into the catalogue, or change them",
    description: "Everything is replaced. `stock` is what is left to redeem from now on.",
    roles: ["merchant"],
    params: goodsPath,
    body: goodsBody,
    output: goodsOut,
    run: async ({ params: { id, sku }, body }, rooms) => presentGoods(await putGoods(rooms, goodsOf(id, sku, body))),
  }),
  route({
    tag,
    method: "get",
    path: "/v1/merchants/:id/goods/:sku",
    operationId: "getGoods",
    summary: "One article of the catalogue: price in points and what is left",
    roles: "public",
    params: goodsPath,
    output: goodsOut,
    run: async ({ params: { id, sku } }, rooms) => presentGoods(await showGoods(rooms, id, sku)),
  }),
  route({
    tag,
    method: "get",
    path: "/v1/merchants/:id/goods",
    operationId: "listGoods",
    summary: "The merchant's catalogue",
    roles: "public",
    params: merchantPath,
    query: z.strictObject(pageQuery),
    output: goodsPageOut,
    run: async ({ params, query }, rooms) => {
      const { items, nextCursor } = await pageGoods(rooms, { merchantId: params.id, ...query });
      return { items: items.map(presentGoods), nextCursor };
    },
  }),
];

const connectorRoutes: readonly Route[] = [
  route({
    tag,
    owned: "merchant",
    method: "put",
    path: "/v1/merchants/:id/goods-connectors/:connectorRef",
    operationId: "putGoodsConnector",
    summary: "Name an outside catalogue: its goods are reserved, confirmed and cancelled there",
    roles: ["merchant"],
    params: connectorPath,
    body: connectorBody,
    output: connectorOut,
    run: ({ params: { id: merchantId, connectorRef }, body }, rooms) =>
      putConnector(rooms, { merchantId, connectorRef, ...body }),
  }),
  route({
    tag,
    owned: "merchant",
    method: "get",
    path: "/v1/merchants/:id/goods-connectors/:connectorRef",
    operationId: "getGoodsConnector",
    summary: "An outside catalogue, without its secret",
    roles: ["merchant"],
    params: connectorPath,
    output: connectorOut,
    run: ({ params: { id: merchantId, connectorRef } }, rooms) => showConnector(rooms, { merchantId, connectorRef }),
  }),
];

const redemptionRoutes: readonly Route[] = [
  route({
    method: "post",
    tag,
    path: "/v1/merchants/:id/goods/:sku/redemptions",
    operationId: "redeemGoods",
    customers: "named",
    summary: "Redeem goods: the pieces are set aside and the points put on hold, or nothing happens",
    description:
      "Never sells more than there is, and no more to a customer than the limit, however many ask at once. The points are " +
      "consumed when the shop accepts; what it does not accept in time gives points and pieces back by itself.",
    roles: ["consumer", "till", "merchant"],
    owned: "merchant",
    params: goodsPath,
    body: goodsRedemptionBody,
    output: commandOut,
    status: 202,
    run: async (input, rooms) => {
      const { id: merchantId, sku } = input.params;
      const request = { merchantId, sku, ...input.body };
      return answerCommand(input, rooms, await redeemGoods(rooms, askedOf(input), request));
    },
  }),
  route({
    ...shop,
    method: "get",
    path: "/v1/merchants/:id/goods-redemptions",
    operationId: "listGoodsRedemptions",
    summary: "What was asked for with points, newest first",
    params: merchantPath,
    query: z.strictObject({ ...pageQuery, state: fulfilmentIn.optional() }),
    output: redemptionPageOut,
    run: async ({ params, query }, rooms) => {
      const { items, nextCursor } = await pageRedemptions(rooms, { merchantId: params.id, ...query });
      return { items: items.map(presentRedemption), nextCursor };
    },
  }),
  route({
    ...shop,
    method: "get",
    path: "/v1/merchants/:id/goods-redemptions/:redemptionRef",
    operationId: "getGoodsRedemption",
    customers: "checked",
    summary: "How far a redemption of goods has come",
    roles: ["consumer", "till", "merchant"],
    params: redemptionPath,
    output: redemptionOut,
    run: async (input, rooms) => {
      const { id: merchantId, redemptionRef } = input.params;
      return presentRedemption(await showRedemption(rooms, callerOf(input), { merchantId, redemptionRef }));
    },
  }),
];

const fulfilmentRoutes: readonly Route[] = [
  route({
    ...step,
    path: "/v1/merchants/:id/goods-redemptions/:redemptionRef/accept",
    operationId: "acceptGoodsRedemption",
    summary: "The shop takes the order: the points are consumed",
    run: async (input, rooms) => {
      const { id: merchantId, redemptionRef } = input.params;
      return answerCommand(input, rooms, await acceptRedemption(rooms, askedOf(input), { merchantId, redemptionRef }));
    },
  }),
  route({
    ...step,
    path: "/v1/merchants/:id/goods-redemptions/:redemptionRef/cancel",
    operationId: "cancelGoodsRedemption",
    summary: "Points go back with their ages, pieces to the stock; before or after the points were consumed",
    body: z.strictObject({ reason: textIn(200).meta({ description: "For the customer.", example: "sold out" }) }),
    run: async (input, rooms) => {
      const { id: merchantId, redemptionRef } = input.params;
      const named = { merchantId, redemptionRef, ...input.body };
      return answerCommand(input, rooms, await cancelRedemption(rooms, askedOf(input), named));
    },
  }),
  route({
    ...handing,
    path: "/v1/merchants/:id/goods-redemptions/:redemptionRef/ship",
    operationId: "shipGoodsRedemption",
    summary: "The goods are on their way",
    body: z.strictObject({
      tracking: textIn(100).optional().meta({ description: "The carrier's number.", example: "SF1234567890" }),
    }),
    run: async (input, rooms) => {
      const { id: merchantId, redemptionRef } = input.params;
      const handed = { to: "shipped", ...input.body } as const;
      return presentRedemption(await handOver(rooms, { merchantId, redemptionRef }, handed));
    },
  }),
  route({
    ...handing,
    path: "/v1/merchants/:id/goods-redemptions/:redemptionRef/deliver",
    operationId: "deliverGoodsRedemption",
    summary: "The goods are with the customer",
    run: async (input, rooms) => {
      const { id: merchantId, redemptionRef } = input.params;
      return presentRedemption(await handOver(rooms, { merchantId, redemptionRef }, { to: "delivered" }));
    },
  }),
];

export const goodsRoutes: readonly Route[] = [
  ...catalogueRoutes,
  ...connectorRoutes,
  ...redemptionRoutes,
  ...fulfilmentRoutes,
];
