/* eslint mocha/no-exports: "off" -- a shared suite is there to be exported */
import { expect } from "chai";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import { agesAt, CASE, freshRef, issueAges, MAX_UINT256, type Deployed, type Token } from "../support/fixture.ts";
import { type Ages, NOTHING, packItem } from "../support/lots.ts";

const { ann, bob, merchant, regulator, shop, till } = actors;

type Movement = (token: Token, epoch: bigint, value: bigint) => ReturnType<Token["transfer"]>;

/** The four ways an ERC-7818 token moves. Bob spends Ann's allowance in the last two. */
const MOVEMENTS: [string, Movement][] = [
  ["transfer", (token, _epoch, value) => token.connect(ann).transfer(shop, value)],
  ["transferAtEpoch", (token, epoch, value) => token.connect(ann).transferAtEpoch(epoch, shop, value)],
  ["transferFrom", (token, _epoch, value) => token.connect(bob).transferFrom(ann, shop, value)],
  ["transferFromAtEpoch", (token, epoch, value) => token.connect(bob).transferFromAtEpoch(epoch, ann, shop, value)],
];
const AT_EPOCH = MOVEMENTS.filter(([name]) => name.endsWith("AtEpoch"));

/** Goes to `seconds` after the first second of an epoch (before it, when negative). */
async function goTo(token: Token, epoch: bigint, seconds = 0n): Promise<void> {
  const [start] = await token.epochBounds(epoch);
  await networkHelpers.time.increaseTo(start + seconds);
}

/**
 * The ERC's rules, the three defects of its reference code and the pitfalls that peers met, each by its number. The
 * deployment comes fresh for each test, in the first epoch of a calendar that expires; Bob may spend all of Ann's.
 *
 * Not testable here: 20 (storage of an upgradeable token: ours is not upgradeable, its code is what was deployed), and
 * the second half of 19 (a halted chain expires points: calendars are law and immutable, so a halt that lasts over a
 * border is made good by the merchant issuing anew, which is a matter of the alliance's rules).
 */
