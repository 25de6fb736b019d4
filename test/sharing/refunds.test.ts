import { expect } from "chai";

import { ALP } from "../support/alliance.ts";
import { randomOf } from "../support/random.ts";
import type { Sharing, SharingMerchant } from "../support/sharing.ts";
import { endDay, openSharing, SHARE, shareSale } from "../support/sharing.ts";

const FEN = 100_000n; // a sale of 1,000 yuan

describe("Refunds in the sharing program", () => {
  let world: Sharing;
  let ann: Sharing["actors"]["outsider"];
  let bob: Sharing["actors"]["outsider"];
  let sale: string;
  let restore: () => Promise<void>;

  before(async () => {
    world = await openSharing();
    const { program, country, burger } = world;
    await program.connect(country.controller).join(country.merchantId, 50_000n * ALP, 1_000n);
    await program.connect(burger.controller).join(burger.merchantId, 50_000n * ALP, 1_000n);
    [ann, bob] = world.actors.customers as [typeof ann, typeof bob];
    // Enough share value of others that 498 points are a small part of it.
    await shareSale(world, burger, { consumer: bob, yuan: 200_000n });
    sale = await shareSale(world, country, { consumer: ann, yuan: 1_000n });
    const snapshot = await world.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const refund = (fen: bigint, ref = sale, by: SharingMerchant = world.country) =>
    world.program.connect(by.till).refund(ref, fen);
  const days = async (day: number) => {
    await endDay(world, day);
    await world.program.distribute();
  };
  /** What an account has in all, and where the whole program stands. */
  const standing = async ({ address }: { address: string }) => ({
    value: await world.program.shareValueOf(address),
    earned: await world.program.earnedOf(address),
    balance: await world.program.balanceOf(address),
    debt: await world.program.debtOf(address),
  });
  const NOTHING = { value: 0n, earned: 0n, balance: 0n, debt: 0n };

  it("at once leave nothing behind: share value, deposit, supply and value of a point are as before", async () => {
    const { program, country } = world;
    const before = await program.disclosure();
    const deposit = await program.participantOf(1n);
    const again = await shareSale(world, country, { consumer: ann, yuan: 333n });
    await expect(refund(33_300n, again))
      .to.emit(program, "SaleRefunded")
      .withArgs(again, 33_300n, 0n, 0n, (await program.saleOf(again)).burnedPoints, 0n, 0n);
    expect([...(await program.disclosure())]).to.deep.equal([...before]);
    expect((await program.participantOf(1n)).depositPoints).to.equal(deposit.depositPoints);
  });

  it("later take exactly what the sale has and has earned, on both sides, and nothing of another sale", async () => {
    const { program, country } = world;
    await days(3);
    const other = await standing(ann);
    const shop = await standing(country.controller);
    const twin = await shareSale(world, country, { consumer: ann, yuan: 700n });
    await days(40);
    await refund(70_000n, twin);
    const left = await standing(ann);
    // As if the twin had never been, but that it has taken its part of each day's points while it was there.
    expect(left.value).to.be.lessThan(other.value);
    expect(left.earned).to.be.greaterThan(other.earned);
    await refund(FEN);
    expect(await standing(ann)).to.deep.equal(NOTHING);
    expect(await standing(country.controller)).to.deep.equal(NOTHING);
    expect(shop.value).to.equal(other.value / 5n);
    expect((await program.participantOf(1n)).depositPoints).to.equal(50_000n * SHARE);
  });

  it("in any parts add up to the whole, whatever lies between them", async () => {
    const { program, country } = world;
    const next = randomOf(20_261);
    const burned = (await program.saleOf(sale)).burnedPoints;
    const before = (await program.participantOf(1n)).depositPoints;
    let left = FEN;
    for (let day = 1; left > 0n; day++) {
      await days(day);
      if (next(3) === 0) await program.claim(ann);
      const part = left < 4n ? left : BigInt(1 + next(Number(left / 2n)));
      await refund(part);
      left -= part;
      expect((await program.saleOf(sale)).refundedFen).to.equal(FEN - left);
    }
    const { value, earned, balance, debt } = await standing(ann);
    expect(value).to.be.at.most(40n); // wei of a yuan, one for each part
    expect(debt).to.equal(0n);
    expect(earned + balance).to.be.at.most(40n);
    expect((await program.participantOf(1n)).depositPoints).to.equal(before + burned);
    expect(await program.shareValueOf(country.controller)).to.be.at.most(40n);
  });

  it("of claimed points take them from the balance", async () => {
    const { program } = world;
    await days(10);
    await program.claim(ann);
    const { balance } = await standing(ann);
    expect(balance).to.be.greaterThan(20n * SHARE);
    const supply = await program.totalSupply();
    const { args } = (await (await refund(FEN)).wait())!.logs
      .map((log) => program.interface.parseLog(log))
      .find((log) => log?.name === "SaleRefunded")!;
    expect(args["consumerPoints"]).to.be.closeTo(balance, 1n);
    expect((await standing(ann)).balance).to.be.at.most(1n);
    const taken = (args["consumerPoints"] as bigint) + (args["merchantPoints"] as bigint);
    expect(await program.totalSupply()).to.equal(supply - taken + (args["returnedPoints"] as bigint));
  });

  describe("of points that were redeemed", () => {
    let redeemed: bigint;

    beforeEach(async () => {
      await days(10);
      await world.program.claim(ann);
      redeemed = (await standing(ann)).balance;
      await world.program.connect(ann).redeem(redeemed);
    });

    it("make the merchant stand in for the consumer, who owes it", async () => {
      const { program } = world;
      const before = (await program.participantOf(1n)).depositPoints;
      const { burnedPoints } = await program.saleOf(sale);
      await refund(FEN);
      const { debt } = await standing(ann);
      expect(debt).to.be.closeTo(redeemed, 1n);
      expect(await program.owedTo(1n, ann)).to.equal(debt);
      expect((await program.participantOf(1n)).depositPoints).to.equal(before + burnedPoints - debt);
    });

    it("are paid from the consumer's later points, which the merchant collects", async () => {
      const { program } = world;
      await refund(FEN);
      const { debt } = await standing(ann);
      await shareSale(world, world.burger, { consumer: ann, yuan: 2_000n });
      const before = (await program.participantOf(1n)).depositPoints;
      await program.collect(1n, ann); // nothing earned yet
      expect((await program.participantOf(1n)).depositPoints).to.equal(before);

      await days(12);
      const paid = debt - (await standing(ann)).debt;
      expect(paid).to.be.greaterThan(0n).and.lessThan(debt);
      expect((await standing(ann)).earned).to.equal(0n);
      await expect(program.collect(1n, ann)).to.emit(program, "DebtCollected").withArgs(1n, ann.address, paid);
      expect(await program.claim.staticCall(ann)).to.equal(0n);

      await days(30);
      expect((await standing(ann)).debt).to.equal(0n);
      await program.claim(ann);
      expect((await standing(ann)).balance).to.be.greaterThan(0n);
      await program.collect(1n, ann);
      expect(await program.owedTo(1n, ann)).to.equal(0n);
      expect((await program.participantOf(1n)).depositPoints).to.equal(before + debt);
    });

    it("gain a merchant nothing that shares sales with an account of its own and refunds them", async () => {
      const { program, country, allianceToken } = world;
      const worth = async () => {
        const { depositPoints } = await program.participantOf(1n);
        const { vault, supply } = await program.disclosure();
        const held = depositPoints + (await program.balanceOf(country.controller));
        return (
          (held * vault) / supply +
          (await allianceToken.balanceOf(ann)) +
          (await allianceToken.balanceOf(country.controller))
        );
      };
      await refund(FEN);
      let last = await worth();
      for (let round = 0; round < 4; round++) {
        const start = Number((await program.disclosure()).daysGiven);
        const again = await shareSale(world, country, { consumer: ann, yuan: 9_000n });
        await days(start + 5);
        await program.claim(ann);
        await program
          .connect(ann)
          .redeem(await program.balanceOf(ann))
          .catch(() => undefined);
        await program.claim(country.controller);
        await program.connect(country.controller).redeem(await program.balanceOf(country.controller));
        await refund(900_000n, again);
        const now = await worth();
        expect(now, `round ${round}`).to.be.at.most(last);
        last = now;
      }
    });
  });

  it("of more points than the sale burned leave the rest as debts to the program, destroyed when they are earned", async () => {
    const { program, country } = world;
    const redeemAll = async (holder: typeof ann) => {
      await program.claim(holder);
      const points = await program.balanceOf(holder);
      await program.connect(holder).redeem(points);
      return points;
    };
    // Share value of twelve times the rebate: after long enough the sale has earned more than it burned.
    for (const day of [100, 200, 300]) await days(day);
    const [consumer, shop] = [await redeemAll(ann), await redeemAll(country.controller)];
    const { burnedPoints } = await program.saleOf(sale);
    expect(consumer).to.be.greaterThan(burnedPoints);
    const before = (await program.participantOf(1n)).depositPoints;
    await refund(FEN);

    // The merchant's own side comes out of what the deposit would have got back first.
    expect((await program.participantOf(1n)).depositPoints).to.equal(before);
    expect((await standing(country.controller)).debt).to.be.closeTo(shop - burnedPoints, 2n);
    const { debt } = await standing(ann);
    expect(debt).to.be.closeTo(consumer, 2n);
    expect(await program.owedTo(1n, ann)).to.equal(0n);

    await shareSale(world, world.burger, { consumer: ann, yuan: 20_000n });
    await days(301);
    const supply = await program.totalSupply();
    await program.claim(ann);
    const paid = debt - (await standing(ann)).debt;
    expect(paid).to.be.greaterThan(0n);
    expect(supply - (await program.totalSupply())).to.equal(paid);
    for (const day of [400, 500]) await days(day);
    await program.claim(ann);
    expect((await standing(ann)).debt).to.equal(0n);
    expect((await standing(ann)).balance).to.be.greaterThan(0n);
  });

  it("are the merchant's, whoever is its till by then, never more than the sale", async () => {
    const { program, burger, actors } = world;
    for (const by of [burger.till, burger.controller, ann, actors.platform]) {
      await expect(program.connect(by).refund(sale, 1n))
        .to.be.revertedWithCustomError(program, "SharingNotTill")
        .withArgs(1n, by.address);
    }
    const unknown = world.ethers.id("no sale");
    await expect(refund(1n, unknown)).to.be.revertedWithCustomError(program, "SharingSaleUnknown").withArgs(unknown);
    await expect(refund(0n)).to.be.revertedWithCustomError(program, "SharingAmountInvalid").withArgs(0n);
    await refund(60_000n);
    await expect(refund(40_001n))
      .to.be.revertedWithCustomError(program, "SharingRefundExceeds")
      .withArgs(40_001n, 40_000n);
    await program.connect(world.country.controller).refund(sale, 40_000n);
    await expect(refund(1n)).to.be.revertedWithCustomError(program, "SharingRefundExceeds").withArgs(1n, 0n);
  });

  it("go on while the program is halted and after the merchant has left, and its points can be withdrawn", async () => {
    const { program, country } = world;
    await program.setHalted(true);
    await days(1);
    const { depositPoints } = await program.participantOf(1n);
    await program.connect(country.controller).withdrawDeposit(1n, depositPoints);
    await refund(FEN);
    const { burnedPoints } = await program.saleOf(sale);
    expect([...(await program.participantOf(1n))]).to.deep.equal([burnedPoints, 1_000n, false, 0n]);
    await program.connect(country.controller).withdrawDeposit(1n, burnedPoints);
    expect(await standing(ann)).to.deep.equal(NOTHING);
  });
});
