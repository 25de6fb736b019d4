/** The alliance at one glance, and where the read side stands. */
import { countMerchants, readMembers, readTokensPage } from "../store/read-issuers.ts";
import { pointAmount } from "./amounts.ts";
import type { Reading } from "./at-block.ts";
import { atBlock } from "./at-block.ts";
import { splitView } from "./lots-view.ts";

/** Tokens shown at a glance; the list of points has them all. */
const TOKENS_SHOWN = 50;

export function showOverview(reading: Reading) {
  return atBlock(reading, async ({ tx, cursor }) => {
    const tokens = await readTokensPage(tx, TOKENS_SHOWN, 0);
    const merchants = await countMerchants(tx);
    const members = await readMembers(tx);
    return {
      totals: {
        merchants: merchants.all,
        activeMerchants: merchants.active,
        members: members.filter(({ status }) => status === "active").length,
        accounts: cursor.accountCount,
        transactions: cursor.transactionCount,
        transfers: cursor.transferCount,
        swaps: cursor.swapCount,
      },
      points: tokens.slice(0, TOKENS_SHOWN).map((token) => ({
        token: token.address,
        name: token.name,
        symbol: token.symbol,
        merchantId: token.merchant_id,
        holderCount: token.holder_count,
        supply: splitView(token),
        outstanding: pointAmount(token, BigInt(token.circulating) + BigInt(token.held) + BigInt(token.pooled)),
      })),
    };
  });
}
