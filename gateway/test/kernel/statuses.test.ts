import { expect } from "chai";
import { readFile } from "node:fs/promises";
import { ROLES } from "../../../ignition/powers.ts";
import { roleName } from "../../src/kernel/roles.ts";
import * as statuses from "../../src/kernel/statuses.ts";

const CONTRACTS = new URL("../../../contracts/", import.meta.url);

describe("kernel/statuses", () => {
  for (const [path, name, words] of [
    ["alliance/IMerchantRegistry.sol", "Status", statuses.MERCHANT_STATUSES],
    ["alliance/IAlliance.sol", "MemberStatus", statuses.MEMBER_STATUSES],
    ["points/IMerchantPoint.sol", "RedemptionKind", statuses.REDEMPTION_KINDS],
    ["supervision/IRegulatorDesk.sol", "Measure", statuses.MEASURES],
  ] as const)
    it(`has the words of ${name} in the contract's order`, async () => {
      const text = await readFile(new URL(path, CONTRACTS), "utf8");
      const body = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(text)?.[1] ?? "";
      expect(words.map(statuses.asInContract)).to.deep.equal(body.split(",").map((word) => word.trim()));
    });

  it("refuses a number that it has no word for", () => {
    expect(() => statuses.wordOf(statuses.SUPPORTS, 3)).to.throw("known are against, for, abstain");
  });

  it("calls every role as the table of powers does, and others by their number", () => {
    for (const [name, id] of Object.entries(ROLES)) expect(roleName(id)).to.equal(name);
    expect(roleName(2n ** 64n - 1n)).to.equal("PUBLIC");
    expect(roleName(77n)).to.equal("77");
  });
});
