import { expect } from "chai";
import { getAddress, Interface } from "ethers";
import * as contracts from "../../src/chain/contracts.ts";
import { decodeRevert, revertNames } from "../../src/chain/decode-revert.ts";
import { describeFailure } from "../../src/kernel/failures.ts";
import { parseHexData } from "../../src/kernel/ids.ts";
import { REVERTS } from "../../src/kernel/reverts.ts";

const OURS =
  /^(MerchantPoint|Registry|Collateral|Exchange|Alliance|Council|Governor|AccessManage|NodeRewards|NodeDirectory|RuleBooks|Sharing|Lottery|Desk|Votes|ERC20Ins|ERC7818)/;

describe("decodeRevert", () => {
  it("names the error and its arguments, addresses in lower case", () => {
    const account = getAddress(`0x${"ab".repeat(20)}`);
    const data = parseHexData(contracts.merchantPoint.encodeErrorResult("MerchantPointAccountFrozen", [account]));
    expect(decodeRevert(data)).to.deep.equal({
      name: "MerchantPointAccountFrozen",
      facts: { account: account.toLowerCase() },
    });
  });

  it("gives enums their words and amounts their digits", () => {
    const refused = parseHexData(contracts.exchangePool.encodeErrorResult("ExchangeRefused", [9]));
    expect(decodeRevert(refused).facts).to.deep.equal({ refusal: "AlpReserveTooLow" });
    const limit = contracts.merchantPoint.encodeErrorResult("MerchantPointCapExceeded", [12n, 7n]);
    expect(decodeRevert(parseHexData(limit)).facts).to.deep.equal({ outstanding: "12", max: "7" });
  });

  it("names the state of a proposal and the standing of a merchant", () => {
    const args = [7n, 3, `0x${"00".repeat(32)}`] as const;
    const early = contracts.council.encodeErrorResult("GovernorUnexpectedProposalState", [...args]);
    expect(decodeRevert(parseHexData(early)).facts).to.include({ proposalId: "7", current: "Defeated" });
    const stopped = contracts.merchantRegistry.encodeErrorResult("RegistryMerchantStatus", [2n, 5]);
    expect(decodeRevert(parseHexData(stopped)).facts).to.include({ status: "WindingDown" });
  });

  it("gives up politely on what it does not know", () => {
    expect(decodeRevert(parseHexData("0x"), "execution reverted").name).to.equal("Unknown");
    expect(decodeRevert(parseHexData("0xdeadbeef")).facts["data"]).to.equal("0xdeadbeef");
    const text = new Interface(["error Error(string)"]).encodeErrorResult("Error", ["too late"]);
    expect(decodeRevert(parseHexData(text))).to.deep.equal({ name: "Error", facts: { message: "too late" } });
  });

  it("has words in both languages for every error of our contracts, with no hole that its arguments do not fill", () => {
    const names = revertNames().filter((name) => OURS.test(name));
    expect(names).to.have.length.greaterThan(120);
    for (const name of names) expect(REVERTS, name).to.have.property(name);
  });

  it("fills every hole of its sentences from the error's own arguments", () => {
    for (const contract of Object.values(contracts).filter((one) => one instanceof Interface))
      contract.forEachError(({ name, inputs }) => {
        if (!OURS.test(name)) return;
        const facts = Object.fromEntries(inputs.map((input) => [input.name, "X"]));
        const { en, zh } = describeFailure(name, facts);
        expect(en + zh, name).not.to.match(/\{\w+\}/);
      });
  });
});
