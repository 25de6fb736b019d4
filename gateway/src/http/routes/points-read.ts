/** Point tokens as anyone in the alliance sees them. */
import { z } from "zod";
import { nameOrder } from "../../commands/name-order.ts";
import { listIssues, listRedemptions } from "../../queries/issues.ts";
import { listDays, listPoints, showPoint } from "../../queries/points.ts";
import { MOVEMENT_KINDS } from "../../kernel/movements.ts";
import { listHolders, listTransfers } from "../../queries/transfers.ts";
import {
  amountOut,
  holdingOut,
  lotOut,
  page,
  placeOut,
  pointFields,
  readingOf,
  tokenParams,
  transferOut,
} from "../read-schemas.ts";
import { route } from "../route.ts";
import { addressIn, addressOut, blockOut, hex32Out, pageOut, pageQuery, timestampOut } from "../schemas.ts";
import { refIn } from "../write-schemas.ts";

const tag = "Points";
const roles = "public";
const secondIn = z.coerce.number<string>().int().min(0).max(4_294_967_295);

const issueOut = z
  .strictObject({
    ...placeOut,
    ref: hex32Out,
    till: addressOut.nullable(),
    isToPool: z.boolean(),
    epoch: z.int().nullable(),
    expiresAt: timestampOut.nullable(),
    itemCount: z.int(),
    points: amountOut,
    reversed: amountOut,
  })
  .meta({ id: "Issue" });

const redemptionOut = z
  .strictObject({
    ...placeOut,
    holder: addressOut,
    ref: hex32Out,
    kind: z.string(),
    state: z.string(),
    points: amountOut,
    redeemed: amountOut,
    returned: amountOut,
    lots: z.array(lotOut),
    releaseAt: timestampOut.nullable(),
    updatedAt: timestampOut,
  })
  .meta({ id: "Redemption" });

const dayOut = z
  .strictObject({
    day: z.string().meta({ description: "YYYY-MM-DD in the merchant's own offset." }),
    issued: amountOut,
    redeemed: amountOut,
    refunded: amountOut,
    expired: amountOut,
    reversed: amountOut,
    swappedIn: amountOut,
    swappedOut: amountOut,
    transfers: z.int(),
    holderCount: z.int(),
    circulating: amountOut,
    held: amountOut,
    pooled: amountOut,
  })
  .meta({ id: "PointDay", description: "Flows of a day, and how the supply stood when it ended." });

export const pointsReadRoutes = [
  route({
    method: "get",
    path: "/v1/points",
    operationId: "listPoints",
    summary: "Every point token with its issuer, supply and coverage",
    tag,
    roles,
    query: page,
    output: pageOut(z.strictObject(pointFields).meta({ id: "Point" })),
    run: ({ query }, rooms) => listPoints(readingOf(rooms), query),
  }),
  route({
    method: "get",
    path: "/v1/points/:token",
    operationId: "getPoint",
    summary: "One point token",
    tag,
    roles,
    params: tokenParams,
    output: z
      .strictObject({ ...pointFields, latestTransfers: z.array(transferOut), block: blockOut })
      .meta({ id: "PointDetail" }),
    run: ({ params }, rooms) => showPoint(readingOf(rooms), params.token),
  }),
  route({
    method: "get",
    path: "/v1/points/:token/holders",
    operationId: "listHolders",
    summary: "Who holds the token, the largest first",
    tag,
    roles,
    params: tokenParams,
    query: page,
    output: pageOut(holdingOut),
    run: ({ params, query }, rooms) => listHolders(readingOf(rooms), params.token, query),
  }),
  route({
    method: "get",
    path: "/v1/points/:token/transfers",
    operationId: "listTransfers",
    summary: "Every movement of the token, newest first",
    tag,
    roles,
    params: tokenParams,
    query: z.strictObject({
      ...pageQuery,
      kind: z.enum(MOVEMENT_KINDS).optional(),
      account: addressIn.optional().meta({ description: "That sent or received them." }),
      from: secondIn.optional().meta({ description: "Unix seconds: at or after." }),
      to: secondIn.optional().meta({ description: "Unix seconds: at or before." }),
    }),
    output: pageOut(transferOut),
    run: ({ params, query }, rooms) => listTransfers(readingOf(rooms), { ...query, token: params.token }, query),
  }),
  route({
    method: "get",
    path: "/v1/points/:token/issues",
    operationId: "listIssues",
    summary: "Every issue of the token, newest first",
    tag,
    roles,
    params: tokenParams,
    query: page,
    output: pageOut(issueOut),
    run: ({ params, query }, rooms) => listIssues(readingOf(rooms), params.token, query),
  }),
  route({
    method: "get",
    path: "/v1/points/:token/redemptions",
    operationId: "listRedemptions",
    summary: "Holds and redemptions of the token, newest first",
    tag,
    roles,
    params: tokenParams,
    query: page.extend({
      holder: addressIn.optional(),
      ref: refIn
        .optional()
        .meta({ description: "The order's number: 32 bytes in hex as they are, other text is hashed (keccak-256)." }),
    }),
    output: pageOut(redemptionOut),
    run({ params: { token }, query: { ref, holder, ...rest } }, rooms) {
      const of = { token, holder, ref: ref === undefined ? undefined : nameOrder(ref) };
      return listRedemptions(readingOf(rooms), of, rest);
    },
  }),
  route({
    method: "get",
    path: "/v1/points/:token/history",
    operationId: "listPointDays",
    summary: "Flows and supply of the token day by day, newest first",
    tag,
    roles,
    params: tokenParams,
    query: page,
    output: pageOut(dayOut),
    run: ({ params, query }, rooms) => listDays(readingOf(rooms), params.token, query),
  }),
];
