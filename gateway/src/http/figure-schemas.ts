/** What the API answers of figures for charts: spread, calendar, flows, prices, days. */
import { z } from "zod";
import { amountOut, placeOut } from "./read-schemas.ts";
import { addressOut, amountOut as unitsOut, blockOut, hex32Out, timestampOut, orNull } from "./schemas.ts";

const dayText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ description: "YYYY-MM-DD.", example: "2026-09-22" });

const bpsOut = z
  .string()
  .regex(/^(0|[1-9][0-9]*)$/)
  .meta({ description: "Basis points: 10,000 is all of it." });

const curveStepOut = z
  .strictObject({ holdersPercent: z.int(), holders: z.int(), points: amountOut, shareBps: bpsOut })
  .meta({ id: "CurveStep", description: "What the largest so many percent of the holders have together." });

export const distributionOut = z
  .strictObject({
    token: addressOut,
    holderCount: z.int(),
    circulating: amountOut,
    giniBps: bpsOut.nullable().meta({
      description:
        "Gini coefficient: 0 when all hold the same, towards 10,000 when one holds everything; null: nobody holds any.",
    }),
    halfHeldBy: z.int().meta({ description: "The fewest holders who have half of all points together." }),
    top: z.array(z.strictObject({ count: z.int(), points: amountOut, shareBps: bpsOut })).meta({
      description: "What the largest 1, 10 and 100 holders have.",
    }),
    curve: z.array(curveStepOut).meta({ description: "The concentration curve from the largest holders down." }),
    sizes: z
      .array(z.strictObject({ from: amountOut, to: amountOut, holders: z.int(), points: amountOut }))
      .meta({ description: "Holders by what they hold: from (inclusive) to (exclusive)." }),
    block: blockOut,
  })
  .meta({ id: "Distribution" });

export const pointExpiriesOut = z
  .strictObject({
    token: addressOut,
    calendar: z.string(),
    utcOffsetSeconds: z.int(),
    circulating: amountOut,
    held: amountOut,
    pooled: amountOut,
    items: z
      .array(
        z.strictObject({
          epoch: z.int(),
          points: amountOut,
          shareBps: bpsOut,
          expiresAt: timestampOut.nullable(),
          daysLeft: z.int().nullable(),
        }),
      )
      .meta({ description: "The circulating points by the second they expire at, the first first; null = never." }),
    past: z
      .array(z.strictObject({ day: dayText, points: amountOut }))
      .meta({ description: "Days of the merchant on which points expired, newest first; at most 400." }),
    block: blockOut,
  })
  .meta({ id: "PointExpiries" });

const sideOut = z.strictObject({ swaps: z.int(), given: amountOut, hub: amountOut, bought: amountOut });
const sideSumOut = z.strictObject({ swaps: z.int(), hub: amountOut });

export const pointFlowsOut = z
  .strictObject({
    days: z.int(),
    outgoing: sideSumOut,
    incoming: sideSumOut,
    items: z
      .array(
        z.strictObject({
          token: addressOut,
          name: z.string(),
          symbol: z.string(),
          merchantId: z.int(),
          outgoing: sideOut.meta({ description: "This token was given for the other's." }),
          incoming: sideOut.meta({ description: "The other's was given for this token." }),
        }),
      )
      .meta({ description: "By the other merchant, the largest in ALP (`hub`) first." }),
    block: blockOut,
  })
  .meta({ id: "PointFlows" });

export const priceOut = z
  .strictObject({
    ...placeOut,
    accept: amountOut,
    release: amountOut,
    effectiveAt: timestampOut,
    state: z.enum(["inForce", "coming", "replaced"]).meta({
      description: "inForce: took effect, until the next one; coming: not yet; replaced: another came before its time.",
    }),
  })
  .meta({ id: "PostedPrice" });

export const overviewDaysOut = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          day: dayText,
          transactions: z.int(),
          transfers: z.int(),
          swaps: z.int(),
          activeAccounts: z.int(),
          newAccounts: z.int(),
          issuedFen: unitsOut,
          redeemedFen: unitsOut,
          expiredFen: unitsOut,
          outstandingFen: unitsOut,
        }),
      )
      .meta({
        description: "Oldest first, without gaps; the last is today. Fen are face value: 100 fen are one yuan.",
      }),
    series: z
      .array(
        z.strictObject({
          token: addressOut,
          name: z.string(),
          symbol: z.string(),
          merchantId: z.int(),
          outstanding: z.array(amountOut).meta({ description: "As each of the days ended." }),
        }),
      )
      .meta({ description: "The 12 tokens with the most outstanding now, by face value." }),
    block: blockOut,
  })
  .meta({ id: "OverviewDays" });

const namedValueOut = z.strictObject({ name: z.string(), type: z.string(), value: z.string() });

const decodedCallOut = z
  .strictObject({ name: z.string(), signature: z.string(), values: z.array(namedValueOut) })
  .meta({ id: "DecodedCall", description: "In the words of the contract's ABI; lists and structs are JSON." });

const rawLogOut = z
  .strictObject({
    index: z.int(),
    address: addressOut,
    contract: z.string().nullable(),
    topics: z.array(hex32Out),
    data: z.string(),
    decoded: orNull(decodedCallOut),
  })
  .meta({ id: "RawLog" });

const nodeJsonOut = z.record(z.string(), z.unknown()).meta({
  description: "The node's own JSON, every field as it came.",
  example: { hash: `0x${"5b".repeat(32)}`, nonce: "0x1", gas: "0x30d40" },
});

export const rawTransactionOut = z
  .strictObject({
    transaction: nodeJsonOut,
    receipt: nodeJsonOut,
    contract: z.string().nullable().meta({ description: "Which contract of the alliance was called." }),
    call: orNull(decodedCallOut),
    revert: z
      .strictObject({ name: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) })
      .nullable()
      .meta({ description: "Why it failed, where the node keeps it." }),
    logs: z.array(rawLogOut),
    block: blockOut,
  })
  .meta({ id: "RawTransaction" });

export const listedAccountOut = z
  .strictObject({
    address: addressOut,
    kind: z.enum(["customer", "merchant", "till", "member", "node", "contract"]),
    name: z.string().nullable(),
    firstSeenAt: timestampOut.nullable(),
    lastActiveAt: timestampOut.nullable(),
    lastBlock: z.int().nullable().meta({ description: "Of its last movement; of the token asked for, when one was." }),
    tokenCount: z.int().meta({ description: "Merchants whose points it has." }),
    value: amountOut.meta({
      description: "Everything at the accept prices in force; limits and reserves not considered.",
    }),
    balance: orNull(amountOut).meta({ description: "Of the token asked for." }),
    isFrozen: z.boolean(),
  })
  .meta({ id: "ListedAccount" });
