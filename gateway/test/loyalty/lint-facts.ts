/** A shop whose ordinary order is 100 yuan; 1 % of it is 100 points, as much as the cheapest prize. */
import type { Fen, Points } from "../../src/kernel/ids.ts";
import type { Preview, PreviewFacts } from "../../src/loyalty/preview.ts";
import { previewBook } from "../../src/loyalty/preview.ts";
import { parseBook } from "../../src/loyalty/schema.ts";
import { MAY } from "./rule-arbitraries.ts";

export const name = { zh: "规则", en: "rule" };
export const base = (rest: object = {}): object => ({ id: "base", name, rate: { kind: "percent", bps: 100 }, ...rest });
export const task = (rest: object = {}): object => ({
  id: "visit",
  name,
  kind: "daily",
  steps: ["sign-in"],
  points: "5000",
  ...rest,
});
export const fixed = (points: string): object => ({ kind: "fixed", points });
export const tier = (id: string, fromFen: string, multiplierBps = 10_000): object => ({
  id,
  name,
  fromFen,
  multiplierBps,
});
export const brings = (minimumFen: string, points = "1000"): object => ({
  referral: { referrerPoints: points, friendPoints: points, minimumFen },
});

export const FACTS: PreviewFacts = {
  given: { averageOrderFen: 10_000n as Fen, prizes: [10_000n as Points, 30_000n as Points] },
  history: { sample: [] },
  terms: { pointsPerYuan: 100, utcOffsetSeconds: 28_800 },
  now: MAY,
};

/** A shop whose ordinary order is 100 yuan; 1 % of it is 100 points, as much as the cheapest prize. */
export function look(book: object, given: PreviewFacts["given"] = {}): Preview {
  return previewBook(parseBook({ rules: [base()], ...book }), { ...FACTS, given: { ...FACTS.given, ...given } });
}