export function shouldBehaveLikeERC7818(make: () => Promise<Deployed>): void {
  /** Ann has 100 points of the current epoch and of each of the three before. */
  async function stocked() {
    const deployed = await make();
    await issueAges(deployed.token, ann, [100n, 100n, 100n, 100n]);
    await deployed.token.connect(ann).approve(bob, MAX_UINT256);
    return { ...deployed, epoch: await deployed.token.currentEpoch() };
  }

  describe("defects of the reference code", () => {
    for (const [name, move] of AT_EPOCH) {
      it(`1: ${name} never pays with expired points`, async () => {
        const { token, epoch } = await stocked();
        await goTo(token, epoch + 1n);
        await expect(move(token, epoch - 3n, 100n))
          .to.be.revertedWithCustomError(token, "ERC7818TransferredExpiredToken")
          .withArgs(ann, epoch - 3n);
        expect(await token.balanceOf(shop)).to.equal(0n);
        expect(await token.balanceOf(ann)).to.equal(300n);
      });

      it(`2: ${name} takes exactly the epoch it names, not the oldest`, async () => {
        const { token, epoch } = await stocked();
        for (const [age, left] of [
          [0n, [40n, 100n, 100n, 100n]],
          [1n, [40n, 40n, 100n, 100n]],
          [2n, [40n, 40n, 40n, 100n]],
          [3n, [40n, 40n, 40n, 40n]],
        ] satisfies [bigint, Ages][]) {
          await move(token, epoch - age, 60n);
          expect(await agesAt(token, ann)).to.deep.equal(left);
        }
        expect(await agesAt(token, shop)).to.deep.equal([60n, 60n, 60n, 60n]);
        await expect(move(token, epoch, 41n))
          .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
          .withArgs(ann, 40n, 41n);
      });
    }

    for (const [name, move] of MOVEMENTS) {
      it(`3: ${name} emits one Transfer`, async () => {
        const { token, epoch } = await stocked();
        const receipt = await (await move(token, epoch, 50n)).wait();
        const names = receipt!.logs.map((log) => token.interface.parseLog(log)!.name);
        expect(names.filter((event) => event === "Transfer")).to.have.lengthOf(1);
      });
    }
  });

  describe("epochs", () => {
    it("4: the window is settled: an epoch and the three after it, to the second, for every view alike", async () => {
      const { token, epoch } = await stocked();
      expect(await token.validityDuration()).to.equal(4n);
      for (const [at, seconds, live] of [
        [epoch + 1n, -1n, [100n, 100n, 100n, 100n]],
        [epoch + 1n, 0n, [0n, 100n, 100n, 100n]],
        [epoch + 3n, 0n, [0n, 0n, 0n, 100n]],
        [epoch + 4n, -1n, [0n, 0n, 0n, 100n]],
        [epoch + 4n, 0n, NOTHING],
      ] satisfies [bigint, bigint, Ages][]) {
        await goTo(token, at, seconds);
        const current = await token.currentEpoch();
        expect(await agesAt(token, ann)).to.deep.equal(live);
        for (const age of [0n, 1n, 2n, 3n]) {
          expect(await token.balanceOfAtEpoch(current - age, ann)).to.equal(live[Number(age)]);
          expect(await token.isEpochExpired(current - age)).to.equal(false);
        }
        expect(await token.isEpochExpired(current - 4n)).to.equal(true);
        expect(await token.balanceOfAtEpoch(current - 4n, ann)).to.equal(0n);
      }
    });

    it("5: points of an epoch's last second live three whole epochs more, as expiryOf says", async () => {
      const { token, epoch } = await stocked();
      const [, end] = await token.epochBounds(epoch);
      await networkHelpers.time.setNextBlockTimestamp(end - 1n);
      await token.connect(till).issue(shop, 10n, freshRef());
      expect(await token.expiryOf(epoch)).to.equal((await token.epochBounds(epoch + 3n))[1]);
      await goTo(token, epoch + 4n, -1n);
      expect(await token.balanceOf(shop)).to.equal(10n);
    });

    it("6: epochs follow the calendar without gaps; epochLength is only their mean", async () => {
      const { token, epoch } = await stocked();
      const lengths = new Set<bigint>();
      for (let next = epoch; next < epoch + 60n; next += 1n) {
        const [start, end] = await token.epochBounds(next);
        expect((await token.epochBounds(next + 1n))[0]).to.equal(end);
        lengths.add(end - start);
      }
      expect(lengths.size).to.be.greaterThan(1);
      const mean = await token.epochLength();
      for (const length of lengths) expect(length).to.be.within(mean - 3n * 86_400n, mean + 3n * 86_400n);
    });

    it("7: promotions are issued into a shorter life, never into a past or a future epoch", async () => {
      const { token, epoch } = await stocked();
      const issue = (into: bigint) => token.connect(till).issueBatch(freshRef(), into, [packItem(shop.address, 5n)]);
      await issue(epoch - 3n);
      expect([...(await token.nextExpiryOf(shop))]).to.deep.equal([(await token.epochBounds(epoch + 1n))[0], 5n]);
      for (const wrong of [epoch - 4n, epoch + 1n]) {
        await expect(issue(wrong)).to.be.revertedWithCustomError(token, "MerchantPointEpochNotOpen");
      }
    });

    it("8: nobody can change a validity or a calendar: there is no function for it", async () => {
      const { token } = await stocked();
      const setters = token.interface.fragments
        .flatMap((part) => (part.type === "function" ? [part.format().split("(")[0]!] : []))
        .filter((name) => name.startsWith("set"));
      expect(setters.sort()).to.deep.equal(["setAuthority", "setIssueHalted", "setTill"]);
    });
  });

  it("9: dust cannot make spending dearer: 500 lots of dust are at most four lanes", async () => {
    const { token, epoch } = await stocked();
    const spend = async () => (await (await token.connect(ann).transfer(shop, 1n)).wait())!.gasUsed;
    await spend();
    const before = await spend();
    for (const age of [0n, 1n, 2n, 3n]) {
      const dust = Array<bigint>(125).fill(packItem(ann.address, 1n));
      await token.connect(till).issueBatch(freshRef(), epoch - age, dust);
    }
    expect(await spend()).to.be.at.most(before);
    expect(await agesAt(token, ann)).to.deep.equal([225n, 225n, 225n, 222n]);
  });

  it("10: who reads Transfer and block times alone knows every lot at every time, though expiry has no event", async () => {
    const { token } = await stocked();
    await goTo(token, (await token.currentEpoch()) + 1n);
    await token.connect(till).issue(ann, 70n, freshRef());
    await token.connect(ann).transfer(shop, 130n);
    await goTo(token, (await token.currentEpoch()) + 1n, 5n);
    await token.connect(shop).transfer(ann, 20n);
    await token.connect(ann).transfer(bob, 110n);
    const model = await replay(token);
    for (const account of [ann, bob, shop]) {
      expect(model(account.address)).to.deep.equal(await agesAt(token, account));
    }
  });

  it("11: totalSupply is the live supply, the sum of all balances, and expired points are counted apart", async () => {
    const { token, epoch } = await stocked();
    await token.connect(ann).transfer(shop, 150n);
    for (const [at, live, expired] of [
      [epoch, 400n, 0n],
      [epoch + 1n, 300n, 100n],
      [epoch + 4n, 0n, 400n],
    ] as const) {
      if (at > epoch) await goTo(token, at);
      expect(await token.totalSupply()).to.equal(live);
      expect((await token.balanceOf(ann)) + (await token.balanceOf(shop))).to.equal(live);
      expect((await token.supplySplit()).expired).to.equal(expired);
    }
  });

  it("12: an allowance knows no ages: one for all movements, spent once each, and it revives nothing", async () => {
    const { token, epoch } = await stocked();
    await token.connect(ann).approve(bob, 500n);
    await token.connect(bob).transferFromAtEpoch(epoch, ann, shop, 30n);
    await token.connect(bob).transferFrom(ann, shop, 30n);
    expect(await token.allowance(ann, bob)).to.equal(440n);
    await goTo(token, epoch + 4n);
    await expect(token.connect(bob).transferFrom(ann, shop, 1n))
      .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
      .withArgs(ann, 0n, 1n);
  });

  it("13: neither a hold nor the pool loses the lots it has, nor do they age there", async () => {
    const { token, pool, epoch } = await stocked();
    const ref = freshRef();
    const [, end] = await token.epochBounds(epoch);
    await networkHelpers.time.increaseTo(end - 86_400n);
    await token.connect(ann).hold(100n, 0, ref, end + 86_400n);
    await pool.take(token, ann, 100n);
    await goTo(token, epoch + 1n);
    await token.connect(till).capture(ann, ref, 100n);
    const { redeemed, pooled, expired } = await token.supplySplit();
    expect({ redeemed, pooled, expired }).to.deep.equal({ redeemed: 100n, pooled: 100n, expired: 0n });
  });

  it("14: a refund of expired lots gives no fresh life", async () => {
    const { token, epoch } = await stocked();
    const ref = freshRef();
    await token.connect(ann).redeem(400n, 0, ref);
    await goTo(token, epoch + 2n);
    await token.connect(till).refund(ann, ref, 400n);
    expect(await agesAt(token, ann)).to.deep.equal([0n, 0n, 100n, 100n]);
  });

  it("15: no account is exempt: what merchant, shop or pool's address hold expires like everybody's", async () => {
    const { token, pool, epoch } = await stocked();
    const receivers = [merchant.address, till.address, await pool.getAddress(), await token.getAddress()];
    for (const address of receivers) await token.connect(ann).transferAtEpoch(epoch, address, 10n);
    await goTo(token, epoch + 4n);
    for (const address of receivers) expect(await token.balanceOf(address)).to.equal(0n);
  });

  it("16: to oneself, or of nothing, no lane changes; burning takes the oldest and cannot touch what has expired", async () => {
    const { token, epoch } = await stocked();
    for (const value of [0n, 150n, 400n]) {
      await token.connect(ann).transfer(ann, value);
      await token.connect(ann).transferAtEpoch(epoch - 1n, ann, value < 100n ? value : 100n);
      expect(await agesAt(token, ann)).to.deep.equal([100n, 100n, 100n, 100n]);
    }
    await goTo(token, epoch + 1n);
    await token.connect(ann).redeem(120n, 0, freshRef());
    expect(await agesAt(token, ann)).to.deep.equal([0n, 100n, 80n, 0n]);
    expect(await token.totalSupply()).to.equal(180n);
  });

  it("17: frozen points go on ageing, and the order oldest first holds again after", async () => {
    const { token, epoch } = await stocked();
    await token.connect(regulator).freeze(ann, CASE);
    await goTo(token, epoch + 1n);
    expect(await agesAt(token, ann)).to.deep.equal([0n, 100n, 100n, 100n]);
    await token.connect(regulator).unfreeze(ann, CASE);
    await token.connect(ann).transfer(shop, 150n);
    expect(await agesAt(token, shop)).to.deep.equal([0n, 0n, 50n, 100n]);
  });

  for (const [name, move] of MOVEMENTS) {
    it(`18: ${name} answers true or reverts, never false`, async () => {
      const { token, epoch } = await stocked();
      const answer = await ethers.provider.call(await unsigned(token, move, epoch, 10n));
      expect(BigInt(answer)).to.equal(1n);
      await expect(move(token, epoch, 401n)).to.be.revertedWithCustomError(token, "ERC20InsufficientBalance");
    });
  }

  it("19: a border that no block lies on is crossed all the same: nothing hangs on one exact second", async () => {
    const { token, epoch } = await stocked();
    const [, end] = await token.epochBounds(epoch);
    await networkHelpers.time.increaseTo(end - 7n);
    expect(await token.balanceOf(ann)).to.equal(400n);
    await networkHelpers.time.increaseTo(end + 11n);
    expect(await token.balanceOf(ann)).to.equal(300n);
    await token.connect(ann).transfer(shop, 300n);
  });

  it("21: a balance that falls without a transaction says beforehand when, and by how much", async () => {
    const { token } = await stocked();
    const [expiresAt, points] = await token.nextExpiryOf(ann);
    await networkHelpers.time.increaseTo(expiresAt - 1n);
    const before = await token.balanceOf(ann);
    await networkHelpers.time.increaseTo(expiresAt);
    expect(before - (await token.balanceOf(ann))).to.equal(points);
  });
}

