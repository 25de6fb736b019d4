import { shouldBehaveLikeERC20 } from "../behaviors/erc20.ts";
import { shouldBehaveLikeERC7818 } from "../behaviors/erc7818.ts";
import { actors } from "../support/actors.ts";
import { deployToken, issueAges, load } from "../support/fixture.ts";
import type { Ages } from "../support/lots.ts";
import { Calendar, HOUR, UTC_MINUS_5, UTC_PLUS_8 } from "../support/time.ts";

const { ann, bob, shop } = actors;

/** Where the same 1,000 base units may lie: an ERC-20 must not tell the difference. */
const MIXES: [string, Ages][] = [
  ["fresh points", [1_000n, 0n, 0n, 0n]],
  ["points about to expire", [0n, 0n, 0n, 1_000n]],
  ["points of all ages", [250n, 250n, 250n, 250n]],
];

describe("MerchantPoint as ERC-20", () => {
  for (const [mix, ages] of MIXES) {
    describe(`with ${mix}`, () => {
      const stocked = async () => {
        const { token } = await deployToken();
        await issueAges(token, ann, ages);
        return { token, holder: ann, receiver: bob, spender: shop, balance: 1_000n };
      };
      shouldBehaveLikeERC20(() => load(stocked));
    });
  }
});

describe("MerchantPoint as ERC-7818", () => {
  for (const [name, offset] of [
    ["Month", UTC_PLUS_8],
    ["Quarter", UTC_PLUS_8],
    ["HalfYear", UTC_MINUS_5],
    ["Year", UTC_MINUS_5],
  ] as const) {
    describe(`by ${name}, ${offset / HOUR} h east`, () => {
      const fixture = () => deployToken({ calendar: Calendar[name], utcOffsetSeconds: offset });
      shouldBehaveLikeERC7818(() => load(fixture));
    });
  }
});
