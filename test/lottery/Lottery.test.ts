import { anyValue as anyHash } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { expect } from "chai";

import {
  announce,
  backTo,
  buy,
  closeSales,
  commitmentOf,
  createStage,
  drawNow,
  escrowOf,
  freshSecret,
  open,
  plain,
  State,
  termsOf,
  tiersOf,
} from "../support/lottery.ts";
import type { Draw, Stage, Terms } from "../support/lottery.ts";
import { DAY, HOUR } from "../support/time.ts";

describe("Lottery", () => {
  let stage: Stage;
  let restore: () => Promise<void>;

  before(async () => {
    stage = await createStage();
    restore = await backTo(stage);
  });

  beforeEach(async () => {
    await restore();
  });

  const lottery = () => stage.lottery;
  const stateOf = async ({ drawId }: Draw) => (await lottery().drawOf(drawId)).state;
  const time = () => stage.ledger.networkHelpers.time;
  const refused = (call: Promise<unknown>, error: string, ...args: unknown[]) =>
    expect(call)
      .to.be.revertedWithCustomError(lottery(), error)
      .withArgs(...args);
  const witnessOf = async (draw: Draw) => await commitmentOf(stage, draw.secrets.witness);

  describe("announcement", () => {
    it("takes the prizes into escrow and publishes terms and prizes for ever", async () => {
      const { merchant } = stage;
      const draw = await announce(stage);
      const [terms, tiers] = await lottery().termsOf(1n);
      expect(plain(terms)).to.deep.equal(draw.terms);
      expect(tiers.map(plain)).to.deep.equal(draw.tiers);
      const opened = await lottery().drawOf(1n);
      expect([opened.state, opened.merchant, opened.sold]).to.deep.equal([
        State.Announced,
        merchant.controller.address,
        0n,
      ]);
      expect(await escrowOf(stage)).to.deep.equal([
        { held: 10_000n, owed: 10_000n },
        { held: 6_000n, owed: 6_000n },
      ]);
      const [said] = await lottery().queryFilter(lottery().filters.DrawAnnounced(1n));
      expect(plain(said!.args.terms)).to.deep.equal(draw.terms);
      expect(said!.args.tiers.map(plain)).to.deep.equal(draw.tiers);
    });

    it("is the merchant's own: only by the controller of the token's merchant", async () => {
      const terms = await termsOf(stage, stage.ledger.ethers.id("a commitment"));
      const tiers = await tiersOf(stage);
      const { other, ledger } = stage;
      const { token } = terms;
      const by = other.controller;
      await refused(lottery().connect(by).announce(terms, tiers), "LotteryNotController", token, by.address);
      // Nobody's token: alliance tokens are no merchant's.
      const alp = await ledger.allianceToken.getAddress();
      const foreign = lottery()
        .connect(stage.merchant.controller)
        .announce({ ...terms, token: alp }, tiers);
      await refused(foreign, "LotteryNotController", alp, stage.merchant.controller.address);
    });

    it("asks to be a till of the merchant first, so that tickets can be settled", async () => {
      await stage.merchant.token.connect(stage.merchant.controller).setTill(stage.address, 0n);
      await refused(announce(stage), "LotteryNotTill", await stage.merchant.token.getAddress());
    });

    it("refuses terms out of their bounds and takes those at the bounds", async () => {
      const { salesEnd, revealEnd, releaseAt } = await termsOf(stage, stage.ledger.ethers.id("x"));
      const hour = BigInt(HOUR);
      const wrong: [string, Partial<Terms>][] = [
        ["ticketPoints", { ticketPoints: 0n }],
        ["ticketsMax", { ticketsMax: 0n, accountMax: 0n }],
        ["ticketsMax", { ticketsMax: 1_000_001n }],
        ["accountMax", { accountMax: 0n }],
        ["accountMax", { accountMax: 101n }],
        ["termsHash", { termsHash: "0x" + "00".repeat(32) }],
        ["commitment", { commitment: "0x" + "00".repeat(32) }],
        ["salesEnd", { salesEnd: BigInt(await time().latest()) }],
        ["revealEnd", { revealEnd: salesEnd + hour - 1n }],
        ["releaseAt", { releaseAt: revealEnd + hour - 1n }],
        ["releaseAt", { releaseAt: salesEnd + BigInt(30 * DAY) }],
        ["claimEnd", { claimEnd: releaseAt - 1n }],
        ["salesEnd", { salesEnd: 2n ** 64n - 1n, revealEnd: 0n }],
      ];
      for (const [field, change] of wrong) {
        const call = announce(stage, change);
        if (change.revealEnd === 0n) await refused(call, "LotteryTermsInvalid", "revealEnd");
        else await refused(call, "LotteryTermsInvalid", field);
      }
      await announce(stage, { ticketsMax: 1_000_000n, accountMax: 1_000_000n, ticketPoints: 1n });
      const shortest = { revealEnd: salesEnd + hour, releaseAt: salesEnd + 2n * hour, claimEnd: salesEnd + 2n * hour };
      await announce(stage, { salesEnd, ...shortest });
      const longest = BigInt(await time().latest()) + BigInt(30 * DAY);
      await announce(stage, { releaseAt: longest, claimEnd: longest });
    });

    it("refuses prizes that are none, too many, or that would not live until they can be claimed", async () => {
      const [own, burger] = (await tiersOf(stage)) as [Awaited<ReturnType<typeof tiersOf>>[0], { token: string }];
      const alp = await stage.ledger.allianceToken.getAddress();
      const expiry = await stage.other.token.expiryOf(await stage.other.token.currentEpoch());
      const cases: [string, Parameters<typeof announce>[2], Partial<Terms>?][] = [
        ["tiers", []],
        ["tiers", [{ ...own, points: 1n, count: 101n }], { ticketsMax: 1_000n }],
        ["tiers", [{ ...own, points: 1n, count: 11n }], { ticketsMax: 10n, accountMax: 10n }],
        ["tiers.points", [{ ...own, points: 0n }]],
        ["tiers.count", [{ ...own, count: 0n }]],
        ["tiers.token", [{ ...own, token: alp }]],
        ["tiers.epoch", [{ ...own, ...burger, points: 1n, count: 1n }], { claimEnd: expiry + 1n }],
      ];
      for (const [field, tiers, change] of cases) {
        await refused(announce(stage, change, tiers), "LotteryTermsInvalid", field);
      }
      // At the bounds: 100 prizes, as many numbers, claimed until the very second at which the points expire.
      const most = [{ ...own, ...burger, points: 1n, count: 100n }];
      await announce(stage, { claimEnd: expiry }, most);
    });

    it("takes no commitment twice: one that was used says what the secret is", async () => {
      const draw = await open(stage);
      const used = [draw.terms.commitment, await witnessOf(draw)];
      for (const commitment of used) {
        await refused(announce(stage, { commitment }), "LotteryTermsInvalid", "commitment");
        const next = await announce(stage);
        const again = lottery().connect(stage.witness).witness(next.drawId, commitment);
        await refused(again, "LotteryTermsInvalid", "commitment");
      }
      const own = await announce(stage);
      const copied = lottery().connect(stage.witness).witness(own.drawId, own.terms.commitment);
      await refused(copied, "LotteryTermsInvalid", "commitment");
    });
  });

  describe("witness", () => {
    it("represents an active member, and opens the sale", async () => {
      const draw = await announce(stage);
      const commitment = await witnessOf(draw);
      await expect(lottery().connect(stage.witness).witness(draw.drawId, commitment))
        .to.emit(lottery(), "DrawWitnessed")
        .withArgs(draw.drawId, stage.witness.address, commitment);
      const { state, witness, witnessCommitment } = await lottery().drawOf(draw.drawId);
      expect([state, witness, witnessCommitment]).to.deep.equal([State.Open, stage.witness.address, commitment]);
      const again = lottery().connect(stage.witness).witness(draw.drawId, stage.ledger.ethers.id("again"));
      await refused(again, "LotteryDrawState", draw.drawId, State.Open);
    });

    it("is nobody without a member, with a suspended one, or with a key of the merchant", async () => {
      const { ledger, merchant } = stage;
      const { representatives, nodes, outsider } = ledger.actors;
      const [second, third] = representatives as [typeof outsider, typeof outsider];
      const profile = ["data:,", ledger.ethers.id("profile")] as const;
      await ledger.alliance.admit("Second", ...profile, second, nodes[0]!);
      await ledger.alliance.admit("Third", ...profile, third, nodes[1]!);
      await ledger.alliance.admit("Shop", ...profile, merchant.controller, nodes[2]!);
      await ledger.alliance.suspend(2n);
      await merchant.token.connect(merchant.controller).setTill(third, 1n);
      const draw = await announce(stage);
      for (const who of [outsider, second, third, merchant.controller]) {
        const call = lottery()
          .connect(who)
          .witness(draw.drawId, await witnessOf(draw));
        await refused(call, "LotteryWitnessInvalid", who.address);
      }
      // A controller that took over after the announcement is the merchant, too, and so is the one that announced.
      await ledger.merchantRegistry.assignController(merchant.merchantId, second);
      await ledger.alliance.reinstate(2n);
      for (const who of [second, merchant.controller]) {
        const call = lottery()
          .connect(who)
          .witness(draw.drawId, await witnessOf(draw));
        await refused(call, "LotteryWitnessInvalid", who.address);
      }
    });

    it("comes before the end of the sales; without one the draw is void then", async () => {
      const draw = await announce(stage);
      await refused(lottery().voidDraw(draw.drawId), "LotterySalesNotOver", draw.drawId, draw.terms.salesEnd);
      await time().increaseTo(draw.terms.salesEnd);
      const late = lottery()
        .connect(stage.witness)
        .witness(draw.drawId, await witnessOf(draw));
      await refused(late, "LotterySalesOver", draw.drawId, draw.terms.salesEnd);
      await expect(lottery().voidDraw(draw.drawId)).to.emit(lottery(), "DrawVoided").withArgs(draw.drawId);
      expect((await escrowOf(stage)).map(({ held }) => held)).to.deep.equal([0n, 0n]);
    });
  });

  describe("calling off", () => {
    it("gives the prizes back before the first ticket, witnessed or not", async () => {
      const { merchant } = stage;
      const before = await merchant.token.balanceOf(merchant.controller);
      for (const draw of [await announce(stage), await open(stage)]) {
        const call = lottery().connect(merchant.controller).callOff(draw.drawId);
        await expect(call)
          .to.emit(lottery(), "PrizePaid")
          .withArgs(draw.drawId, 3n, merchant.controller.address, false);
        expect(await stateOf(draw)).to.equal(State.Void);
      }
      expect(await merchant.token.balanceOf(merchant.controller)).to.equal(before);
      expect((await escrowOf(stage)).every(({ held, owed }) => held === 0n && owed === 0n)).to.equal(true);
    });

    it("is refused to others, and once a ticket is sold", async () => {
      const draw = await open(stage);
      const token = await stage.merchant.token.getAddress();
      await refused(
        lottery().connect(stage.witness).callOff(draw.drawId),
        "LotteryNotController",
        token,
        stage.witness.address,
      );
      await buy(stage, draw, stage.customers[0]!, 1);
      const late = () => lottery().connect(stage.merchant.controller).callOff(draw.drawId);
      await refused(late(), "LotteryDrawState", draw.drawId, State.Open);
      await drawNow(stage, draw);
      await refused(late(), "LotteryDrawState", draw.drawId, State.Drawn);
    });
  });

  describe("draw", () => {
    it("mixes both secrets with the hash of a block after the last ticket", async () => {
      const { ethers } = stage.ledger;
      const draw = await open(stage);
      await buy(stage, draw, stage.customers[0]!, 60);
      await time().increaseTo(draw.terms.salesEnd);
      const closing = await (await lottery().close(draw.drawId)).wait();
      const entropyBlock = BigInt(closing!.blockNumber + 1);
      const [closed] = await lottery().queryFilter(lottery().filters.DrawClosed(draw.drawId));
      expect([...closed!.args]).to.deep.equal([draw.drawId, entropyBlock, 60n]);
      await stage.ledger.networkHelpers.mine();
      const { hash } = (await ethers.provider.getBlock(Number(entropyBlock)))!;
      await expect(lottery().reveal(draw.drawId, draw.secrets.merchant))
        .to.emit(lottery(), "EntropyKept")
        .withArgs(draw.drawId, entropyBlock, hash)
        .and.to.emit(lottery(), "SecretRevealed")
        .withArgs(draw.drawId, true, draw.secrets.merchant);
      await lottery().reveal(draw.drawId, draw.secrets.witness);

      const { chainId } = await ethers.provider.getNetwork();
      const types = ["uint256", "uint256", "address", "bytes32", "bytes32", "bytes32"];
      const parts = [draw.drawId, chainId, stage.address, draw.secrets.merchant, draw.secrets.witness, hash];
      const seed = ethers.keccak256(ethers.AbiCoder.defaultAbiCoder().encode(types, parts));
      const drawn = await lottery().drawOf(draw.drawId);
      expect([drawn.state, drawn.seed, drawn.entropy]).to.deep.equal([State.Drawn, seed, hash]);
      expect([drawn.merchantSecret, drawn.witnessSecret]).to.deep.equal([draw.secrets.merchant, draw.secrets.witness]);
      const numbers = await lottery().numbersOf(draw.drawId);
      expect(new Set(numbers).size).to.equal(4);
      const [said] = await lottery().queryFilter(lottery().filters.DrawDrawn(draw.drawId));
      expect([said!.args.seed, [...said!.args.numbers]]).to.deep.equal([seed, [...numbers]]);
    });

    it("closes at the end of the sales, or when it is sold out", async () => {
      const draw = await open(stage);
      await buy(stage, draw, stage.customers[0]!, 60);
      await refused(lottery().close(draw.drawId), "LotterySalesNotOver", draw.drawId, draw.terms.salesEnd);
      await buy(stage, draw, stage.customers[1]!, 40);
      await lottery().close(draw.drawId);
      expect(await stateOf(draw)).to.equal(State.Closed);
      await refused(lottery().close(draw.drawId), "LotteryDrawState", draw.drawId, State.Closed);
      const announced = await announce(stage);
      await refused(lottery().close(announced.drawId), "LotteryDrawState", announced.drawId, State.Announced);
    });

    it("asks the merchant first, takes only what was committed to, and each secret once", async () => {
      const draw = await open(stage);
      await refused(lottery().reveal(draw.drawId, draw.secrets.merchant), "LotteryDrawState", draw.drawId, State.Open);
      await closeSales(stage, draw);
      const reveal = (secret: string) => lottery().reveal(draw.drawId, secret);
      await refused(reveal(draw.secrets.witness), "LotteryMerchantFirst", draw.drawId);
      await refused(reveal(freshSecret(stage, "guess")), "LotterySecretWrong", draw.drawId);
      await reveal(draw.secrets.merchant);
      await refused(reveal(draw.secrets.merchant), "LotterySecretWrong", draw.drawId);
      await refused(reveal(freshSecret(stage, "guess")), "LotterySecretWrong", draw.drawId);
      await reveal(draw.secrets.witness);
      await refused(reveal(draw.secrets.witness), "LotteryDrawState", draw.drawId, State.Drawn);
    });

    it("takes no secret from the end of the time for them on, and is void then", async () => {
      const draw = await open(stage);
      await closeSales(stage, draw);
      await lottery().reveal(draw.drawId, draw.secrets.merchant);
      await refused(lottery().voidDraw(draw.drawId), "LotteryRevealNotOver", draw.drawId, draw.terms.revealEnd);
      await time().increaseTo(draw.terms.revealEnd);
      const late = lottery().reveal(draw.drawId, draw.secrets.witness);
      await refused(late, "LotteryRevealOver", draw.drawId, draw.terms.revealEnd);
      await lottery().voidDraw(draw.drawId);
      await refused(lottery().voidDraw(draw.drawId), "LotteryDrawState", draw.drawId, State.Void);
      expect(await lottery().numbersOf(draw.drawId)).to.deep.equal([]);
    });

    it("is void, too, when nobody closed it in time", async () => {
      const draw = await open(stage);
      await time().increaseTo(draw.terms.revealEnd);
      await refused(lottery().close(draw.drawId), "LotteryRevealOver", draw.drawId, draw.terms.revealEnd);
      await lottery().voidDraw(draw.drawId);
      expect(await stateOf(draw)).to.equal(State.Void);
    });

    it("draws also when nothing was sold: every prize is the merchant's", async () => {
      const draw = await open(stage);
      await drawNow(stage, draw);
      for (let index = 0n; index < 4n; index++) {
        await expect(lottery().claim(draw.drawId, index))
          .to.emit(lottery(), "PrizePaid")
          .withArgs(draw.drawId, index, stage.merchant.controller.address, false);
      }
    });
  });

  describe("entropy", () => {
    it("waits for its block, and is kept once by whoever asks", async () => {
      const { networkHelpers, actors } = stage.ledger;
      const draw = await open(stage);
      const keep = () => lottery().connect(actors.outsider).keepEntropy(draw.drawId);
      await refused(keep(), "LotteryDrawState", draw.drawId, State.Open);
      await time().increaseTo(draw.terms.salesEnd);
      await lottery().close(draw.drawId);
      const { entropyBlock } = await lottery().drawOf(draw.drawId);
      await refused(keep(), "LotteryEntropyUnknown", draw.drawId, entropyBlock);
      await networkHelpers.mine();
      await expect(keep()).to.emit(lottery(), "EntropyKept").withArgs(draw.drawId, entropyBlock, anyHash);
      await networkHelpers.mine(300);
      await expect(keep()).not.to.emit(lottery(), "EntropyKept");
      // Kept is kept: it can not be lost any more, nor had anew.
      await refused(lottery().close(draw.drawId), "LotteryDrawState", draw.drawId, State.Closed);
      await lottery().reveal(draw.drawId, draw.secrets.merchant);
      await lottery().reveal(draw.drawId, draw.secrets.witness);
    });

    it("is lost after 256 blocks: only then the draw can be closed again, on a block to come", async () => {
      const { networkHelpers, ethers } = stage.ledger;
      const draw = await open(stage);
      await time().increaseTo(draw.terms.salesEnd);
      await lottery().close(draw.drawId);
      const { entropyBlock } = await lottery().drawOf(draw.drawId);
      const now = BigInt(await ethers.provider.getBlockNumber());
      // The next transaction stands in the last block that knows the hash.
      await networkHelpers.mine(entropyBlock + 255n - now);
      await refused(lottery().close(draw.drawId), "LotteryDrawState", draw.drawId, State.Closed);
      const kept = await networkHelpers.takeSnapshot();
      await networkHelpers.mine();
      await refused(
        lottery().reveal(draw.drawId, draw.secrets.merchant),
        "LotteryEntropyUnknown",
        draw.drawId,
        entropyBlock,
      );
      await lottery().close(draw.drawId);
      expect((await lottery().drawOf(draw.drawId)).entropyBlock > entropyBlock + 256n).to.equal(true);
      await networkHelpers.mine();
      await lottery().reveal(draw.drawId, draw.secrets.merchant);
      await kept.restore();
    });
  });

  it("knows no draw 0 and none that was not announced", async () => {
    const draw = await announce(stage);
    for (const drawId of [0n, draw.drawId + 1n]) {
      await refused(lottery().drawOf(drawId), "LotteryDrawUnknown", drawId);
      await refused(lottery().voidDraw(drawId), "LotteryDrawUnknown", drawId);
    }
  });
});
