import type { ContractTransactionResponse } from "ethers";

import { expect } from "chai";

import { createLedger } from "../support/alliance.ts";
import type { Ledger } from "../support/alliance.ts";
import { admitMember, attest, founderOf, GAS, goTo } from "../support/nodes.ts";
import type { MemberNode } from "../support/nodes.ts";
import { randomOf } from "../support/random.ts";
import { RewardModel } from "../support/reward-model.ts";
import { DAY } from "../support/time.ts";

/** Printed with the tests; LEDGER_FUZZ_SEED plays another history. */
const { LEDGER_FUZZ_SEED } = process.env;
const SEEDS = LEDGER_FUZZ_SEED === undefined ? [20_270_115, 7] : [Number(LEDGER_FUZZ_SEED)];

/** Two windows an epoch, both required: the lazy one attests in every second window only. */
const SCHEDULE = {
  rewardEpochSeconds: 5n * BigInt(DAY),
  rewardWindowSeconds: (5n * BigInt(DAY)) / 2n,
  rewardWindowsRequired: 2n,
};
/** Two years of 73 epochs, and a part of the third. */
const EPOCHS = 160n;
const MEMBERS_MAX = 7;
const INFLATION_BPS_MAX = 500;

/** What a node does with its windows, and its member with its rewards. */
type Habit = "diligent" | "flaky" | "lazy" | "hoarding";
const HABITS: readonly Habit[] = ["diligent", "flaky", "lazy", "hoarding"];

interface Actor extends MemberNode {
  readonly habit: Habit;
  status: "active" | "suspended" | "left";
}

describe("NodeRewards over years", () => {
  for (const seed of SEEDS) {
    it(`emits exactly what the design says, to the last unit of two years and more (seed ${seed})`, async () => {
      const years = await Years.begin(seed);
      for (let epoch = 1n; epoch < EPOCHS; epoch++) await years.live(epoch);
      await goTo(years.ledger, EPOCHS);
      await years.refuseWhatWasNotEarned();
      await years.claimTheRest();
      await years.compare();
    });
  }
});

/** A random history, played on the chain and told to the model. */
class Years {
  readonly ledger: Ledger;
  readonly #model: RewardModel;
  readonly #random: (below: number) => number;
  readonly #actors: Actor[] = [];

  static async begin(seed: number): Promise<Years> {
    const ledger = await createLedger(SCHEDULE);
    const years = new Years(ledger, await ledger.allianceToken.startedAt(), seed);
    years.#actors.push({ ...founderOf(ledger), habit: "diligent", status: "active" });
    years.#model.memberIs(1n, true, 0n);
    years.#model.supplyIs(await ledger.allianceToken.totalSupply(), await ledger.allianceToken.startedAt());
    await years.#changeRate();
    for (let n = 0; n < 4; n++) await years.#admit();
    return years;
  }

