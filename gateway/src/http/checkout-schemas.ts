/** Schemas of orders that are partly paid with points, and how they are shown. */
import { z } from "zod";
import type { CheckoutQuote } from "../commands/loyalty/quote-checkout.ts";
import type { PointRefund } from "../commands/loyalty/refund-checkout.ts";
import { explain } from "../commands/show-command.ts";
import type { ShownCheckout } from "../commands/loyalty/settle-checkout.ts";
import type { SplitLine } from "../loyalty/deduction.ts";
import { DEDUCTION_OBSTACLES } from "../loyalty/deduction.ts";
import type { OrderLine } from "../loyalty/evaluate.ts";
import { categoryIn, fenText, skuIn } from "../loyalty/fields.ts";
import { failureOut } from "./command-answer.ts";
import {
  addressIn,
  addressOut,
  amountOut,
  hex32Out,
  hexDataIn,
  pointsIn,
  timeIn,
  timestampOut,
  orNull,
} from "./schemas.ts";
import { merchantIdIn } from "./write-schemas.ts";

const LINES_MAX = 200;
const HOLD_SECONDS = { min: 5, max: 30 * 86_400, usual: 1_800 };

export const orderNumberIn = z
  .string()
  .regex(/^[\x21-\x7e]{1,100}$/, "must be 1 to 100 printable ASCII characters without spaces")
  .meta({ description: "Your order number, unique at this merchant.", example: "order-20260501-17" });

const returnRefIn = orderNumberIn.meta({ description: "Your number of the return.", example: "return-1" });

const fenOut = amountOut.meta({ description: "Fen (0.01 yuan).", example: "12050" });
const pointsOut = amountOut.meta({ description: "Base units of points (0.01 point).", example: "500000" });

const lineIn = z
  .strictObject({
    sku: skuIn,
    category: categoryIn,
    quantity: z.int().min(1).max(100_000).meta({ example: 2 }),
    paidFen: fenText().meta({ description: "Of the whole line, at list price.", example: "12050" }),
    isFreight: z.boolean().default(false),
  })
  .meta({ id: "CheckoutLine", description: "A line of the order; freight is never paid with points." });

const linesIn = z.array(lineIn).min(1).max(LINES_MAX);

export function orderLinesOf(lines: z.output<typeof linesIn>): OrderLine[] {
  return lines.map((line) => ({ ...line, paidFen: line.paidFen }));
}

const customerIdIn = z
  .uuid()
  .meta({ description: "A customer of yours.", example: "3f2b8c1e-5d4a-4e9b-8a6f-0c1d2e3f4a5b" });

export const signedHoldIn = z
  .strictObject({ signature: hexDataIn, releaseAt: timeIn, deadline: timeIn })
  .meta({ description: "Of POST /v1/signing/hold, with the fields of its request." });

const nonceIn = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,77})$/, "must be a whole number as a decimal string")
  .transform(BigInt);

export const checkoutPath = z.strictObject({ id: merchantIdIn, orderRef: orderNumberIn });

export const checkoutQuoteBody = z.strictObject({
  lines: linesIn,
  customerId: customerIdIn.optional(),
  account: addressIn.optional(),
  points: pointsIn.optional().meta({ description: "Base units; left out: the most that is possible." }),
  swap: z
    .strictObject({ tokenIn: addressIn })
    .optional()
    .meta({ description: "Another merchant's points that may fill up what the customer has too few of." }),
});

export const checkoutBody = z.strictObject({
  orderRef: orderNumberIn,
  customerId: customerIdIn.optional(),
  account: addressIn.optional().meta({ description: "An account that has signed for itself." }),
  signatures: z
    .strictObject({
      hold: signedHoldIn,
      swap: z.strictObject({ signature: hexDataIn, nonce: nonceIn, deadline: timeIn }).optional(),
    })
    .optional()
    .meta({ description: "One signature for both: POST /v1/signing/composite." }),
  lines: linesIn,
  points: pointsIn,
  swap: z
    .strictObject({
      tokenIn: addressIn,
      amountInMax: pointsIn.meta({ description: "No more than this is given." }),
      amountOut: pointsIn
        .optional()
        .meta({ description: "So many are bought; left out: what the customer has too few of." }),
    })
    .optional()
    .meta({ description: "Another merchant's points, swapped and held in one transaction." }),
  holdSeconds: z
    .int()
    .min(HOLD_SECONDS.min)
    .max(HOLD_SECONDS.max)
    .default(HOLD_SECONDS.usual)
    .meta({ description: "How long the points wait for the payment; not for signed holds.", example: 1_800 }),
});

const obstacleOut = z
  .strictObject({ code: z.enum(DEDUCTION_OBSTACLES), en: z.string(), zh: z.string() })
  .meta({ description: "Why points pay for nothing, or not for as much as was asked." });

const splitLineOut = z
  .strictObject({ sku: z.string(), listFen: fenOut, deductionFen: fenOut, cashFen: fenOut })
  .meta({ id: "SplitLine", description: "What of a line is paid with points and what with money." });

