import { expect } from "chai";
import { getAddress, Interface } from "ethers";
import { exchangePool, merchantPoint } from "../../src/chain/contracts.ts";
import { decodeRevert, revertNames } from "../../src/chain/decode-revert.ts";
import { describeFailure } from "../../src/kernel/failures.ts";
import { parseHexData } from "../../src/kernel/ids.ts";
import { REVERTS } from "../../src/kernel/reverts.ts";

const OURS = /^(MerchantPoint|Registry|Collateral|Exchange|Alliance|ERC20Ins|ERC7818)/;

describe("decodeRevert", () => {
  it("names the error and its arguments, addresses in lower case", () => {
    const account = getAddress(`0x${"ab".repeat(20)}`);
    const data = parseHexData(merchantPoint.encodeErrorResult("MerchantPointAccountFrozen", [account]));
    expect(decodeRevert(data)).to.deep.equal({
      name: "MerchantPointAccountFrozen",
      facts: { account: account.toLowerCase() },
    });
  });

  it("gives enums their words and amounts their digits", () => {
    const refused = parseHexData(exchangePool.encodeErrorResult("ExchangeRefused", [9]));
    expect(decodeRevert(refused).facts).to.deep.equal({ refusal: "AlpReserveTooLow" });
    const limit = merchantPoint.encodeErrorResult("MerchantPointCapExceeded", [12n, 7n]);
    expect(decodeRevert(parseHexData(limit)).facts).to.deep.equal({ outstanding: "12", max: "7" });
  });

  it("gives up politely on what it does not know", () => {
    expect(decodeRevert(parseHexData("0x"), "execution reverted").name).to.equal("Unknown");
    expect(decodeRevert(parseHexData("0xdeadbeef")).facts["data"]).to.equal("0xdeadbeef");
    const text = new Interface(["error Error(string)"]).encodeErrorResult("Error", ["too late"]);
    expect(decodeRevert(parseHexData(text))).to.deep.equal({ name: "Error", facts: { message: "too late" } });
  });

  it("has words in both languages for every error of our contracts, with no hole that its arguments do not fill", () => {
    const names = revertNames().filter((name) => OURS.test(name));
    expect(names).to.have.length.greaterThan(60);
    for (const name of names) expect(REVERTS, name).to.have.property(name);
  });

  it("fills every hole of its sentences from the error's own arguments", () => {
    for (const contract of [merchantPoint, exchangePool])
      contract.forEachError(({ name, inputs }) => {
        if (!OURS.test(name)) return;
        const facts = Object.fromEntries(inputs.map((input) => [input.name, "X"]));
        const { en, zh } = describeFailure(name, facts);
        expect(en + zh, name).not.to.match(/\{\w+\}/);
      });
  });
});
