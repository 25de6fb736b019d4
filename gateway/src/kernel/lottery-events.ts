/** What the lottery says (see events.ts; contracts/lottery/ILottery.sol is the specification). */
import type { Address, Hex32 } from "./ids.ts";

interface OfDraw {
  readonly drawId: bigint;
}

/** What is decided at opening and never changes. */
export interface DrawTerms {
  readonly token: Address;
  readonly ticketPoints: bigint;
  readonly ticketsMax: bigint;
  readonly accountMax: bigint;
  readonly salesEnd: bigint;
  readonly revealEnd: bigint;
  readonly releaseAt: bigint;
  readonly claimEnd: bigint;
  readonly commitment: Hex32;
  readonly termsHash: Hex32;
}

/** `count` prizes of `points` of `token` from its epoch `epoch`. */
export interface DrawTier {
  readonly token: Address;
  readonly points: bigint;
  readonly epoch: bigint;
  readonly count: bigint;
}

export interface LotteryFields {
  "lottery.DrawAnnounced": OfDraw & {
    readonly token: Address;
    readonly merchant: Address;
    readonly terms: DrawTerms;
    readonly tiers: readonly DrawTier[];
  };
  "lottery.DrawWitnessed": OfDraw & { readonly witness: Address; readonly commitment: Hex32 };
  "lottery.TicketsBought": OfDraw & {
    readonly purchaseId: bigint;
    readonly buyer: Address;
    readonly first: bigint;
    readonly count: bigint;
    readonly ref: Hex32;
  };
  "lottery.DrawClosed": OfDraw & { readonly entropyBlock: bigint; readonly sold: bigint };
  "lottery.EntropyKept": OfDraw & { readonly entropyBlock: bigint; readonly entropy: Hex32 };
  "lottery.SecretRevealed": OfDraw & { readonly isMerchant: boolean; readonly secret: Hex32 };
  "lottery.DrawDrawn": OfDraw & { readonly seed: Hex32; readonly numbers: readonly bigint[] };
  "lottery.DrawVoided": OfDraw;
  "lottery.TicketsSettled": OfDraw & { readonly purchaseId: bigint; readonly isCaptured: boolean };
  "lottery.PrizePaid": OfDraw & { readonly index: bigint; readonly to: Address; readonly isWinner: boolean };
}
