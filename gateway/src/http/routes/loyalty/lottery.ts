/** Draws of prizes for points: announced by merchants, witnessed by members, anybody can draw them again. */
import { z } from "zod";
import type { DrawStep } from "../../../commands/lottery/advance-draw.ts";
import { advanceDraw, revealSecret } from "../../../commands/lottery/advance-draw.ts";
import { announceDraw } from "../../../commands/lottery/announce-draw.ts";
import { buyTickets, prepareTickets } from "../../../commands/lottery/buy-tickets.ts";
import { witnessDraw } from "../../../commands/lottery/witness-draw.ts";
import { DRAW_STATES } from "../../../kernel/statuses.ts";
import { listDraws, listPurchases, showDraw } from "../../../queries/draws.ts";
import { answerCommand, commandOut } from "../../command-answer.ts";
import { drawDetailFields, drawIn, drawOut, drawPath, purchaseOut, ticketsBody } from "../../lottery-schemas.ts";
import { askedOf } from "../../present.ts";
import { readingOf } from "../../read-schemas.ts";
import type { Route } from "../../route.ts";
import { route } from "../../route.ts";
import { addressIn, blockOut, pageOut, pageQuery } from "../../schemas.ts";
import { merchantPath, refIn } from "../../write-schemas.ts";
import { typedDataOut } from "../signing.ts";

const tag = "Lottery";
const accepted = { method: "post", tag, output: commandOut, status: 202 } as const;
const read = { method: "get", tag, roles: "public" } as const;

interface StepText extends Pick<Route, "operationId" | "summary" | "description" | "customers"> {
  readonly step: DrawStep["step"];
}

/** A step that anybody may take on the chain. */
function stepRoute<B extends z.ZodObject>(text: StepText, body: B, toStep: (body: z.output<B>) => DrawStep): Route {
  const { step, ...rest } = text;
  return route({
    ...accepted,
    ...rest,
    path: `/v1/draws/:drawId/${step}`,
    roles: ["merchant", "till", "member", "consumer", "operator"],
    params: drawPath,
    body,
    run: async (input, rooms) => {
      const step = toStep(input.body as z.output<B>);
      return answerCommand(input, rooms, await advanceDraw(rooms, askedOf(input), input.params.drawId, step));
    },
  });
}

const reads: readonly Route[] = [
  route({
    ...read,
    path: "/v1/draws",
    operationId: "listDraws",
    summary: "Draws, newest first, with their odds",
    query: z.strictObject({
      ...pageQuery,
      merchantId: z.coerce.number<string>().int().min(1).max(2_147_483_647).optional(),
      state: z.enum(DRAW_STATES).optional(),
      drawRef: refIn.optional(),
    }),
    output: pageOut(drawOut),
    run: ({ query }, rooms) => listDraws(readingOf(rooms), query, query),
  }),
  route({
    ...read,
    path: "/v1/draws/:drawId",
    operationId: "getDraw",
    summary: "One draw: odds, winners, and what anybody needs to draw it again",
    params: drawPath,
    output: z.strictObject({ ...drawDetailFields, block: blockOut }).meta({ id: "DrawDetail" }),
    run: ({ params }, rooms) => showDraw(readingOf(rooms), params.drawId),
  }),
  route({
    ...read,
    path: "/v1/draws/:drawId/purchases",
    operationId: "listTicketPurchases",
    summary: "Who bought which numbers, in the order they were sold",
    params: drawPath,
    query: z.strictObject({ ...pageQuery, account: addressIn.optional() }),
    output: pageOut(purchaseOut),
    run: ({ params, query }, rooms) => listPurchases(readingOf(rooms), { ...params, account: query.account }, query),
  }),
];

