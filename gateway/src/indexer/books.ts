/** Everything a range of blocks may touch, and the few facts that all projections need while they run. */
import { positionOf } from "../kernel/position.ts";
import type { GovernanceConstants, MemberProfile, MerchantTerms } from "../chain/read-contracts.ts";
import type { EpochRule } from "../kernel/calendar.ts";
import { dayAt, epochAt } from "../kernel/calendar.ts";
import type { EventPlace } from "../kernel/events.ts";
import type { Lots } from "../kernel/lots.ts";
import type { Tx } from "../store/database.ts";
import { saveRows } from "../store/bulk.ts";
import * as drawSpecs from "../store/draw-specs.ts";
import * as governanceSpecs from "../store/governance-specs.ts";
import * as specs from "../store/ledger-specs.ts";
import { addLapses } from "../store/ledger-sweep.ts";
import { saveAccounts, saveLedgerDays } from "../store/ledger-activity.ts";
import type { NewLoyaltyEvent } from "../store/loyalty-events.ts";
import { insertLoyaltyEvents } from "../store/loyalty-events.ts";
import type { LapseRow } from "../store/tables-expiry.ts";
import type * as draws from "../store/tables-draws.ts";
import type * as governance from "../store/tables-governance.ts";
import type * as sharing from "../store/tables-sharing.ts";
import type { FlowDayRow } from "../store/tables-days.ts";
import type * as rows from "../store/tables-ledger.ts";
import { Activity, countDays } from "./activity.ts";
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
  /** Of the council and of node rewards: in the range that begins the ledger. */
  readonly constants?: GovernanceConstants;
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
  readonly flowDays = new Shelf<"flow_day", FlowDayRow<bigint>>(specs.FLOW_DAY);

  readonly proposals = new Shelf<"proposal", governance.ProposalRow>(governanceSpecs.PROPOSAL);
  readonly councilRules = new Shelf<"council_rules", governance.CouncilRulesRow<bigint>>(governanceSpecs.COUNCIL_RULES);
  readonly roleGrants = new Shelf<"role_grant", governance.RoleGrantRow<bigint>>(governanceSpecs.ROLE_GRANT);
  readonly roleFunctions = new Shelf<"role_function", governance.RoleFunctionRow>(governanceSpecs.ROLE_FUNCTION);
  readonly rewardRecords = new Shelf<"reward_record", governance.RewardRecordRow<bigint>>(
    governanceSpecs.REWARD_RECORD,
  );
  readonly rewardYears = new Shelf<"reward_year", governance.RewardYearRow<bigint>>(governanceSpecs.REWARD_YEAR);
  readonly alpSupplies = new Shelf<"alp_supply", governance.AlpSupplyRow<bigint>>(governanceSpecs.ALP_SUPPLY);
  readonly frozenAccounts = new Shelf<"frozen_account", governance.FrozenAccountRow>(governanceSpecs.FROZEN_ACCOUNT);
  readonly transferOrders = new Shelf<"transfer_order", governance.TransferOrderRow>(governanceSpecs.TRANSFER_ORDER);
  readonly merchantExits = new Shelf<"merchant_exit", governance.MerchantExitRow<bigint>>(
    governanceSpecs.MERCHANT_EXIT,
  );

  readonly draws = new Shelf<"draw", draws.DrawRow<bigint>>(drawSpecs.DRAW);
  readonly drawPrizes = new Shelf<"draw_prize", draws.DrawPrizeRow<bigint>>(drawSpecs.DRAW_PRIZE);
  readonly drawPurchases = new Shelf<"draw_purchase", draws.DrawPurchaseRow<bigint>>(drawSpecs.DRAW_PURCHASE);
  readonly sharingPrograms = new Shelf<"sharing_program", sharing.SharingProgramRow<bigint>>(drawSpecs.SHARING_PROGRAM);
  readonly sharingMerchants = new Shelf<"sharing_merchant", sharing.SharingMerchantRow<bigint>>(
    drawSpecs.SHARING_MERCHANT,
  );
  readonly sharingAccounts = new Shelf<"sharing_account", sharing.SharingAccountRow<bigint>>(drawSpecs.SHARING_ACCOUNT);
  readonly sharingSales = new Shelf<"sharing_sale", sharing.SharingSaleRow<bigint>>(drawSpecs.SHARING_SALE);
  readonly sharingDays: sharing.SharingDayRow[] = [];
  /** What webhooks tell of it: written with the rows that say it. */
  readonly loyaltyEvents: NewLoyaltyEvent[] = [];

  readonly memberChanges: governance.MemberChangeRow[] = [];
  readonly votes: governance.VoteRow[] = [];
  readonly inflationChanges: governance.InflationChangeRow[] = [];
  readonly pauseChanges: governance.PauseChangeRow[] = [];
  readonly measures: governance.MeasureRow[] = [];
  readonly seizures: governance.SeizureRow[] = [];
  readonly payouts: governance.PayoutRow[] = [];
  readonly businessEvents: governance.BusinessEventRow[] = [];

  readonly blocks: rows.BlockRow[] = [];
  readonly transactions: rows.TransactionRow[] = [];
  readonly transfers: rows.TransferRow[] = [];
  readonly swaps: rows.SwapRow[] = [];
  readonly pricePosts: rows.PricePostRow[] = [];
  /** Accounts that were met, and when they moved something. */
  readonly activity = new Activity();

  /** Of points that were away when their epoch ended; the sweep writes the others. */
  readonly lapses: LapseRow[] = [];

  readonly announced: Announced;
  /** Block time of the transaction at hand. */
  time = 0;
  /** Lots burned last from (token, account) in the transaction at hand: `Held` and `Redeemed` put them on record. */
  readonly burned = new Map<string, Lots>();
  /** What a capture in the transaction at hand leaves to be given back, by redemption. */
  readonly captureRests = new Map<string, Lots>();
  /** Votes of members in the transaction at hand whose `VoteCast` has not come yet, by proposal. */
  readonly unsigned = new Map<bigint, governance.VoteRow>();
  /** Total supply of ALP; loaded when the run mints some. */
  alpSupply = 0n;
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
    await addLapses(tx, this.lapses);
    await this.tills.save(tx);
    await this.pools.save(tx);
    await this.collaterals.save(tx);
    await this.coverages.save(tx);
    await this.alpBalances.save(tx);
    await this.tokenDays.save(tx);
    await this.flowDays.save(tx);
    await this.#saveGovernance(tx);
    await this.#saveLoyalty(tx);
    return this.#saveActivity(tx);
  }

  /** Answers how many accounts were new. */
  async #saveActivity(tx: Tx): Promise<number> {
    const accounts = await saveAccounts(tx, this.activity.met());
    await saveLedgerDays(tx, countDays(accounts, this));
    return accounts.reduce((sum, { added }) => sum + added, 0);
  }

  async #saveLoyalty(tx: Tx): Promise<void> {
    await this.draws.save(tx);
    await this.drawPrizes.save(tx);
    await this.drawPurchases.save(tx);
    await this.sharingPrograms.save(tx);
    await this.sharingMerchants.save(tx);
    await this.sharingAccounts.save(tx);
    await this.sharingSales.save(tx);
    await saveRows(tx, drawSpecs.SHARING_DAY, this.sharingDays);
    await insertLoyaltyEvents(tx, this.loyaltyEvents);
  }

  async #saveGovernance(tx: Tx): Promise<void> {
    await saveRows(tx, governanceSpecs.MEMBER_CHANGE, this.memberChanges);
    await saveRows(tx, governanceSpecs.VOTE, this.votes);
    await saveRows(tx, governanceSpecs.INFLATION_CHANGE, this.inflationChanges);
    await saveRows(tx, governanceSpecs.PAUSE_CHANGE, this.pauseChanges);
    await saveRows(tx, governanceSpecs.MEASURE, this.measures);
    await saveRows(tx, governanceSpecs.SEIZURE, this.seizures);
    await saveRows(tx, governanceSpecs.PAYOUT, this.payouts);
    await saveRows(tx, governanceSpecs.BUSINESS_EVENT, this.businessEvents);
    await this.proposals.save(tx);
    await this.councilRules.save(tx);
    await this.roleGrants.save(tx);
    await this.roleFunctions.save(tx);
    await this.rewardRecords.save(tx);
    await this.rewardYears.save(tx);
    await this.alpSupplies.save(tx);
    await this.frozenAccounts.save(tx);
    await this.transferOrders.save(tx);
    await this.merchantExits.save(tx);
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
