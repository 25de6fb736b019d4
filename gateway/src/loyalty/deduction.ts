/**
 * How points pay for a part of an order, exact to the fen. One fen is `pointsPerYuan` base units (100 base units a point,
 * 100 fen a yuan), so every amount here is a whole number of both.
 */
import type { Fen, Points } from "../kernel/ids.ts";
import type { OrderLine } from "./evaluate.ts";
import type { DeductionTerms } from "./rule-book.ts";

/** Why points pay for nothing, or not for as much as was asked. */
export const DEDUCTION_OBSTACLES = [
  "closed",
  "orderTooSmall",
  "nothingDeductible",
  "belowMinimum",
  "notInSteps",
  "aboveLimit",
] as const;
export type DeductionObstacle = (typeof DEDUCTION_OBSTACLES)[number];

export interface DeductionLimits {
  /** Of all lines. */
  readonly totalFen: Fen;
  /** Of the lines that points may pay for: neither freight nor excluded. */
  readonly deductibleFen: Fen;
  /** Base units that may be used at most, in whole steps; 0 when `obstacle` says why. */
  readonly maxPoints: Points;
  readonly minimumPoints: Points;
  /** Whole fen, whatever the terms say. */
  readonly stepPoints: Points;
  readonly obstacle?: DeductionObstacle | undefined;
}

/** What of a line is paid how; the two sum to what the line costs. */
export interface SplitLine {
  readonly sku: string;
  readonly listFen: Fen;
  readonly deductionFen: Fen;
  readonly cashFen: Fen;
}

const BPS = 10_000n;

function sum(lines: readonly OrderLine[]): Fen {
  return lines.reduce((total, line) => total + line.paidFen, 0n) as Fen;
}

function gcd(one: bigint, other: bigint): bigint {
  return other === 0n ? one : gcd(other, one % other);
}

const roundUp = (value: bigint, step: bigint): bigint => ((value + step - 1n) / step) * step;
const roundDown = (value: bigint, step: bigint): bigint => (value / step) * step;

/** Freight is never paid with points. */
export function isDeductible({ excluded }: Pick<DeductionTerms, "excluded">, line: OrderLine): boolean {
  return (
    !line.isFreight &&
    !(excluded.skus?.includes(line.sku) ?? false) &&
    !(excluded.categories?.includes(line.category) ?? false)
  );
}

/** What the terms allow for these goods, whoever asks. */
export function limitsOf(terms: DeductionTerms, pointsPerYuan: number, lines: readonly OrderLine[]): DeductionLimits {
  const perFen = BigInt(pointsPerYuan);
  const asked = terms.stepPoints > 0n ? terms.stepPoints : 1n;
  // A step that is no whole number of fen would leave a fraction to somebody: the next that is one holds instead.
  const stepPoints = ((asked * perFen) / gcd(asked, perFen)) as Points;
  const minimumPoints = roundUp(terms.minimumPoints > 0n ? terms.minimumPoints : 1n, stepPoints) as Points;
  const deductibleFen = sum(lines.filter((line) => isDeductible(terms, line)));
  const goodsFen = sum(lines.filter((line) => !line.isFreight));
  const mostFen = (deductibleFen * BigInt(terms.maxBps)) / BPS;
  const most = roundDown(mostFen * perFen, stepPoints);
  const obstacle: DeductionObstacle | undefined = !terms.isOpen
    ? "closed"
    : goodsFen < terms.minimumOrderFen
      ? "orderTooSmall"
      : most === 0n
        ? "nothingDeductible"
        : most < minimumPoints
          ? "belowMinimum"
          : undefined;
  const maxPoints = (obstacle === undefined ? most : 0n) as Points;
  return { totalFen: sum(lines), deductibleFen, maxPoints, minimumPoints, stepPoints, obstacle };
}

/** Whether just so many points may be used; undefined when they may. */
export function obstacleTo(limits: DeductionLimits, points: Points): DeductionObstacle | undefined {
  if (limits.obstacle !== undefined) return limits.obstacle;
  if (points > limits.maxPoints) return "aboveLimit";
  if (points < limits.minimumPoints) return "belowMinimum";
  return points % limits.stepPoints === 0n ? undefined : "notInSteps";
}

/** The most that somebody with `balance` can use; 0 when that is below the minimum. */
export function bestPoints(limits: DeductionLimits, balance: bigint): Points {
  const most = balance < limits.maxPoints ? roundDown(balance, limits.stepPoints) : limits.maxPoints;
  return (most < limits.minimumPoints ? 0n : most) as Points;
}

export function fenOf(points: Points, pointsPerYuan: number): Fen {
  return (points / BigInt(pointsPerYuan)) as Fen;
}

/**
 * Shares a deduction out over the lines that it may pay for, in proportion to their prices: line k gets what the first k
 * lines together are due, less what the first k − 1 got. So no line gets more than it costs, and the sum is exact.
 */
export function splitLines(
  terms: Pick<DeductionTerms, "excluded">,
  lines: readonly OrderLine[],
  deductionFen: Fen,
): SplitLine[] {
  const deductibleFen = sum(lines.filter((line) => isDeductible(terms, line)));
  let priced = 0n;
  let given = 0n;
  return lines.map((line) => {
    const before = given;
    if (isDeductible(terms, line) && deductibleFen > 0n) {
      priced += line.paidFen;
      given = (deductionFen * priced) / deductibleFen;
    }
    const deducted = (given - before) as Fen;
    return { sku: line.sku, listFen: line.paidFen, deductionFen: deducted, cashFen: (line.paidFen - deducted) as Fen };
  });
}
