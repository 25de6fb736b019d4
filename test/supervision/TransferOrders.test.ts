import { expect } from "chai";
import { ROLES } from "../../ignition/powers.ts";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import { addToken, deployDesk } from "../support/desk.ts";
import { CASE, issueAges, load } from "../support/fixture.ts";
import { DAY } from "../support/time.ts";

const { ann, bob, council, regulator, stranger, till } = actors;
const { time } = networkHelpers;
const ORDER = 30 * DAY;
const NOTHING_OPEN = 0n;

async function oneToken() {
  const setting = await deployDesk();
  const token = await addToken(setting);
  await issueAges(token, ann, [100n, 0n, 0n, 50n]);
  return { ...setting, token, enforcer: setting.desk.connect(council) };
}

/** Order 1: 120 of Ann's 150 points to Bob. She is frozen. */
async function ordered() {
  const setting = await oneToken();
  const { desk, token } = setting;
  await desk.freeze(ann, CASE);
  await desk.orderTransfer(token, ann, bob, 120n, CASE);
  return { ...setting, expiresAt: (await time.latest()) + ORDER };
}

describe("TransferOrders", () => {
  it("are given by the regulator, and nothing moves yet", async () => {
    const { desk, token } = await load(oneToken);
    const now = (await time.latest()) + 10;
    await time.setNextBlockTimestamp(now);
    await expect(desk.orderTransfer(token, ann, bob, 120n, CASE))
      .to.emit(desk, "TransferOrdered")
      .withArgs(1n, token, CASE, ann, bob, 120n, now + ORDER);
    expect(await desk.orderCount()).to.equal(1n);
    expect(await desk.orderOf(1n)).to.deep.equal([
      token.target,
      ann.address,
      bob.address,
      120n,
      CASE,
      regulator.address,
      BigInt(now + ORDER),
    ]);
    expect(await desk.ORDER_SECONDS()).to.equal(ORDER);
    expect(await token.balanceOf(ann)).to.equal(150n);
  });

  it("are carried out by another hand, oldest first, although the account is frozen", async () => {
    const { desk, enforcer, token } = await load(ordered);
    const execute = enforcer.executeOrder(1n);
    await expect(execute).to.emit(desk, "TransferOrderExecuted").withArgs(1n, CASE, council);
    await expect(execute).to.emit(token, "ForcedTransfer").withArgs(ann, bob, CASE, 120n);
    expect([await token.balanceOf(ann), await token.balanceOf(bob)]).to.deep.equal([30n, 120n]);
    expect(await token.balanceOfAtEpoch((await token.currentEpoch()) - 3n, bob)).to.equal(50n);
    expect((await desk.orderOf(1n)).expiresAt).to.equal(NOTHING_OPEN);
    await expect(enforcer.executeOrder(1n)).to.be.revertedWithCustomError(desk, "DeskOrderUnknown").withArgs(1n);
  });

  it("are carried out by the council after its delay, through the AccessManager", async () => {
    const { desk, access, token } = await load(ordered);
    await access.connect(council).grantRole(ROLES.ENFORCER, council, DAY);
    const call = desk.interface.encodeFunctionData("executeOrder", [1n]);
    await access.connect(council).schedule(desk, call, 0);
    await time.increase(DAY);
    await expect(access.connect(council).execute(desk, call))
      .to.emit(desk, "TransferOrderExecuted")
      .withArgs(1n, CASE, access);
    expect(await token.balanceOf(bob)).to.equal(120n);
  });

  it("run out after 30 days", async () => {
    const { desk, enforcer, expiresAt } = await load(ordered);
    await time.setNextBlockTimestamp(expiresAt + 1);
    await expect(enforcer.executeOrder(1n))
      .to.be.revertedWithCustomError(desk, "DeskOrderExpired")
      .withArgs(1n, expiresAt);
    await desk.withdrawOrder(1n);
  });

  it("serve to their last second, for what is still live then", async () => {
    const { desk, enforcer, token } = await load(oneToken);
    await desk.orderTransfer(token, ann, bob, 100n, CASE);
    await time.setNextBlockTimestamp((await desk.orderOf(1n)).expiresAt);
    await enforcer.executeOrder(1n);
    expect([await token.balanceOf(ann), await token.balanceOf(bob)]).to.deep.equal([0n, 100n]);
  });

  it("can be withdrawn", async () => {
    const { desk, enforcer } = await load(ordered);
    await expect(desk.withdrawOrder(1n)).to.emit(desk, "TransferOrderWithdrawn").withArgs(1n, CASE);
    for (const [act, id] of [
      [() => enforcer.executeOrder(1n), 1n],
      [() => desk.withdrawOrder(1n), 1n],
      [() => desk.withdrawOrder(2n), 2n],
      [() => enforcer.executeOrder(0n), 0n],
    ] as const) {
      await expect(act()).to.be.revertedWithCustomError(desk, "DeskOrderUnknown").withArgs(id);
    }
  });

  it("move what there is or nothing, and stay open when there is too little", async () => {
    const { desk, enforcer, token } = await load(oneToken);
    await desk.orderTransfer(token, ann, bob, 151n, CASE);
    await expect(enforcer.executeOrder(1n))
      .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
      .withArgs(ann, 150n, 151n);
    expect((await desk.orderOf(1n)).expiresAt).not.to.equal(NOTHING_OPEN);
  });

  it("need a receiver other than the sender, an amount, a case and a token of the registry", async () => {
    const { desk, token } = await load(oneToken);
    for (const [from, to, points] of [
      [ann.address, ethers.ZeroAddress, 1n],
      [ann.address, ann.address, 1n],
      [ann.address, bob.address, 0n],
      [ann.address, bob.address, 2n ** 56n],
    ] as const) {
      await expect(desk.orderTransfer(token, from, to, points, CASE)).to.be.revertedWithCustomError(
        desk,
        "DeskOrderInvalid",
      );
    }
    await expect(desk.orderTransfer(token, ann, bob, 1n, ethers.ZeroHash)).to.be.revertedWithCustomError(
      desk,
      "DeskCaseNumberMissing",
    );
    await expect(desk.orderTransfer(stranger, ann, bob, 1n, CASE))
      .to.be.revertedWithCustomError(desk, "DeskTokenUnknown")
      .withArgs(stranger);
  });

  describe("take two hands", () => {
    it("of which each has its own role", async () => {
      const { desk, token } = await load(ordered);
      for (const other of [council, stranger, till]) {
        for (const act of [
          () => desk.connect(other).orderTransfer(token, ann, bob, 1n, CASE),
          () => desk.connect(other).withdrawOrder(1n),
        ]) {
          await expect(act()).to.be.revertedWithCustomError(desk, "AccessManagedUnauthorized").withArgs(other);
        }
      }
      for (const other of [regulator, stranger, till]) {
        await expect(desk.connect(other).executeOrder(1n))
          .to.be.revertedWithCustomError(desk, "AccessManagedUnauthorized")
          .withArgs(other);
      }
    });

    it("so whoever has both roles cannot order", async () => {
      const { desk, access, token } = await load(oneToken);
      await access.connect(council).grantRole(ROLES.ENFORCER, regulator, 0);
      await expect(desk.orderTransfer(token, ann, bob, 1n, CASE))
        .to.be.revertedWithCustomError(desk, "DeskSameHand")
        .withArgs(regulator);
    });

    it("and nobody carries an order out once its giver got the other role, too", async () => {
      const { desk, enforcer, access } = await load(ordered);
      await access.connect(council).grantRole(ROLES.ENFORCER, regulator, 0);
      const call = desk.interface.encodeFunctionData("executeOrder", [1n]);
      for (const act of [
        () => desk.executeOrder(1n),
        () => enforcer.executeOrder(1n),
        () => access.connect(regulator).execute(desk, call), // arrives as the AccessManager
      ]) {
        await expect(act()).to.be.revertedWithCustomError(desk, "DeskSameHand").withArgs(regulator);
      }
    });

    it("and none of them is hidden behind the AccessManager", async () => {
      const { desk, access, token } = await load(oneToken);
      const call = desk.interface.encodeFunctionData("orderTransfer", [
        token.target,
        ann.address,
        bob.address,
        1n,
        CASE,
      ]);
      await expect(access.connect(regulator).execute(desk, call))
        .to.be.revertedWithCustomError(desk, "DeskHandHidden")
        .withArgs(access);
    });
  });
});
