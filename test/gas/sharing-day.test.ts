/* eslint mocha/no-conditional-tests: "off" -- coverage instruments the code, so its size and gas say nothing */
import { expect } from "chai";
import hre from "hardhat";

import { ALP } from "../support/alliance.ts";
import type { Sharing } from "../support/sharing.ts";
import { endDay, openSharing } from "../support/sharing.ts";

const SALES_PER_CALL = 50;
/** A day with its event took 71,409 when this was written. */
const DAY_GAS_MAX = 75_000n;
/** Accounts 0x10000, 0x10001, …: no precompiles. */
const FIRST = 0x10000;

if (!hre.globalOptions.coverage) {
  describe("A day of the sharing program", function () {
    this.timeout(300_000);
    let world: Sharing;
    let crowd: Awaited<ReturnType<typeof deployCrowd>>;
    let holders = 0;

    const deployCrowd = () => world.ethers.deployContract("SharingCrowd", [world.program]);

    before(async () => {
      world = await openSharing();
      const { program, country } = world;
      crowd = await deployCrowd();
      await country.token.connect(country.controller).setTill(crowd, 1n);
      await program.connect(country.controller).join(country.merchantId, 900_000n * ALP, 1_000n);
    });

    async function growTo(count: number, fen: bigint): Promise<void> {
      while (holders < count) {
        const batch = Math.min(SALES_PER_CALL, count - holders);
        await crowd.shareMany(1n, fen, FIRST + holders, batch, { gasLimit: 16_000_000n });
        holders += batch;
      }
    }

    async function gasOfDay(day: number): Promise<bigint> {
      await endDay(world, day);
      const receipt = await (await world.program.distribute()).wait();
      expect((await world.program.disclosure()).daysGiven).to.equal(BigInt(day));
      return receipt!.gasUsed;
    }

    it("takes the same gas for 10 and for 10,000 holders", async () => {
      // Six million yuan of share value from the beginning: one multiplication is 300 gas dearer from 2^256 on.
      await growTo(10, 50_000_000n);
      await gasOfDay(1); // writes slots that were empty
      const few = await gasOfDay(2);
      await growTo(10_000, 10_000n);
      const many = await gasOfDay(3);
      expect(many, "gas for 10,000 holders, and for 10").to.equal(few);
      expect(many).to.be.at.most(DAY_GAS_MAX);
      // They are all there: the last one has earned its part of 498 points.
      const last = "0x" + (FIRST + 9_999).toString(16).padStart(40, "0");
      const { shareValue } = await world.program.disclosure();
      const part = (498n * 10n ** 18n * (await world.program.shareValueOf(last))) / shareValue;
      expect(await world.program.earnedOf(last)).to.be.closeTo(part, 2n);
    });

    it("fits the limit for code", async () => {
      const code = await world.program.getDeployedCode();
      expect(world.ethers.dataLength(code!)).to.be.at.most(24_576);
    });
  });
}