/** The call that a movement would send, as an eth_call from its sender. */
async function unsigned(token: Token, move: Movement, epoch: bigint, value: bigint) {
  const snapshot = await networkHelpers.takeSnapshot();
  const { to, from, data } = await move(token, epoch, value);
  await snapshot.restore();
  return { to, from, data };
}

/** An observer's model: lanes of every account from `Transfer` (and the epoch that `Issued` names) and block time. */
async function replay(token: Token): Promise<(address: string) => Ages> {
  const accounts = new Map<string, Map<bigint, bigint>>();
  const lanesOf = (address: string) => {
    const lanes = accounts.get(address) ?? new Map<bigint, bigint>();
    accounts.set(address, lanes);
    return lanes;
  };
  const add = (address: string, epoch: bigint, points: bigint) =>
    lanesOf(address).set(epoch, (lanesOf(address).get(epoch) ?? 0n) + points);
  const transfers = await token.queryFilter(token.filters.Transfer());
  const issues = await token.queryFilter(token.filters.Issued());
  for (const { args, blockNumber, transactionHash } of transfers) {
    const into = issues.find((issue) => issue.transactionHash === transactionHash)?.args.epoch;
    if (into !== undefined) {
      add(args.to, into, args.value);
      continue;
    }
    const current = await token.currentEpoch({ blockTag: blockNumber });
    let left = args.value;
    for (let epoch = current - 3n; epoch <= current; epoch += 1n) {
      const here = lanesOf(args.from).get(epoch) ?? 0n;
      const taken = here < left ? here : left;
      left -= taken;
      add(args.from, epoch, -taken);
      add(args.to, epoch, taken);
    }
    expect(left).to.equal(0n);
  }
  const now = await token.currentEpoch();
  const live = (address: string, age: bigint) => lanesOf(address).get(now - age) ?? 0n;
  return (address) => [live(address, 0n), live(address, 1n), live(address, 2n), live(address, 3n)];
}
