/** Four months in the life of the demo's customers, as data: points of every age, spent in every way, some expired. */
import { id } from "ethers";
import { POINT } from "./alliance-data.ts";
import { customers, tillsOf } from "./cast.ts";
import type { LedgerHand } from "./ledger-hand.ts";

const DAY_SECONDS = 86_400;
const UTC_PLUS_8_SECONDS = 8 * 3_600;
const HOLD_SECONDS = 3 * DAY_SECONDS;
/** Numbers of IMerchantPoint.RedemptionKind. */
const KIND = { deduction: 0, goods: 1 } as const;

/** Places in alliance-data's list of merchants and in cast's list of customers. */
const [XCJ, BKC, BOOKS, MART] = [0, 1, 2, 3] as const;
const [LIN, WANG, CHEN, ZHAO, ZHOU, WU] = [0, 1, 2, 3, 4, 5] as const;

/** `[months ago, day of the month]`, and what happened; `points` are whole points. */
type Happening = readonly [monthsAgo: number, day: number, what: What];
type What =
  | { readonly issue: number; readonly by: number; readonly to: number }
  | { readonly reverseIssue: number; readonly by: number; readonly to: number }
  | { readonly transfer: number; readonly of: number; readonly from: number; readonly to: number }
  | { readonly swap: number; readonly of: number; readonly into: number; readonly from: number }
  | { readonly redeem: number; readonly of: number; readonly from: number; readonly kind: keyof typeof KIND }
  | { readonly hold: number; readonly of: number; readonly from: number; readonly capture: number };

const HISTORY: readonly Happening[] = [
  [4, 5, { issue: 1_200, by: XCJ, to: LIN }],
  [4, 6, { issue: 800, by: XCJ, to: WANG }], // never used: expired by now
  [4, 8, { issue: 3_000, by: MART, to: WU }],
  [4, 10, { issue: 40_000, by: BOOKS, to: ZHOU }],
  [4, 20, { redeem: 300, of: XCJ, from: LIN, kind: "deduction" }],
  [4, 22, { redeem: 2_600, of: MART, from: WU, kind: "deduction" }],
  [3, 6, { issue: 2_000, by: XCJ, to: LIN }],
  [3, 7, { issue: 1_500, by: BKC, to: CHEN }],
  [3, 9, { issue: 20_000, by: BOOKS, to: ZHOU }],
  [3, 12, { transfer: 250, of: XCJ, from: LIN, to: WANG }],
  [3, 19, { issue: 1_800, by: MART, to: WU }],
  [2, 8, { issue: 1_000, by: XCJ, to: WANG }],
  [2, 9, { issue: 900, by: BKC, to: ZHAO }],
  [2, 11, { issue: 4_000, by: MART, to: WU }],
  [2, 15, { swap: 1_000, of: XCJ, into: BKC, from: LIN }],
  [2, 18, { redeem: 500, of: BKC, from: LIN, kind: "goods" }],
  [1, 4, { issue: 3_000, by: XCJ, to: LIN }],
  [1, 5, { issue: 2_200, by: BKC, to: CHEN }],
  [1, 6, { issue: 30_000, by: BOOKS, to: ZHOU }],
  [1, 9, { reverseIssue: 600, by: XCJ, to: WANG }], // goods brought back
  [1, 14, { swap: 5_000, of: BOOKS, into: XCJ, from: ZHOU }],
  [1, 16, { hold: 700, of: BKC, from: CHEN, capture: 700 }],
  [1, 21, { transfer: 400, of: MART, from: WU, to: ZHAO }],
  [0, 1, { issue: 1_600, by: XCJ, to: LIN }],
  [0, 1, { issue: 1_100, by: BKC, to: ZHAO }],
  [0, 2, { issue: 2_400, by: MART, to: WU }],
  [0, 2, { swap: 800, of: MART, into: BKC, from: WU }],
  [0, 3, { hold: 500, of: MART, from: WU, capture: 0 }], // still on hold when the story ends
];

/** The first second of a month in UTC+8, so many months before the one that `now` lies in. */
export function monthStart(now: number, monthsAgo: number): number {
  const local = new Date((now + UTC_PLUS_8_SECONDS) * 1_000);
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - monthsAgo, 1) / 1_000 - UTC_PLUS_8_SECONDS;
}

/** Plays the story up to an hour before `now`; what the calendar puts later happens then. */
export async function playHistory(hand: LedgerHand, tokens: readonly string[], now: number): Promise<void> {
  for (const [index, [monthsAgo, day, what]] of HISTORY.entries()) {
    const planned = monthStart(now, monthsAgo) + (day - 1) * DAY_SECONDS + 12 * 3_600;
    hand.goTo(Math.min(planned, now - 3_600));
    await happen({ hand, tokens, ref: id(`demo story, line ${index}`) }, what);
  }
}

interface Scene {
  readonly hand: LedgerHand;
  readonly tokens: readonly string[];
  readonly ref: string;
}

const pointsOf = (whole: number): bigint => BigInt(whole) * POINT;

function walletOf(customer: number) {
  const found = customers[customer];
  if (found === undefined) throw new RangeError(`the cast has no customer ${customer}`);
  return found.wallet;
}

async function happen({ hand, tokens, ref }: Scene, what: What): Promise<void> {
  const point = (merchant: number) => ["merchantPoint", tokens[merchant]] as const;
  if ("issue" in what) {
    const [till] = tillsOf(what.by + 1);
    await hand.send(till, point(what.by), "issue", [walletOf(what.to).address, pointsOf(what.issue), ref]);
  } else if ("reverseIssue" in what) {
    await issueAndReverse({ hand, tokens, ref }, what);
  } else if ("transfer" in what) {
    const args = [walletOf(what.to).address, pointsOf(what.transfer)];
    await hand.send(walletOf(what.from), point(what.of), "transfer", args);
  } else if ("swap" in what) {
    const deadline = hand.now + 3_600;
    const args = [tokens[what.of], tokens[what.into], pointsOf(what.swap), 1n, deadline];
    await hand.send(walletOf(what.from), ["exchangePool"], "swapExactIn", args);
  } else if ("redeem" in what) {
    const args = [pointsOf(what.redeem), KIND[what.kind], ref];
    await hand.send(walletOf(what.from), point(what.of), "redeem", args);
  } else {
    const [till] = tillsOf(what.of + 1);
    const holder = walletOf(what.from);
    const args = [pointsOf(what.hold), KIND.goods, ref, hand.now + HOLD_SECONDS];
    await hand.send(holder, point(what.of), "hold", args);
    if (what.capture > 0) {
      await hand.send(till, point(what.of), "capture", [holder.address, ref, pointsOf(what.capture)]);
    }
  }
}

/** An order comes and goes back two hours later. An issue by `issue` is recorded as one packed word with tag 0. */
async function issueAndReverse({ hand, tokens, ref }: Scene, what: { reverseIssue: number; by: number; to: number }) {
  const token = tokens[what.by];
  const [till] = tillsOf(what.by + 1);
  const to = walletOf(what.to).address;
  const points = pointsOf(what.reverseIssue);
  await hand.send(till, ["merchantPoint", token], "issue", [to, points, ref]);
  const epoch = (await hand.at("merchantPoint", token).getFunction("currentEpoch")()) as bigint;
  const word = (BigInt(to) << 96n) | (points << 40n);
  hand.goTo(hand.now + 7_200);
  await hand.send(till, ["merchantPoint", token], "reverse", [ref, epoch, [word], 0, points]);
}
