/** The packed slot of contracts/types/Lots.sol, taken apart and put together in plain arithmetic. */

export const LANE_MAX = 2n ** 56n - 1n;

/** Base units by age: [current epoch, one before, two before, three before]. */
export type Ages = readonly [bigint, bigint, bigint, bigint];

export const NOTHING: Ages = [0n, 0n, 0n, 0n];

export function packLanes(ages: Ages): bigint {
  return ages.reduce((word, points, age) => word | (points << BigInt(56 * age)), 0n);
}

export function packLots(ages: Ages, epoch: bigint, flags = 0n): bigint {
  return packLanes(ages) | (epoch << 224n) | (flags << 254n);
}

export function agesOf(word: bigint): Ages {
  const lane = (age: bigint) => (word >> (56n * age)) & LANE_MAX;
  return [lane(0n), lane(1n), lane(2n), lane(3n)];
}

export function touchedOf(word: bigint): bigint {
  return (word >> 224n) & (2n ** 30n - 1n);
}

/** One item of an issue: receiver, base units and the order's tag in one word. */
export function packItem(to: string, points: bigint, tag = 0n): bigint {
  return (BigInt(to) << 96n) | (points << 40n) | tag;
}
