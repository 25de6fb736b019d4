/**
 * What a merchant decides about its points: one document, versioned, never edited once published. Amounts are fen and base
 * units of points (0.01 point), rates are basis points (1/10,000), times are unix seconds or the merchant's own local time.
 */
import type { Fen, Points } from "../kernel/ids.ts";

export interface RuleBook {
  /** Points of an order are pending for so long after it was placed; 0 to 90 days. */
  readonly returnWindowSeconds: number;
  /** `window`: they mature when the return window ends. `action`: when the shop confirms (delivered), never by themselves. */
  readonly maturesBy: "window" | "action";
  readonly rules: readonly EarnRule[];
  /** Lowest first; the first is everybody's. Empty: no tiers. */
  readonly tiers: readonly Tier[];
  readonly caps: Caps;
  readonly tasks: readonly Task[];
  readonly referral?: Referral | undefined;
  readonly deduction: DeductionTerms;
  readonly guards: Guards;
}

/** Which goods a rule is about. No field: all goods. Freight never earns. */
export interface Goods {
  readonly skus?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly exceptSkus?: readonly string[] | undefined;
  readonly exceptCategories?: readonly string[] | undefined;
}

/** When a rule holds. Every field that is given must hold; local time is the merchant's UTC offset. */
export interface Times {
  readonly from?: number | undefined;
  /** Exclusive. */
  readonly until?: number | undefined;
  /** 1 (Monday) to 7. */
  readonly weekdays?: readonly number[] | undefined;
  /** Minutes of the local day, [from, until); from > until goes over midnight. */
  readonly minutesFrom?: number | undefined;
  readonly minutesUntil?: number | undefined;
}

export type Rate =
  /** Base units = ⌊fen × pointsPerYuan × bps / 10,000⌋: 100 bps of 1,000 yuan at 100:1 are 1,000 points. */
  | { readonly kind: "percent"; readonly bps: number }
  /** `points` for every whole `unitFen` paid. */
  | { readonly kind: "perUnit"; readonly points: Points; readonly unitFen: Fen }
  /** `points` for every piece sold. */
  | { readonly kind: "perPiece"; readonly points: Points }
  /** `points` once an order. */
  | { readonly kind: "fixed"; readonly points: Points };

export interface EarnRule {
  /** Letters, digits, dashes; unique in the book. It stands in events and exports. */
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly rate: Rate;
  readonly goods: Goods;
  readonly times: Times;
  /** What is paid for the rule's goods must be at least so much. */
  readonly minimumFen?: Fen | undefined;
  readonly firstPurchaseOnly: boolean;
  /** Only for members of these tiers; absent: for all. */
  readonly tiers?: readonly string[] | undefined;
  /** `add`: besides all others. `best`: of all such rules that apply to a line or order only the one that gives most. */
  readonly stacking: "add" | "best";
  readonly caps: Caps;
}

/** Upper bounds in base units; absent: none. */
export interface Caps {
  readonly perOrder?: Points | undefined;
  /** Of the merchant's local day or month, one customer. */
  readonly perCustomerDay?: Points | undefined;
  readonly perCustomerMonth?: Points | undefined;
  /** All that is ever given under it, to everybody. */
  readonly budget?: Points | undefined;
}

export interface Tier {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** Spent (matured, net of returns) in the last 365 days, at least so much. The first tier's is 0. */
  readonly fromFen: Fen;
  /** Multiplies what rules give: 10,000 = once. */
  readonly multiplierBps: number;
}

/** Something a customer does. `steps` are event names in order; the last step pays. Purchases say `buy`. */
export interface Task {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly kind: "daily" | "once" | "repeatable" | "funnel";
  readonly steps: readonly string[];
  readonly points: Points;
  /** How often a customer can be paid for it a day; `daily` is 1, `once` is once for ever. */
  readonly perDayMax: number;
  readonly times: Times;
  readonly budget?: Points | undefined;
}

/** One level: who brought the friend is paid when the friend's first order matures. */
export interface Referral {
  readonly referrerPoints: Points;
  readonly friendPoints: Points;
  /** The friend's first order must be at least so much. */
  readonly minimumFen: Fen;
  /** Paid friends a referrer can have a month. */
  readonly perMonthMax: number;
}

/** How points pay for a part of an order. The ratio is the token's own points per yuan. */
export interface DeductionTerms {
  readonly isOpen: boolean;
  /** At most so much of what may be paid with points: 5,000 = half. */
  readonly maxBps: number;
  readonly minimumOrderFen: Fen;
  /** Base units: at least so many, and in whole steps of so many. A step is a whole number of fen. */
  readonly minimumPoints: Points;
  readonly stepPoints: Points;
  readonly excluded: Pick<Goods, "skus" | "categories">;
}

/** Bounds of what is normal; beyond them an order or event is kept but earns nothing until a person looks. */
export interface Guards {
  readonly ordersPerHourMax: number;
  readonly eventsPerMinuteMax: number;
  readonly accountsPerDeviceMax: number;
  readonly devicesPerAccountMax: number;
  /** Accounts that the merchant owns besides its keys on the chain: they earn nothing at its shop. */
  readonly ownAccounts: readonly string[];
}
