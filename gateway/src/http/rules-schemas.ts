/** What is answered about rules: drafts, versions, previews, presets. */
import { z } from "zod";
import { FINDING_CODES } from "../loyalty/findings.ts";
import type { Preview } from "../loyalty/preview.ts";
import { fenText, pointsText, uniqueIn } from "../loyalty/fields.ts";
import { STAGES } from "../loyalty/presets.ts";
import { ruleBookIn } from "../loyalty/schema.ts";
import { amountOut, hex32Out, timestampOut, orNull } from "./schemas.ts";

const HASH = `0x${"5a".repeat(32)}`;
const rulesHashOut = hex32Out.meta({
  description: "keccak256 of the document as canonical JSON: keys sorted, no spaces, UTF-8.",
  example: HASH,
});

/** The document as it is published. */
const documentOut = ruleBookIn;

export const draftOut = z
  .strictObject({ merchantId: z.int(), rulesHash: rulesHashOut, document: documentOut, updatedAt: timestampOut })
  .meta({ id: "RulesDraft" });

const versionFields = {
  merchantId: z.int(),
  version: z.int().min(1),
  rulesHash: rulesHashOut,
  state: z.enum(["publishing", "published"]),
  publishedAt: timestampOut.nullable(),
};

export const rulesOut = z.strictObject({ ...versionFields, document: documentOut }).meta({ id: "Rules" });

export const rulesListOut = z.strictObject({
  inForce: orNull(rulesOut).meta({ description: "What holds for orders placed now." }),
  items: z.array(z.strictObject(versionFields)).meta({ description: "All versions, newest first." }),
});

const share = z.int().min(0).max(10_000);

/** What the merchant knows better than the preview. */
export const outlookIn = z
  .strictObject({
    averageOrderFen: fenText(1n).optional(),
    ordersPerDay: z.int().min(1).max(10_000_000).optional(),
    newCustomersPerMonth: z.int().min(0).max(100_000_000).optional(),
    grossMarginBps: share.optional(),
    acquisitionCostFen: fenText().optional().meta({ description: "What a new customer costs elsewhere." }),
    usedBps: share.optional().meta({ description: "The share of points that will ever be used; the rest expires." }),
    referredBps: share.optional().meta({ description: "The share of new customers that a friend brings." }),
    prizes: uniqueIn(pointsText(1n), 100).optional().meta({ description: "What prizes cost, in base units." }),
  })
  .meta({ id: "RulesOutlook", example: { averageOrderFen: "5000", grossMarginBps: 3_000 } });

const sourceOut = z.enum(["given", "history", "assumed"]);

const outlookOut = z.strictObject({
  averageOrderFen: amountOut,
  ordersPerDay: z.int(),
  newCustomersPerMonth: z.int(),
  grossMarginBps: z.int(),
  acquisitionCostFen: amountOut,
  usedBps: z.int(),
  referredBps: z.int(),
  prizes: z.array(amountOut),
});

const figuresOut = z
  .strictObject({
    orderPoints: amountOut.meta({ description: "Of an ordinary order, on average, in the lowest tier." }),
    rewardBps: z.int().meta({ description: "Their value against what was paid." }),
    firstOrderPoints: amountOut,
    taskPointsPerDay: amountOut,
    oncePoints: amountOut,
    newCustomerPoints: amountOut.meta({ description: "First order, one-off tasks, both sides of a referral." }),
    newCustomerFen: amountOut,
    newCustomerExpectedFen: amountOut.meta({ description: "The part of it that will be used." }),
    monthPoints: amountOut.meta({ description: "Issued in 30 days." }),
    monthLiabilityFen: amountOut.meta({ description: "What the shop owes if all of them are used." }),
    monthBreakageFen: amountOut.meta({ description: "The part that will expire." }),
    monthExpectedFen: amountOut,
    byRule: z.array(z.strictObject({ ruleId: z.string(), points: amountOut })),
  })
  .meta({ id: "RulesFigures" });

export const findingOut = z
  .strictObject({
    code: z.enum(FINDING_CODES),
    severity: z.enum(["error", "warning"]),
    subject: z.string().nullable().meta({ description: "The rule, task or tier; null: the book." }),
    facts: z.record(z.string(), z.string()),
    en: z.string(),
    zh: z.string(),
  })
  .meta({ id: "RulesFinding", description: "What stands against the rules, and what to change." });

export const previewOut = z
  .strictObject({
    isPublishable: z.boolean().meta({ description: "No error stands against it; warnings may." }),
    findings: z.array(findingOut),
    figures: figuresOut,
    inForce: z
      .strictObject({ version: z.int(), figures: figuresOut })
      .nullable()
      .meta({ description: "The same figures of the rules that hold now." }),
    outlook: outlookOut,
    sources: z.record(z.string(), sourceOut).meta({ description: "Where each figure of the outlook is from." }),
    orders: z
      .strictObject({ count: z.int(), source: z.enum(["history", "assumed"]) })
      .meta({ description: "The newest orders played again under the rules, or made-up ones of the average size." }),
  })
  .meta({ id: "RulesPreview" });

export function presentFigures({ figures }: Pick<Preview, "figures">): z.input<typeof figuresOut> {
  const { byRule, rewardBps, ...amounts } = figures;
  const texts = Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount.toString()]));
  return {
    ...(texts as Record<keyof typeof amounts, string>),
    rewardBps,
    byRule: [...byRule].map(([ruleId, points]) => ({ ruleId, points: points.toString() })),
  };
}

export function presentOutlook({ outlook }: Pick<Preview, "outlook">): z.input<typeof outlookOut> {
  return {
    ...outlook,
    averageOrderFen: outlook.averageOrderFen.toString(),
    acquisitionCostFen: outlook.acquisitionCostFen.toString(),
    prizes: outlook.prizes.map(String),
  };
}

const bilingual = z.strictObject({ zh: z.string(), en: z.string() });

export const presetOut = z
  .strictObject({ stage: z.enum(STAGES), title: bilingual, summary: bilingual, document: documentOut })
  .meta({ id: "RulesPreset" });

/** Three questions, answered in the query. */
export const presetQuery = z.strictObject({
  averageOrderFen: fenText(1n)
    .prefault("5000")
    .meta({ description: "How much is an ordinary order? In fen.", example: "5000" }),
  grossMarginBps: z.coerce
    .number<string>()
    .int()
    .min(1)
    .max(10_000)
    .default(3_000)
    .meta({ description: "What is left of it after the goods are paid, in basis points?" }),
  pointsPerYuan: z
    .enum(["100", "1000"])
    .default("100")
    .meta({ description: "How many points is a yuan worth at your till?" }),
});
