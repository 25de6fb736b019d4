/** Reward epochs of the demo's agents: letting one pass window by window, and what the design says it is worth. */
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningAlliance } from "./running-alliance.ts";

export const YEAR_SECONDS = 365n * 86_400n;
const BPS = 10_000n;
/** Agents attest in the first half of a window, each at its own moment. */
const PAST_EVERY_MOMENT_SECONDS = 16;
/** The members whose agents keep their node; the fourth is lazy. */
const DILIGENT = [1, 2, 3] as const;

export interface Standing {
  readonly windowsAttested: bigint;
  readonly isClaimed: boolean;
  readonly reward: bigint;
}

export class Epochs {
  readonly #alliance: RunningAlliance;

  constructor(alliance: RunningAlliance) {
    this.#alliance = alliance;
  }

  view<T = bigint>(method: string, ...args: unknown[]): Promise<T> {
    return this.#alliance.view<T>("nodeRewards", method, ...args);
  }

  standingOf(memberId: number, epoch: bigint): Promise<Standing> {
    return this.view<Standing>("standingOf", memberId, epoch);
  }

  async passTo(timestamp: bigint): Promise<void> {
    await this.#alliance.passTime(Math.max(1, Number(timestamp) - (await this.#alliance.chainNow())));
  }

  /** Passes to `epoch` and lets its agents attest in as many windows as are required. */
  async keep(epoch: bigint): Promise<void> {
    const startsAt = await this.view("epochStart", epoch);
    const [required, windowSeconds] = [await this.view("WINDOWS_REQUIRED"), await this.view("WINDOW_SECONDS")];
    for (let window = 0n; window < required; window += 1n) {
      await this.passTo(startsAt + window * windowSeconds + BigInt(PAST_EVERY_MOMENT_SECONDS));
      await until(`three attestations in window ${window}`, async () => {
        const seen = await Promise.all(DILIGENT.map((memberId) => this.standingOf(memberId, epoch)));
        return seen.every(({ windowsAttested }) => windowsAttested === window + 1n);
      });
    }
  }

  /** Passes to the end of `epoch`. */
  async end(epoch: bigint): Promise<void> {
    await this.passTo((await this.view("epochStart", epoch)) + (await this.view("EPOCH_SECONDS")) + 1n);
  }

  /** Waits until the agents that kept `epoch` have claimed it. */
  async claimed(epoch: bigint): Promise<void> {
    await until("three claims", async () => {
      const seen = await Promise.all(DILIGENT.map((memberId) => this.standingOf(memberId, epoch)));
      return seen.every(({ isClaimed }) => isClaimed);
    });
  }

  /** The formula of the design from the token's own numbers. */
  async expectedShare(epoch: bigint): Promise<bigint> {
    const startsAt = await this.view("epochStart", epoch);
    const began = await this.#alliance.view("allianceToken", "startedAt");
    const yearStart = began + ((startsAt - began) / YEAR_SECONDS) * YEAR_SECONDS;
    const supply = await this.#alliance.view("allianceToken", "supplyAt", yearStart);
    const inflation = await this.#alliance.view("allianceToken", "inflationAt", startsAt);
    const emission = (supply * inflation * (await this.view("EPOCH_SECONDS"))) / (BPS * YEAR_SECONDS);
    return emission / (await this.#alliance.view("alliance", "getPastTotalSupply", startsAt));
  }
}

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isTrue()) return;
    await sleep(100);
  }
  throw new Error(`not within 30 s: ${what}`);
}
