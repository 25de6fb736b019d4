/**
 * What a transaction did, in the words of the business. The indexer stores these beside the transaction, the explorer
 * turns them into sentences. Amounts are decimal strings in base units (points) or wei (alp).
 */
import type { EventPlace, LedgerEvent } from "./events.ts";
import type { Movement } from "./movements.ts";

export const ACTIONS = [
  "issue",
  "reverse",
  "transfer",
  "swap",
  "hold",
  "redeem",
  "capture",
  "release",
  "refund",
  "setTill",
  "freeze",
  "unfreeze",
  "pause",
  "unpause",
  "haltIssue",
  "resumeIssue",
  "openPool",
  "postPrices",
  "setPoolLimits",
  "setPoolPause",
  "fundPoints",
  "withdrawPoints",
  "fundAlp",
  "withdrawAlp",
  "applyMerchant",
  "approveMerchant",
  "changeMerchantStatus",
  "updateProfile",
  "proposeController",
  "changeController",
  "depositCollateral",
  "requestWithdrawal",
  "cancelWithdrawal",
  "withdrawCollateral",
  "setCoverage",
  "admitMember",
  "changeMemberStatus",
  "changeRepresentative",
  "changeNode",
  "transferAlp",
  "admitHolder",
  "removeHolder",
] as const;
export type ActionName = (typeof ACTIONS)[number];

/** One thing that happened; which fields there are depends on `action`. */
export interface Action {
  readonly action: ActionName;
  readonly [field: string]: string | number | boolean;
}

type Facts = Readonly<Record<string, string | number | boolean>>;

/** The word for each event that means something on its own. */
const WORDS: Readonly<Partial<Record<LedgerEvent["type"], ActionName>>> = {
  "point.Issued": "issue",
  "point.Reversed": "reverse",
  "point.Held": "hold",
  "point.Redeemed": "redeem",
  "point.Released": "release",
  "point.Refunded": "refund",
  "point.TillSet": "setTill",
  "point.AccountFrozen": "freeze",
  "point.AccountUnfrozen": "unfreeze",
  "point.Paused": "pause",
  "point.Unpaused": "unpause",
  "pool.PoolOpened": "openPool",
  "pool.PricesPosted": "postPrices",
  "pool.LimitsSet": "setPoolLimits",
  "pool.PauseSet": "setPoolPause",
  "pool.PointsFunded": "fundPoints",
  "pool.PointsWithdrawn": "withdrawPoints",
  "pool.AlpFunded": "fundAlp",
  "pool.AlpWithdrawn": "withdrawAlp",
  "pool.Swapped": "swap",
  "registry.MerchantApplied": "applyMerchant",
  "registry.MerchantApproved": "approveMerchant",
  "registry.MerchantStatusChanged": "changeMerchantStatus",
  "registry.ProfileUpdated": "updateProfile",
  "registry.ControllerProposed": "proposeController",
  "registry.ControllerChanged": "changeController",
  "collateral.CollateralDeposited": "depositCollateral",
  "collateral.WithdrawalRequested": "requestWithdrawal",
  "collateral.WithdrawalCancelled": "cancelWithdrawal",
  "collateral.CollateralWithdrawn": "withdrawCollateral",
  "collateral.CoverageChanged": "setCoverage",
  "alliance.MemberAdmitted": "admitMember",
  "alliance.MemberStatusChanged": "changeMemberStatus",
  "alliance.RepresentativeChanged": "changeRepresentative",
  "alliance.NodeChanged": "changeNode",
  "alp.Transfer": "transferAlp",
  "alp.HolderAdmitted": "admitHolder",
  "alp.HolderRemoved": "removeHolder",
};

/** Side effects: told only when nothing else happened in the transaction. */
const MINOR: ReadonlySet<ActionName> = new Set<ActionName>([
  "transferAlp",
  "admitHolder",
  "changeMerchantStatus",
  "updateProfile",
  "setPoolLimits",
  "haltIssue",
  "resumeIssue",
]);

const PLACE: ReadonlySet<string> = new Set<keyof EventPlace | "type">([
  "type",
  "blockNumber",
  "transactionHash",
  "transactionIndex",
  "logIndex",
  "address",
]);

/** Packed lots and indexes mean nothing to a reader of sentences. */
const LEFT_OUT: ReadonlySet<string> = new Set(["lots", "index"]);

/** `events` and `movements` are those of one transaction. */
export function readActions(events: readonly LedgerEvent[], movements: ReadonlyMap<number, Movement>): Action[] {
  const said: Action[] = [];
  for (const event of events) {
    const action = actionOf(event, movements);
    if (action !== undefined) said.push(action);
  }
  const major = said.filter(({ action }) => !MINOR.has(action));
  return major.length > 0 ? major : said;
}

function actionOf(event: LedgerEvent, movements: ReadonlyMap<number, Movement>): Action | undefined {
  if (event.type === "point.Transfer") {
    if (movements.get(event.logIndex)?.kind !== "transfer") return undefined;
    return tell("transfer", event, { token: event.address, points: String(event.value) });
  }
  if (event.type === "point.IssueHaltSet")
    return tell(event.halted ? "haltIssue" : "resumeIssue", event, { token: event.address });
  const word = WORDS[event.type];
  if (word === undefined) return undefined;
  if (event.type === "point.Redeemed" && isCapture(event, movements))
    return tell("capture", event, { token: event.address });
  if (event.type === "point.Issued")
    return tell(word, event, { token: event.address, ...receiverOf(event, movements) });
  return tell(word, event, event.type.startsWith("point.") ? { token: event.address } : {});
}

/** A redemption without a burn of its own consumes what a hold took before. */
function isCapture(
  event: Extract<LedgerEvent, { type: "point.Redeemed" }>,
  movements: ReadonlyMap<number, Movement>,
): boolean {
  for (const { kind, transfer } of movements.values())
    if (kind === "redeem" && transfer.address === event.address && transfer.from === event.holder) return false;
  return true;
}

/** A single issue names its receiver; a batch only counts. */
function receiverOf(
  event: Extract<LedgerEvent, { type: "point.Issued" }>,
  movements: ReadonlyMap<number, Movement>,
): Facts {
  if (event.count !== 1n) return {};
  for (const { kind, transfer } of movements.values())
    if (kind === "issue" && transfer.address === event.address && transfer.logIndex === event.logIndex - 1)
      return { to: transfer.to };
  return {};
}

function tell(action: ActionName, event: LedgerEvent, more: Facts): Action {
  const facts: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(event) as [string, string | number | bigint | boolean][])
    if (!PLACE.has(name) && !LEFT_OUT.has(name)) facts[name] = typeof value === "bigint" ? String(value) : value;
  return { action, ...facts, ...more };
}
