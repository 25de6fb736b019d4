/** How a merchant's customer and the sums of its earnings are shown. */
import { z } from "zod";
import { addressOut, amountOut, timestampOut } from "./schemas.ts";

const nameOut = z.strictObject({ zh: z.string(), en: z.string() });

export const memberOut = z
  .strictObject({
    account: addressOut,
    joinedAt: timestampOut,
    referrer: addressOut.nullable(),
    spentFen: amountOut.meta({ description: "Goods of matured orders of the last 365 days, net of returns." }),
    tier: z.strictObject({ id: z.string(), name: nameOut }).nullable(),
    nextTier: z.strictObject({ id: z.string(), name: nameOut, missingFen: amountOut }).nullable(),
    points: z.strictObject({
      pending: amountOut.meta({ description: "Not matured yet, or under way to the chain." }),
      objected: amountOut.meta({ description: "Waiting for the merchant's decision." }),
      issued: amountOut,
      reversed: amountOut,
      lapsed: amountOut,
    }),
    tasks: z.array(
      z.strictObject({
        taskId: z.string(),
        name: nameOut,
        kind: z.enum(["daily", "once", "repeatable", "funnel"]),
        steps: z.array(z.string()),
        points: amountOut,
        isOpen: z.boolean().meta({ description: "Whether it holds at this hour." }),
        stepsDone: z.int(),
        paidToday: z.int(),
        paidEver: z.int(),
        perDayMax: z.int(),
      }),
    ),
    friends: z.strictObject({ joined: z.int(), paidThisMonth: z.int() }),
  })
  .meta({ id: "LoyaltyMember" });

export const earningBooksOut = z
  .strictObject({
    items: z.array(
      z.strictObject({
        source: z.enum(["order", "task", "referral", "grant"]),
        count: z.int(),
        points: amountOut.meta({ description: "What all of them should be worth now." }),
        pointsPending: amountOut,
        pointsObjected: amountOut,
        pointsIssued: amountOut,
        pointsReversed: amountOut,
        pointsLapsed: amountOut,
        open: z.int().meta({ description: "Earnings of which the chain has to be asked something, now or later." }),
      }),
    ),
  })
  .meta({
    id: "EarningBooks",
    description: "Sums by source. When nothing is open, issued − reversed − lapsed is what is due, on the chain too.",
  });