  private constructor(ledger: Ledger, startedAt: bigint, seed: number) {
    this.ledger = ledger;
    this.#random = randomOf(seed);
    this.#model = new RewardModel({
      startedAt,
      epochSeconds: SCHEDULE.rewardEpochSeconds,
      windowsRequired: SCHEDULE.rewardWindowsRequired,
    });
  }

  /** One epoch: windows, and between them, now and then, what the council decides and what members claim. */
  async live(epoch: bigint): Promise<void> {
    for (const window of [0n, 1n]) {
      await goTo(this.ledger, epoch, window);
      if (this.#random(4) === 0) await this.#council();
      for (const actor of this.#actors) {
        if (actor.status === "active" && this.#attests(actor.habit, window)) {
          await attest(this.ledger, actor.node);
          this.#model.attested(actor.id, epoch, window);
        }
      }
    }
    for (const actor of this.#actors) {
      const isPrompt = actor.habit !== "hoarding" && this.#random(5) === 0;
      if (actor.status !== "left" && isPrompt) await this.#claim(actor, epoch);
    }
  }

  /** Whoever is still a member claims all it has left; some of it was earned more than two years ago. */
  async claimTheRest(): Promise<void> {
    for (const actor of this.#actors) {
      while (actor.status !== "left" && (await this.#claim(actor, EPOCHS)) > 0);
    }
  }

  async refuseWhatWasNotEarned(): Promise<void> {
    const { nodeRewards } = this.ledger;
    for (const { id, status } of this.#actors) {
      const epoch = BigInt(1 + this.#random(Number(EPOCHS) - 1));
      if (status === "left" || this.#model.isEarned(id, epoch)) continue;
      const refused = nodeRewards.claim(id, [epoch]);
      await expect(refused).to.be.revertedWithCustomError(nodeRewards, "NodeRewardsNotEarned");
    }
  }

  async compare(): Promise<void> {
    const { allianceToken, nodeRewards } = this.ledger;
    const lost = this.#actors.filter(({ status }) => status === "left");
    expect(lost.length).to.be.greaterThan(0);
    for (const year of [0n, 1n, 2n]) {
      const emitted = await allianceToken.emittedIn(year);
      expect(emitted).to.equal(this.#model.emittedIn(year));
      expect(emitted > 0n && emitted <= this.#model.capOf(year, BigInt(INFLATION_BPS_MAX))).to.equal(true);
      // Nothing else ever comes of a year: it was minted, or nobody earned it, or who earned it left without it.
      const due = epochsOf(year).reduce((sum, epoch) => sum + this.#model.emissionOf(epoch), 0n);
      const left = lost.reduce((sum, { id }) => sum + this.#leftBehind(id, year), 0n);
      expect(emitted + this.#model.forfeitedIn(year, EPOCHS) + left).to.equal(due);
    }
    for (const year of [0n, 1n, 2n]) {
      for (const epoch of epochsOf(year))
        expect(await nodeRewards.emissionOf(epoch)).to.equal(this.#model.emissionOf(epoch));
    }
    const lazy = this.#actors.filter(({ habit }) => habit === "lazy");
    expect(lazy.length).to.be.greaterThan(0);
    for (const { representative } of lazy) expect(await allianceToken.balanceOf(representative)).to.equal(0n);
    expect(await allianceToken.totalSupply()).to.equal(this.#model.supply);
  }

  #leftBehind(id: bigint, year: bigint): bigint {
    const unclaimed = this.#model.claimable(id, EPOCHS).filter((epoch) => this.#model.yearOf(epoch) === year);
    return unclaimed.reduce((sum, epoch) => sum + this.#model.rewardOf(id, epoch), 0n);
  }

  #attests(habit: Habit, window: bigint): boolean {
    if (habit === "lazy") return window === 1n;
    return habit === "flaky" ? this.#random(5) > 0 : true;
  }

  /** Claims what there is, at most 64 epochs, in any order, through anybody; returns how many. */
  async #claim({ id, representative }: Actor, epoch: bigint): Promise<number> {
    const { allianceToken, nodeRewards, actors } = this.ledger;
    const epochs = this.#model.claimable(id, epoch).slice(-64);
    if (this.#random(2) === 0) epochs.reverse();
    if (epochs.length === 0) return 0;

    const before = await allianceToken.balanceOf(representative);
    const at = await timeOf(await nodeRewards.connect(actors.outsider).claim(id, epochs, GAS));
    const amount = epochs.reduce((sum, past) => sum + this.#model.claimed(id, past, at), 0n);
    expect(await allianceToken.balanceOf(representative)).to.equal(before + amount);
    return epochs.length;
  }

  async #council(): Promise<void> {
    const acts = [() => this.#changeRate(), () => this.#admit(), () => this.#suspendOrReinstate(), () => this.#expel()];
    await acts[this.#random(acts.length)]!();
  }

  async #changeRate(): Promise<void> {
    const bps = BigInt(this.#random(INFLATION_BPS_MAX + 1));
    this.#model.rateIs(bps, await timeOf(await this.ledger.allianceToken.setInflation(bps)));
  }

  async #admit(): Promise<void> {
    if (this.#actors.filter(({ status }) => status !== "left").length >= MEMBERS_MAX) return;
    const id = BigInt(this.#actors.length) + 1n;
    const member = await admitMember(this.ledger, id);
    this.#model.memberIs(id, true, BigInt(await this.ledger.networkHelpers.time.latest()));
    this.#actors.push({ ...member, habit: HABITS[Number(id) % HABITS.length]!, status: "active" });
  }

  async #suspendOrReinstate(): Promise<void> {
    const actor = this.#actors[this.#random(this.#actors.length)]!;
    if (actor.id === 1n || actor.status === "left") return;
    const isActive = actor.status === "suspended";
    const { alliance } = this.ledger;
    const sent = isActive ? await alliance.reinstate(actor.id) : await alliance.suspend(actor.id);
    actor.status = isActive ? "active" : "suspended";
    this.#model.memberIs(actor.id, isActive, await timeOf(sent));
  }

  async #expel(): Promise<void> {
    const actor = this.#actors[this.#random(this.#actors.length)]!;
    // The first four stay, so that every habit is there to the end.
    if (actor.id <= 5n || actor.status === "left") return;
    this.#model.memberIs(actor.id, false, await timeOf(await this.ledger.alliance.expel(actor.id)));
    actor.status = "left";
  }
}

async function timeOf(sent: ContractTransactionResponse): Promise<bigint> {
  return BigInt((await sent.getBlock())!.timestamp);
}

function epochsOf(year: bigint): bigint[] {
  const perYear = (365n * BigInt(DAY)) / SCHEDULE.rewardEpochSeconds;
  const first = year * perYear;
  const count = first + perYear < EPOCHS ? perYear : EPOCHS - first;
  return Array.from({ length: Number(count) }, (_, index) => first + BigInt(index));
}
