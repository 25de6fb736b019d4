/** Figures that charts are made of. */
import { z } from "zod";
import { showDistribution } from "../../queries/distribution.ts";
import { listOverviewDays } from "../../queries/overview-days.ts";
import { showPointExpiries } from "../../queries/point-expiries.ts";
import { listPrices } from "../../queries/pools.ts";
import { showFlowsOf } from "../../queries/swaps.ts";
import { distributionOut, overviewDaysOut, pointExpiriesOut, pointFlowsOut, priceOut } from "../figure-schemas.ts";
import { page, readingOf, tokenParams } from "../read-schemas.ts";
import { route } from "../route.ts";
import { pageOut } from "../schemas.ts";

const roles = "public";

const lastDays = (max: number) => z.strictObject({ days: z.coerce.number<string>().int().min(1).max(max).default(30) });

export const figuresReadRoutes = [
  route({
    method: "get",
    path: "/v1/overview/days",
    operationId: "listOverviewDays",
    summary: "The alliance day by day: what was issued, redeemed, swapped, and by how many accounts",
    description:
      "Days of the alliance (UTC+8), of a token those of its merchant. Points of different merchants are added at face value.",
    tag: "Chain",
    roles,
    query: lastDays(366),
    output: overviewDaysOut,
    run: ({ query }, rooms) => listOverviewDays(readingOf(rooms), query.days),
  }),
  route({
    method: "get",
    path: "/v1/points/:token/distribution",
    operationId: "getDistribution",
    summary: "How the token is spread over its holders: concentration curve, Gini coefficient, sizes",
    tag: "Points",
    roles,
    params: tokenParams,
    output: distributionOut,
    run: ({ params }, rooms) => showDistribution(readingOf(rooms), params.token),
  }),
  route({
    method: "get",
    path: "/v1/points/:token/expiries",
    operationId: "getPointExpiries",
    summary: "When the points of the token expire, and what expired before",
    tag: "Points",
    roles,
    params: tokenParams,
    output: pointExpiriesOut,
    run: ({ params }, rooms) => showPointExpiries(readingOf(rooms), params.token),
  }),
  route({
    method: "get",
    path: "/v1/points/:token/flows",
    operationId: "getPointFlows",
    summary: "What flowed between the token and each other merchant's in the last days (UTC), both directions",
    tag: "Points",
    roles,
    params: tokenParams,
    query: lastDays(3_660),
    output: pointFlowsOut,
    run: ({ params, query }, rooms) => showFlowsOf(readingOf(rooms), params.token, query.days),
  }),
  route({
    method: "get",
    path: "/v1/exchange/pools/:token/prices",
    operationId: "listPrices",
    summary: "Every price the merchant ever posted, newest first",
    tag: "Exchange",
    roles,
    params: tokenParams,
    query: page,
    output: pageOut(priceOut),
    run: ({ params, query }, rooms) => listPrices(readingOf(rooms), params.token, query),
  }),
];
