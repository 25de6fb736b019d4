/**
 * A report's numbers from the chain alone: every log from the deployment to the period's last block is played into a
 * model; what it holds at the end, and what changed since the block before the period, are the tables.
 */
import type { Block, ChainClient } from "../chain/client.ts";
import type { Deployment } from "../chain/deployment.ts";
import { coverageRatioBps, requiredAlp } from "../kernel/coverage.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";
import { totalOf } from "../kernel/lots.ts";
import type { TimedEvent } from "./event-tables.ts";
import { eventTables } from "./event-tables.ts";
import type { LedgerModel, TokenModel } from "./model.ts";
import { Register } from "./register.ts";
import { Replay } from "./replay.ts";
import type { Table } from "./table.ts";
import { tableOf } from "./table.ts";

/** Both blocks are part of it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export interface BlockMark {
  readonly number: number;
  readonly hash: Hex32;
  readonly timestamp: number;
}

export interface ReportHeader {
  readonly format: "ledger-report/1";
  readonly chainId: number;
  readonly genesisHash: Hex32;
  readonly contracts: Readonly<Record<string, Address>>;
  readonly deployedAtBlock: number;
  readonly from: BlockMark;
  readonly to: BlockMark;
}

export interface Collected {
  readonly header: ReportHeader;
  readonly tables: readonly Table[];
  /** The ledger at the period's end, for those who want to ask the contracts as well. */
  readonly model: LedgerModel;
}

const SPLIT = ["issued", "redeemed", "expired", "reversed"] as const;
type Sums = Record<(typeof SPLIT)[number], bigint>;

interface Ends {
  readonly replay: Replay;
  readonly register: Register;
  readonly before: ReadonlyMap<Address, Sums>;
  readonly alpBefore: bigint;
  readonly events: readonly TimedEvent[];
  readonly to: BlockMark;
}

export async function collect(chain: ChainClient, deployment: Deployment, { from, to }: Period): Promise<Collected> {
  const [first, last] = [await markOf(chain, from), await markOf(chain, to)];
  const register = new Register();
  const events: TimedEvent[] = [];
  const replay = new Replay(chain, deployment, (transaction, time) => {
    for (const event of transaction) {
      register.apply(event, time);
      if (event.blockNumber >= from) events.push({ event, time });
    }
  });
  await replay.playTo(from - 1);
  const before = new Map([...replay.model.tokens].map(([address, token]) => [address, sumsOf(token)]));
  const alpBefore = alpSupply(replay.model);
  await replay.playTo(to);
  // Taken before the replay and after it: a chain that was set back meanwhile is another period.
  if ((await markOf(chain, to)).hash !== last.hash)
    throw new LedgerError("not_ready", { detail: "the chain was set back" });
  const ends: Ends = { replay, register, before, alpBefore, events, to: last };
  return { header: headerOf(deployment, first, last), tables: tablesOf(ends), model: replay.model };
}

async function markOf(chain: ChainClient, number: number): Promise<BlockMark> {
  const block: Block | undefined = await chain.block(number);
  if (block === undefined) throw new LedgerError("not_found", { what: `block ${number}` });
  return { number, hash: block.hash, timestamp: block.timestamp };
}

