import { expect } from "chai";

import type { Signer } from "../support/alliance.ts";
import { POINT } from "../support/alliance.ts";
import {
  announce,
  backTo,
  buy,
  createStage,
  drawNow,
  escrowOf,
  open,
  State,
  tiersOf,
  voidNow,
} from "../support/lottery.ts";
import type { Draw, Stage } from "../support/lottery.ts";

describe("LotteryPrizes", () => {
  let stage: Stage;
  let restore: () => Promise<void>;
  let ann: Signer;

  before(async () => {
    stage = await createStage();
    ann = stage.customers[0]!;
    restore = await backTo(stage);
  });

  beforeEach(async () => {
    await restore();
  });

  const lottery = () => stage.lottery;
  const time = () => stage.ledger.networkHelpers.time;
  const caseNumber = () => stage.ledger.ethers.id("case");
  const desk = () => stage.ledger.regulatorDesk.connect(stage.ledger.actors.regulator);
  const refused = (call: Promise<unknown>, error: string, ...args: unknown[]) =>
    expect(call)
      .to.be.revertedWithCustomError(lottery(), error)
      .withArgs(...args);

  /** Ann bought every number there is. */
  async function wonByAnn(): Promise<Draw> {
    const draw = await open(stage, { accountMax: 100n });
    await buy(stage, draw, ann, 100);
    await drawNow(stage, draw);
    return draw;
  }

  async function expectEscrowed() {
    for (const { held, owed } of await escrowOf(stage)) expect(held).to.equal(owed);
  }

  it("pays each prize once, to the owner of its number, in the epoch that was published", async () => {
    const draw = await wonByAnn();
    const { token } = stage.other;
    const [, burger] = draw.tiers;
    await expect(lottery().claim(draw.drawId, 1n))
      .to.emit(lottery(), "PrizePaid")
      .withArgs(draw.drawId, 1n, ann.address, true)
      .and.to.emit(token, "TransferredAtEpoch")
      .withArgs(stage.address, ann.address, burger!.epoch, burger!.points);
    expect(await lottery().isPaid(draw.drawId, 1n)).to.equal(true);
    await refused(lottery().claim(draw.drawId, 1n), "LotteryPrizePaid", draw.drawId, 1n);
    await expectEscrowed();
    for (const index of [0n, 2n, 3n]) await lottery().claim(draw.drawId, index);
    expect(await token.balanceOf(ann)).to.equal(60n * POINT);
    await expectEscrowed();
  });

  it("pays nothing before the draw, and no prize that there is not", async () => {
    const early = await open(stage);
    await refused(lottery().claim(early.drawId, 0n), "LotteryDrawState", early.drawId, State.Open);
    await refused(lottery().sweep(early.drawId, [0n]), "LotteryDrawState", early.drawId, State.Open);
    const draw = await wonByAnn();
    await refused(lottery().claim(draw.drawId, 4n), "LotteryPrizeUnknown", draw.drawId, 4n);
    await refused(lottery().isPaid(draw.drawId, 4n), "LotteryPrizeUnknown", draw.drawId, 4n);
  });

  it("pays by the tiers in their order: the number of a prize says its size", async () => {
    const [own, burger] = (await tiersOf(stage)) as [Awaited<ReturnType<typeof tiersOf>>[0], { token: string }];
    const tiers = [3n, 2n, 5n].map((count, k) => ({ ...own, ...burger, points: BigInt(k + 1) * 10n, count }));
    const draw = await open(stage, { accountMax: 100n }, tiers);
    await buy(stage, draw, ann, 100);
    await drawNow(stage, draw);
    const paid: bigint[] = [];
    for (let index = 0n; index < 10n; index++) {
      const before = await stage.other.token.balanceOf(ann);
      await lottery().claim(draw.drawId, index);
      paid.push((await stage.other.token.balanceOf(ann)) - before);
    }
    expect(paid).to.deep.equal([10n, 10n, 10n, 20n, 20n, 30n, 30n, 30n, 30n, 30n]);
  });

  it("gives what nobody claimed back to the merchant, not a second earlier than published", async () => {
    const draw = await wonByAnn();
    await lottery().claim(draw.drawId, 2n);
    const sweep = () => lottery().sweep(draw.drawId, [0n, 1n, 2n, 3n, 1n]);
    await time().setNextBlockTimestamp(draw.terms.claimEnd - 1n);
    await stage.ledger.networkHelpers.mine();
    const early = lottery().sweep.staticCall(draw.drawId, [0n], { blockTag: "latest" });
    await refused(early, "LotteryClaimNotOver", draw.drawId, draw.terms.claimEnd);
    await time().increaseTo(draw.terms.claimEnd);
    await refused(lottery().sweep(draw.drawId, [4n]), "LotteryPrizeUnknown", draw.drawId, 4n);
    await expect(sweep())
      .to.emit(lottery(), "PrizePaid")
      .withArgs(draw.drawId, 3n, stage.merchant.controller.address, false);
    expect(await stage.other.token.balanceOf(ann)).to.equal(20n * POINT);
    await expectEscrowed();
    await refused(lottery().claim(draw.drawId, 0n), "LotteryPrizePaid", draw.drawId, 0n);
  });

  it("pays a late winner as long as nobody has swept the prize", async () => {
    const draw = await wonByAnn();
    await time().increaseTo(draw.terms.claimEnd + 100n);
    await lottery().claim(draw.drawId, 0n);
    await lottery().sweep(draw.drawId, [0n, 1n]);
    await expectEscrowed();
  });

  it("keeps a frozen winner's prize until it is free", async () => {
    const draw = await wonByAnn();
    await desk().freeze(ann, caseNumber());
    await expect(lottery().claim(draw.drawId, 0n)).to.be.revertedWithCustomError(
      stage.merchant.token,
      "MerchantPointAccountFrozen",
    );
    await desk().unfreeze(ann, caseNumber());
    await lottery().claim(draw.drawId, 0n);
  });

  it("goes back to who controls the merchant now, for the old key may be lost", async () => {
    const draw = await announce(stage);
    const heir = stage.ledger.actors.controllers[3]!;
    await stage.ledger.merchantRegistry.assignController(stage.merchant.merchantId, heir);
    await lottery().connect(heir).callOff(draw.drawId);
    expect(await stage.merchant.token.balanceOf(heir)).to.equal(100n * POINT);
  });

  it("lets no paused token keep a draw from becoming void: its prizes follow when it moves again", async () => {
    const { other, merchant } = stage;
    const draw = await open(stage);
    await buy(stage, draw, ann, 1);
    await voidNow(stage, draw);
    await desk().pause(await other.token.getAddress(), caseNumber());
    await expect(lottery().settle(draw.drawId, [0n]))
      .to.emit(lottery(), "PrizePaid")
      .withArgs(draw.drawId, 0n, merchant.controller.address, false);
    expect(await lottery().isPaid(draw.drawId, 1n)).to.equal(false);
    await expect(lottery().sweep(draw.drawId, [1n])).to.be.revertedWithCustomError(other.token, "MerchantPointPaused");
    await desk().unpause(await other.token.getAddress(), caseNumber());
    await lottery().sweep(draw.drawId, [0n, 1n, 2n, 3n]);
    await expectEscrowed();
    for (const { owed } of await escrowOf(stage)) expect(owed).to.equal(0n);
  });
});
