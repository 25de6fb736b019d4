import { expect } from "chai";

import type { Ledger } from "../support/alliance.ts";
import type { Merchant } from "../support/merchants.ts";

import { ALP, POINT, createLedger } from "../support/alliance.ts";
import { packItem } from "../support/lots.ts";
import {
  BURGER,
  COUNTRY_STYLE,
  admitMerchant,
  approveMerchant,
  termsOf,
  PROFILE_HASH,
  PROFILE_URI,
} from "../support/merchants.ts";
import { Calendar } from "../support/time.ts";

const CALENDARS = ["Month", "Quarter", "Year", "Never"] as const;
const Refusal = { None: 0n, TokenPaused: 6n, AccountFrozen: 7n, BalanceTooLow: 8n, WouldOutlive: 13n };
const CASE = "0x" + "ca".repeat(32);
const FOREVER = 2n ** 64n - 1n;

/** Four merchants on the whole ledger, one for each calendar, at equal prices. */
async function fourCalendars() {
  const ledger = await createLedger();
  const merchants: Merchant[] = [];
  for (const [seat, name] of CALENDARS.entries()) {
    const limits = { poolDaily: 10n ** 9n, accountDaily: 10n ** 9n };
    const prices = { accept: 90_000_000_000_000n, release: 100_000_000_000_000n };
    const plan = { ...COUNTRY_STYLE, name, symbol: name.toUpperCase(), calendar: Calendar[name], limits, prices };
    merchants.push(await admitMerchant(ledger, seat, { ...plan, collateral: 60_000n * ALP }));
  }
  return { ledger, merchants };
}

