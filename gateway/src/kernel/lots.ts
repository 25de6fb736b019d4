/**
 * The points of one account by age, exactly as the contract keeps them in one slot (contracts/types/Lots.sol).
 * Lane k holds base units issued in epoch `touched − k`; after four epochs they are gone without an event.
 */
export const LANES = 4;

const LANE_BITS = 56n;
const LANE_MASK = (1n << LANE_BITS) - 1n;
const TOUCHED_SHIFT = 224n;
const EPOCH_MASK = (1n << 30n) - 1n;

export type Lanes = readonly [bigint, bigint, bigint, bigint];

export interface Lots {
  /** The epoch the lanes are seen from: lane 0 was issued in it. */
  readonly touched: number;
  /** Base units, youngest first. */
  readonly lanes: Lanes;
}

export interface Taken {
  readonly taken: Lots;
  readonly left: Lots;
}

const NOTHING: Lanes = [0n, 0n, 0n, 0n];

export function emptyLots(epoch: number): Lots {
  return { touched: epoch, lanes: NOTHING };
}

/** Reads a packed slot; the two flags at the top belong to its owner and are left out. */
export function parseLots(word: bigint): Lots {
  const lane = (age: bigint): bigint => (word >> (age * LANE_BITS)) & LANE_MASK;
  return {
    touched: Number((word >> TOUCHED_SHIFT) & EPOCH_MASK),
    lanes: [lane(0n), lane(1n), lane(2n), lane(3n)],
  };
}

/** The packed slot with both flags clear. */
export function packLots({ touched, lanes }: Lots): bigint {
  const [a, b, c, d] = lanes;
  for (const lane of lanes) if (lane < 0n || lane > LANE_MASK) throw new RangeError(`a lane cannot hold ${lane}`);
  return a | (b << 56n) | (c << 112n) | (d << 168n) | (BigInt(touched) << TOUCHED_SHIFT);
}

/** The same points seen from a later epoch: what has expired meanwhile is no longer in them. */
export function rollTo(lots: Lots, epoch: number): Lots {
  const age = epoch - lots.touched;
  if (age === 0) return lots;
  if (age < 0) throw new RangeError(`lots touched in epoch ${lots.touched} cannot be seen from epoch ${epoch}`);
  const [a, b, c] = lots.lanes;
  if (age === 1) return { touched: epoch, lanes: [0n, a, b, c] };
  if (age === 2) return { touched: epoch, lanes: [0n, 0n, a, b] };
  if (age === 3) return { touched: epoch, lanes: [0n, 0n, 0n, a] };
  return emptyLots(epoch);
}

/** Base units in all lanes. */
export function totalOf({ lanes }: Lots): bigint {
  return lanes[0] + lanes[1] + lanes[2] + lanes[3];
}

/** Base units issued in exactly `epoch` and still in these lots. */
export function pointsOfEpoch(lots: Lots, epoch: number): bigint {
  return lots.lanes[lots.touched - epoch] ?? 0n;
}

/** `points` of one live epoch as seen from `touched`, which is that epoch or one of the three after it. */
export function lotsOfEpoch(epoch: number, points: bigint, touched: number): Lots {
  const age = touched - epoch;
  if (age < 0 || age >= LANES) throw new RangeError(`epoch ${epoch} has no lane in epoch ${touched}`);
  const lane = (k: number): bigint => (k === age ? points : 0n);
  return { touched, lanes: [lane(0), lane(1), lane(2), lane(3)] };
}

/** Adds lots; the ones seen from the earlier epoch are rolled to the later one first. */
export function addLots(one: Lots, other: Lots): Lots {
  const touched = Math.max(one.touched, other.touched);
  const a = rollTo(one, touched).lanes;
  const b = rollTo(other, touched).lanes;
  return { touched, lanes: [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]] };
}

/** Takes exactly the lots named, each lane of which must be there. Both are seen from the same epoch. */
export function takeLots(lots: Lots, named: Lots): Taken {
  if (lots.touched !== named.touched)
    throw new RangeError(`lots of epoch ${lots.touched} and ${named.touched} do not match: roll them first`);
  const left = ([0, 1, 2, 3] as const).map((k) => {
    const rest = lots.lanes[k] - named.lanes[k];
    if (rest < 0n) throw new RangeError(`lane ${k} has ${lots.lanes[k]}, ${named.lanes[k]} were to be taken`);
    return rest;
  }) as unknown as Lanes;
  return { taken: named, left: { touched: lots.touched, lanes: left } };
}

export function takeEpoch(lots: Lots, epoch: number, points: bigint): Taken {
  return takeLots(lots, lotsOfEpoch(epoch, points, lots.touched));
}

const OLDEST_FIRST = [3, 2, 1, 0] as const;
const YOUNGEST_FIRST = [0, 1, 2, 3] as const;

/** Takes what expires first; what every plain movement does. */
export function takeOldest(lots: Lots, points: bigint): Taken {
  return takeInOrder(lots, points, OLDEST_FIRST);
}

/** Takes what expires last; what a refund gives back. */
export function takeYoungest(lots: Lots, points: bigint): Taken {
  return takeInOrder(lots, points, YOUNGEST_FIRST);
}

function takeInOrder(lots: Lots, points: bigint, order: readonly (0 | 1 | 2 | 3)[]): Taken {
  const taken: [bigint, bigint, bigint, bigint] = [0n, 0n, 0n, 0n];
  let missing = points;
  for (const k of order) {
    if (missing === 0n) break;
    const part = missing < lots.lanes[k] ? missing : lots.lanes[k];
    taken[k] = part;
    missing -= part;
  }
  if (missing !== 0n) throw new RangeError(`${points} were to be taken from lots of ${points - missing}`);
  return takeLots(lots, { touched: lots.touched, lanes: taken });
}
