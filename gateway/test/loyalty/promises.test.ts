/** Words that may not stand in what customers read. */
import { expect } from "chai";
import { promiseIn } from "../../src/loyalty/promises.ts";

describe("words that promise too much", () => {
  const refused = [
    "积分增值",
    "稳 赚 不赔",
    "升·值",
    "全返",
    "会员分红",
    "可提现",
    "Invest and win",
    "Passive income",
    "INTEREST for you",
    "cash-out day",
    "ＰＲＯＦＩＴ",
  ];
  const fine = [
    "积分抵现",
    "满减",
    "会员日双倍积分",
    "收货确认",
    "返积分",
    "Interesting teas",
    "Double points day",
    "Member price",
    "Profile photo",
  ];
  for (const words of refused) it(`refuses ${words}`, () => expect(promiseIn(words)).to.not.equal(undefined));
  for (const words of fine) it(`takes ${words}`, () => expect(promiseIn(words)).to.equal(undefined));
});