describe("ExchangePool with the merchants' own tokens", () => {
  let ledger: Ledger;
  let merchants: Merchant[];
  let snapshot: Awaited<ReturnType<Ledger["networkHelpers"]["takeSnapshot"]>>;

  before(async () => {
    ({ ledger, merchants } = await fourCalendars());
    snapshot = await ledger.networkHelpers.takeSnapshot();
  });
  afterEach(async () => snapshot.restore());

  const customer = () => ledger.actors.customers[0]!;
  const give = async ({ token, till }: Merchant, age: number, points: bigint) => {
    const ref = ledger.ethers.hexlify(ledger.ethers.randomBytes(32));
    const epoch = (await token.currentEpoch()) - BigInt(age);
    await token.connect(till).issueBatch(ref, epoch, [packItem(customer().address, points)]);
  };
  const quoteOf = (from: Merchant, to: Merchant, amount: bigint) =>
    ledger.exchangePool.quote(customer(), from.token, to.token, amount, false);
  const swap = (from: Merchant, to: Merchant, amount: bigint) =>
    ledger.exchangePool.connect(customer()).swapExactIn(from.token, to.token, amount, 0n, ledger.ethers.MaxUint256);

  describe("points bought never outlive the points given", () => {
    for (const [from, fromName] of CALENDARS.entries()) {
      for (const [to, toName] of CALENDARS.entries()) {
        if (from === to) continue;
        for (const age of fromName === "Never" ? [0] : [0, 1, 2, 3]) {
          it(`${fromName} of age ${age} → ${toName}`, async () => {
            const [giver, taker] = [merchants[from]!, merchants[to]!];
            await give(giver, age, 1_000n);
            const expiresAt = (await giver.token.nextExpiryOf(customer()))[0];
            const current = await taker.token.currentEpoch();
            // The youngest lane that ends in time, found by trying them all.
            const lanes = toName === "Never" ? [0n] : [0n, 1n, 2n, 3n];
            const ends = await Promise.all(lanes.map((lane) => taker.token.expiryOf(current - lane)));
            const best = ends.findIndex((end) => end <= expiresAt);

            const quote = await quoteOf(giver, taker, 1_000n);
            if (best === -1) {
              expect(quote.refusal).to.equal(Refusal.WouldOutlive);
              await expect(swap(giver, taker, 1_000n))
                .to.be.revertedWithCustomError(taker.token, "MerchantPointNoLaneEndsBy")
                .withArgs(expiresAt);
              return;
            }
            expect([quote.refusal, quote.epochOut]).to.deep.equal([Refusal.None, current - BigInt(best)]);
            await swap(giver, taker, 1_000n);
            const bought = await taker.token.nextExpiryOf(customer());
            expect([...bought]).to.deep.equal([ends[best], 900n]);
          });
        }
      }
    }

    it("whatever the way round: a month's points come home no younger", async () => {
      const [month, quarter] = merchants as [Merchant, Merchant];
      await give(month, 0, 10_000n);
      const [expiresAt] = await month.token.nextExpiryOf(customer());
      let amount = 10_000n;
      for (const [from, to] of [
        [month, quarter],
        [quarter, month],
        [month, quarter],
        [quarter, month],
      ] as const) {
        const { refusal, amountOut } = await quoteOf(from, to, amount);
        expect(refusal).to.equal(Refusal.None);
        await swap(from, to, amount);
        amount = amountOut;
        expect((await to.token.nextExpiryOf(customer()))[0] <= expiresAt).to.equal(true);
      }
      expect(amount).to.equal(6_561n); // 0.9^4: no cycle gains
    });
  });

  it("refuses as the quote says when a token is paused, the account frozen or too poor", async () => {
    const [month, quarter] = merchants as [Merchant, Merchant];
    const { regulator } = ledger.actors;
    await give(month, 0, 1_000n);
    for (const [arrange, refusal, error, token] of [
      [
        () => month.token.connect(regulator).pause(CASE, FOREVER),
        Refusal.TokenPaused,
        "MerchantPointPaused",
        month.token,
      ],
      [
        () => quarter.token.connect(regulator).pause(CASE, FOREVER),
        Refusal.TokenPaused,
        "MerchantPointPaused",
        quarter.token,
      ],
      [
        () => month.token.connect(regulator).freeze(customer(), CASE),
        Refusal.AccountFrozen,
        "MerchantPointAccountFrozen",
        month.token,
      ],
      [
        () => quarter.token.connect(regulator).freeze(customer(), CASE),
        Refusal.AccountFrozen,
        "MerchantPointAccountFrozen",
        quarter.token,
      ],
      [
        () => month.token.connect(customer()).transfer(ledger.actors.outsider, 600n),
        Refusal.BalanceTooLow,
        "ERC20InsufficientBalance",
        month.token,
      ],
    ] as const) {
      const before = await ledger.networkHelpers.takeSnapshot();
      await arrange();
      expect((await quoteOf(month, quarter, 500n)).refusal).to.equal(refusal);
      await expect(swap(month, quarter, 500n)).to.be.revertedWithCustomError(token, error);
      await before.restore();
    }
    await swap(month, quarter, 500n);
  });

  it("keeps the books of token and pool together: pooled is the reserve, outstanding stays", async () => {
    const [month, quarter] = merchants as [Merchant, Merchant];
    await give(month, 0, 1_000n);
    const before = await Promise.all([month.token.outstanding(), quarter.token.outstanding()]);
    await swap(month, quarter, 1_000n);
    expect(await Promise.all([month.token.outstanding(), quarter.token.outstanding()])).to.deep.equal(before);
    for (const { token } of [month, quarter]) {
      expect((await token.supplySplit()).pooled).to.equal(await ledger.exchangePool.pointReserveOf(token));
    }
  });

  it("funds points only within the collateral", async () => {
    const { token, controller, merchantId } = merchants[0]!;
    const room = (await ledger.collateral.outstandingMaxOf(token)) - (await token.outstanding());
    const pool = ledger.exchangePool.connect(controller);
    await expect(pool.fundPoints(token, ledger.ethers.id("too much"), room + 1n)).to.be.revertedWithCustomError(
      token,
      "MerchantPointCapExceeded",
    );
    await pool.fundPoints(token, ledger.ethers.id("all"), room);
    expect(await ledger.collateral.requiredFor(merchantId, await token.outstanding())).to.equal(60_000n * ALP);
  });

  it("has no place for the token of another registry", async () => {
    const stranger = await createLedger();
    const foreign = await approveMerchant(stranger, stranger.actors.controllers[0]!, BURGER);
    // Its twin address on this chain: the same code would answer, but no merchant of this registry made it.
    const { ethers, exchangePool, actors } = ledger;
    const copy = await foreign.token.getDeployedCode();
    const address = ethers.getAddress(ethers.dataSlice(ethers.id("twin"), 12));
    await ledger.networkHelpers.setCode(address, copy!);
    const prices = { accept: 10n ** 12n, release: 10n ** 12n };
    await expect(exchangePool.connect(actors.controllers[0]).open(address, prices, { poolDaily: 1n, accountDaily: 1n }))
      .to.be.revertedWithCustomError(exchangePool, "ExchangeTokenUnknown")
      .withArgs(address);
    expect((await exchangePool.quote(customer(), address, merchants[0]!.token, POINT, false)).refusal).to.equal(2n);
  });

  it("gives a merchant that has only applied nothing to open", async () => {
    const { merchantRegistry, exchangePool, actors, ethers } = ledger;
    await merchantRegistry.connect(actors.organisations[0]).applyFor(termsOf(BURGER), PROFILE_URI, PROFILE_HASH);
    await expect(
      exchangePool
        .connect(actors.organisations[0])
        .open(ethers.ZeroAddress, { accept: 10n ** 6n, release: 10n ** 6n }, { poolDaily: 1n, accountDaily: 1n }),
    ).to.be.revertedWithCustomError(exchangePool, "ExchangeTokenUnknown");
  });
});
