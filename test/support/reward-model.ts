/**
 * What nodes earn, worked out a second time from the design's words alone: a plain list of what happened, and sums in
 * whole ALP wei. It knows nothing of how the contracts keep it.
 */
const YEAR_SECONDS = 365n * 86_400n;
const BPS = 10_000n;

export interface Schedule {
  readonly startedAt: bigint;
  readonly epochSeconds: bigint;
  readonly windowsRequired: bigint;
}

/** Something that holds from a second on: a rate, a supply, whether a member is active. */
interface Since<T> {
  readonly at: bigint;
  readonly value: T;
}

export class RewardModel {
  readonly #schedule: Schedule;
  readonly #rates: Since<bigint>[] = [];
  readonly #supplies: Since<bigint>[] = [];
  readonly #activity = new Map<bigint, Since<boolean>[]>();
  readonly #windows = new Map<string, Set<bigint>>();
  readonly #claimed = new Set<string>();
  readonly #emitted = new Map<bigint, bigint>();

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  supplyIs(value: bigint, at: bigint): void {
    this.#supplies.push({ at, value });
  }

  rateIs(value: bigint, at: bigint): void {
    this.#rates.push({ at, value });
  }

  memberIs(id: bigint, value: boolean, at: bigint): void {
    this.#activity.set(id, [...(this.#activity.get(id) ?? []), { at, value }]);
  }

  attested(id: bigint, epoch: bigint, window: bigint): void {
    const key = `${id}/${epoch}`;
    this.#windows.set(key, (this.#windows.get(key) ?? new Set()).add(window));
  }

  /** Notes that a reward was minted at that second. */
  claimed(id: bigint, epoch: bigint, at: bigint): bigint {
    const amount = this.rewardOf(id, epoch);
    const year = this.yearOf(epoch);
    this.#claimed.add(`${id}/${epoch}`);
    this.#emitted.set(year, this.emittedIn(year) + amount);
    this.supplyIs(this.supply + amount, at);
    return amount;
  }

  get supply(): bigint {
    return this.#supplies.at(-1)!.value;
  }

  emittedIn(year: bigint): bigint {
    return this.#emitted.get(year) ?? 0n;
  }

  /** Epochs in which a member earned something that it has not claimed, of those before `epoch`. */
  claimable(id: bigint, epoch: bigint): bigint[] {
    return range(epoch).filter((past) => this.isEarned(id, past) && !this.#claimed.has(`${id}/${past}`));
  }

  isEarned(id: bigint, epoch: bigint): boolean {
    const count = this.#windows.get(`${id}/${epoch}`)?.size ?? 0;
    return this.#membersIn(epoch).includes(id) && BigInt(count) >= this.#schedule.windowsRequired;
  }

  /** ⌊emission / members⌋ of one that earned. */
  rewardOf(id: bigint, epoch: bigint): bigint {
    return this.isEarned(id, epoch) ? this.emissionOf(epoch) / BigInt(this.#membersIn(epoch).length) : 0n;
  }

  /** ⌊supply at the year's start · rate at the epoch's start · epoch / year⌋. */
  emissionOf(epoch: bigint): bigint {
    const supply = valueAt(this.#supplies, this.#startOf(this.yearOf(epoch), YEAR_SECONDS)) ?? 0n;
    const rate = valueAt(this.#rates, this.#startOf(epoch, this.#schedule.epochSeconds)) ?? 0n;
    return (supply * rate * this.#schedule.epochSeconds) / (BPS * YEAR_SECONDS);
  }

  capOf(year: bigint, bpsMax: bigint): bigint {
    return ((valueAt(this.#supplies, this.#startOf(year, YEAR_SECONDS)) ?? 0n) * bpsMax) / BPS;
  }

  /** Rewards of a year that nobody may ever have: shares not earned, and what does not divide by the members. */
  forfeitedIn(year: bigint, epochs: bigint): bigint {
    return range(epochs)
      .filter((epoch) => this.yearOf(epoch) === year)
      .reduce((sum, epoch) => {
        const earned = this.#membersIn(epoch).reduce((shares, id) => shares + this.rewardOf(id, epoch), 0n);
        return sum + this.emissionOf(epoch) - earned;
      }, 0n);
  }

  yearOf(epoch: bigint): bigint {
    return (epoch * this.#schedule.epochSeconds) / YEAR_SECONDS;
  }

  #membersIn(epoch: bigint): bigint[] {
    const start = this.#startOf(epoch, this.#schedule.epochSeconds);
    return [...this.#activity].filter(([, changes]) => valueAt(changes, start) === true).map(([id]) => id);
  }

  #startOf(index: bigint, seconds: bigint): bigint {
    return this.#schedule.startedAt + index * seconds;
  }
}

function valueAt<T>(changes: readonly Since<T>[], second: bigint): T | undefined {
  return changes.filter(({ at }) => at <= second).at(-1)?.value;
}

function range(count: bigint): bigint[] {
  return Array.from({ length: Number(count) }, (_, index) => BigInt(index));
}
