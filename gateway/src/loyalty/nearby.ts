/**
 * Offers near a place, best first, each with a sentence that says why: what it saves, how far it is, and whether the
 * caller's points reach. Everything that goes into the order is in the answer; nothing can be bought into it.
 */
import type { Fen, Points } from "../kernel/ids.ts";
import type { PointSide, Reach } from "./reach.ts";

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface NearOffer {
  readonly merchantId: number;
  readonly offerRef: string;
  readonly title: Words;
  readonly sku: string | undefined;
  readonly price: Points;
  /** To be paid in money besides the points. */
  readonly cashFen: Fen;
  /** What it costs without points. */
  readonly worthFen: Fen;
  readonly endsAt: number;
  readonly store: {
    readonly storeRef: string;
    readonly name: Words;
    readonly address: string;
    readonly latitude: number;
    readonly longitude: number;
  };
  readonly distanceMeters: number;
  readonly side: PointSide;
}

export interface Ranked {
  readonly offer: NearOffer;
  /** Undefined: no account was named. */
  readonly reach: Reach | undefined;
  /** What it saves, weighed by reach and distance; only its order means something. */
  readonly score: number;
  readonly sentence: Words;
}

/** Of what it saves: own points count whole, a swap costs its spread, points that do not reach are a wish. */
const WEIGHT = { held: 1, swap: 0.9, short: 0.4 } as const;
/** At this distance an offer counts half of what it would next door. */
const HALF_WAY_METERS = 500;

function weightOf(reach: Reach | undefined, price: bigint): number {
  if (reach === undefined) return 1;
  if (reach.kind !== "short") return WEIGHT[reach.kind];
  return (WEIGHT.short * Number((reach.own * 1_000n) / price)) / 1_000;
}

function scoreOf({ worthFen, cashFen, distanceMeters, price }: NearOffer, reach: Reach | undefined): number {
  const saved = Number(worthFen - cashFen);
  return Math.round((saved * weightOf(reach, price) * 1_000 * HALF_WAY_METERS) / (HALF_WAY_METERS + distanceMeters));
}

/** One entry an offer, at its nearest store; a wallet shows tens, and the rest is farther or worth less. */
export function rankOffers(
  offers: readonly NearOffer[],
  reachFor: (offer: NearOffer) => Reach | undefined,
  limit: number,
): Ranked[] {
  const nearest = new Map<string, NearOffer>();
  for (const offer of offers) {
    const key = `${offer.merchantId} ${offer.offerRef}`;
    const known = nearest.get(key);
    if (known === undefined || offer.distanceMeters < known.distanceMeters) nearest.set(key, offer);
  }
  return [...nearest.values()]
    .map((offer) => {
      const reach = reachFor(offer);
      return { offer, reach, score: scoreOf(offer, reach), sentence: sentenceOf(offer, reach) };
    })
    .sort(byRank)
    .slice(0, limit);
}

/** Ties by distance, then by name: the same question has the same answer. */
function byRank(a: Ranked, b: Ranked): number {
  return (
    b.score - a.score ||
    a.offer.distanceMeters - b.offer.distanceMeters ||
    a.offer.merchantId - b.offer.merchantId ||
    (a.offer.offerRef < b.offer.offerRef ? -1 : 1)
  );
}

function sentenceOf(offer: NearOffer, reach: Reach | undefined): Words {
  const { side, price, title } = offer;
  const at = { zh: distanceText(offer.distanceMeters, "zh"), en: distanceText(offer.distanceMeters, "en") };
  const cash = cashText(offer.cashFen);
  const place = { zh: `（${offer.store.name.zh}，${at.zh}）。`, en: ` (${offer.store.name.en}, ${at.en}).` };
  if (reach === undefined)
    return {
      zh: `${pointsText(price)} ${side.name}${cash.zh}可兑「${title.zh}」${place.zh}`,
      en: `${pointsText(price)} ${side.name}${cash.en} buy “${title.en}”${place.en}`,
    };
  if (reach.kind === "held")
    return {
      zh: `您的 ${pointsText(price)} ${side.name}${cash.zh}即可兑换「${title.zh}」${place.zh}`,
      en: `Your ${pointsText(price)} ${side.name}${cash.en} buy this “${title.en}”${place.en}`,
    };
  if (reach.kind === "swap") {
    const given = `${pointsText(reach.swap.amountIn)} ${reach.swap.from.name}`;
    const own = reach.own === 0n ? "" : `${pointsText(reach.own)} ${side.name}`;
    return {
      zh: `您的 ${given}${own === "" ? "" : `加 ${own}`}${cash.zh}可换得这份${side.name}的「${title.zh}」${place.zh}`,
      en: `Your ${given}${own === "" ? "" : ` and ${own}`}${cash.en} buy this ${side.name} “${title.en}”${place.en}`,
    };
  }
  const missing = `${pointsText(reach.missing)} ${side.name}`;
  return {
    zh: `还差 ${missing}，可兑「${title.zh}」${place.zh}`,
    en: `${missing} are missing for “${title.en}”${place.en}`,
  };
}

/** Base units as people read them: 320000 → 3,200. */
export function pointsText(units: bigint): string {
  const whole = (units / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = (units % 100n).toString().padStart(2, "0").replace(/0+$/, "");
  return rest === "" ? whole : `${whole}.${rest}`;
}

function cashText(fen: bigint): Words {
  if (fen === 0n) return { zh: "", en: "" };
  const yuan = pointsText(fen);
  return { zh: `加 ${yuan} 元`, en: ` and ¥${yuan}` };
}

function distanceText(meters: number, language: "zh" | "en"): string {
  if (meters < 1_000) return language === "zh" ? `${meters} 米` : `${meters} m away`;
  const kilometers = (meters / 1_000).toFixed(1);
  return language === "zh" ? `${kilometers} 公里` : `${kilometers} km away`;
}
