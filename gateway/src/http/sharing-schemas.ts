/** Schemas of the sharing program. Share points and yuan have 18 decimals; every figure is a decimal string. */
import { z } from "zod";
import type { Fen } from "../kernel/ids.ts";
import { parseFen } from "../kernel/ids.ts";
import { placeOut } from "./read-schemas.ts";
import { addressIn, addressOut, alpIn, amountOut, blockOut, hex32Out, timestampOut } from "./schemas.ts";
import { consentIn, deadlineIn, merchantIdIn, refIn } from "./write-schemas.ts";

const wei = (what: string) => amountOut.meta({ description: `${what}, 18 decimals.`, example: "1000000000000000000" });
const bpsOut = z.int().min(0).max(10_000);

export const noticeOut = z
  .strictObject({ en: z.string(), zh: z.string() })
  .meta({ description: "To be shown with every figure of the program." });

export const sharingOut = z
  .strictObject({
    state: z.enum(["off", "on", "halted"]),
    enabledAt: timestampOut.nullable(),
    seedAlp: wei("ALP that the treasury gives when the program is turned on"),
    fundedAlp: wei("ALP in the vault"),
    claims: z
      .strictObject({
        sharePoints: wei("Share points outstanding, unclaimed ones counted"),
        sharePointsAlp: wei("What they are worth at net asset value: the vault, never more"),
        shareValueYuan: wei("All share value, yuan: a right to parts of later days, no claim on the vault"),
        shareValueAlp: wei("The same at the alliance's rate"),
      })
      .meta({ description: "What has a claim on the vault, and what waits to be given out." }),
    navAlp: wei("ALP for one share point, rounded down"),
    coverageBps: amountOut.nullable().meta({ description: "Vault against share value; null while there is none." }),
    daysToClear: amountOut
      .nullable()
      .meta({ description: "At today's net asset value; null when nothing is given out." }),
    daysGiven: z.int(),
    daysDue: z.int().meta({ description: "Days that are over and not given out yet." }),
    concentration: z
      .strictObject({ topTenBps: bpsOut.nullable(), holders: z.int(), accountsCounted: z.int() })
      .meta({ description: "The part of all share value that the ten largest accounts have." }),
    parameters: z.strictObject({
      consumerMultiple: z.int(),
      merchantMultiple: z.int(),
      dailyPoints: wei("Share points given out a day"),
      rebateMinBps: bpsOut,
      rebateMaxBps: bpsOut,
    }),
    notice: noticeOut,
    block: blockOut,
  })
  .meta({ id: "Sharing" });

export const sharingAccountOut = z
  .strictObject({
    account: addressOut,
    shareValueYuan: wei("The account's share value, yuan"),
    earnedPoints: wei("Share points earned and not claimed, debts netted"),
    balancePoints: wei("Share points claimed"),
    debtPoints: wei("Share points owed for refunds"),
    worthAlp: wei("What earned and claimed points are worth now, rounded down"),
    navAlp: wei("ALP for one share point"),
    notice: noticeOut,
    block: blockOut,
  })
  .meta({ id: "SharingAccount" });

export const sharingMerchantOut = z
  .strictObject({
    merchantId: z.int(),
    isJoined: z.boolean(),
    rebateBps: bpsOut,
    depositPoints: wei("Share points of the deposit"),
    depositAlp: wei("What they are worth now"),
    lockedPoints: wei("Points of the deposit that were bought today and can be withdrawn tomorrow"),
    block: blockOut,
  })
  .meta({ id: "SharingMerchant" });

export const sharingSaleOut = z
  .strictObject({
    ...placeOut,
    ref: hex32Out,
    merchantId: z.int(),
    consumer: addressOut,
    amountFen: amountOut,
    refundedFen: amountOut,
    rebateYuan: wei("What the merchant gave, yuan"),
    burnedPoints: wei("Share points that the deposit burned"),
  })
  .meta({ id: "SharingSale" });

export const sharingDayOut = z
  .strictObject({
    ...placeOut,
    day: z.int(),
    points: wei("Share points given out"),
    shareValueYuan: wei("By what all share value fell, yuan"),
    navAlp: wei("ALP for one share point at the day's opening"),
  })
  .meta({ id: "SharingDay" });

const rebateIn = z.int().min(1).max(10_000).meta({ description: "Basis points of a sale.", example: 1_000 });

const sharePointsIn = z
  .string()
  .regex(/^[1-9][0-9]{0,39}$/, "must be a positive whole number, as a decimal string")
  .transform(BigInt)
  .meta({ description: "Share points, 18 decimals.", example: "1000000000000000000" });

const fenIn = z
  .string()
  .regex(/^[1-9][0-9]{0,12}$/, "must be a positive whole number of fen, as a decimal string")
  .transform((text, context): Fen => {
    try {
      return parseFen(text);
    } catch {
      context.addIssue({ code: "custom", message: "must be at most 1000000000000" });
      return z.NEVER;
    }
  })
  .meta({ description: "Fen (0.01 yuan), as a decimal string.", example: "100000" });

export const joinBody = z.strictObject({ alp: alpIn, rebateBps: rebateIn });
export const depositBody = z.strictObject({ alp: alpIn });
export const withdrawBody = z.strictObject({ points: sharePointsIn });
export const rebateBody = z.strictObject({ rebateBps: rebateIn });
export const salePath = z.strictObject({ id: merchantIdIn, ref: refIn });

export const saleBody = z.strictObject({
  saleRef: refIn.meta({ description: "Your order number, once for ever.", example: "order-20270501-17" }),
  customerId: consentIn.customerId,
  account: addressIn.optional().meta({ description: "The consumer, when it is no customer of yours." }),
  amountFen: fenIn,
});

export const collectBody = z.strictObject({
  customerId: consentIn.customerId,
  account: addressIn.optional().meta({ description: "The consumer, when it is no customer of yours." }),
});

export const saleRefundBody = z.strictObject({ amountFen: fenIn });
export const redemptionBody = z.strictObject({ points: sharePointsIn, ...consentIn, deadline: deadlineIn });

export const redemptionAsking = z.strictObject({
  account: addressIn,
  points: sharePointsIn,
  validFor: z.int().min(60).max(86_400).default(3_600).meta({ description: "Seconds the signature is good for." }),
});
