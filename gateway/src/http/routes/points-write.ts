/** What tills and customers do with points: issue, reverse, hold, redeem, send. */
import { z } from "zod";
import { issuePoints } from "../../commands/issue-points.ts";
import { holdPoints, redeemPoints } from "../../commands/redeem-points.ts";
import { reverseIssue } from "../../commands/reverse-issue.ts";
import { setTill } from "../../commands/set-till.ts";
import { settleRedemption } from "../../commands/settle-redemption.ts";
import { transferPoints } from "../../commands/transfer-points.ts";
import { answerCommand, commandOut } from "../command-answer.ts";
import { askedOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { addressIn, hex32In, pointsIn, timeIn } from "../schemas.ts";
import {
  consentIn,
  deadlineIn,
  kindIn,
  orderRefIn,
  pointsBody,
  refIn,
  tillLimitIn,
  tokenPath,
} from "../write-schemas.ts";

const ITEMS_MAX = 5_000;
const EPOCH_MAX = 2 ** 30 - 1;
const HOLD_SECONDS_MAX = 30 * 86_400;

const tag = "Points";
const accepted = { method: "post", tag, output: commandOut, status: 202 } as const;
const tillOnly = { ...accepted, roles: ["till", "merchant"], owned: "token" } as const;
const redemptionPath = z.strictObject({ token: addressIn, holder: addressIn, ref: refIn });

const issueItem = z
  .strictObject({ to: addressIn, points: pointsIn, orderRef: orderRefIn })
  .meta({ id: "IssueItem", description: "Points for one order." });

const redemptionBody = { points: pointsIn, kind: kindIn, ref: refIn, ...consentIn, deadline: deadlineIn };

function consentOf<T extends { account?: unknown; signature?: unknown; customerId?: unknown }>(body: T) {
  const { account, signature, customerId } = body;
  return { account, signature, customerId } as Pick<T, "account" | "signature" | "customerId">;
}

export const pointsWriteRoutes: readonly Route[] = [
  route({
    ...accepted,
    path: "/v1/points/:token/tills",
    operationId: "setTill",
    summary: "Add a till, or change what one may issue a day",
    roles: ["merchant"],
    owned: "token",
    params: tokenPath,
    body: z.strictObject({
      till: addressIn.optional().meta({ description: "Left out: the gateway makes a key and keeps it." }),
      dailyLimit: tillLimitIn,
    }),
    run: async (input, rooms) =>
      answerCommand(input, rooms, await setTill(rooms, askedOf(input), { ...input.params, ...input.body })),
  }),
  route({
    ...tillOnly,
    path: "/v1/points/:token/issues",
    operationId: "issuePoints",
    summary: "Issue points for 1 to 5,000 orders; each order once, for ever",
    bodySize: "large",
    params: tokenPath,
    body: z.strictObject({
      items: z.array(issueItem).min(1).max(ITEMS_MAX),
      epoch: z
        .int()
        .min(0)
        .max(EPOCH_MAX)
        .optional()
        .meta({ description: "An older live epoch, so that the points expire sooner; left out: the current one." }),
    }),
    run: async (input, rooms) =>
      answerCommand(input, rooms, await issuePoints(rooms, askedOf(input), { ...input.params, ...input.body })),
  }),
  route({
    ...tillOnly,
    path: "/v1/points/:token/issues/reverse",
    operationId: "reverseIssue",
    summary: "Take points of one order back (returned goods); what is spent becomes a debt",
    params: tokenPath,
    body: z.strictObject({ orderRef: orderRefIn, points: pointsIn }),
    run: async (input, rooms) =>
      answerCommand(input, rooms, await reverseIssue(rooms, askedOf(input), { ...input.params, ...input.body })),
  }),
  route({
    ...accepted,
    path: "/v1/points/:token/redemptions",
    operationId: "redeemPoints",
    customers: "named",
    summary: "Redeem points at once, with the holder's consent",
    roles: ["consumer", "till", "merchant"],
    params: tokenPath,
    body: z.strictObject(redemptionBody),
    run: async (input, rooms) => {
      const { points, kind, ref, deadline } = input.body;
      const request = { ...input.params, points, kind, ref, deadline, consent: consentOf(input.body) };
      return answerCommand(input, rooms, await redeemPoints(rooms, askedOf(input), request));
    },
  }),
  route({
    ...accepted,
    path: "/v1/points/:token/holds",
    operationId: "holdPoints",
    customers: "named",
    summary: "Put points on hold for an order, with the holder's consent",
    roles: ["consumer", "till", "merchant"],
    params: tokenPath,
    body: z.strictObject({
      ...redemptionBody,
      releaseAt: timeIn.optional().meta({ description: "Unix seconds, as signed; not for managed customers." }),
      seconds: z
        .int()
        .min(1)
        .max(HOLD_SECONDS_MAX)
        .optional()
        .meta({ description: "For managed customers: how long; 3,600 when left out." }),
    }),
    run: async (input, rooms) => {
      const { points, kind, ref, deadline, releaseAt, seconds } = input.body;
      const about = { points, kind, ref, deadline, releaseAt, seconds };
      const request = { ...input.params, ...about, consent: consentOf(input.body) };
      return answerCommand(input, rooms, await holdPoints(rooms, askedOf(input), request));
    },
  }),
  ...settlementRoutes(),
  route({
    ...accepted,
    path: "/v1/points/:token/transfers",
    operationId: "transferPoints",
    customers: "named",
    summary: "Send points to another account, gas-free, by a signed authorization",
    roles: ["consumer", "till", "merchant"],
    params: tokenPath,
    body: z.strictObject({
      to: addressIn,
      points: pointsIn,
      ...consentIn,
      validAfter: timeIn.optional(),
      validBefore: timeIn.optional(),
      nonce: hex32In.optional(),
    }),
    run: async (input, rooms) => {
      const { to, points, validAfter, validBefore, nonce } = input.body;
      const about = { to, points, validAfter, validBefore, nonce };
      const request = { ...input.params, ...about, consent: consentOf(input.body) };
      return answerCommand(input, rooms, await transferPoints(rooms, askedOf(input), request));
    },
  }),
];

function settlementRoutes(): Route[] {
  const base = { ...tillOnly, params: redemptionPath } as const;
  return [
    route({
      ...base,
      path: "/v1/points/:token/redemptions/:holder/:ref/capture",
      operationId: "captureHold",
      summary: "Redeem points of a hold; the rest goes back with its ages",
      body: pointsBody,
      run: async (input, rooms) => {
        const settlement = { ...input.params, ...input.body, step: "capture" } as const;
        return answerCommand(input, rooms, await settleRedemption(rooms, askedOf(input), settlement));
      },
    }),
    route({
      ...base,
      path: "/v1/points/:token/redemptions/:holder/:ref/release",
      operationId: "releaseHold",
      summary: "Give a hold back with its original ages: the shop at any time, a customer once it has timed out",
      roles: ["consumer", "till", "merchant"],
      customers: "named",
      run: async (input, rooms) => {
        const settlement = { ...input.params, step: "release" } as const;
        return answerCommand(input, rooms, await settleRedemption(rooms, askedOf(input), settlement));
      },
    }),
    route({
      ...base,
      path: "/v1/points/:token/redemptions/:holder/:ref/refund",
      operationId: "refundRedemption",
      summary: "Give points of a redemption back with their original ages",
      body: pointsBody,
      run: async (input, rooms) => {
        const settlement = { ...input.params, ...input.body, step: "refund" } as const;
        return answerCommand(input, rooms, await settleRedemption(rooms, askedOf(input), settlement));
      },
    }),
  ];
}