const writes: readonly Route[] = [
  route({
    ...accepted,
    path: "/v1/merchants/:id/draws",
    operationId: "announceDraw",
    summary: "Announce a draw; its prizes go into escrow at once",
    description:
      "Tickets are sold once a member of the alliance witnesses the draw. The gateway makes your secret, keeps it sealed, and " +
      "reveals it when sales are over. The prizes are taken from the points of the merchant's controller. The same draw " +
      "sent again gives the same command; another one under the same drawRef is refused (draw_exists).",
    roles: ["merchant"],
    owned: "merchant",
    params: merchantPath,
    body: drawIn,
    run: async (input, rooms) => {
      const request = { merchantId: input.params.id, ...input.body };
      return answerCommand(input, rooms, await announceDraw(rooms, askedOf(input), request));
    },
  }),
  route({
    ...accepted,
    path: "/v1/draws/:drawId/witness",
    operationId: "witnessDraw",
    summary: "Witness a draw of another organisation, so that its tickets are sold",
    description:
      "Makes and seals the witness' secret; it is revealed after the merchant's. A witness may buy no tickets.",
    roles: ["member"],
    params: drawPath,
    run: async (input, rooms) =>
      answerCommand(input, rooms, await witnessDraw(rooms, askedOf(input), input.params.drawId)),
  }),
  route({
    ...accepted,
    path: "/v1/draws/:drawId/tickets",
    operationId: "buyTickets",
    customers: "named",
    summary: "Buy tickets: the points are held until the draw, and go back with their ages if there is none",
    roles: ["consumer", "till", "merchant"],
    params: drawPath,
    body: ticketsBody,
    run: async (input, rooms) => {
      const { account, signature, customerId, ...tickets } = input.body;
      const request = { ...input.params, ...tickets, consent: { account, signature, customerId } };
      return answerCommand(input, rooms, await buyTickets(rooms, askedOf(input), request));
    },
  }),
  route({
    ...accepted,
    path: "/v1/draws/:drawId/reveal",
    operationId: "revealDrawSecret",
    summary: "Reveal your secret of a closed draw; the gateway does so by itself",
    description: "The merchant's first, then the witness'. With the second the draw takes place.",
    roles: ["merchant", "member"],
    params: drawPath,
    run: async (input, rooms) =>
      answerCommand(input, rooms, await revealSecret(rooms, askedOf(input), input.params.drawId)),
  }),
  stepRoute(
    {
      step: "close",
      operationId: "closeDraw",
      customers: "anyone",
      summary: "End the sales when their time is over, or all tickets are sold",
    },
    z.strictObject({}),
    () => ({ step: "close" }),
  ),
  stepRoute(
    {
      step: "settle",
      operationId: "settleTickets",
      customers: "anyone",
      summary: "Redeem the tickets' points after the draw, or give them back when it is void",
    },
    z.strictObject({
      purchaseIds: z
        .array(z.int().min(0).max(1_000_000))
        .min(1)
        .max(200)
        .meta({ example: [0, 1] }),
    }),
    (body) => ({ step: "settle", ...body }),
  ),
  stepRoute(
    {
      step: "claim",
      operationId: "claimPrize",
      customers: "anyone",
      summary: "Pay a prize to whoever won it, or to the merchant when unsold",
    },
    z.strictObject({ index: z.int().min(0).max(99).meta({ description: "Of the draw's prizes.", example: 0 }) }),
    (body) => ({ step: "claim", ...body }),
  ),
];

export const lotteryRoutes: readonly Route[] = [
  ...reads,
  ...writes,
  route({
    method: "post",
    tag: "Signing",
    roles: "public",
    readOnly: true,
    path: "/v1/signing/tickets",
    operationId: "prepareTickets",
    summary: "What to sign to buy tickets of a draw",
    body: z.strictObject({
      drawId: z.int().min(1).max(2_147_483_647),
      account: addressIn,
      count: z.int().min(1).max(1_000_000),
      validFor: z.int().min(60).max(86_400).default(3_600).meta({ description: "Seconds the signature is good for." }),
    }),
    output: typedDataOut,
    run: (input, rooms) => prepareTickets(rooms, input.body),
  }),
];
