import { expect } from "chai";
import { actors, ethers } from "../support/actors.ts";
import { addToken, deployDesk, makeToken, REACH, type Desk } from "../support/desk.ts";
import { CASE, load, type Token } from "../support/fixture.ts";

const { ann, bob, council, merchant, relayer, shop, stranger, till } = actors;
const OTHER_CASE = ethers.id("case 2027-002");

async function withTokens(count: number) {
  const setting = await deployDesk(REACH);
  const tokens: Token[] = [];
  for (let id = 1; id <= count; id++) tokens.push(await addToken(setting, BigInt(id)));
  return { ...setting, tokens };
}

async function twoTokens() {
  return withTokens(2);
}

async function eightTokens() {
  return withTokens(8);
}

/** In which of the tokens the account is frozen. */
async function frozenIn(tokens: readonly Token[], account: { address: string }): Promise<boolean[]> {
  return Promise.all(tokens.map((token) => token.isFrozen(account.address)));
}

const all = (count: number, value: boolean) => Array.from({ length: count }, () => value);

describe("AccountFreezes", () => {
  it("freezes an account in every token at once and frees it again, each under its case number", async () => {
    const { desk, tokens } = await load(twoTokens);
    const freeze = desk.freeze(ann, CASE);
    await expect(freeze).to.emit(desk, "AccountFrozenEverywhere").withArgs(ann, CASE);
    for (const token of tokens) await expect(freeze).to.emit(token, "AccountFrozen").withArgs(ann, CASE);
    expect(await frozenIn(tokens, ann)).to.deep.equal([true, true]);
    expect([await desk.isFrozen(ann), await desk.isCarried(ann), await desk.caseOf(ann)]).to.deep.equal([
      true,
      true,
      CASE,
    ]);
    const unfreeze = desk.unfreeze(ann, OTHER_CASE);
    await expect(unfreeze).to.emit(desk, "AccountFreedEverywhere").withArgs(ann, OTHER_CASE);
    for (const token of tokens) await expect(unfreeze).to.emit(token, "AccountUnfrozen").withArgs(ann, OTHER_CASE);
    expect(await frozenIn(tokens, ann)).to.deep.equal([false, false]);
    expect([await desk.isFrozen(ann), await desk.isCarried(ann), await desk.caseOf(ann)]).to.deep.equal([
      false,
      true,
      OTHER_CASE,
    ]);
  });

  it("lists the frozen accounts in pages", async () => {
    const { desk } = await load(twoTokens);
    for (const account of [ann, bob, shop]) await desk.freeze(account, CASE);
    await desk.unfreeze(ann, CASE);
    expect(await desk.frozenCount()).to.equal(2n);
    expect(await desk.frozenAccounts(0, ethers.MaxUint256)).to.deep.equal([shop.address, bob.address]);
    expect(await desk.frozenAccounts(1, 1)).to.deep.equal([bob.address]);
    expect(await desk.frozenAccounts(2, 5)).to.deep.equal([]);
    expect(await desk.frozenAccounts(ethers.MaxUint256, ethers.MaxUint256)).to.deep.equal([]);
  });

  it("is the regulator's, needs a case number, and does nothing twice", async () => {
    const { desk } = await load(twoTokens);
    for (const other of [council, merchant, till, stranger]) {
      for (const act of [() => desk.connect(other).freeze(ann, CASE), () => desk.connect(other).unfreeze(ann, CASE)]) {
        await expect(act()).to.be.revertedWithCustomError(desk, "AccessManagedUnauthorized").withArgs(other);
      }
    }
    for (const act of [() => desk.freeze(ann, ethers.ZeroHash), () => desk.unfreeze(ann, ethers.ZeroHash)]) {
      await expect(act()).to.be.revertedWithCustomError(desk, "DeskCaseNumberMissing");
    }
    await expect(desk.unfreeze(ann, CASE)).to.be.revertedWithCustomError(desk, "DeskAccountNotFrozen").withArgs(ann);
    await desk.freeze(ann, CASE);
    await expect(desk.freeze(ann, OTHER_CASE)).to.be.revertedWithCustomError(desk, "DeskAccountFrozen").withArgs(ann);
  });

  describe("with more tokens than a call reaches", () => {
    it("goes on for whoever calls, part by part, until all have it", async () => {
      const { desk, tokens } = await load(eightTokens);
      await desk.freeze(ann, CASE);
      const after = [...all(5, false), ...all(REACH, true)]; // the youngest first
      expect(await frozenIn(tokens, ann)).to.deep.equal(after);
      expect(await desk.isCarried(ann)).to.equal(false);
      const hand = desk.connect(relayer);
      await hand.carryAccount(ann, 1);
      await hand.carryAccount(ann, 1_000); // bounded by what one call reaches
      expect((await frozenIn(tokens, ann)).filter((isFrozen) => isFrozen)).to.have.length(7);
      expect(await desk.isCarried(ann)).to.equal(false);
      await expect(hand.carryAccount(ann, 1_000)).to.emit(tokens[0]!, "AccountFrozen").withArgs(ann, CASE);
      expect([await frozenIn(tokens, ann), await desk.isCarried(ann)]).to.deep.equal([all(8, true), true]);
    });

    it("frees an account whose freeze had come half the way", async () => {
      const { desk, tokens } = await load(eightTokens);
      await desk.freeze(ann, CASE);
      await desk.carryAccount(ann, 2);
      await desk.unfreeze(ann, CASE);
      expect(await frozenIn(tokens, ann)).to.deep.equal([...all(3, false), true, true, ...all(3, false)]);
      expect(await desk.isCarried(ann)).to.equal(false);
      for (let call = 0; call < 2; call++) await desk.carryAccount(ann, REACH);
      expect([await frozenIn(tokens, ann), await desk.isCarried(ann)]).to.deep.equal([all(8, false), true]);
    });

    it("freezes again what was freed half the way", async () => {
      const { desk, tokens } = await load(eightTokens);
      await desk.freeze(ann, CASE);
      for (let call = 0; call < 2; call++) await desk.carryAccount(ann, REACH);
      await desk.unfreeze(ann, CASE);
      await desk.freeze(ann, OTHER_CASE);
      for (let call = 0; call < 2; call++) await desk.carryAccount(ann, REACH);
      expect([await frozenIn(tokens, ann), await desk.isCarried(ann)]).to.deep.equal([all(8, true), true]);
    });

    it("does nothing for an account that was never in a case", async () => {
      const { desk, tokens } = await load(eightTokens);
      await desk.connect(stranger).carryAccount(bob, 1_000);
      expect([await frozenIn(tokens, bob), await desk.isCarried(bob)]).to.deep.equal([all(8, false), true]);
    });
  });

  describe("a token made later", () => {
    for (const [count, isComplete] of [
      [0, true],
      [1, true],
      [3, true],
      [7, false],
    ] as const) {
      it(`takes ${count} freezes over: ${isComplete ? "in the call that makes it known" : "in as many as it takes"}`, async () => {
        const setting = await load(twoTokens);
        const { desk } = setting;
        const accounts = Array.from({ length: count }, (_, index) => ({
          address: ethers.dataSlice(ethers.id(`${index}`), 12),
        }));
        for (const { address } of accounts) await desk.freeze(address, CASE);
        const token = await makeToken(setting, 9n);
        expect(await desk.isTokenCarried(token)).to.equal(false);
        expect(await desk.carryIntoToken.staticCall(token, 500)).to.equal(isComplete);
        await desk.carryIntoToken(token, 500);
        expect([await desk.isTokenCarried(token), await desk.tokenCount()]).to.deep.equal([isComplete, 3n]);
        while (!(await desk.isTokenCarried(token))) {
          for (const { address } of accounts) expect(await desk.isCarried(address)).to.equal(false);
          await desk.connect(stranger).carryIntoToken(token, 2);
        }
        for (const account of accounts) expect(await frozenIn([token], account)).to.deep.equal([true]);
        for (const { address } of accounts) expect(await desk.isCarried(address)).to.equal(true);
        await desk.carryIntoToken(token, 500); // once more changes nothing
        expect([await desk.isTokenCarried(token), await desk.tokenCount()]).to.deep.equal([true, 3n]);
      });
    }

    it("misses nobody when the set of frozen accounts changes meanwhile", async () => {
      const setting = await load(twoTokens);
      const { desk } = setting;
      const [a, b, c, d] = [ann, bob, shop, relayer];
      for (const account of [a, b, c]) await desk.freeze(account, CASE);
      const token = await makeToken(setting, 9n);
      await desk.carryIntoToken(token, 1); // C has it; A and B are due
      await desk.unfreeze(a, CASE); // C takes A's place in the set
      await desk.freeze(d, CASE);
      expect(await desk.isTokenCarried(token)).to.equal(false);
      await desk.carryIntoToken(token, 500);
      const standing = await Promise.all([a, b, c, d].map((account) => token.isFrozen(account)));
      expect([standing, await desk.isTokenCarried(token)]).to.deep.equal([[false, true, true, true], true]);
    });

    it("is done when the last accounts that were due are freed", async () => {
      const setting = await load(twoTokens);
      const { desk } = setting;
      for (const account of [ann, bob]) await desk.freeze(account, CASE);
      const token = await makeToken(setting, 9n);
      await desk.carryIntoToken(token, 1);
      await desk.unfreeze(ann, CASE);
      await desk.unfreeze(bob, CASE);
      expect(await desk.isTokenCarried(token)).to.equal(true);
      await desk.freeze(shop, CASE);
      await desk.carryIntoToken(token, 0);
      await desk.carryIntoToken(token, 500);
      expect([await token.isFrozen(shop), await token.isFrozen(ann), await desk.isCarried(shop)]).to.deep.equal([
        true,
        false,
        true,
      ]);
    });

    it("must be the registry's", async () => {
      const { desk, access } = await load(twoTokens);
      await expect(desk.connect(stranger).carryIntoToken(access, 1))
        .to.be.revertedWithCustomError(desk, "DeskTokenUnknown")
        .withArgs(access);
    });
  });

  describe("in any order", () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      it(`what is carried is what was decided, and in the end all of it (walk ${seed})`, async () => {
        const setting = await load(twoTokens);
        await walk(setting, [...setting.tokens], seed);
      });
    }
  });
});

