/* eslint mocha/no-conditional-tests: "off" -- coverage instruments the code, so its size and gas say nothing */
import { expect } from "chai";
import hre from "hardhat";
import { actors, ethers } from "../support/actors.ts";
import { load, MERCHANT_ID, monthly } from "../support/fixture.ts";
import { Calendar, UTC_PLUS_8 } from "../support/time.ts";

/** XOR of the selectors of everything an interface declares itself, as ERC-165 defines it. */
function interfaceId(...signatures: string[]): string {
  const id = signatures.reduce((xor, signature) => xor ^ BigInt(ethers.id(signature).slice(0, 10)), 0n);
  return ethers.toBeHex(id, 4);
}

async function selectorsOf(contract: string): Promise<string[]> {
  const { interface: abi } = await ethers.getContractAt(contract, ethers.ZeroAddress);
  return abi.fragments.flatMap((part) => (part.type === "function" ? [abi.getFunction(part.format())!.selector] : []));
}

const IDS = {
  IERC165: "0x01ffc9a7",
  IERC20: "0x36372b07",
  IERC20Metadata: interfaceId("name()", "symbol()", "decimals()"),
  IERC20Permit: interfaceId(
    "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
    "nonces(address)",
    "DOMAIN_SEPARATOR()",
  ),
  IERC5267: interfaceId("eip712Domain()"),
  IERC7818: "0x062e6408",
};

describe("MerchantPoint", () => {
  it("is made by the factory with the terms it was given", async () => {
    const { token, registry, pool, collateral, access } = await load(monthly);
    expect(await token.name()).to.equal("Country Style Points");
    expect(await token.symbol()).to.equal("CSP");
    expect(await token.decimals()).to.equal(2n);
    expect(await token.merchantId()).to.equal(MERCHANT_ID);
    expect(await token.pointsPerYuan()).to.equal(100n);
    expect(await token.calendar()).to.equal(Calendar.Month);
    expect(await token.utcOffsetSeconds()).to.equal(BigInt(UTC_PLUS_8));
    expect(await token.registry()).to.equal(await registry.getAddress());
    expect(await token.pool()).to.equal(await pool.getAddress());
    expect(await token.collateral()).to.equal(await collateral.getAddress());
    expect(await token.authority()).to.equal(await access.getAddress());
    expect(await token.BATCH_ITEMS_MAX()).to.equal(500n);
    expect(await token.HOLD_SECONDS_MAX()).to.equal(30n * 86_400n);
  });

  for (const [name, id] of Object.entries(IDS)) {
    it(`announces ${name} (${id}) by ERC-165`, async () => {
      const { token } = await load(monthly);
      expect(await token.supportsInterface(id)).to.equal(true);
    });
  }

  it("announces IMerchantPoint, and not what it is not", async () => {
    const { token } = await load(monthly);
    const [own, base] = await Promise.all(["IMerchantPoint", "IERC7818"].map(selectorsOf));
    const declared = own!.filter((selector) => !base!.includes(selector));
    const id = declared.reduce((xor, selector) => xor ^ BigInt(selector), 0n);
    expect(await token.supportsInterface(ethers.toBeHex(id, 4))).to.equal(true);
    expect(await token.supportsInterface("0xffffffff")).to.equal(false);
    expect(await token.supportsInterface("0x80ac58cd")).to.equal(false);
  });

  if (!hre.globalOptions.coverage) {
    it("fits the limit for code, and so does the factory that carries its code", async () => {
      const { token, factory } = await load(monthly);
      for (const contract of [token, factory]) {
        const code = await contract.getDeployedCode();
        expect(ethers.dataLength(code!)).to.be.at.most(24_576);
      }
    });
  }

  it("moves points between members", async () => {
    const { token } = await load(monthly);
    const { ann, bob, till } = actors;
    await token.connect(till).issue(ann, 1_000n, ethers.id("order 1"));
    await expect(token.connect(ann).transfer(bob, 300n)).to.emit(token, "Transfer").withArgs(ann, bob, 300n);
    expect(await token.balanceOf(ann)).to.equal(700n);
    expect(await token.balanceOf(bob)).to.equal(300n);
    expect(await token.totalSupply()).to.equal(1_000n);
  });
});
