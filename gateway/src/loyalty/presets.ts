/** Whole rule books for three stages of a shop, filled from three answers: size of an order, margin, points a yuan. */
import type { Fen } from "../kernel/ids.ts";
import type { Json } from "./canonical.ts";
import { jsonOf } from "./canonical.ts";
import type { RuleBook } from "./rule-book.ts";
import { ruleBookIn } from "./schema.ts";

export const STAGES = ["new-shop", "growth", "mature"] as const;
export type Stage = (typeof STAGES)[number];

export interface Answers {
  readonly averageOrderFen: Fen;
  readonly grossMarginBps: number;
  /** 100 or 1000. */
  readonly pointsPerYuan: number;
}

export interface Preset {
  readonly stage: Stage;
  readonly title: { readonly zh: string; readonly en: string };
  readonly summary: { readonly zh: string; readonly en: string };
  readonly book: RuleBook;
}

const BPS = 10_000n;
const TENTH_YUAN_FEN = 10n;

/** Of the margin, so much goes back to customers; a shop nobody knows pays more for being noticed. */
const SHARE_OF_MARGIN: Readonly<Record<Stage, bigint>> = { "new-shop": 1_000n, growth: 800n, mature: 500n };

const WORDS: Readonly<Record<Stage, Pick<Preset, "title" | "summary">>> = {
  "new-shop": {
    title: { zh: "新店", en: "New shop" },
    summary: {
      zh: "让顾客尽快拿到第一份奖品：首单奖励、每日签到、浏览加购成交任务、老带新。",
      en: "A first prize soon: a gift for the first purchase, a daily visit, look → cart → buy, bring a friend.",
    },
  },
  growth: {
    title: { zh: "成长期", en: "Growth" },
    summary: {
      zh: "让顾客常来：基础返积分、工作日加倍、两级会员、每日任务、老带新。",
      en: "Customers who come again: points for purchases, more on weekdays, two tiers, daily tasks, bring a friend.",
    },
  },
  mature: {
    title: { zh: "成熟期", en: "Mature" },
    summary: {
      zh: "留住常客并控制成本：基础返积分、三级会员、每月上限。",
      en: "Keep regulars, keep costs: points for purchases, three tiers, a monthly cap.",
    },
  },
};

export function presetsFor(answers: Answers): readonly Preset[] {
  return STAGES.map((stage) => presetFor(stage, answers));
}

export function presetFor(stage: Stage, answers: Answers): Preset {
  return { stage, ...WORDS[stage], book: ruleBookIn.parse(jsonOf(documentOf(stage, answers))) };
}

/** Amounts that the three presets are built from, in base units of points. */
interface Sizes {
  /** The cheapest prize: about 1 % of an order, in whole tenths of a yuan. */
  readonly prize: bigint;
  readonly rateBps: number;
  readonly orderFen: bigint;
}

function sizesOf(stage: Stage, { averageOrderFen, grossMarginBps, pointsPerYuan }: Answers): Sizes {
  const hundredth = averageOrderFen / 100n;
  const prizeFen = (hundredth / TENTH_YUAN_FEN) * TENTH_YUAN_FEN || TENTH_YUAN_FEN;
  const rate = (BigInt(grossMarginBps) * SHARE_OF_MARGIN[stage]) / BPS;
  return {
    prize: prizeFen * BigInt(pointsPerYuan),
    rateBps: Number(rate < 50n ? 50n : rate > 1_000n ? 1_000n : rate),
    orderFen: averageOrderFen,
  };
}

function documentOf(stage: Stage, answers: Answers): Json {
  const sizes = sizesOf(stage, answers);
  const { prize, rateBps } = sizes;
  const base = {
    id: "base",
    name: { zh: "购物返积分", en: "Points for purchases" },
    rate: { kind: "percent", bps: rateBps },
  };
  const shared = {
    returnWindowSeconds: 7 * 86_400,
    deduction: { minimumPoints: prize, stepPoints: prize, minimumOrderFen: 0n },
  };
  const documents: Readonly<Record<Stage, object>> = {
    "new-shop": {
      ...shared,
      rules: [base, firstGift(prize)],
      tasks: [visit(prize / 2n), funnel(prize / 2n)],
      referral: referral(sizes),
    },
    growth: {
      ...shared,
      rules: [base, firstGift(prize), weekdays(rateBps)],
      tiers: tiers(sizes, [10_000, 12_500]),
      tasks: [visit(prize / 2n), funnel(prize / 2n)],
      referral: referral(sizes),
      caps: { perCustomerMonth: monthlyCap(sizes) },
    },
    mature: {
      ...shared,
      rules: [base, firstGift(prize)],
      tiers: tiers(sizes, [10_000, 12_500, 15_000]),
      tasks: [visit(prize / 2n)],
      caps: { perCustomerMonth: monthlyCap(sizes) },
    },
  };
  return jsonOf(documents[stage]);
}

function firstGift(points: bigint): object {
  const name = { zh: "首单礼", en: "First-purchase gift" };
  return { id: "first-purchase", name, rate: { kind: "fixed", points }, firstPurchaseOnly: true };
}

function weekdays(rateBps: number): object {
  const name = { zh: "工作日加倍", en: "Half as much again on weekdays" };
  const rate = { kind: "percent", bps: Math.max(1, Math.floor(rateBps / 2)) };
  return { id: "weekdays", name, rate, times: { weekdays: [1, 2, 3, 4] } };
}

function visit(points: bigint): object {
  return { id: "daily-visit", name: { zh: "每日签到", en: "Daily visit" }, kind: "daily", steps: ["sign-in"], points };
}

function funnel(points: bigint): object {
  const name = { zh: "浏览、加购、成交", en: "Look, put in the cart, buy" };
  return { id: "look-cart-buy", name, kind: "funnel", steps: ["look", "cart", "buy"], points };
}

/** Both sides together get less than a tenth of the smallest order that counts. */
function referral({ prize, orderFen }: Sizes): object {
  return { referrerPoints: 2n * prize, friendPoints: prize, minimumFen: orderFen, perMonthMax: 10 };
}

const TIER_NAMES = [
  { zh: "普通会员", en: "Member" },
  { zh: "银卡会员", en: "Silver" },
  { zh: "金卡会员", en: "Gold" },
];

/** The second tier from 12 orders a year, the third from 36: about one a month, and three. */
function tiers({ orderFen }: Sizes, multipliers: readonly number[]): object[] {
  const orders = [0n, 12n, 36n];
  return multipliers.map((multiplierBps, index) => ({
    id: ["member", "silver", "gold"][index],
    name: TIER_NAMES[index],
    fromFen: (orders[index] ?? 0n) * orderFen,
    multiplierBps,
  }));
}

/** What 30 orders of the average size would give in the lowest tier, at twice the rate. */
function monthlyCap({ prize, rateBps, orderFen }: Sizes): bigint {
  return 60n * prize + (60n * orderFen * BigInt(rateBps)) / BPS;
}
