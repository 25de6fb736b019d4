import { expect } from "chai";

import { ALP, createLedger } from "../support/alliance.ts";
import type { Ledger, Signer as Actor } from "../support/alliance.ts";

const SUPPLY = 1_000_000_000n * ALP;

describe("AllianceToken", () => {
  let ledger: Ledger;
  let fixture: () => Promise<void>;

  before(async () => {
    ledger = await createLedger();
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    fixture = () => snapshot.restore();
  });

  beforeEach(async () => {
    await fixture();
  });

  it("gives the initial supply to the treasury, and nothing mints or burns but rewards", async () => {
    const { allianceToken, actors } = ledger;
    expect(await allianceToken.totalSupply()).to.equal(SUPPLY);
    expect(await allianceToken.balanceOf(actors.platform)).to.equal(SUPPLY);
    expect([await allianceToken.name(), await allianceToken.symbol()]).to.deep.equal(["Alliance Points", "ALP"]);
    expect(await allianceToken.decimals()).to.equal(18n);
    const functions: string[] = [];
    allianceToken.interface.forEachFunction(({ name }) => functions.push(name));
    expect(functions.filter((name) => /mint|burn|emit/i.test(name))).to.deep.equal(["emitReward", "emittedIn"]);
  });

  it("lets participants receive, and nobody else", async () => {
    const { allianceToken, actors } = ledger;
    const [customer] = actors.customers;
    await expect(allianceToken.transfer(customer!, 1n))
      .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
      .withArgs(customer);

    await expect(allianceToken.admitHolder(customer!)).to.emit(allianceToken, "HolderAdmitted").withArgs(customer);
    expect(await allianceToken.isHolder(customer!)).to.equal(true);
    await expect(allianceToken.transfer(customer!, 7n)).to.changeTokenBalances(
      ledger.ethers,
      allianceToken,
      [actors.platform, customer!],
      [-7n, 7n],
    );
  });

  it("checks the receiver of transferFrom too", async () => {
    const { allianceToken, actors } = ledger;
    await allianceToken.approve(actors.relayer, 5n);
    await expect(allianceToken.connect(actors.relayer).transferFrom(actors.platform, actors.outsider, 5n))
      .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
      .withArgs(actors.outsider);
  });

  it("lets a removed holder send but not receive", async () => {
    const { allianceToken, actors } = ledger;
    const [customer] = actors.customers;
    await allianceToken.admitHolder(customer!);
    await allianceToken.transfer(customer!, 9n);

    await expect(allianceToken.removeHolder(customer!)).to.emit(allianceToken, "HolderRemoved").withArgs(customer);
    expect(await allianceToken.isHolder(customer!)).to.equal(false);
    await expect(allianceToken.transfer(customer!, 1n))
      .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
      .withArgs(customer);
    await allianceToken.connect(customer).transfer(actors.platform, 9n);
    expect(await allianceToken.balanceOf(customer!)).to.equal(0n);
  });

  it("admits twice without a second event, and refuses to remove who is no holder", async () => {
    const { allianceToken, actors } = ledger;
    await expect(allianceToken.admitHolder(actors.platform)).not.to.emit(allianceToken, "HolderAdmitted");
    await expect(allianceToken.removeHolder(actors.outsider))
      .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
      .withArgs(actors.outsider);
  });

  it("never admits the zero address, so nothing can be burned by mistake", async () => {
    const { allianceToken, ethers } = ledger;
    await expect(allianceToken.admitHolder(ethers.ZeroAddress))
      .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
      .withArgs(ethers.ZeroAddress);
  });

  it("takes approvals by signature (ERC-2612)", async () => {
    const { allianceToken, actors, ethers } = ledger;
    const { chainId } = await ethers.provider.getNetwork();
    const domain = {
      name: "Alliance Points",
      version: "1",
      chainId,
      verifyingContract: await allianceToken.getAddress(),
    };
    const fields = ["address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline"];
    const types = { Permit: fields.map((field) => ({ type: field.split(" ")[0]!, name: field.split(" ")[1]! })) };
    const message = {
      owner: actors.founder.address,
      spender: actors.relayer.address,
      value: 3n,
      nonce: 0n,
      deadline: ethers.MaxUint256,
    };
    const { v, r, s } = ethers.Signature.from(await actors.founder.signTypedData(domain, types, message));
    await allianceToken
      .connect(actors.outsider)
      .permit(message.owner, message.spender, message.value, message.deadline, v, r, s);
    expect(await allianceToken.allowance(actors.founder, actors.relayer)).to.equal(3n);
    expect(await allianceToken.nonces(actors.founder)).to.equal(1n);
  });

  describe("members", () => {
    it("lets a member's representative receive without being admitted, and only while it represents", async () => {
      const { alliance, allianceToken, actors } = ledger;
      const [successor] = actors.representatives;
      await allianceToken.transfer(actors.founder, 5n);
      expect(await allianceToken.balanceOf(actors.founder)).to.equal(5n);
      expect(await allianceToken.isHolder(actors.founder)).to.equal(true);

      await alliance.changeRepresentative(1n, successor!);
      expect(await allianceToken.isHolder(actors.founder)).to.equal(false);
      await expect(allianceToken.transfer(actors.founder, 1n))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
        .withArgs(actors.founder);
      await allianceToken.connect(actors.founder).transfer(successor!, 5n);
      expect(await allianceToken.balanceOf(successor!)).to.equal(5n);
    });

    it("does not take a member's node for its representative", async () => {
      const { allianceToken, actors } = ledger;
      await expect(allianceToken.transfer(actors.founderNode, 1n))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
        .withArgs(actors.founderNode);
    });
  });

  describe("payers", () => {
    it("may pay anybody, who can send it on to participants only", async () => {
      const { allianceToken, actors } = ledger;
      const [payer, consumer, other] = actors.customers as [Actor, Actor, Actor];
      await allianceToken.admitHolder(payer);
      await allianceToken.transfer(payer, 9n);
      await expect(allianceToken.setPayer(payer, true)).to.emit(allianceToken, "PayerSet").withArgs(payer, true);
      expect([await allianceToken.isPayer(payer), await allianceToken.isPayer(consumer)]).to.deep.equal([true, false]);

      await allianceToken.connect(payer).transfer(consumer, 4n);
      await expect(allianceToken.connect(consumer).transfer(other, 1n))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
        .withArgs(other);
      await allianceToken.connect(consumer).transfer(actors.founder, 4n);
      expect(await allianceToken.balanceOf(actors.founder)).to.equal(4n);

      await expect(allianceToken.setPayer(payer, false)).to.emit(allianceToken, "PayerSet").withArgs(payer, false);
      await expect(allianceToken.connect(payer).transfer(consumer, 1n))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
        .withArgs(consumer);
    });

    it("pays from its own balance only: spending another's allowance gives no such right", async () => {
      const { allianceToken, actors } = ledger;
      const [payer, consumer] = actors.customers as [Actor, Actor];
      await allianceToken.setPayer(payer, true);
      await allianceToken.approve(payer, 5n);
      await expect(allianceToken.connect(payer).transferFrom(actors.platform, consumer, 5n))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
        .withArgs(consumer);
    });

    it("are never the zero address, where mints come from", async () => {
      const { allianceToken, ethers } = ledger;
      await expect(allianceToken.setPayer(ethers.ZeroAddress, true))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
        .withArgs(ethers.ZeroAddress);
    });
  });
});
