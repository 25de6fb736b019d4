/**
 * From where on something is worth a look: one JSON document (`LEDGER_ALERTS_FILE`), all of it optional. Yuan are
 * counted at the merchant's own points per yuan, ALP are whole ALP, shares and moves are basis points (10,000 = all).
 */
import { z } from "zod";

const DAY = 86_400;
const seconds = (min: number, max: number) => z.int().min(min).max(max);
const bps = (max: number) => z.int().min(1).max(max);
const yuan = z.int().min(0).max(1_000_000_000);
const alp = z.int().min(0).max(1_000_000_000);

const schema = z.strictObject({
  /** Seconds between two looks at what was indexed. */
  everySeconds: z.int().min(1).max(3_600).default(5),
  /** Issued within the window: more than `factor` times the merchant's mean, and worth at least `floorYuan`. */
  issueBurst: z
    .strictObject({
      isOn: z.boolean().default(true),
      windowSeconds: seconds(60, 7 * DAY).default(3_600),
      factor: z.int().min(1).max(10_000).default(5),
      trailingDays: z.int().min(1).max(365).default(30),
      floorYuan: yuan.default(10_000),
    })
    .prefault({}),
  /** Swaps that come back to the token and account they began with, each worth at least `minAlp`. */
  swapCircles: z
    .strictObject({
      isOn: z.boolean().default(true),
      windowSeconds: seconds(60, 7 * DAY).default(DAY),
      minAlp: alp.default(100),
      /** Returns of one account within the window. */
      timesAlone: z.int().min(1).max(1_000).default(3),
      /** Returns of a ring of several accounts. */
      timesInRing: z.int().min(1).max(1_000).default(1),
      accountsMax: z.int().min(2).max(6).default(4),
    })
    .prefault({}),
  /** One account holds more than this part of a token's circulating supply, which is worth at least `floorYuan`. */
  concentration: z
    .strictObject({
      isOn: z.boolean().default(true),
      shareBpsMax: bps(9_999).default(2_000),
      floorYuan: yuan.default(10_000),
      /** It is raised again after so many days if it lasts. */
      againAfterDays: z.int().min(1).max(365).default(30),
    })
    .prefault({}),
  /** Locked ALP, less requested withdrawals, over what is required. */
  coverage: z
    .strictObject({
      isOn: z.boolean().default(true),
      ratioBpsMin: bps(100_000).default(10_500),
      againAfterDays: z.int().min(1).max(365).default(1),
    })
    .prefault({}),
  /** A posted price against the one in force so many days before. */
  priceMove: z
    .strictObject({
      isOn: z.boolean().default(true),
      days: z.int().min(1).max(365).default(7),
      moveBpsMax: bps(1_000_000).default(2_000),
    })
    .prefault({}),
  /** Nothing moved for `idleDays`, then more than `floorYuan` of one token leaves within the window. */
  dormantWaking: z
    .strictObject({
      isOn: z.boolean().default(true),
      idleDays: z.int().min(1).max(3_650).default(180),
      windowSeconds: seconds(60, 7 * DAY).default(DAY),
      floorYuan: yuan.default(500),
    })
    .prefault({}),
});

export type Thresholds = z.output<typeof schema>;

/** Throws a sentence that names every field that is wrong. */
export function parseThresholds(text: string): Thresholds {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new RangeError("is not JSON");
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new RangeError(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}

export const DEFAULT_THRESHOLDS: Thresholds = schema.parse({});

/** Base units of points worth so many yuan. */
export function pointsOfYuan(amount: number, pointsPerYuan: number): bigint {
  return BigInt(amount) * BigInt(pointsPerYuan) * 100n;
}

export const DAY_SECONDS = DAY;
