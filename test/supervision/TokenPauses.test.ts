import { expect } from "chai";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import { addToken, deployDesk } from "../support/desk.ts";
import { CASE, ENDLESS, load } from "../support/fixture.ts";
import { DAY } from "../support/time.ts";

const { ann, bob, council, regulator, stranger, till } = actors;
const { time } = networkHelpers;
const OTHER_CASE = ethers.id("case 2027-002");
const PAUSE = 7 * DAY;
const INTERVAL = 30 * DAY;

/** One token, in which Ann has 100 points. */
async function oneToken() {
  const setting = await deployDesk();
  const token = await addToken(setting);
  await token.connect(till).issue(ann, 100n, ethers.id("order"));
  return { ...setting, token, steward: setting.desk.connect(council) };
}

/** The regulator paused it at `begun`. */
async function paused() {
  const setting = await oneToken();
  await setting.desk.pause(setting.token, CASE);
  return { ...setting, begun: await time.latest() };
}

describe("TokenPauses", () => {
  it("says how long: 7 days, and 30 from the beginning of one to the next", async () => {
    const { desk } = await load(oneToken);
    expect([await desk.PAUSE_SECONDS(), await desk.PAUSE_INTERVAL()]).to.deep.equal([BigInt(PAUSE), BigInt(INTERVAL)]);
  });

  it("stops the token at once, and it moves again at the seventh day's last second by itself", async () => {
    const { desk, token } = await load(oneToken);
    const now = (await time.latest()) + 100;
    await time.setNextBlockTimestamp(now);
    const pause = desk.pause(token, CASE);
    await expect(pause)
      .to.emit(desk, "TokenPaused")
      .withArgs(token, CASE, now + PAUSE);
    await expect(pause)
      .to.emit(token, "Paused")
      .withArgs(CASE, now + PAUSE);
    expect(await desk.pauseOf(token)).to.deep.equal([BigInt(now + PAUSE), BigInt(now)]);
    await time.setNextBlockTimestamp(now + PAUSE - 1);
    await expect(token.connect(ann).transfer(bob, 1n)).to.be.revertedWithCustomError(token, "MerchantPointPaused");
    await time.setNextBlockTimestamp(now + PAUSE);
    await token.connect(ann).transfer(bob, 1n);
    expect(await desk.pauseOf(token)).to.deep.equal([0n, BigInt(now + INTERVAL)]);
    await expect(desk.unpause(token, CASE)).to.be.revertedWithCustomError(desk, "DeskTokenNotPaused").withArgs(token);
  });

  it("is not prolonged by another case within the seven days, be the token paused still or not", async () => {
    const { desk, token, begun } = await load(paused);
    await time.increaseTo(begun + DAY);
    await expect(desk.pause(token, OTHER_CASE))
      .to.emit(token, "Paused")
      .withArgs(OTHER_CASE, begun + PAUSE);
    const unpause = desk.unpause(token, OTHER_CASE);
    await expect(unpause).to.emit(desk, "TokenUnpaused").withArgs(token, OTHER_CASE);
    await expect(unpause).to.emit(token, "Unpaused").withArgs(OTHER_CASE);
    expect(await desk.pauseOf(token)).to.deep.equal([0n, BigInt(begun)]);
    await time.setNextBlockTimestamp(begun + PAUSE - 1);
    await expect(desk.pause(token, CASE))
      .to.emit(token, "Paused")
      .withArgs(CASE, begun + PAUSE);
  });

  it("comes again 30 days after it began, whatever number of cases there are", async () => {
    const { desk, token, begun } = await load(paused);
    for (const at of [begun + PAUSE, begun + INTERVAL - 1]) {
      await time.setNextBlockTimestamp(at);
      await expect(desk.pause(token, OTHER_CASE))
        .to.be.revertedWithCustomError(desk, "DeskPauseTooSoon")
        .withArgs(token, begun + INTERVAL);
    }
    await time.setNextBlockTimestamp(begun + INTERVAL);
    await desk.pause(token, OTHER_CASE);
    expect(await token.pausedUntil()).to.equal(begun + INTERVAL + PAUSE);
  });

  it("lasts until the council lifts it when the council has ratified it", async () => {
    const { desk, steward, token, begun } = await load(paused);
    const ratify = steward.ratifyPause(token, OTHER_CASE);
    await expect(ratify).to.emit(desk, "TokenPaused").withArgs(token, OTHER_CASE, ENDLESS);
    await expect(ratify).to.emit(token, "Paused").withArgs(OTHER_CASE, ENDLESS);
    await time.increase(365 * DAY);
    expect((await desk.pauseOf(token)).until).to.equal(ENDLESS);
    for (const act of [
      () => desk.unpause(token, CASE),
      () => desk.pause(token, CASE), // would make it shorter
      () => steward.ratifyPause(token, CASE),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(desk, "DeskPauseRatified").withArgs(token);
    }
    await expect(steward.liftPause(token, CASE)).to.emit(desk, "TokenUnpaused").withArgs(token, CASE);
    expect(await desk.pauseOf(token)).to.deep.equal([0n, BigInt(begun + INTERVAL)]);
    await desk.pause(token, CASE);
  });

  it("cannot be renewed within its seven days once the council has lifted it", async () => {
    const { desk, steward, token, begun } = await load(paused);
    await steward.liftPause(token, OTHER_CASE);
    expect(await desk.pauseOf(token)).to.deep.equal([0n, BigInt(begun + INTERVAL)]);
    await expect(desk.pause(token, CASE))
      .to.be.revertedWithCustomError(desk, "DeskPauseTooSoon")
      .withArgs(token, begun + INTERVAL);
    await expect(steward.liftPause(token, CASE))
      .to.be.revertedWithCustomError(desk, "DeskTokenNotPaused")
      .withArgs(token);
  });

  it("can be the council's own from the start, and leaves the regulator its window", async () => {
    const { desk, steward, token } = await load(oneToken);
    await steward.ratifyPause(token, CASE);
    expect(await desk.pauseOf(token)).to.deep.equal([ENDLESS, 0n]);
    await steward.liftPause(token, CASE);
    expect(await desk.pauseOf(token)).to.deep.equal([0n, 0n]);
    await desk.pause(token, CASE);
  });

  it("needs a case number and a token of the registry", async () => {
    const { desk, steward, token } = await load(oneToken);
    for (const [hand, act] of [
      [desk, "pause"],
      [desk, "unpause"],
      [steward, "ratifyPause"],
      [steward, "liftPause"],
    ] as const) {
      await expect(hand[act](token, ethers.ZeroHash)).to.be.revertedWithCustomError(desk, "DeskCaseNumberMissing");
      await expect(hand[act](stranger, CASE))
        .to.be.revertedWithCustomError(desk, "DeskTokenUnknown")
        .withArgs(stranger);
    }
    await expect(desk.pauseOf(stranger)).to.be.revertedWithCustomError(desk, "DeskTokenUnknown").withArgs(stranger);
  });

  it("is the regulator's to begin and end, the council's to keep and lift", async () => {
    const { desk, token } = await load(paused);
    for (const [act, strangers] of [
      ["pause", [council, stranger, till]],
      ["unpause", [council, stranger, till]],
      ["ratifyPause", [regulator, stranger, till]],
      ["liftPause", [regulator, stranger, till]],
    ] as const) {
      for (const other of strangers) {
        await expect(desk.connect(other)[act](token, CASE))
          .to.be.revertedWithCustomError(desk, "AccessManagedUnauthorized")
          .withArgs(other);
      }
    }
  });
});
