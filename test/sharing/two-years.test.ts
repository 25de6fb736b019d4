import { expect } from "chai";

import { ALP } from "../support/alliance.ts";
import { randomOf } from "../support/random.ts";
import { SharingModel } from "../support/sharing-model.ts";
import type { Sharing, SharingMerchant } from "../support/sharing.ts";
import { admitToSharing, endDay, openSharing, PARAMETERS, SEED, SHARE } from "../support/sharing.ts";

const DAYS = 730;
const SEED_SHARES = 10_000n * SHARE;
/** What rounding may do to one figure in all steps of a walk, wei. */
const ROUNDING = 5_000n;

interface Plan {
  readonly seed: number;
  /** In a hundred days, so many have something happen. */
  readonly busyDays: number;
  /** Largest sale, fen. */
  readonly saleMax: number;
}

type Crowd = Awaited<ReturnType<typeof deployCrowd>>;

/** One history on the chain and in the model, a step at a time. */
class Walk {
  readonly world: Sharing;
  readonly model: SharingModel;
  readonly counts = new Map<string, number>();
  readonly accounts: readonly string[];
  readonly #next: (below: number) => number;
  readonly #plan: Plan;
  readonly #shops: readonly SharingMerchant[];
  readonly #crowd: Crowd;
  #given = 0;
  #refs = 0;

  private constructor(world: Sharing, shops: readonly SharingMerchant[], crowd: Crowd, plan: Plan) {
    this.world = world;
    this.model = new SharingModel(SEED, ALP, PARAMETERS);
    this.#next = randomOf(plan.seed);
    this.#plan = plan;
    this.#shops = shops;
    this.#crowd = crowd;
    const { customers, representatives } = world.actors;
    this.accounts = [...customers, ...representatives, ...shops.map(({ controller }) => controller)].map(
      ({ address }) => address,
    );
  }

  static async begin(plan: Plan): Promise<Walk> {
    const world = await openSharing();
    const shops = [world.country, world.burger, await admitToSharing(world, 2, 1_000_000n * ALP)];
    const walk = new Walk(world, shops, await deployCrowd(world), plan);
    for (const { controller, merchantId } of shops) {
      await world.program.connect(controller).join(merchantId, 30_000n * ALP, 1_000n);
      walk.model.deposit(merchantId, 30_000n * ALP);
    }
    return walk;
  }

