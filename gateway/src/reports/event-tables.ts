/** Tables of what happened in the period, one row an event: prices, supervision, council, rewards, exits. */
import { createHash } from "node:crypto";
import { readCaseNumber } from "../kernel/case-number.ts";
import type { EventOf, EventType, LedgerEvent } from "../kernel/events.ts";
import type { Hex32 } from "../kernel/ids.ts";
import { roleName } from "../kernel/roles.ts";
import { MEASURES, MERCHANT_STATUSES, SUPPORTS, wordOf } from "../kernel/statuses.ts";
import type { Cell, Table } from "./table.ts";
import { tableOf } from "./table.ts";

export interface TimedEvent {
  readonly event: LedgerEvent;
  /** Unix seconds. */
  readonly time: number;
}

const PLACE = ["block", "log", "time", "transaction"] as const;

/** How an event of one type fills a table's own columns. */
type Fill = (event: LedgerEvent) => readonly Cell[];

interface EventTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly fills: Readonly<Partial<Record<EventType, Fill>>>;
}

function fill<T extends EventType>(type: T, make: (event: EventOf<T>) => readonly Cell[]) {
  return { [type]: make as unknown as Fill };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const cased = (bytes: Hex32): readonly Cell[] => [readCaseNumber(bytes), bytes];
/** One line, so that a table stays readable; the digest is of the whole. */
const titleOf = (description: string): string =>
  (description.split("\n")[0] ?? "").replaceAll(/[\u0000-\u001f\u007f]/g, " ").slice(0, 120);

const EVENT_TABLES: readonly EventTable[] = [
  {
    name: "prices",
    columns: ["token", "accept", "release", "effectiveAt"],
    fills: {
      ...fill("pool.PoolOpened", (e) => [e.token, e.accept, e.release, undefined]),
      ...fill("pool.PricesPosted", (e) => [e.token, e.accept, e.release, e.effectiveAt]),
    },
  },
  {
    name: "supervision",
    columns: ["act", "caseNumber", "caseBytes", "subject", "orderId", "from", "to", "amount"],
    fills: {
      ...fill("desk.AccountFrozenEverywhere", (e) => ["freeze", ...cased(e.caseNumber), e.account]),
      ...fill("desk.AccountFreedEverywhere", (e) => ["unfreeze", ...cased(e.caseNumber), e.account]),
      ...fill("desk.TokenPaused", (e) => ["pause", ...cased(e.caseNumber), e.token, , , , e.until]),
      ...fill("desk.TokenUnpaused", (e) => ["unpause", ...cased(e.caseNumber), e.token]),
      ...fill("desk.MeasureTaken", (e) => [
        wordOf(MEASURES, e.measure),
        ...cased(e.caseNumber),
        e.merchantId,
        ...[undefined, undefined, undefined],
        e.value,
      ]),
      ...fill("desk.TransferOrdered", (e) => [
        "orderTransfer",
        ...cased(e.caseNumber),
        ...[e.token, e.orderId, e.from, e.to, e.points],
      ]),
      ...fill("desk.TransferOrderWithdrawn", (e) => ["withdrawOrder", ...cased(e.caseNumber), undefined, e.orderId]),
      ...fill("desk.TransferOrderExecuted", (e) => [
        "executeOrder",
        ...cased(e.caseNumber),
        ...[undefined, e.orderId, e.executedBy],
      ]),
      ...fill("point.ForcedTransfer", (e) => [
        "forcedTransfer",
        ...cased(e.caseNumber),
        ...[e.address, undefined, e.from, e.to, e.points],
      ]),
      ...fill("collateral.CollateralSeized", (e) => [
        "seize",
        ...cased(e.caseNumber),
        ...[e.merchantId, undefined, undefined, undefined, e.alp],
      ]),
    },
  },
  {
    name: "proposals",
    columns: [
      "happening",
      "proposalId",
      "by",
      "actions",
      "voteStart",
      "voteEnd",
      "dueAt",
      "title",
      "descriptionSha256",
    ],
    fills: {
      ...fill("council.ProposalCreated", (e) => [
        ...["created", e.proposalId, e.proposer, e.targets.length, e.voteStart, e.voteEnd, undefined],
        ...[titleOf(e.description), sha256(e.description)],
      ]),
      ...fill("council.ProposalQueued", (e) => ["queued", e.proposalId, , , , , e.etaSeconds]),
      ...fill("council.ProposalExecuted", (e) => ["executed", e.proposalId]),
      ...fill("council.ProposalCanceled", (e) => ["canceled", e.proposalId]),
    },
  },
  {
    name: "votes",
    columns: ["proposalId", "memberId", "support"],
    fills: fill("council.MemberVoted", (e) => [e.proposalId, e.memberId, wordOf(SUPPORTS, e.support)]),
  },
  {
    name: "roles",
    columns: ["happening", "role", "account", "delaySeconds"],
    fills: {
      ...fill("access.RoleGranted", (e) => ["granted", roleName(e.roleId), e.account, e.delay]),
      ...fill("access.RoleRevoked", (e) => ["revoked", roleName(e.roleId), e.account]),
    },
  },
  {
    name: "rewards",
    columns: ["memberId", "epoch", "to", "alp"],
    fills: fill("rewards.RewardClaimed", (e) => [e.memberId, e.epoch, e.to, e.amount]),
  },
  {
    name: "exits",
    columns: ["happening", "merchantId", "points", "alp", "surplus", "at"],
    fills: {
      ...fill("registry.MerchantStatusChanged", (e) => [wordOf(MERCHANT_STATUSES, e.to), e.merchantId]),
      ...fill("registry.ExitAnnounced", (e) => ["exitAnnounced", e.merchantId, , , , e.windDownFrom]),
      ...fill("registry.WindDownBegun", (e) => ["windDownBegun", e.merchantId, , , , e.closableFrom]),
      ...fill("collateral.PayoutsOpened", (e) => ["payoutsOpened", e.merchantId, e.points, e.pot, e.surplus]),
      ...fill("collateral.PayoutsClosed", (e) => ["payoutsClosed", e.merchantId, undefined, e.rest]),
    },
  },
  {
    name: "payouts",
    columns: ["merchantId", "holder", "ref", "points", "alp"],
    fills: fill("collateral.PaidOut", (e) => [e.merchantId, e.holder, e.ref, e.points, e.alp]),
  },
];

/** `events` in the order of the chain. */
export function eventTables(events: readonly TimedEvent[]): Table[] {
  return EVENT_TABLES.map(({ name, columns, fills }) => {
    const rows = events.flatMap(({ event, time }) => {
      const cells = fills[event.type]?.(event);
      if (cells === undefined) return [];
      const own = columns.map((_, index) => cells[index]);
      return [[event.blockNumber, event.logIndex, time, event.transactionHash, ...own]];
    });
    return tableOf(name, [...PLACE, ...columns], rows);
  });
}
