/* eslint mocha/no-exports: "off" -- a shared suite is there to be exported */
import { expect } from "chai";
import type { BaseContract, Signer } from "ethers";
import type { IERC7818 } from "../../types/points/IERC7818.ts";

type Methods = "allowance" | "approve" | "balanceOf" | "totalSupply" | "transfer" | "transferFrom";
export type Erc20 = BaseContract & Pick<IERC7818, Methods>;

/** A token whose `holder` has `balance` base units (100 at least), `receiver` and `spender` none. */
export type Erc20Setting = {
  token: Erc20;
  holder: Signer;
  receiver: Signer;
  spender: Signer;
  balance: bigint;
};

const ZERO = "0x0000000000000000000000000000000000000000";
const MAX = 2n ** 256n - 1n;

const by = (token: Erc20, actor: Signer) => token.connect(actor) as Erc20;

async function eventsOf(token: Erc20, sent: ReturnType<Erc20["transfer"]>): Promise<string[]> {
  const receipt = await (await sent).wait();
  return receipt!.logs.map((log) => token.interface.parseLog(log)?.name ?? "unknown");
}

/** What every ERC-20 does, and reverts of ERC-6093. The setting is made anew for each test. */
export function shouldBehaveLikeERC20(make: () => Promise<Erc20Setting>): void {
  describe("transfer", () => {
    it("moves value from the caller, answers true and emits one Transfer", async () => {
      const { token, holder, receiver, balance } = await make();
      const supply = await token.totalSupply();
      expect(await by(token, holder).transfer.staticCall(receiver, 60n)).to.equal(true);
      const sent = by(token, holder).transfer(receiver, 60n);
      await expect(sent).to.emit(token, "Transfer").withArgs(holder, receiver, 60n);
      expect((await eventsOf(token, sent)).filter((name) => name === "Transfer")).to.have.lengthOf(1);
      expect(await token.balanceOf(holder)).to.equal(balance - 60n);
      expect(await token.balanceOf(receiver)).to.equal(60n);
      expect(await token.totalSupply()).to.equal(supply);
    });

    it("moves the whole balance", async () => {
      const { token, holder, receiver, balance } = await make();
      await by(token, holder).transfer(receiver, balance);
      expect(await token.balanceOf(holder)).to.equal(0n);
      expect(await token.balanceOf(receiver)).to.equal(balance);
    });

    it("treats zero as any other value", async () => {
      const { token, holder, receiver, balance } = await make();
      await expect(by(token, holder).transfer(receiver, 0n)).to.emit(token, "Transfer").withArgs(holder, receiver, 0n);
      expect(await token.balanceOf(holder)).to.equal(balance);
      expect(await token.balanceOf(receiver)).to.equal(0n);
    });

    it("to oneself changes no balance", async () => {
      const { token, holder, balance } = await make();
      for (const value of [0n, 60n, balance]) {
        await expect(by(token, holder).transfer(holder, value))
          .to.emit(token, "Transfer")
          .withArgs(holder, holder, value);
        expect(await token.balanceOf(holder)).to.equal(balance);
      }
      await expect(by(token, holder).transfer(holder, balance + 1n)).to.be.revertedWithCustomError(
        token,
        "ERC20InsufficientBalance",
      );
    });

    it("names balance and need when there is not enough", async () => {
      const { token, holder, receiver, balance } = await make();
      for (const value of [balance + 1n, MAX]) {
        await expect(by(token, holder).transfer(receiver, value))
          .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
          .withArgs(holder, balance, value);
      }
    });

    it("needs a receiver", async () => {
      const { token, holder } = await make();
      await expect(by(token, holder).transfer(ZERO, 1n))
        .to.be.revertedWithCustomError(token, "ERC20InvalidReceiver")
        .withArgs(ZERO);
    });
  });

  describe("approve", () => {
    it("sets the allowance, whatever it was, answers true and emits Approval", async () => {
      const { token, holder, spender } = await make();
      expect(await by(token, holder).approve.staticCall(spender, 5n)).to.equal(true);
      for (const value of [5n, MAX, 0n]) {
        await expect(by(token, holder).approve(spender, value))
          .to.emit(token, "Approval")
          .withArgs(holder, spender, value);
        expect(await token.allowance(holder, spender)).to.equal(value);
      }
    });

    it("may exceed the balance", async () => {
      const { token, holder, spender, balance } = await make();
      await by(token, holder).approve(spender, balance + 1n);
      expect(await token.allowance(holder, spender)).to.equal(balance + 1n);
    });

    it("needs a spender", async () => {
      const { token, holder } = await make();
      await expect(by(token, holder).approve(ZERO, 1n))
        .to.be.revertedWithCustomError(token, "ERC20InvalidSpender")
        .withArgs(ZERO);
    });
  });

  describe("transferFrom", () => {
    it("moves the owner's value out of the caller's allowance", async () => {
      const { token, holder, receiver, spender, balance } = await make();
      await by(token, holder).approve(spender, 80n);
      expect(await by(token, spender).transferFrom.staticCall(holder, receiver, 60n)).to.equal(true);
      await expect(by(token, spender).transferFrom(holder, receiver, 60n))
        .to.emit(token, "Transfer")
        .withArgs(holder, receiver, 60n);
      expect(await token.balanceOf(holder)).to.equal(balance - 60n);
      expect(await token.allowance(holder, spender)).to.equal(20n);
    });

    it("leaves an endless allowance endless", async () => {
      const { token, holder, receiver, spender } = await make();
      await by(token, holder).approve(spender, MAX);
      await by(token, spender).transferFrom(holder, receiver, 60n);
      expect(await token.allowance(holder, spender)).to.equal(MAX);
    });

    it("names allowance and need when it is too small, for the owner too", async () => {
      const { token, holder, receiver, spender } = await make();
      await by(token, holder).approve(spender, 59n);
      await expect(by(token, spender).transferFrom(holder, receiver, 60n))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
        .withArgs(spender, 59n, 60n);
      await expect(by(token, holder).transferFrom(holder, receiver, 1n))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
        .withArgs(holder, 0n, 1n);
    });

    it("is bound by the owner's balance, and then spends no allowance", async () => {
      const { token, holder, receiver, spender, balance } = await make();
      await by(token, holder).approve(spender, balance + 1n);
      await expect(by(token, spender).transferFrom(holder, receiver, balance + 1n))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(holder, balance, balance + 1n);
      expect(await token.allowance(holder, spender)).to.equal(balance + 1n);
    });

    it("needs a receiver", async () => {
      const { token, holder, spender } = await make();
      await by(token, holder).approve(spender, 1n);
      await expect(by(token, spender).transferFrom(holder, ZERO, 1n))
        .to.be.revertedWithCustomError(token, "ERC20InvalidReceiver")
        .withArgs(ZERO);
    });
  });
}
