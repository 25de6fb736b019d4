/** Money as shops write it: yuan with two decimals, kept in fen. */
import { formatExact, parseAmount } from "../../../format/amount.ts";

const YUAN_DECIMALS = 2;

export const yuanOf = (fen: string | bigint): string => formatExact(fen, YUAN_DECIMALS);

/** Undefined when it is no amount of money. */
export const fenOf = (yuan: string): string | undefined => parseAmount(yuan, YUAN_DECIMALS)?.toString();

/** What points take off a bill, in fen, rounded down: 100 base units are a point. */
export const worthFen = (points: string, pointsPerYuan: number): bigint => BigInt(points) / BigInt(pointsPerYuan);
