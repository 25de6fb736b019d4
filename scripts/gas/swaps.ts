import type { Figure } from "./figure.ts";
import type { Alliance } from "./members.ts";

import { gasOf } from "./figure.ts";
import { customerOf, inAnHour } from "./members.ts";
import { measureUniswap } from "./uniswap.ts";

const AMOUNT = 12_345n;
const BAR = 0.52;

/** A swap between two merchants with the pool's and the account's daily limits on, beside Uniswap V2's router. */
export async function measureSwaps(alliance: Alliance): Promise<Figure[]> {
  const { ethers, exchangePool, country, burger } = alliance;
  const member = customerOf(alliance, 1);
  for (const { token, till } of [country, burger]) {
    await token.connect(till).issue(member, 10n ** 7n, ethers.id("for swaps"));
  }
  const swap = async () => {
    const pool = exchangePool.connect(member);
    return gasOf(pool.swapExactIn(country.token, burger.token, AMOUNT, 1n, await inAnHour(alliance)));
  };
  const first = await swap();
  await swap();
  const ours = await swap();
  const { oneHop, twoHops } = await measureUniswap(alliance);
  return [
    { operation: "swap between two merchants", ours, peer: twoHops, peerName: "Uniswap V2 router, 2 hops", bar: BAR },
    { operation: "swap, the account's first of a token", ours: first, peer: twoHops, peerName: "same" },
    { operation: "swap between two merchants", ours, peer: oneHop, peerName: "Uniswap V2 router, 1 hop" },
  ];
}
