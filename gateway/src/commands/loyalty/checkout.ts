/** An order is partly paid with points: they are put on hold, and other merchants' points swapped for them in the same step. */
import { fetchBalance } from "../../chain/read-redemption.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address, Points } from "../../kernel/ids.ts";
import type { SplitLine } from "../../loyalty/deduction.ts";
import { fenOf, splitLines } from "../../loyalty/deduction.ts";
import type { OrderLine } from "../../loyalty/evaluate.ts";
import type { StoredLine, StoredSwap } from "../../store/checkouts.ts";
import { saveCheckout } from "../../store/checkouts.ts";
import type { Accepted } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { askHold } from "../redeeming/ask-hold.ts";
import { contentHash } from "../redeeming/content-hash.ts";
import { holderOf } from "../redeeming/holder-of.ts";
import type { SignedHold, SignedSwap, WantedSwap } from "../redeeming/plan-hold.ts";
import type { Rooms } from "../rooms.ts";
import { assertDeductible, readOffer } from "./quote-checkout.ts";

export interface CheckoutRequest {
  readonly merchantId: number;
  readonly orderRef: string;
  /** A managed customer of the caller's, or an account with its signatures. */
  readonly customerId?: string | undefined;
  readonly account?: Address | undefined;
  readonly signatures?: { readonly hold: SignedHold; readonly swap?: SignedSwap | undefined } | undefined;
  /** At list price. */
  readonly lines: readonly OrderLine[];
  readonly points: Points;
  readonly swap?: SwapAsked | undefined;
  /** How long a managed customer's points wait for the payment. */
  readonly holdSeconds: number;
}

export interface SwapAsked {
  readonly tokenIn: Address;
  readonly amountInMax: Points;
  /** Exactly so many are bought; absent: what the account has too few of. */
  readonly amountOut?: Points | undefined;
}

export async function checkOut(rooms: Rooms, asked: Asked, request: CheckoutRequest): Promise<Accepted> {
  const { merchantId, orderRef, points, lines } = request;
  const account = await holderOf(rooms, asked.caller, request);
  const name = { merchantId, kind: "deduction", businessRef: orderRef } as const;
  return askHold(rooms, asked, {
    name,
    contentHash: hashOf(request, account),
    async make() {
      const offer = await readOffer(rooms, merchantId, lines);
      assertDeductible(offer, points);
      const { merchant, pointsPerYuan, terms, limits, rulesVersion, rulesHash } = offer;
      const swap = await swapOf(rooms, request, { account, token: merchant.token });
      const deductionFen = fenOf(points, pointsPerYuan);
      const cashFen = (limits.totalFen - deductionFen) as typeof deductionFen;
      const { holdSeconds: seconds, signatures } = request;
      const about = { merchant, account, points, chainRef: orderRef, seconds, swap, signed: signatures?.hold };
      return {
        hold: { ...about, kind: "deduction" },
        beside: async (tx, holdId) => {
          const { totalFen } = limits;
          const sums = { totalFen, deductionFen, cashFen, rulesVersion, rulesHash };
          const stored = splitLines(terms, lines, deductionFen).map(storedLine);
          await saveCheckout(tx, { holdId, ...sums, lines: stored, swap: storedSwap(swap) });
        },
      };
    },
  });
}

/** What the order is about, apart from how its account has consented. */
function hashOf({ points, lines, swap }: CheckoutRequest, account: Address) {
  const asked = lines.map(({ sku, category, quantity, paidFen, isFreight }) => [
    sku,
    category,
    quantity,
    paidFen,
    isFreight,
  ]);
  return contentHash([account, points, asked, swap?.tokenIn, swap?.amountInMax, swap?.amountOut]);
}

async function swapOf(
  rooms: Rooms,
  { swap, points, signatures }: CheckoutRequest,
  { account, token }: { account: Address; token: Address },
): Promise<WantedSwap | undefined> {
  if (swap === undefined) return undefined;
  const { tokenIn, amountInMax } = swap;
  if (signatures !== undefined && swap.amountOut === undefined)
    throw new LedgerError("request_invalid", { field: "swap.amountOut", problem: "is missing: it is what was signed" });
  const missing = swap.amountOut ?? ((points - (await fetchBalance(rooms.chain, token, account))) as Points);
  // The customer has enough by now: there is nothing to buy.
  if (missing <= 0n) return undefined;
  return { tokenIn, amountInMax, amountOut: missing, signed: signatures?.swap };
}

function storedLine({ sku, listFen, deductionFen }: SplitLine): StoredLine {
  const [list, deduction] = [listFen.toString(), deductionFen.toString()];
  return { sku, listFen: list, deductionFen: deduction, returnedFen: "0", returnedDeductionFen: "0" };
}

function storedSwap(swap: WantedSwap | undefined): StoredSwap | null {
  if (swap === undefined) return null;
  const { tokenIn, amountInMax, amountOut } = swap;
  return { tokenIn, amountInMax: amountInMax.toString(), amountOut: amountOut.toString() };
}
