import { expect } from "chai";

import { ALP, createLedger } from "../support/alliance.ts";
import type { Ledger } from "../support/alliance.ts";

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

  it("gives the initial supply to the treasury, and nothing mints after that", async () => {
    const { allianceToken, actors } = ledger;
    expect(await allianceToken.totalSupply()).to.equal(SUPPLY);
    expect(await allianceToken.balanceOf(actors.platform)).to.equal(SUPPLY);
    expect([await allianceToken.name(), await allianceToken.symbol()]).to.deep.equal(["Alliance Points", "ALP"]);
    expect(await allianceToken.decimals()).to.equal(18n);
    const functions: string[] = [];
    allianceToken.interface.forEachFunction(({ name }) => functions.push(name));
    expect(functions.filter((name) => /mint|burn/i.test(name))).to.deep.equal([]);
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
      owner: actors.platform.address,
      spender: actors.relayer.address,
      value: 3n,
      nonce: 0n,
      deadline: ethers.MaxUint256,
    };
    const { v, r, s } = ethers.Signature.from(await actors.platform.signTypedData(domain, types, message));
    await allianceToken
      .connect(actors.outsider)
      .permit(message.owner, message.spender, message.value, message.deadline, v, r, s);
    expect(await allianceToken.allowance(actors.platform, actors.relayer)).to.equal(3n);
    expect(await allianceToken.nonces(actors.platform)).to.equal(1n);
  });
});
