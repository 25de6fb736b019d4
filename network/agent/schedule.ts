/** When a node attests: the contract's epochs and windows, in chain time, and its own moment within a window. */
import { createHash } from "node:crypto";

/** All in seconds, as the contract has it. */
export interface Schedule {
  readonly startedAt: number;
  readonly epochSeconds: number;
  readonly windowSeconds: number;
  readonly windowsRequired: number;
}

export interface Place {
  readonly epoch: number;
  /** Of the epoch, from 0. */
  readonly window: number;
  /** Of all windows since the start, from 0: a later one is a greater one. */
  readonly ordinal: number;
  /** Chain time of the window's first second. */
  readonly startsAt: number;
}

/** Attestations start within the first half of a window: the other half is for trying again. */
const JITTER_SHARE = 0.5;

export function windowsPerEpoch({ epochSeconds, windowSeconds }: Schedule): number {
  return epochSeconds / windowSeconds;
}

export function placeAt(schedule: Schedule, second: number): Place {
  const { startedAt, windowSeconds } = schedule;
  return placeOf(schedule, Math.max(0, Math.floor((second - startedAt) / windowSeconds)));
}

function placeOf(schedule: Schedule, ordinal: number): Place {
  const perEpoch = windowsPerEpoch(schedule);
  const epoch = Math.floor(ordinal / perEpoch);
  const startsAt = schedule.startedAt + ordinal * schedule.windowSeconds;
  return { epoch, window: ordinal - epoch * perEpoch, ordinal, startsAt };
}

/**
 * Chain time at which this node attests in that window: drawn from its address, so that the nodes of an alliance do not
 * all come at once, that a restarted agent keeps its time, and that no node comes first in every window.
 */
export function dueAt({ windowSeconds }: Schedule, { ordinal, startsAt }: Place, node: string): number {
  const draw = createHash("sha256").update(`${node}/${ordinal}`).digest().readUInt32BE(0) / 2 ** 32;
  return startsAt + windowSeconds * JITTER_SHARE * draw;
}

/** The next moment at which this node has to attest, after everything up to `attested` is done. */
export function nextDueAt(schedule: Schedule, place: Place, duty: Duty): number {
  let ordinal = Math.max(place.ordinal, duty.attested + 1);
  while (!isOnDuty(ordinal, duty.every)) ordinal += 1;
  return dueAt(schedule, placeOf(schedule, ordinal), duty.node);
}

export interface Duty {
  readonly node: string;
  /** Attests in each such window only; 1 is all of them. */
  readonly every: number;
  /** Ordinal of the last window attested; -1 before the first. */
  readonly attested: number;
}

export function isOnDuty(ordinal: number, every: number): boolean {
  return ordinal % every === 0;
}
