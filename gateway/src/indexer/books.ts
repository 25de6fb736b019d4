/** Everything a range of blocks may touch, and the few facts that all projections need while they run. */
import { positionOf } from "../kernel/position.ts";
import type { MemberProfile, MerchantTerms } from "../chain/read-contracts.ts";
import type { EpochRule } from "../kernel/calendar.ts";
import { dayAt, epochAt } from "../kernel/calendar.ts";
import type { EventPlace } from "../kernel/events.ts";
import type { Address } from "../kernel/ids.ts";
import type { Lots } from "../kernel/lots.ts";
import type { Tx } from "../store/database.ts";
import { saveRows } from "../store/bulk.ts";
import * as specs from "../store/ledger-specs.ts";
import { saveAccounts } from "../store/ledger-accounts.ts";
import type * as rows from "../store/tables-ledger.ts";
import { Shelf } from "./shelf.ts";

export type Token = rows.PointTokenRow<bigint>;
export type Holding = rows.HoldingRow<bigint>;
export type Redemption = rows.RedemptionRow<bigint>;
export type Pool = rows.PoolRow<bigint>;
export type TokenDay = rows.TokenDayRow<bigint>;

/** What is not in the events and was asked of the contracts before the range began: terms and profiles never change. */
export interface Announced {
  readonly terms: ReadonlyMap<number, MerchantTerms>;
  readonly profiles: ReadonlyMap<number, MemberProfile>;
}

export class Books {
  readonly tokens = new Shelf<"point_token", Token>(specs.POINT_TOKEN);
  readonly holdings = new Shelf<"holding", Holding>(specs.HOLDING);
  readonly redemptions = new Shelf<"redemption", Redemption>(specs.REDEMPTION);
  readonly issues = new Shelf<"issue", rows.IssueRow<bigint>>(specs.ISSUE);
  readonly tills = new Shelf<"till", rows.TillRow<bigint>>(specs.TILL);
  readonly pools = new Shelf<"pool", Pool>(specs.POOL);
  readonly merchants = new Shelf<"merchant", rows.MerchantRow>(specs.MERCHANT);
  readonly members = new Shelf<"member", rows.MemberRow>(specs.MEMBER);
  readonly collaterals = new Shelf<"collateral", rows.CollateralRow<bigint>>(specs.COLLATERAL);
  readonly coverages = new Shelf<"coverage", rows.CoverageRow>(specs.COVERAGE);
  readonly alpBalances = new Shelf<"alp_balance", rows.AlpBalanceRow<bigint>>(specs.ALP_BALANCE);
  readonly tokenDays = new Shelf<"token_day", TokenDay>(specs.TOKEN_DAY);
  readonly flowDays = new Shelf<"flow_day", rows.FlowDayRow<bigint>>(specs.FLOW_DAY);

  readonly blocks: rows.BlockRow[] = [];
  readonly transactions: rows.TransactionRow[] = [];
  readonly transfers: rows.TransferRow[] = [];
  readonly swaps: rows.SwapRow[] = [];
  readonly pricePosts: rows.PricePostRow[] = [];
  /** Accounts that hold something for the first time in some token, with when. */
  readonly newAccounts = new Map<Address, number>();

  readonly announced: Announced;
  /** Block time of the transaction at hand. */
  time = 0;
  /** Lots burned last from (token, account) in the transaction at hand: `Held` and `Redeemed` put them on record. */
  readonly burned = new Map<string, Lots>();
  /** What a capture in the transaction at hand leaves to be given back, by redemption. */
  readonly captureRests = new Map<string, bigint>();
  /** Tokens whose figures changed in the transaction at hand. */
  readonly moved = new Set<Token>();

  constructor(announced: Announced) {
    this.announced = announced;
  }

  /** Writes everything; answers how many accounts were new. */
  async save(tx: Tx): Promise<number> {
    await saveRows(tx, specs.BLOCK, this.blocks);
    await saveRows(tx, specs.TRANSACTION, this.transactions);
    await saveRows(tx, specs.TRANSFER, this.transfers);
    await saveRows(tx, specs.SWAP, this.swaps);
    await saveRows(tx, specs.PRICE_POST, this.pricePosts);
    await this.merchants.save(tx);
    await this.members.save(tx);
    await this.tokens.save(tx);
    await this.holdings.save(tx);
    await this.issues.save(tx);
    await this.redemptions.save(tx);
    await this.tills.save(tx);
    await this.pools.save(tx);
    await this.collaterals.save(tx);
    await this.coverages.save(tx);
    await this.alpBalances.save(tx);
    await this.tokenDays.save(tx);
    await this.flowDays.save(tx);
    return saveAccounts(tx, this.newAccounts);
  }
}

export function positionOfEvent(event: EventPlace): string {
  return positionOf(event.blockNumber, event.logIndex);
}

export function ruleOf(token: Pick<Token, "calendar" | "utc_offset_seconds">): EpochRule {
  return { calendar: token.calendar as EpochRule["calendar"], utcOffsetSeconds: token.utc_offset_seconds };
}

export function epochOf(token: Token, time: number): number {
  return epochAt(ruleOf(token), time);
}

export function merchantDayOf(token: Pick<Token, "calendar" | "utc_offset_seconds">, time: number): number {
  return dayAt(ruleOf(token), time);
}

/** The pool counts its days in UTC. */
export function utcDayOf(time: number): number {
  return Math.floor(time / 86_400);
}

export function lotsOfRow(row: rows.LanesColumns<bigint>): Lots {
  return { touched: row.touched, lanes: [row.lane0, row.lane1, row.lane2, row.lane3] };
}

export function putLots(row: rows.LanesColumns<bigint>, { touched, lanes }: Lots): void {
  row.touched = touched;
  [row.lane0, row.lane1, row.lane2, row.lane3] = lanes;
}
