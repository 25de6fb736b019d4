/** What the liability report says. */
import { z } from "zod";
import { amountOut, coverageOut, pricesOut } from "./read-schemas.ts";
import { addressOut, blockOut, amountOut as unitsOut, timestampOut, orNull } from "./schemas.ts";

const rateOut = unitsOut.meta({ description: "Basis points: 10,000 is all of it.", example: "1250" });
const monthOut = z
  .string()
  .regex(/^\d{4}-\d{2}$/)
  .meta({ description: "YYYY-MM.", example: "2026-12" });

const valueFields = {
  faceFen: unitsOut.meta({ description: "Face value in fen.", example: "10000" }),
  accept: orNull(amountOut).meta({ description: "At the accept price in force; null when the pool is not open." }),
};
const valued = z.strictObject({ points: amountOut, ...valueFields });

const lotOut = z
  .strictObject({
    epoch: z.int(),
    month: monthOut
      .nullable()
      .meta({ description: "The last month in which they can be used; null: they never expire." }),
    expiresAt: timestampOut.nullable(),
    points: amountOut,
    ...valueFields,
    received: amountOut.meta({ description: "What customers got of this epoch in all." }),
    expectedExpired: orNull(amountOut).meta({ description: "Null while no epoch is complete." }),
    expectedUsed: orNull(amountOut).meta({ description: "Null while no epoch is complete." }),
  })
  .meta({ id: "LiabilityLot" });

const epochOut = z.strictObject({
  epoch: z.int(),
  startsAt: timestampOut,
  expiredAt: timestampOut,
  received: amountOut,
  expired: amountOut,
  rateBps: rateOut,
});

const monthFlowsOut = z
  .strictObject({
    month: monthOut,
    issued: amountOut,
    reversed: amountOut,
    redeemed: amountOut,
    refunded: amountOut,
    expired: amountOut,
    swappedIn: amountOut,
    swappedOut: amountOut,
    owed: amountOut,
  })
  .meta({ id: "LiabilityMonth" });

export const liabilityOut = z
  .strictObject({
    merchantId: z.int(),
    token: addressOut,
    name: z.string(),
    symbol: z.string(),
    pointsPerYuan: z.int(),
    calendar: z.string(),
    utcOffsetSeconds: z.int(),
    prices: orNull(pricesOut),
    owed: valued,
    circulating: amountOut,
    held: amountOut,
    pooled: amountOut,
    coverage: coverageOut,
    breakage: z.strictObject({
      rateBps: rateOut
        .nullable()
        .meta({ description: "Null while no epoch is complete: nothing can be expected yet." }),
      epochs: z.array(epochOut),
    }),
    expectedExpired: valued.nullable(),
    expectedUsed: valued.nullable(),
    items: z.array(lotOut).meta({ description: "What customers hold, by when it expires." }),
    months: z.array(monthFlowsOut).meta({ description: "This month and the twelve before, newest first." }),
    assumptions: z.array(z.strictObject({ code: z.string(), en: z.string(), zh: z.string() })),
    block: blockOut,
  })
  .meta({ id: "Liability" });
