import { expect } from "chai";

import type { Ledger, Signer } from "../support/alliance.ts";
import { ALP, createLedger, POINT } from "../support/alliance.ts";
import { PROFILE_HASH, PROFILE_URI } from "../support/merchants.ts";
import { Calendar, UTC_PLUS_8 } from "../support/time.ts";

const Kind = { Deduction: 0n } as const;

/**
 * The main job on the contracts alone, every number spelled out. 1 ALP stands for 1 yuan.
 *
 *            points a yuan   base unit is worth   pool pays for one in   pool asks for one out
 * 乡村基       100             10^14 wei ALP        0.8 · 10^14            1.0 · 10^14
 * 汉堡王       1,000           10^13 wei ALP        0.7 · 10^13            0.9 · 10^13
 *
 * Ann buys for 200 yuan at 乡村基 and gets 2,000 points (10 %). She swaps 900 of them: 90,000 base units pay
 * 90,000 · 0.8 · 10^14 = 7.2 ALP, which buy 7.2 · 10^18 / (0.9 · 10^13) = 800,000 base units, 8,000 points of 汉堡王.
 * She redeems 5,000 of them, 5 yuan off a burger.
 */
describe("Main job", () => {
  let ledger: Ledger;
  let country: Signer;
  let burger: Signer;
  let till: Signer;
  let ann: Signer;

  before(async () => {
    ledger = await createLedger();
    [country, burger] = ledger.actors.controllers as [Signer, Signer];
    [till] = ledger.actors.tills as [Signer];
    [ann] = ledger.actors.customers as [Signer];
  });

  const tokenOf = async (merchantId: bigint) =>
    ledger.ethers.getContractAt("MerchantPoint", await ledger.merchantRegistry.tokenOf(merchantId));

  it("admits both merchants, each with its own token", async () => {
    const { merchantRegistry, actors } = ledger;
    const common = { category: "restaurant", utcOffsetSeconds: UTC_PLUS_8 };
    const names = [
      {
        legalName: "乡村基",
        tokenName: "乡村基积分",
        tokenSymbol: "CSC",
        pointsPerYuan: 100n,
        calendar: Calendar.Quarter,
      },
      {
        legalName: "汉堡王",
        tokenName: "汉堡王积分",
        tokenSymbol: "BKP",
        pointsPerYuan: 1_000n,
        calendar: Calendar.Year,
      },
    ];
    for (const [index, controller] of [country, burger].entries()) {
      const terms = { ...common, ...names[index]! };
      await merchantRegistry.connect(controller).applyFor(terms, PROFILE_URI, PROFILE_HASH);
      await merchantRegistry.connect(actors.platform).approve(BigInt(index + 1));
      expect(await merchantRegistry.statusOf(index + 1)).to.equal(2n);
    }
    expect(await (await tokenOf(1n)).name()).to.equal("乡村基积分");
    expect(await (await tokenOf(2n)).symbol()).to.equal("BKP");
  });

  it("covers what they issue: 300 ALP let 乡村基 have 100,000 points outstanding", async () => {
    const { allianceToken, collateral, actors } = ledger;
    for (const [index, controller] of [country, burger].entries()) {
      await allianceToken.connect(actors.platform).transfer(controller, 400n * ALP);
      await allianceToken.connect(controller).approve(collateral, 300n * ALP);
      await collateral.connect(controller).deposit(index + 1, 300n * ALP);
    }
    // 300 ALP / (1 ALP a yuan · 30 %) = 1,000 yuan
    expect(await collateral.outstandingMaxOf(await tokenOf(1n))).to.equal(100_000n * POINT);
    expect(await collateral.outstandingMaxOf(await tokenOf(2n))).to.equal(1_000_000n * POINT);
  });

  it("opens both sides of the pool with prices and reserves", async () => {
    const { exchangePool, allianceToken, ethers } = ledger;
    const limits = { poolDaily: 10_000n * POINT, accountDaily: 1_000n * POINT };
    const sides = [
      { controller: country, prices: { accept: 80_000_000_000_000n, release: 100_000_000_000_000n } },
      { controller: burger, prices: { accept: 7_000_000_000_000n, release: 9_000_000_000_000n } },
    ];
    for (const [index, { controller, prices }] of sides.entries()) {
      const token = await tokenOf(BigInt(index + 1));
      const pool = exchangePool.connect(controller);
      await pool.open(token, prices, limits);
      await pool.fundPoints(token, ethers.id(`reserve ${index}`), 20_000n * POINT);
      await allianceToken.connect(controller).approve(exchangePool, 100n * ALP);
      await pool.fundAlp(token, 100n * ALP);
      const side = await exchangePool.poolOf(token);
      expect([side.pointReserve, side.alpReserve]).to.deep.equal([20_000n * POINT, 100n * ALP]);
    }
    expect(await allianceToken.balanceOf(exchangePool)).to.equal(200n * ALP);
  });

  it("issues 2,000 points to Ann at 乡村基's till, once", async () => {
    const token = await tokenOf(1n);
    const order = ledger.ethers.id("乡村基 order 1");
    await token.connect(country).setTill(till, 10_000n * POINT);
    await expect(token.connect(till).issue(ann, 2_000n * POINT, order))
      .to.emit(token, "Issued")
      .withArgs(order, till, await token.currentEpoch(), 1n, 2_000n * POINT);
    await expect(token.connect(till).issue(ann, 2_000n * POINT, order))
      .to.be.revertedWithCustomError(token, "MerchantPointRefUsed")
      .withArgs(order);
    expect(await token.balanceOf(ann)).to.equal(2_000n * POINT);
  });

  it("swaps 900 points of 乡村基 for 8,000 of 汉堡王; 乡村基 pays 汉堡王 7.2 ALP", async () => {
    const { exchangePool, networkHelpers } = ledger;
    const [from, to] = [await tokenOf(1n), await tokenOf(2n)];
    const quote = await exchangePool.quote(ann, from, to, 900n * POINT, false);
    expect([quote.refusal, quote.hub, quote.amountOut]).to.deep.equal([0n, (72n * ALP) / 10n, 8_000n * POINT]);

    const deadline = (await networkHelpers.time.latest()) + 600;
    await expect(exchangePool.connect(ann).swapExactIn(from, to, 900n * POINT, 8_000n * POINT, deadline))
      .to.emit(exchangePool, "Swapped")
      .withArgs(ann, from, to, 900n * POINT, (72n * ALP) / 10n, 8_000n * POINT, quote.epochOut);

    expect([await from.balanceOf(ann), await to.balanceOf(ann)]).to.deep.equal([1_100n * POINT, 8_000n * POINT]);
    const [fromSide, toSide] = [await exchangePool.poolOf(from), await exchangePool.poolOf(to)];
    expect([fromSide.pointReserve, fromSide.alpReserve]).to.deep.equal([20_900n * POINT, (928n * ALP) / 10n]);
    expect([toSide.pointReserve, toSide.alpReserve]).to.deep.equal([12_000n * POINT, (1_072n * ALP) / 10n]);
    // Points bought never outlive the points given.
    expect(await to.expiryOf(quote.epochOut)).to.be.at.most(await from.expiryOf(await from.currentEpoch()));
  });

  it("redeems 5,000 points at 汉堡王", async () => {
    const token = await tokenOf(2n);
    const order = ledger.ethers.id("汉堡王 order 1");
    await expect(token.connect(ann).redeem(5_000n * POINT, Kind.Deduction, order))
      .to.emit(token, "Redeemed")
      .withArgs(ann, order, Kind.Deduction, 5_000n * POINT);
    expect(await token.balanceOf(ann)).to.equal(3_000n * POINT);
  });

  it("leaves books that an auditor can add up", async () => {
    const { allianceToken, exchangePool, collateral } = ledger;
    const splitOf = async (id: bigint) => [...(await (await tokenOf(id)).supplySplit())];
    const split = (parts: Record<"issued" | "circulating" | "pooled" | "redeemed", bigint>) => [
      parts.issued * POINT,
      parts.circulating * POINT,
      0n, // held
      parts.pooled * POINT,
      parts.redeemed * POINT,
      0n, // expired
      0n, // reversed
    ];
    expect(await splitOf(1n)).to.deep.equal(
      split({ issued: 22_000n, circulating: 1_100n, pooled: 20_900n, redeemed: 0n }),
    );
    expect(await splitOf(2n)).to.deep.equal(
      split({ issued: 20_000n, circulating: 3_000n, pooled: 12_000n, redeemed: 5_000n }),
    );
    // What the swap moved stayed inside: 92.8 + 107.2 = 200.
    expect(await allianceToken.balanceOf(exchangePool)).to.equal(200n * ALP);
    expect(await allianceToken.balanceOf(collateral)).to.equal(600n * ALP);
  });
});
