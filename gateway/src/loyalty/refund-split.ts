/**
 * Goods come back that were partly paid with points: each line gives points and money back in the proportion it was paid
 * in. What is due is counted from the whole that has come back so far, less what was given before, so that any sequence of
 * partial refunds ends in the very sums that were paid, to the fen.
 */
import type { Fen } from "../kernel/ids.ts";
import type { SplitLine } from "./deduction.ts";

/** A line of the order, and how much of it (at list price) and of its deduction has been given back. */
export interface RefundLine extends SplitLine {
  readonly returnedFen: Fen;
  readonly returnedDeductionFen: Fen;
}

/** At list price, deduction included. Without a SKU: of everything that is left, in proportion. */
export interface ReturnedAmount {
  readonly sku?: string | undefined;
  readonly amountFen: Fen;
}

export interface RefundSplit {
  readonly deductionFen: Fen;
  readonly cashFen: Fen;
  /** As they stand afterwards. */
  readonly lines: readonly RefundLine[];
}

export const untouched = (line: SplitLine): RefundLine => ({
  ...line,
  returnedFen: 0n as Fen,
  returnedDeductionFen: 0n as Fen,
});

function leftOf(lines: readonly RefundLine[]): Fen {
  return lines.reduce((left, line) => left + line.listFen - line.returnedFen, 0n) as Fen;
}

/** How much can still come back of a SKU, or of the whole order. */
export function leftToReturn(lines: readonly RefundLine[], sku?: string): Fen {
  return leftOf(sku === undefined ? lines : lines.filter((line) => line.sku === sku));
}

/** Takes `amountFen` off the lines in proportion to what is left of each; never more than that. */
function takeOff(lines: readonly RefundLine[], { sku, amountFen }: ReturnedAmount): RefundLine[] {
  const left = leftToReturn(lines, sku);
  let passed = 0n;
  let taken = 0n;
  return lines.map((line) => {
    if (sku !== undefined && line.sku !== sku) return line;
    passed += line.listFen - line.returnedFen;
    const until = left === 0n ? 0n : (amountFen * passed) / left;
    const returnedFen = (line.returnedFen + until - taken) as Fen;
    taken = until;
    return { ...line, returnedFen };
  });
}

function settled(line: RefundLine): RefundLine {
  const due = line.listFen === 0n ? 0n : (line.deductionFen * line.returnedFen) / line.listFen;
  return { ...line, returnedDeductionFen: due as Fen };
}

/** The caller has checked that no amount is more than what is left (`leftToReturn`). */
export function splitRefund(lines: readonly RefundLine[], returned: readonly ReturnedAmount[]): RefundSplit {
  const before = lines.reduce((given, line) => given + line.returnedDeductionFen, 0n);
  const after = returned.reduce<readonly RefundLine[]>(takeOff, lines).map(settled);
  const given = after.reduce((sum, line) => sum + line.returnedDeductionFen, 0n) - before;
  const total = returned.reduce((sum, { amountFen }) => sum + amountFen, 0n);
  return { deductionFen: given as Fen, cashFen: (total - given) as Fen, lines: after };
}