export const checkoutQuoteOut = z
  .strictObject({
    pointsPerYuan: z.int(),
    rulesVersion: z.int(),
    rulesHash: hex32Out,
    totalFen: fenOut,
    deductibleFen: fenOut,
    maxPoints: pointsOut,
    minimumPoints: pointsOut,
    stepPoints: pointsOut,
    balance: pointsOut.nullable(),
    points: pointsOut,
    deductionFen: fenOut,
    cashFen: fenOut,
    lines: z.array(splitLineOut),
    swap: z
      .strictObject({
        tokenIn: addressOut,
        amountIn: pointsOut,
        amountOut: pointsOut,
        refusal: z.strictObject({ code: z.string(), en: z.string(), zh: z.string() }).nullable(),
      })
      .nullable()
      .meta({ description: "What filling up would cost now; null when nothing is missing or none was asked for." }),
    obstacle: obstacleOut.nullable(),
  })
  .meta({ id: "CheckoutQuote" });

const lineOut = splitLineOut
  .extend({ returnedFen: fenOut, returnedDeductionFen: fenOut })
  .meta({ id: "CheckoutLineState" });

export const checkoutRefundBody = z.strictObject({
  returnRef: returnRefIn,
  amountFen: fenText(1n).meta({ description: "At list price, deduction included.", example: "12050" }),
  lines: z
    .array(z.strictObject({ sku: skuIn, amountFen: fenText(1n) }))
    .min(1)
    .max(LINES_MAX)
    .optional()
    .meta({ description: "Which lines it is of; left out: of all that is left, in proportion." }),
});

export const checkoutRefundOut = z
  .strictObject({
    returnRef: z.string(),
    amountFen: fenOut,
    points: pointsOut,
    cashFen: fenOut,
    state: z.enum(["due", "sent", "done", "void"]).meta({ description: "done: the points are back on the chain." }),
    commandId: z.uuid().nullable(),
    problem: orNull(failureOut).meta({ description: "Why the points are not back yet; it is tried again." }),
  })
  .meta({ id: "CheckoutRefund" });

export const checkoutOut = z
  .strictObject({
    orderRef: z.string(),
    account: addressOut,
    token: addressOut,
    state: z.enum(["holding", "held", "capturing", "captured", "releasing", "released", "failed"]),
    points: pointsOut,
    totalFen: fenOut,
    deductionFen: fenOut,
    cashFen: fenOut,
    lines: z.array(lineOut),
    swap: z.strictObject({ tokenIn: addressOut, amountInMax: pointsOut, amountOut: pointsOut }).nullable(),
    rulesVersion: z.int(),
    rulesHash: hex32Out,
    releaseAt: timestampOut.meta({
      description: "From then on it is released by itself, and can no longer be captured.",
    }),
    holdCommandId: z.uuid(),
    settleCommandId: z.uuid().nullable(),
    problem: orNull(failureOut),
    refunds: z.array(checkoutRefundOut),
  })
  .meta({ id: "Checkout", description: "An order that is partly paid with points." });

const presentLine = ({ sku, listFen, deductionFen, cashFen }: SplitLine) => ({
  sku,
  listFen: listFen.toString(),
  deductionFen: deductionFen.toString(),
  cashFen: cashFen.toString(),
});

export function presentCheckoutQuote(quote: CheckoutQuote): z.input<typeof checkoutQuoteOut> {
  const { limits, swap } = quote;
  return {
    pointsPerYuan: quote.pointsPerYuan,
    rulesVersion: quote.rulesVersion,
    rulesHash: quote.rulesHash,
    totalFen: limits.totalFen.toString(),
    deductibleFen: limits.deductibleFen.toString(),
    maxPoints: limits.maxPoints.toString(),
    minimumPoints: limits.minimumPoints.toString(),
    stepPoints: limits.stepPoints.toString(),
    balance: quote.balance?.toString() ?? null,
    points: quote.points.toString(),
    deductionFen: quote.deductionFen.toString(),
    cashFen: quote.cashFen.toString(),
    lines: quote.lines.map(presentLine),
    swap:
      swap === undefined
        ? null
        : {
            tokenIn: swap.tokenIn,
            amountIn: swap.quote.amountIn.toString(),
            amountOut: swap.amountOut.toString(),
            refusal: swap.refusal,
          },
    obstacle: quote.obstacle ?? null,
  };
}

export function presentRefund(refund: PointRefund): z.input<typeof checkoutRefundOut> {
  return {
    returnRef: refund.refundRef,
    amountFen: (refund.amountFen ?? 0n).toString(),
    points: refund.points.toString(),
    cashFen: (refund.cashFen ?? 0n).toString(),
    state: refund.state,
    commandId: refund.command,
    problem: refund.problem === null ? null : explain(refund.problem),
  };
}

export function presentCheckout({
  hold,
  checkout,
  lines,
  refunds,
  problem,
}: ShownCheckout): z.input<typeof checkoutOut> {
  return {
    orderRef: hold.businessRef,
    account: hold.account,
    token: hold.token,
    state: hold.state,
    points: hold.points.toString(),
    totalFen: checkout.totalFen.toString(),
    deductionFen: checkout.deductionFen.toString(),
    cashFen: checkout.cashFen.toString(),
    lines: lines.map((line) => ({
      ...presentLine(line),
      returnedFen: line.returnedFen.toString(),
      returnedDeductionFen: line.returnedDeductionFen.toString(),
    })),
    swap: checkout.swap,
    rulesVersion: checkout.rulesVersion,
    rulesHash: checkout.rulesHash,
    releaseAt: hold.releaseAt,
    holdCommandId: hold.holdCommand,
    settleCommandId: hold.settleCommand,
    problem: problem ?? null,
    refunds: refunds.map(presentRefund),
  };
}
