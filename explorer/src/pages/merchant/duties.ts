/** What needs somebody at the merchant's, worked out of what the pages show anyway; the gravest first. Pure. */
import type { Measure, Point, Pool } from "../../../../gateway/client/generated/types.gen.ts";
import { formatAmount, formatBps } from "../../format/amount.ts";
import { merchantPaths, paths } from "../../urls.ts";
import type { OwnMerchant } from "./own-merchant.tsx";
import { issuedToday, shareOfLimit } from "./tills.ts";

export interface Facts {
  readonly merchant: OwnMerchant;
  readonly point: Point;
  /** Null when the merchant's side is not open. */
  readonly pool: Pool | null;
  readonly lastMeasure: Measure | undefined;
  readonly objections: number;
  readonly goodsWaiting: number;
  /** Unix seconds. */
  readonly now: number;
  readonly day: (seconds: number) => string;
}

type Name =
  | "tokenPaused"
  | "issueHalted"
  | "coverageBad"
  | "coverageLow"
  | "measure"
  | "withdrawalReady"
  | "poolMissing"
  | "acceptPaused"
  | "releasePaused"
  | "reserveLow"
  | "tillNearLimit"
  | "objections"
  | "goodsWaiting"
  | "expiring";

export interface Duty {
  readonly name: Name;
  readonly tone: "error" | "warning" | "info";
  readonly values: Readonly<Record<string, string | number>>;
  /** Where it is done. */
  readonly to: string;
}

const FULL_BPS = 10_000n;
/** Below this a good week may be enough to stop issuing. */
const LOW_BPS = 12_000n;
const SOON_SECONDS = 30 * 86_400;
const NEAR_LIMIT_PERCENT = 80;

const duty = (name: Name, tone: Duty["tone"], to: string, values: Duty["values"] = {}): Duty => ({
  name,
  tone,
  values,
  to,
});

function supervisionDuties({ point, lastMeasure, now, day }: Facts): Duty[] {
  const duties: Duty[] = [];
  if (point.isPaused) duties.push(duty("tokenPaused", "error", paths.supervision));
  if (point.isIssueHalted) duties.push(duty("issueHalted", "error", paths.supervision));
  else if (lastMeasure !== undefined && now - lastMeasure.timestamp < SOON_SECONDS) {
    const { timestamp, caseNumber } = lastMeasure;
    duties.push(duty("measure", "warning", paths.supervision, { day: day(timestamp), caseNumber }));
  }
  return duties;
}

function backingDuties({ merchant: { coverage, withdrawalAvailableAt: readyAt }, now }: Facts): Duty[] {
  const duties: Duty[] = [];
  const { ratioBps, requested } = coverage;
  if (ratioBps !== null && BigInt(ratioBps) < LOW_BPS) {
    const isBad = BigInt(ratioBps) < FULL_BPS;
    const percent = formatBps(ratioBps);
    duties.push(
      duty(isBad ? "coverageBad" : "coverageLow", isBad ? "error" : "warning", merchantPaths.collateral, { percent }),
    );
  }
  if (readyAt !== null && readyAt <= now && requested.amount !== "0")
    duties.push(duty("withdrawalReady", "info", merchantPaths.collateral, { amount: formatAmount(requested) }));
  return duties;
}

function exchangeDuties({ pool }: Facts): Duty[] {
  if (pool === null) return [duty("poolMissing", "info", merchantPaths.prices)];
  const duties: Duty[] = [];
  const { isAcceptPaused, isReleasePaused, alpReserve, poolDailyLimit, prices } = pool;
  if (isAcceptPaused) duties.push(duty("acceptPaused", "warning", merchantPaths.limits));
  if (isReleasePaused) duties.push(duty("releasePaused", "warning", merchantPaths.limits));
  const dayCosts = BigInt(poolDailyLimit.amount) * BigInt(prices.accept.amount);
  if (!isAcceptPaused && BigInt(alpReserve.amount) < dayCosts)
    duties.push(duty("reserveLow", "warning", merchantPaths.reserves, { amount: formatAmount(alpReserve) }));
  return duties;
}

function tillDuties({ merchant: { tills, utcOffsetSeconds }, now }: Facts): Duty[] {
  const shares = tills.map((till) => shareOfLimit(issuedToday(till, utcOffsetSeconds, now), till.dailyLimit.amount));
  const most = Math.max(0, ...shares);
  if (most < NEAR_LIMIT_PERCENT) return [];
  return [duty("tillNearLimit", "warning", merchantPaths.tills, { percent: `${most}%` })];
}

function customerDuties({ objections, goodsWaiting, point, now, day }: Facts): Duty[] {
  const duties: Duty[] = [];
  if (objections > 0) duties.push(duty("objections", "info", merchantPaths.objections, { count: objections }));
  if (goodsWaiting > 0) duties.push(duty("goodsWaiting", "info", merchantPaths.goods, { count: goodsWaiting }));
  const next = point.expiry.find(
    ({ points, expiresAt }) => points.amount !== "0" && expiresAt !== null && expiresAt > now,
  );
  if (next !== undefined && next.expiresAt !== null && next.expiresAt - now < SOON_SECONDS) {
    const values = { amount: formatAmount(next.points), day: day(next.expiresAt) };
    duties.push(duty("expiring", "info", merchantPaths.liability, values));
  }
  return duties;
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

export const dutiesOf = (facts: Facts): Duty[] =>
  [supervisionDuties, backingDuties, exchangeDuties, tillDuties, customerDuties]
    .flatMap((find) => find(facts))
    .sort((one, other) => GRAVITY[one.tone] - GRAVITY[other.tone]);
