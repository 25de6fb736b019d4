/** What a preview takes for granted about a shop: what it said, what its own orders show, or else what is stated here. */
import type { Fen, Points } from "../kernel/ids.ts";
import type { OrderLine } from "./evaluate.ts";
import type { RuleBook } from "./rule-book.ts";

export interface Outlook {
  /** Goods of an order, without freight. */
  readonly averageOrderFen: Fen;
  readonly ordersPerDay: number;
  readonly newCustomersPerMonth: number;
  readonly grossMarginBps: number;
  /** What a new customer costs the shop elsewhere: advertising, vouchers. */
  readonly acquisitionCostFen: Fen;
  /** Of points issued, so many are ever used; the rest expires (breakage). */
  readonly usedBps: number;
  /** Of new customers, so many are brought by a friend. */
  readonly referredBps: number;
  /** What prizes cost, cheapest first. Empty: the least that can be used at the till. */
  readonly prizes: readonly Points[];
}

export type Source = "given" | "history" | "assumed";
export type Sources = Readonly<Record<keyof Outlook, Source>>;

/** An order that was placed, or could be. */
export interface SampleOrder {
  readonly placedAt: number;
  readonly lines: readonly OrderLine[];
}

/** What the shop's own rows show; a field is left out while there is too little to say. */
export interface History extends Partial<Outlook> {
  /** The newest orders; played again under the book. Too few: orders are made up. */
  readonly sample: readonly SampleOrder[];
}

/** A small shop in a town. 80 % used is careful: in China about 12 % of all points ever are (the ledger's own figures replace it). */
const ASSUMED: Outlook = {
  averageOrderFen: 5_000n as Fen,
  ordersPerDay: 100,
  newCustomersPerMonth: 300,
  grossMarginBps: 3_000,
  acquisitionCostFen: 3_000n as Fen,
  usedBps: 8_000,
  referredBps: 2_000,
  prizes: [],
};

export const SAMPLE_MIN = 20;
/** Over a week every 97 minutes: no hour of the day is preferred, and none is left out. */
const WEEK_SECONDS = 604_800;
const SAMPLE_STEP_SECONDS = 97 * 60;
/** Kinds of goods in made-up orders: any article, and the first ones that rules name. */
const KINDS_MAX = 4;

export function completeOutlook(
  given: Partial<{ [Field in keyof Outlook]: Outlook[Field] | undefined }>,
  history: History,
): { readonly outlook: Outlook; readonly sources: Sources } {
  const names = Object.keys(ASSUMED) as (keyof Outlook)[];
  const choose = (name: keyof Outlook): [Source, unknown] =>
    given[name] !== undefined
      ? ["given", given[name]]
      : history[name] !== undefined
        ? ["history", history[name]]
        : ["assumed", ASSUMED[name]];
  const chosen = names.map((name) => [name, choose(name)] as const);
  const outlook = Object.fromEntries(chosen.map(([name, [, value]]) => [name, value])) as unknown as Outlook;
  const sources = Object.fromEntries(chosen.map(([name, [source]]) => [name, source])) as Sources;
  const prizes = [...outlook.prizes].sort((one, other) => (one < other ? -1 : 1));
  const acquisitionCostFen =
    sources.acquisitionCostFen === "assumed" ? assumedCostOf(outlook.averageOrderFen) : outlook.acquisitionCostFen;
  return { outlook: { ...outlook, prizes, acquisitionCostFen }, sources };
}

/** Dearer goods are advertised for more: a fifth of an order, and never less than the small shop's 30 yuan. */
function assumedCostOf(averageOrderFen: Fen): Fen {
  const fifth = averageOrderFen / 5n;
  return (fifth > ASSUMED.acquisitionCostFen ? fifth : ASSUMED.acquisitionCostFen) as Fen;
}

/** Orders of the average size at every time of a week: of any article, and of those that the rules name. */
export function imagineOrders(book: RuleBook, { averageOrderFen }: Outlook, now: number): readonly SampleOrder[] {
  const named = book.rules.flatMap(({ goods }) => [
    ...(goods.skus ?? []).map((sku) => ({ sku, category: "" })),
    ...(goods.categories ?? []).map((category) => ({ sku: "", category })),
  ]);
  const kinds = [{ sku: "", category: "" }, ...named].slice(0, KINDS_MAX);
  const moments = Array.from({ length: Math.floor(WEEK_SECONDS / SAMPLE_STEP_SECONDS) }, (_, index) => index);
  return moments.flatMap((moment) =>
    kinds.map((kind) => ({
      placedAt: now + moment * SAMPLE_STEP_SECONDS,
      lines: [{ ...kind, quantity: 1, paidFen: averageOrderFen, isFreight: false }],
    })),
  );
}
