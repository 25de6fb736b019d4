/** What the pool cannot hold is refused at the field's name, before anything is stored. */
import { expect } from "chai";
import { poolAlpBody, priceIn } from "../../src/http/write-schemas.ts";

describe("ALP for the pool", () => {
  for (const { text, isGood } of [
    { text: "1000000", isGood: true },
    { text: "95000000000000", isGood: true },
    { text: "0", isGood: false },
    { text: "1000001", isGood: false },
    { text: "999999", isGood: false },
    { text: "01000000", isGood: false },
    { text: "-1000000", isGood: false },
  ])
    it(`${isGood ? "takes" : "refuses"} ${text}`, () => {
      expect(priceIn.safeParse(text).success).to.equal(isGood);
      const amount = poolAlpBody.safeParse({ alp: text });
      expect(amount.success).to.equal(isGood);
      if (!isGood) expect(amount.error?.issues[0]?.path).to.deep.equal(["alp"]);
    });

  it("ends where the contract's fields end", () => {
    expect(priceIn.safeParse("18446744073709000000").success).to.equal(true);
    expect(priceIn.safeParse("18446744073710000000").success).to.equal(false);
  });
});