  /** Two years, and after every step: what could be redeemed is never more than the vault holds. */
  async run(): Promise<void> {
    for (let day = 1; day <= DAYS; day++) {
      if (this.#next(100) >= this.#plan.busyDays) continue;
      await endDay(this.world, day);
      await this.world.networkHelpers.time.increase(this.#next(80_000));
      this.#giveModel(day);
      await this.#step();
      await this.checkVault();
      if (this.#next(25) === 0) await this.checkAccounts();
    }
    this.#giveModel(DAYS + 1);
    await endDay(this.world, DAYS + 1);
    while ((await this.world.program.daysDue()) > 0n) await this.world.program.distribute();
    await this.checkAccounts();
  }

  async checkVault(): Promise<void> {
    const { program, allianceToken } = this.world;
    const { vault, supply } = await program.disclosure();
    const { points } = await this.#crowd.sum([...this.accounts], this.#shops.length);
    expect(points + SEED_SHARES, "points that can be redeemed, and the seed").to.be.at.most(supply);
    expect((points * vault) / supply, "claims").to.be.at.most(vault);
    expect(await allianceToken.balanceOf(program), "ALP held").to.equal(vault);
    expect(vault, "vault").to.be.closeTo(this.model.vault, ROUNDING);
    expect(supply, "supply").to.be.closeTo(this.model.supply, ROUNDING);
  }

  async checkAccounts(): Promise<void> {
    const { program } = this.world;
    for (const account of this.accounts) {
      const model = this.model;
      expect(await program.balanceOf(account), "balance").to.be.closeTo(model.accountOf(account).balance, ROUNDING);
      expect(await program.earnedOf(account), "earned").to.be.closeTo(model.earnedOf(account), ROUNDING);
      expect(await program.debtOf(account), "debt").to.be.closeTo(model.debtOf(account), ROUNDING);
      expect(await program.shareValueOf(account), "value").to.be.closeTo(model.shareValueOf(account), ROUNDING);
    }
    for (const [merchantId, points] of this.model.deposits) {
      expect((await program.participantOf(merchantId)).depositPoints).to.be.closeTo(points, ROUNDING);
    }
    expect((await program.disclosure()).shareValue).to.be.closeTo(this.model.totalShareValue(), ROUNDING);
  }

  #giveModel(day: number): void {
    for (; this.#given < day; this.#given++) this.model.day();
  }

  async #step(): Promise<void> {
    const kinds = ["sale", "sale", "sale", "sale", "sale", "refund", "refund", "redeem", "redeem", "claim"] as const;
    const rare = ["deposit", "withdraw", "collect", "price", "terms", "nothing"] as const;
    const kind = this.#next(4) === 0 ? this.#pick(rare) : this.#pick(kinds);
    if (await this.#act(kind)) this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    else await this.world.program.distribute();
  }

  async #act(kind: string): Promise<boolean> {
    const { program, actors } = this.world;
    const shop = this.#pick(this.#shops);
    const holder = this.#pick([...actors.customers, ...this.#shops.map(({ controller }) => controller)]);
    switch (kind) {
      case "sale":
        return await this.#sale(shop, this.#pick(actors.customers).address);
      case "refund":
        return await this.#refund();
      case "redeem": {
        const points = (await program.balanceOf(holder)) / BigInt(1 + this.#next(3));
        if (points === 0n) return false;
        await program.connect(holder).redeem(points);
        this.model.redeem(holder.address, points);
        return true;
      }
      case "claim":
        await program.claim(holder);
        this.model.claim(holder.address);
        return true;
      case "collect":
        await program.collect(shop.merchantId, holder);
        this.model.collect(shop.merchantId, holder.address);
        return true;
      case "deposit": {
        const alp = BigInt(1 + this.#next(1e9)) * 10n ** 12n;
        await program.connect(shop.controller).addDeposit(shop.merchantId, alp);
        this.model.deposit(shop.merchantId, alp);
        return true;
      }
      case "withdraw": {
        const points = (await program.participantOf(shop.merchantId)).depositPoints / 50n;
        await program.connect(shop.controller).withdrawDeposit(shop.merchantId, points);
        this.model.withdraw(shop.merchantId, points);
        return true;
      }
      default:
        return await this.#decide(kind);
    }
  }

  /** What the council does: another price of a yuan, other parameters. */
  async #decide(kind: string): Promise<boolean> {
    const { program, collateral } = this.world;
    await program.distribute();
    if (kind === "price") {
      const alpPerYuan = (ALP * BigInt(80 + this.#next(40))) / 100n;
      await collateral.setCoverage(alpPerYuan, 3_000n);
      this.model.alpPerYuan = alpPerYuan;
    }
    if (kind === "terms") {
      const dailyPoints = BigInt(this.#next(499)) * SHARE;
      const terms = { consumerMultiple: BigInt(this.#next(11)), merchantMultiple: BigInt(this.#next(3)), dailyPoints };
      await program.setParameters({ ...PARAMETERS, ...terms });
      this.model.terms = terms;
    }
    return true;
  }

  async #sale({ merchantId, controller, till }: SharingMerchant, consumer: string): Promise<boolean> {
    const { program, ethers } = this.world;
    const amountFen = BigInt(1 + this.#next(this.#plan.saleMax));
    if (this.model.burnOf(amountFen, 1_000n) + ROUNDING > this.model.depositOf(merchantId)) return false;
    const ref = ethers.id(`sale ${this.#refs++}`);
    const bystander = this.#pick(this.accounts.filter((one) => one !== consumer && one !== controller.address));
    await program.distribute();
    const before = [await program.earnedOf(bystander), await program.shareValueOf(bystander)];
    await program.connect(till).share(merchantId, consumer, amountFen, ref);
    const order = { merchantId, consumer, shop: controller.address, amountFen, rebateBps: 1_000n };
    this.model.share(ref, order);
    expect([await program.earnedOf(bystander), await program.shareValueOf(bystander)]).to.deep.equal(before);
    return true;
  }

  async #refund(): Promise<boolean> {
    const open = [...this.model.sales].filter(([, { leftFen }]) => leftFen > 0n).slice(-40);
    if (open.length === 0) return false;
    const [ref, { leftFen, merchantId }] = this.#pick(open);
    const amountFen = this.#next(2) === 0 ? leftFen : 1n + (leftFen - 1n) / BigInt(2 + this.#next(3));
    const { till } = this.#shops.find((shop) => shop.merchantId === merchantId)!;
    await this.world.program.connect(till).refund(ref, amountFen);
    this.model.refund(ref, amountFen);
    return true;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#next(from.length)]!;
  }
}

const deployCrowd = (world: Sharing) => world.ethers.deployContract("SharingCrowd", [world.program]);

describe("Two years of the sharing program", function () {
  this.timeout(300_000);

  for (const [what, plan] of [
    ["busy ones, in which share value waits for its points", { seed: 20_260_101, busyDays: 60, saleMax: 3_000_000 }],
    ["quiet ones, in which half of all share value clears a day", { seed: 20_260_102, busyDays: 15, saleMax: 30_000 }],
  ] as const) {
    it(`go as the rules say, and claims never exceed the vault: ${what}`, async () => {
      const walk = await Walk.begin(plan);
      await walk.run();
      for (const kind of ["sale", "refund", "redeem", "claim", "deposit", "withdraw", "price", "terms"]) {
        expect(walk.counts.get(kind), `${kind}, seed ${plan.seed}`).to.be.greaterThan(0);
      }
    });
  }
});
