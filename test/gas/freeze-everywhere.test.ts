/* eslint mocha/no-conditional-tests: "off" -- coverage instruments the code, so its gas says nothing */
import { expect } from "chai";
import hre from "hardhat";
import { actors, ethers } from "../support/actors.ts";
import { deployDesk, PARAMS } from "../support/desk.ts";
import { CASE, load } from "../support/fixture.ts";

const TOKENS = 500;
/** Five tokens of 5 million gas fit one block. */
const TOKENS_PER_BLOCK = 5;
/** A third of a block stays free. Measured: 19.3 million to freeze in 500 tokens, 8.6 million to free. */
const CALL_GAS_MAX = 20_000_000n;
const FREEZE_INTO_TOKEN_GAS_MAX = 38_000n;
const { ann, bob, stranger } = actors;

/** 500 tokens, each deployed in full by the factory, all known to the desk. */
async function fiveHundredTokens() {
  const setting = await deployDesk();
  const { desk, registry, factory } = setting;
  for (let first = 1; first <= TOKENS; first += TOKENS_PER_BLOCK) {
    await registry.createMany(factory, { ...PARAMS, merchantId: BigInt(first) }, TOKENS_PER_BLOCK);
  }
  for (let id = 1; id <= TOKENS; id++) await desk.carryIntoToken(await registry.tokenOf(id), 0);
  return setting;
}

async function noTokens() {
  return deployDesk();
}

async function tokenNumber({ registry }: Awaited<ReturnType<typeof fiveHundredTokens>>, id: number) {
  return ethers.getContractAt("MerchantPoint", await registry.tokenOf(id));
}

if (!hre.globalOptions.coverage) {
  describe("freezing everywhere", () => {
    it("reaches 500 tokens in one transaction, in less than 20 million gas, and so does freeing", async () => {
      const setting = await load(fiveHundredTokens);
      const { desk } = setting;
      for (const act of ["freeze", "unfreeze", "freeze"] as const) {
        const { gasUsed } = (await (await desk[act](ann, CASE, { gasLimit: CALL_GAS_MAX })).wait())!;
        expect(gasUsed < CALL_GAS_MAX, `${act} used ${gasUsed} gas`).to.equal(true);
        for (const id of [1, 250, 500]) {
          expect(await (await tokenNumber(setting, id)).isFrozen(ann)).to.equal(act === "freeze");
        }
        expect(await desk.isCarried(ann)).to.equal(true);
      }
    });

    it("reaches the 501st token by anybody's next call, and a new token by the call that makes it known", async () => {
      const setting = await load(fiveHundredTokens);
      const { desk, registry, factory } = setting;
      await registry.create(factory, { ...PARAMS, merchantId: 501n });
      const last = await tokenNumber(setting, 501);
      await desk.carryIntoToken(last, 500);
      await desk.freeze(ann, CASE, { gasLimit: CALL_GAS_MAX });
      const first = await tokenNumber(setting, 1);
      expect([await last.isFrozen(ann), await first.isFrozen(ann), await desk.isCarried(ann)]).to.deep.equal([
        true,
        false,
        false,
      ]);
      await desk.connect(stranger).carryAccount(ann, 500);
      expect([await first.isFrozen(ann), await desk.isCarried(ann)]).to.deep.equal([true, true]);
    });

    it("costs a new token less than 38,000 gas for each account that is frozen", async () => {
      const setting = await load(noTokens);
      const { desk, registry, factory } = setting;
      const accounts = Array.from({ length: 50 }, (_, index) => ethers.dataSlice(ethers.id(`${index}`), 12));
      for (const account of accounts) await desk.freeze(account, CASE);
      await registry.create(factory, PARAMS);
      const token = await tokenNumber(setting, 1);
      const { gasUsed } = (await (await desk.carryIntoToken(token, 500)).wait())!;
      expect(gasUsed / 50n < FREEZE_INTO_TOKEN_GAS_MAX, `${gasUsed} gas for 50`).to.equal(true);
      expect([await desk.isTokenCarried(token), await token.isFrozen(bob)]).to.deep.equal([true, false]);
    });
  });
}
