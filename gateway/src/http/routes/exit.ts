/** A merchant leaves the alliance, and its holders turn points in for their part of its collateral. */
import { z } from "zod";
import { closeMerchant } from "../../commands/close-merchant.ts";
import type { Leave } from "../../commands/leave.ts";
import { leave } from "../../commands/leave.ts";
import { quotePayout } from "../../commands/quote-payout.ts";
import { turnInHold, turnInPoints } from "../../commands/turn-in-points.ts";
import { answerCommand, commandOut } from "../command-answer.ts";
import { askedOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { addressIn, blockOut, pointsIn } from "../schemas.ts";
import { consentIn, deadlineIn, merchantPath, refIn } from "../write-schemas.ts";

const tag = "Exit";
const write = { method: "post", tag, output: commandOut, status: 202, params: merchantPath } as const;

/** A merchant's own keys may be gone when it winds down, so everybody who has a key can do these for its holders. */
const ANYBODY = ["consumer", "till", "merchant", "member", "operator"] as const;

const turnInBody = z.union([
  z.strictObject({ points: pointsIn, ref: refIn, ...consentIn, deadline: deadlineIn }),
  z.strictObject({
    hold: z
      .strictObject({ holder: addressIn, ref: refIn })
      .meta({ description: "A hold that is over: the whole of it is turned in and its holder paid." }),
  }),
]);

const payoutQuoteOut = z
  .strictObject({
    merchantId: z.int(),
    isOpen: z.boolean().meta({ description: "Whether the merchant winds down; if not, nothing is paid." }),
    points: z.string(),
    alp: z.string().meta({ description: "ALP wei the points would be paid: ⌊pot · points / all points⌋." }),
    block: blockOut,
  })
  .meta({ id: "PayoutQuote" });

interface Step {
  readonly step: Leave["step"];
  readonly path: `/v1/${string}`;
  readonly operationId: string;
  readonly summary: string;
}

const STEPS: readonly Step[] = [
  {
    step: "announce",
    path: "/v1/merchants/:id/exit",
    operationId: "announceExit",
    summary: "Announce that the merchant leaves: it stops issuing at once, and may wind down after the notice",
  },
  {
    step: "windDown",
    path: "/v1/merchants/:id/wind-down",
    operationId: "beginWindDown",
    summary: "Begin to wind down when the notice is over: holders can turn points in for collateral",
  },
  {
    step: "surplus",
    path: "/v1/merchants/:id/surplus",
    operationId: "withdrawSurplus",
    summary: "Take what the collateral holds above the face value of the points outstanding",
  },
];

function ownStep({ step, ...described }: Step): Route {
  return route({
    ...write,
    ...described,
    roles: ["merchant"],
    owned: "merchant",
    run: async (input, rooms) =>
      answerCommand(input, rooms, await leave(rooms, askedOf(input), { merchantId: input.params.id, step })),
  });
}

export const exitRoutes: readonly Route[] = [
  ...STEPS.map(ownStep),
  route({
    ...write,
    path: "/v1/merchants/:id/close",
    operationId: "closeMerchant",
    summary: "Close a merchant when nothing of it is outstanding, or the time to turn points in is over",
    roles: ANYBODY,
    run: async (input, rooms) =>
      answerCommand(input, rooms, await closeMerchant(rooms, askedOf(input), input.params.id)),
  }),
  route({
    ...write,
    path: "/v1/merchants/:id/turn-ins",
    operationId: "turnInPoints",
    customers: "named",
    summary: "Turn points of a merchant that winds down in for their part of its collateral",
    description:
      "With the holder's consent: a customer of yours whose key the gateway keeps, or any account's signature (see " +
      "/v1/signing/turn-in). A hold that is over needs no consent: its holder is paid.",
    roles: ANYBODY,
    body: turnInBody,
    run: async (input, rooms) => {
      const { params, body } = input;
      if ("hold" in body) {
        const held = { merchantId: params.id, hold: body.hold };
        return answerCommand(input, rooms, await turnInHold(rooms, askedOf(input), held));
      }
      const { points, ref, deadline, account, signature, customerId } = body;
      const request = { merchantId: params.id, points, ref, deadline, consent: { account, signature, customerId } };
      return answerCommand(input, rooms, await turnInPoints(rooms, askedOf(input), request));
    },
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/payout-quote",
    operationId: "getPayoutQuote",
    summary: "What points of a merchant that winds down would be paid now",
    tag,
    roles: "public",
    params: merchantPath,
    query: z.strictObject({ points: pointsIn }),
    output: payoutQuoteOut,
    run: async ({ params, query }, rooms) => {
      const { isOpen, alp, block } = await quotePayout(rooms, { merchantId: params.id, points: query.points });
      return { merchantId: params.id, isOpen, points: String(query.points), alp: String(alp), block };
    },
  }),
];
