/** What a rule book may look like: the schema that parses, validates and documents it. Defaults are what most shops take. */
import { z } from "zod";
import { findFlaws } from "./flaws.ts";
import {
  addressText,
  bps,
  capsIn,
  categoryIn,
  eventNameIn,
  fenText,
  goodsIn,
  nameIn,
  pointsText,
  ruleIdIn,
  skuIn,
  timesIn,
  uniqueIn,
} from "./fields.ts";
import type { RuleBook } from "./rule-book.ts";

const DAY_SECONDS = 86_400;
const RULES_MAX = 50;
const TIERS_MAX = 10;
const TASKS_MAX = 30;

const rateIn = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("percent"), bps: bps(1, 10_000) }),
    z.strictObject({ kind: z.literal("perUnit"), points: pointsText(1n), unitFen: fenText(1n) }),
    z.strictObject({ kind: z.literal("perPiece"), points: pointsText(1n) }),
    z.strictObject({ kind: z.literal("fixed"), points: pointsText(1n) }),
  ])
  .meta({
    description:
      "percent: bps of what was paid, at the token's points per yuan. perUnit: points for every whole unitFen paid. perPiece: points for every piece. fixed: points once an order.",
    example: { kind: "percent", bps: 100 },
  });

const ruleIn = z
  .strictObject({
    id: ruleIdIn,
    name: nameIn,
    rate: rateIn,
    goods: goodsIn.prefault({}),
    times: timesIn.prefault({}),
    minimumFen: fenText().optional().meta({ description: "Least paid for the rule's goods." }),
    firstPurchaseOnly: z.boolean().default(false),
    tiers: uniqueIn(ruleIdIn, TIERS_MAX).optional().meta({ description: "Only members of these tiers." }),
    stacking: z.enum(["add", "best"]).default("add").meta({
      description: "add: besides all others. best: of such rules only the choice that gives most.",
    }),
    caps: capsIn.prefault({}),
  })
  .meta({ id: "EarnRule" });

const tierIn = z
  .strictObject({ id: ruleIdIn, name: nameIn, fromFen: fenText(), multiplierBps: bps(1, 100_000) })
  .meta({ id: "LoyaltyTier", description: "Reached by what was spent in 365 days, net of returns." });

const taskIn = z
  .strictObject({
    id: ruleIdIn,
    name: nameIn,
    kind: z.enum(["daily", "once", "repeatable", "funnel"]),
    steps: z.array(eventNameIn).min(1).max(5).meta({ description: "Event names in order; a purchase is buy." }),
    points: pointsText(1n),
    perDayMax: z.int().min(1).max(100).default(1),
    times: timesIn.prefault({}),
    budget: pointsText(1n).optional(),
  })
  .meta({ id: "LoyaltyTask" });

const referralIn = z
  .strictObject({
    referrerPoints: pointsText(),
    friendPoints: pointsText(),
    minimumFen: fenText(),
    perMonthMax: z.int().min(1).max(1_000).default(10),
  })
  .meta({ description: "One level: paid when the friend's first order matures." });

const deductionIn = z
  .strictObject({
    isOpen: z.boolean().default(true),
    maxBps: bps(1, 10_000).default(5_000),
    minimumOrderFen: fenText().prefault("0"),
    minimumPoints: pointsText(1n).prefault("10000"),
    stepPoints: pointsText(1n).prefault("10000"),
    excluded: z
      .strictObject({ skus: uniqueIn(skuIn, 500).optional(), categories: uniqueIn(categoryIn, 100).optional() })
      .prefault({}),
  })
  .meta({ description: "How points pay for a part of an order; freight never is." });

const guardsIn = z
  .strictObject({
    ordersPerHourMax: z.int().min(1).max(1_000).default(20),
    eventsPerMinuteMax: z.int().min(1).max(1_000).default(30),
    accountsPerDeviceMax: z.int().min(1).max(100).default(3),
    devicesPerAccountMax: z.int().min(1).max(100).default(5),
    ownAccounts: uniqueIn(addressText, 500, 0).default([]),
  })
  .meta({ description: "What is normal; beyond it an order or event earns nothing until a person decided." });

/** A rule book as it is sent; defaults are filled in, so that the published document says everything. */
export const ruleBookIn = z
  .strictObject({
    returnWindowSeconds: z
      .int()
      .min(0)
      .max(90 * DAY_SECONDS)
      .default(7 * DAY_SECONDS),
    maturesBy: z.enum(["window", "action"]).default("window"),
    rules: z.array(ruleIn).max(RULES_MAX),
    tiers: z.array(tierIn).max(TIERS_MAX).default([]),
    caps: capsIn.prefault({}),
    tasks: z.array(taskIn).max(TASKS_MAX).default([]),
    referral: referralIn.optional(),
    deduction: deductionIn.prefault({}),
    guards: guardsIn.prefault({}),
  })
  .superRefine((book, context) => {
    for (const { path, message } of findFlaws(book)) context.addIssue({ code: "custom", path: [...path], message });
  })
  .meta({
    id: "RuleBook",
    description: "What a merchant decides about its points; amounts are fen and base units as decimal strings.",
    example: {
      returnWindowSeconds: 604_800,
      maturesBy: "window",
      rules: [
        {
          id: "base",
          name: { zh: "购物返 1%", en: "1 % of every purchase" },
          rate: { kind: "percent", bps: 100 },
        },
      ],
    },
  }) satisfies z.ZodType<RuleBook>;

/** A document that was published; it was valid then, so it is now. */
export function parseBook(document: unknown): RuleBook {
  return ruleBookIn.parse(document);
}