function headerOf({ chainId, genesisHash, contracts, deployedAtBlock }: Deployment, from: BlockMark, to: BlockMark) {
  const sorted = Object.fromEntries(Object.entries(contracts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { format: "ledger-report/1", chainId, genesisHash, contracts: sorted, deployedAtBlock, from, to } as const;
}

function sumsOf({ issued, redeemed, expired, reversed }: TokenModel): Sums {
  return { issued, redeemed, expired, reversed };
}

function alpSupply({ alp }: LedgerModel): bigint {
  return [...alp.values()].reduce((sum, balance) => sum + balance, 0n);
}

/** In the order of merchants. */
function tokensOf({ model }: Replay): TokenModel[] {
  return [...model.tokens.values()].sort((a, b) => Number(a.merchantId - b.merchantId));
}

function tablesOf(ends: Ends): Table[] {
  return [
    totals(ends),
    members(ends),
    merchants(ends),
    supply(ends),
    flows(ends),
    coverage(ends),
    pools(ends),
    holders(ends),
    ...eventTables(ends.events),
  ];
}

function totals({ replay, register, alpBefore, events }: Ends): Table {
  const emitted = events.reduce(
    (sum, { event }) => (event.type === "alp.RewardEmitted" ? sum + event.amount : sum),
    0n,
  );
  const rows = [
    ["members", register.members.size],
    ["merchants", register.merchants.size],
    ["tokens", replay.model.tokens.size],
    ["eventsInPeriod", events.length],
    ["alpSupplyBefore", alpBefore],
    ["alpSupply", alpSupply(replay.model)],
    ["alpEmitted", emitted],
    ["alpPerYuan", register.coverage.alpPerYuan],
    ["coverageBps", register.coverage.coverageBps],
  ];
  return tableOf("totals", ["name", "value"], rows);
}

function members({ register }: Ends): Table {
  const rows = [...register.members].map(([id, { name, representative, node, status }]) => {
    return [id, name, representative, node, status];
  });
  return tableOf("members", ["memberId", "name", "representative", "node", "status"], rows);
}

function merchants({ register, replay }: Ends): Table {
  const rows = [...register.merchants].map(([id, { legalName, controller, status, token }]) => {
    const known = token === undefined ? undefined : replay.model.tokens.get(token);
    return [id, legalName, controller, status, token, known?.symbol, known?.pointsPerYuan];
  });
  const columns = ["merchantId", "legalName", "controller", "status", "token", "symbol", "pointsPerYuan"];
  return tableOf("merchants", columns, rows);
}

function supply({ replay }: Ends): Table {
  const rows = tokensOf(replay).map((token) => {
    const holderCount = [...token.accounts.values()].filter((lots) => totalOf(lots) > 0n).length;
    const { issued, held, pooled, redeemed, expired, reversed } = token;
    const circulating = totalOf(token.supply);
    return [
      token.merchantId,
      token.address,
      issued,
      circulating,
      held,
      pooled,
      redeemed,
      expired,
      reversed,
      holderCount,
    ];
  });
  const split = ["issued", "circulating", "held", "pooled", "redeemed", "expired", "reversed"];
  return tableOf("supply", ["merchantId", "token", ...split, "holders"], rows);
}

function flows({ replay, before, events }: Ends): Table {
  const zero: Sums = { issued: 0n, redeemed: 0n, expired: 0n, reversed: 0n };
  const counts = new Map<Address, { in: bigint; out: bigint; swaps: number; issues: number; redemptions: number }>();
  const of = (token: Address) => {
    const found = counts.get(token) ?? { in: 0n, out: 0n, swaps: 0, issues: 0, redemptions: 0 };
    counts.set(token, found);
    return found;
  };
  for (const { event } of events) {
    if (event.type === "point.Issued") of(event.address).issues += Number(event.count);
    if (event.type === "point.Redeemed") of(event.address).redemptions += 1;
    if (event.type !== "pool.Swapped") continue;
    for (const token of new Set([event.tokenIn, event.tokenOut])) of(token).swaps += 1;
    of(event.tokenIn).in += event.amountIn;
    of(event.tokenOut).out += event.amountOut;
  }
  const rows = tokensOf(replay).map((token) => {
    const was = before.get(token.address) ?? zero;
    const changes = SPLIT.map((part) => token[part] - was[part]);
    const { in: swappedIn, out: swappedOut, swaps, issues, redemptions } = of(token.address);
    return [token.merchantId, token.address, ...changes, swappedIn, swappedOut, issues, redemptions, swaps];
  });
  const columns = ["merchantId", "token", ...SPLIT, "swappedIn", "swappedOut", "issues", "redemptions", "swaps"];
  return tableOf("flows", columns, rows);
}

function coverage({ replay, register }: Ends): Table {
  const rows = tokensOf(replay).map((token) => {
    const merchant = register.merchants.get(token.merchantId);
    const deposited = replay.model.deposits.get(token.merchantId) ?? 0n;
    const requested = merchant?.requested ?? 0n;
    const outstanding = totalOf(token.supply) + token.held + token.pooled;
    const required = requiredAlp(outstanding, { ...register.coverage, pointsPerYuan: token.pointsPerYuan });
    const ratio = coverageRatioBps(deposited - requested, required);
    return [token.merchantId, deposited, requested, outstanding, required, ratio, merchant?.cutPercent];
  });
  const columns = [
    "merchantId",
    "depositedAlp",
    "requestedAlp",
    "outstanding",
    "requiredAlp",
    "ratioBps",
    "cutPercent",
  ];
  return tableOf("coverage", columns, rows);
}

function pools({ replay, register, to }: Ends): Table {
  const rows = tokensOf(replay).flatMap((token) => {
    const pool = replay.model.pools.get(token.address);
    if (pool === undefined) return [];
    const { accept, release } = register.pricesOf(token.address, to.timestamp);
    return [[token.merchantId, token.address, pool.points, pool.alp, accept, release]];
  });
  return tableOf("pools", ["merchantId", "token", "pointReserve", "alpReserve", "accept", "release"], rows);
}

function holders({ replay }: Ends): Table {
  const rows = tokensOf(replay).flatMap((token) =>
    [...token.accounts]
      .map(([account, lots]) => ({ account, balance: totalOf(lots) }))
      .filter(({ balance }) => balance > 0n)
      .sort((a, b) => (a.account < b.account ? -1 : 1))
      .map(({ account, balance }) => [token.merchantId, token.address, account, balance, token.frozen.has(account)]),
  );
  return tableOf("holders", ["merchantId", "token", "account", "balance", "isFrozen"], rows);
}
