import { expect } from "chai";
import { artifacts } from "hardhat";
import { actors, ethers } from "../support/actors.ts";
import { load, monthly } from "../support/fixture.ts";
import { DAY } from "../support/time.ts";

describe("MerchantPointFactory", () => {
  it("hands its own peers on to every token", async () => {
    const { factory, access, registry, pool, collateral } = await load(monthly);
    expect(await factory.authority()).to.equal(await access.getAddress());
    expect(await factory.registry()).to.equal(await registry.getAddress());
    expect(await factory.pool()).to.equal(await pool.getAddress());
    expect(await factory.collateral()).to.equal(await collateral.getAddress());
  });

  it("says which code its tokens are made of: that of MerchantPoint as it is built here", async () => {
    const { factory } = await load(monthly);
    const { bytecode } = await artifacts.readArtifact("MerchantPoint");
    expect(await factory.creationCodeHash()).to.equal(ethers.keccak256(bytecode));
  });

  it("keeps that code in two contracts that do nothing when called", async () => {
    const { factory } = await load(monthly);
    const { bytecode } = await artifacts.readArtifact("MerchantPoint");
    const kept = [1, 2].map((nonce) => ethers.getCreateAddress({ from: factory.target as string, nonce }));
    const codes = await Promise.all(kept.map((address) => ethers.provider.getCode(address)));
    for (const [index, code] of codes.entries()) {
      expect(ethers.dataSlice(code, 0, 1)).to.equal("0x00");
      expect(await ethers.provider.call({ to: kept[index]!, data: "0x12345678" })).to.equal("0x");
    }
    expect(ethers.concat(codes.map((code) => ethers.dataSlice(code, 1)))).to.equal(bytecode);
  });

  it("makes a token of its own for each merchant", async () => {
    const { factory, registry, params, token } = await load(monthly);
    const other = { ...params, merchantId: 8n, name: "Burger Points", symbol: "BGP" };
    await expect(registry.create(factory, other)).to.emit(factory, "MerchantPointCreated");
    const created = await factory.queryFilter(factory.filters.MerchantPointCreated(8n));
    const second = await ethers.getContractAt("MerchantPoint", created[0]!.args.token);
    expect(await second.name()).to.equal("Burger Points");
    expect(await second.merchantId()).to.equal(8n);
    expect(await second.DOMAIN_SEPARATOR()).not.to.equal(await token.DOMAIN_SEPARATOR());
  });

  it("serves the registry alone", async () => {
    const { factory, params } = await load(monthly);
    await expect(factory.connect(actors.merchant).create(params))
      .to.be.revertedWithCustomError(factory, "MerchantPointFactoryNotRegistry")
      .withArgs(actors.merchant);
  });

  it("refuses names and symbols over 31 bytes and offsets of a day", async () => {
    const { factory, registry, params, token } = await load(monthly);
    const long = "x".repeat(32);
    for (const wrong of [{ name: long }, { symbol: long }]) {
      await expect(registry.create(factory, { ...params, ...wrong }))
        .to.be.revertedWithCustomError(token, "StringTooLong")
        .withArgs(long);
    }
    const calendar = await ethers.getContractFactory("CalendarHarness");
    await expect(registry.create(factory, { ...params, utcOffsetSeconds: DAY })).to.be.revertedWithCustomError(
      calendar,
      "CalendarOffsetInvalid",
    );
  });
});