/** 60 random acts by anyone, then carrying on until nothing is due. */
async function walk(setting: Desk, tokens: Token[], seed: number): Promise<void> {
  const { desk } = setting;
  const accounts = [ann, bob, shop, relayer, stranger];
  const pick = dice(seed);
  for (let step = 0; step < 60; step++) {
    const account = accounts[pick(accounts.length)]!;
    const token = tokens[pick(tokens.length)]!;
    const act = pick(10);
    if (act < 4) await ((await desk.isFrozen(account)) ? desk.unfreeze(account, CASE) : desk.freeze(account, CASE));
    else if (act < 6) await desk.carryAccount(account, pick(4));
    else if (act < 8) await desk.carryIntoToken(token, pick(4));
    else if (tokens.length < 10) {
      const made = await makeToken(setting, BigInt(100 + tokens.length));
      await desk.carryIntoToken(made, pick(3));
      tokens.push(made);
    }
    await expectCarriedIsTrue(setting, tokens, accounts);
  }
  for (const account of accounts) while (!(await isRowDone(setting, account))) await desk.carryAccount(account, 500);
  for (const token of tokens) while (!(await desk.isTokenCarried(token))) await desk.carryIntoToken(token, 500);
  for (const account of accounts) {
    expect(await frozenIn(tokens, account)).to.deep.equal(all(tokens.length, await desk.isFrozen(account)));
  }
}

/** Carries on until a call has nothing left to tell any token. */
async function isRowDone({ desk }: Desk, account: { address: string }): Promise<boolean> {
  const receipt = await (await desk.carryAccount(account.address, 500)).wait();
  return receipt!.logs.length === 0;
}

/** Whoever is said to be carried has its standing in every token. */
async function expectCarriedIsTrue({ desk }: Desk, tokens: Token[], accounts: { address: string }[]): Promise<void> {
  for (const account of accounts) {
    if (!(await desk.isCarried(account.address))) continue;
    expect(await frozenIn(tokens, account)).to.deep.equal(all(tokens.length, await desk.isFrozen(account.address)));
  }
}

/** A die that falls the same way in every run (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}
