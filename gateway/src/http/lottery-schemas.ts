/** Schemas of draws. */
import { z } from "zod";
import { DRAW_STATES, TICKET_STATES } from "../kernel/statuses.ts";
import { amountOut, placeOut } from "./read-schemas.ts";
import { addressIn, addressOut, hex32In, hex32Out, pointsIn, textIn, timeIn, timestampOut } from "./schemas.ts";
import { consentIn, deadlineIn, refIn } from "./write-schemas.ts";

const PRIZES_MAX = 100;
const TICKETS_MAX = 1_000_000;
const EPOCH_MAX = 2 ** 30 - 1;
const ID_MAX = 2_147_483_647;

export const drawPath = z.strictObject({
  drawId: z
    .string()
    .regex(/^[1-9][0-9]{0,9}$/, "must be a draw's number")
    .transform(Number)
    .refine((id) => id <= ID_MAX, "must be a draw's number")
    .meta({ description: "The draw's number on the chain.", example: "1" }),
});

const ticketsIn = z.int().min(1).max(TICKETS_MAX);

const tierIn = z
  .strictObject({
    token: addressIn.optional().meta({ description: "Whose points are won; the merchant's own when left out." }),
    points: pointsIn,
    epoch: z
      .int()
      .min(0)
      .max(EPOCH_MAX)
      .optional()
      .meta({ description: "Which of the token's epochs they are of; the current one when left out." }),
    count: z.int().min(1).max(PRIZES_MAX).meta({ description: "How many prizes of this size.", example: 1 }),
  })
  .meta({ id: "PrizeTierIn", description: "Prizes of one size." });

export const drawIn = z.strictObject({
  drawRef: refIn.meta({ description: "Your name of the draw, once for ever.", example: "spring-2027" }),
  title: textIn(100).meta({ example: "Spring draw 春季抽奖" }),
  terms: z
    .string()
    .min(1)
    .max(4_000)
    .regex(/^[^\u0000-\u0009\u000b-\u001f\u007f]*$/, "must not contain control characters but line ends")
    .meta({
      description: "What buyers read; its hash goes on the chain.",
      example: "One prize of 500 points. 一等奖 500 积分。",
    }),
  ticketPoints: pointsIn.meta({ description: "Base units (0.01 point) a ticket costs.", example: "1000" }),
  ticketsMax: ticketsIn.meta({
    description: "How many numbers there are; the odds are prizes to this.",
    example: 1_000,
  }),
  ticketsPerAccount: ticketsIn.meta({ description: "How many tickets one account may buy.", example: 10 }),
  salesEnd: timeIn.meta({ description: "Unix seconds: no ticket is sold from then on.", example: 1_812_000_000 }),
  revealEnd: timeIn
    .optional()
    .meta({ description: "No secret is taken from then on; an hour after salesEnd at least." }),
  releaseAt: timeIn
    .optional()
    .meta({ description: "Holds end; an hour after revealEnd at least, 30 days from now at most." }),
  claimEnd: timeIn.optional().meta({ description: "Prizes not paid by then go back to you; releaseAt at least." }),
  prizes: z
    .array(tierIn)
    .min(1)
    .max(PRIZES_MAX)
    .refine(
      (tiers) => tiers.reduce((sum, { count }) => sum + count, 0) <= PRIZES_MAX,
      `must be at most ${PRIZES_MAX} prizes in all`,
    )
    .meta({ description: "Taken into escrow from the controller's points before the first ticket is sold." }),
});

export const ticketsBody = z.strictObject({
  count: ticketsIn.meta({ example: 2 }),
  ...consentIn,
  salt: hex32In.optional().meta({ description: "As signed; not for managed customers." }),
  deadline: deadlineIn,
});

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();
const countOut = z.int().min(0);

const drawFields = {
  drawId: z.int(),
  merchantId: z.int(),
  drawRef: nullable(z.string()),
  title: nullable(z.string()),
  terms: nullable(z.string()).meta({ description: "Null for a draw that was announced from another gateway." }),
  termsHash: hex32Out.meta({ description: "keccak-256 of the terms' UTF-8." }),
  state: z.enum(DRAW_STATES),
  ticketPrice: amountOut,
  ticketsMax: z.int(),
  ticketsPerAccount: z.int(),
  ticketsSold: countOut,
  salesEnd: timestampOut,
  revealEnd: timestampOut,
  releaseAt: timestampOut,
  claimEnd: timestampOut,
  openedAt: timestampOut,
  endedAt: nullable(timestampOut),
  tiers: z.array(
    z.strictObject({
      points: amountOut,
      epoch: z.int(),
      count: z.int(),
      odds: z.string().meta({ description: "For one ticket, whoever else buys.", example: "1 in 1000" }),
    }),
  ),
  prizeCount: z.int(),
  prizesPaid: countOut,
  purchases: countOut,
  purchasesSettled: countOut,
  silent: nullable(z.enum(["merchant", "witness"])).meta({ description: "Whose silence made the draw void." }),
};

export const drawOut = z.strictObject(drawFields).meta({ id: "Draw" });

export const drawDetailFields = {
  ...drawFields,
  prizes: z.array(
    z.strictObject({
      index: z.int(),
      points: amountOut,
      ticketNumber: nullable(z.int()),
      winner: nullable(addressOut).meta({ description: "Who bought the number; null when unsold or not drawn." }),
      paidTo: nullable(addressOut),
      isWinner: nullable(z.boolean()),
      paidAt: nullable(timestampOut),
      transactionHash: nullable(hex32Out),
    }),
  ),
  proof: z
    .strictObject({
      commitment: hex32Out,
      witness: nullable(addressOut),
      witnessCommitment: nullable(hex32Out),
      entropyBlock: nullable(z.int()),
      entropy: nullable(hex32Out),
      merchantSecret: nullable(hex32Out),
      witnessSecret: nullable(hex32Out),
      seed: nullable(hex32Out),
    })
    .meta({
      description: "What anybody needs to draw it again; `npm run lottery -- verify <id>` reads it off the chain.",
    }),
};

export const purchaseOut = z
  .strictObject({
    ...placeOut,
    purchaseId: z.int(),
    buyer: addressOut,
    firstNumber: z.int(),
    count: z.int(),
    ref: hex32Out,
    state: z
      .enum(TICKET_STATES)
      .meta({ description: "What became of the points: held, captured (drawn) or released (void)." }),
  })
  .meta({ id: "TicketPurchase" });
