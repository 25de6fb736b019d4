/** Loads what each rule looks at for one range of blocks, and runs it. */
import type { Finding } from "../kernel/alerts.ts";
import { requiredAlp } from "../kernel/coverage.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";
import { ZERO_ADDRESS } from "../kernel/ids.ts";
import { positionOf } from "../kernel/position.ts";
import type { Tx } from "../store/database.ts";
import type { LookRange } from "../store/desk-cursor.ts";
import { positionAtTime } from "../store/desk-cursor.ts";
import * as windows from "../store/desk-windows.ts";
import { readTokens } from "../store/ledger-read.ts";
import { readCoverage } from "../store/read-issuers.ts";
import type { SwapRow, TransferRow } from "../store/tables-ledger.ts";
import { findConcentrations, holdersToLookAt } from "./concentration.ts";
import type { HeldPart } from "./concentration.ts";
import { findLowCoverage } from "./coverage-low.ts";
import { findWaking } from "./dormant-waking.ts";
import type { AccountHistory } from "./dormant-waking.ts";
import { findIssueBursts, slotSecondsOf } from "./issue-burst.ts";
import { findPriceMoves } from "./price-move.ts";
import type { PostedPrice } from "./price-move.ts";
import type { Now, TokenFacts } from "./rows.ts";
import { findSwapCircles } from "./swap-circles.ts";
import type { Edge } from "./swap-circles.ts";
import type { Thresholds } from "./thresholds.ts";
import { DAY_SECONDS, pointsOfYuan } from "./thresholds.ts";

/** One look: a range of blocks with what all rules need of it. */
interface Look {
  readonly tx: Tx;
  readonly range: LookRange;
  readonly span: windows.Span;
  readonly transfers: readonly TransferRow[];
  readonly tokens: ReadonlyMap<Address, TokenFacts>;
  readonly circulating: ReadonlyMap<Address, bigint>;
  readonly limits: Thresholds;
  /** Whether the range ends where the read side stands: only there are its balances those of this block. */
  readonly isAtHead: boolean;
}

export async function lookAtRange(
  tx: Tx,
  range: LookRange,
  { limits, isAtHead }: { limits: Thresholds; isAtHead: boolean },
): Promise<Finding[]> {
  const span = { from: positionOf(range.from, 0), to: positionOf(range.to + 1, 0) };
  const rows = await readTokens(tx);
  const tokens = new Map(rows.map((row) => [row.address, tokenFacts(row)]));
  const circulating = new Map(rows.map((row) => [row.address, BigInt(row.circulating)]));
  const all = await windows.readTransfersIn(tx, span);
  const transfers = all.filter(({ token }) => tokens.has(token));
  const look: Look = { tx, range, span, transfers, tokens, circulating, limits, isAtHead };
  const findings: Finding[] = [];
  for (const rule of [issueBursts, swapCircles, concentrations, lowCoverage, priceMoves, waking])
    findings.push(...(await rule(look)));
  return findings;
}

function tokenFacts(row: Awaited<ReturnType<typeof readTokens>>[number]): TokenFacts {
  return {
    address: row.address,
    merchantId: row.merchant_id,
    symbol: row.symbol,
    pointsPerYuan: row.points_per_yuan,
    calendar: row.calendar,
    utcOffsetSeconds: row.utc_offset_seconds,
    createdAt: Number(row.created_at),
  };
}

async function issueBursts({ tx, range, span, transfers, tokens, limits }: Look): Promise<Finding[]> {
  const { issueBurst } = limits;
  const issued = distinct(transfers.filter(({ kind }) => kind === "issue").map(({ token }) => token));
  if (!issueBurst.isOn || issued.length === 0) return [];
  const from = await positionAtTime(tx, range.firstTime - issueBurst.windowSeconds);
  const slots = await windows.readIssueSlots(tx, issued, { from, to: span.to, slotSeconds: slotSecondsOf(issueBurst) });
  // A day more at each end: merchants count days in their own offset.
  const days = await windows.readIssuedDays(tx, issued, {
    from: Math.floor((range.firstTime - issueBurst.windowSeconds) / DAY_SECONDS) - issueBurst.trailingDays - 1,
    to: Math.floor(range.lastTime / DAY_SECONDS) + 1,
  });
  const history = {
    tokens,
    fromPosition: span.from,
    slots: slots.map((row) => ({
      token: row.token,
      slot: Number(row.slot),
      points: BigInt(row.points),
      lastPosition: row.last_position,
      lastHash: row.last_hash,
      lastTime: Number(row.last_time),
    })),
    days: days.map(({ token, day, issued: points }) => ({ token, day, issued: BigInt(points) })),
  };
  return findIssueBursts(history, issueBurst);
}

async function swapCircles({ tx, range, span, transfers, tokens, limits }: Look): Promise<Finding[]> {
  const { swapCircles: circles } = limits;
  if (!circles.isOn) return [];
  const sent = transfers.filter(({ kind }) => kind === "transfer");
  const swaps = await windows.readSwapsIn(tx, span);
  let level = distinct([...swaps.map(({ account }) => account), ...sent.map(({ from_account }) => from_account)]);
  if (level.length === 0) return [];
  // Two windows: how often a circle was closed is counted over one, and each of them reaches back another.
  const back = {
    from: await positionAtTime(tx, range.firstTime - 2 * circles.windowSeconds),
    to: span.to,
  };
  const edges = new Map<string, Edge>();
  for (const row of sent) addTransfer(edges, row);
  const seen = new Set<Address>();
  for (let hops = 0; hops < circles.accountsMax && level.length > 0; hops += 1) {
    for (const account of level) seen.add(account);
    for (const row of await windows.readSwapsOfAccounts(tx, level, back)) addSwap(edges, row);
    const received = await windows.readTransfersTo(tx, level, back);
    for (const row of received) if (tokens.has(row.token)) addTransfer(edges, row);
    level = distinct(received.map(({ from_account }) => from_account)).filter((account) => !seen.has(account));
  }
  const ordered = [...edges.values()].sort((a, b) => Number(BigInt(a.position) - BigInt(b.position)));
  const symbols = new Map([...tokens.values()].map(({ address, symbol }) => [address, symbol]));
  return findSwapCircles({ edges: ordered, symbols, fromPosition: span.from }, circles);
}

function addTransfer(edges: Map<string, Edge>, row: TransferRow): void {
  const { token, from_account: from, to_account: to } = row;
  if (from === to || from === ZERO_ADDRESS || to === ZERO_ADDRESS || row.amount === "0") return;
  edges.set(row.position, { ...placeOf(row), from: { account: from, token }, to: { account: to, token } });
}

function addSwap(edges: Map<string, Edge>, row: SwapRow): void {
  const { account } = row;
  edges.set(row.position, {
    ...placeOf(row),
    from: { account, token: row.token_in },
    to: { account, token: row.token_out },
    hub: BigInt(row.hub),
  });
}

async function concentrations({
  tx,
  range,
  transfers,
  tokens,
  circulating,
  limits,
  isAtHead,
}: Look): Promise<Finding[]> {
  if (!limits.concentration.isOn || !isAtHead) return [];
  const parts: HeldPart[] = [];
  for (const address of distinct(transfers.map(({ token }) => token))) {
    const token = tokens.get(address);
    if (token === undefined) continue;
    for (const { account, balance } of await windows.readTopHoldings(
      tx,
      address,
      holdersToLookAt(limits.concentration),
    )) {
      const last = transfers.findLast((row) => row.token === address && touches(row, account));
      const transactionHash = last?.transaction_hash;
      const part = { token, circulating: circulating.get(address) ?? 0n, account, balance: BigInt(balance) };
      parts.push({ ...part, ...(transactionHash === undefined ? {} : { transactionHash }) });
    }
  }
  return findConcentrations(parts, nowOf(range), limits.concentration);
}

async function lowCoverage({ tx, range, tokens, limits, isAtHead }: Look): Promise<Finding[]> {
  if (!limits.coverage.isOn || !isAtHead) return [];
  const terms = await readCoverage(tx);
  if (terms === undefined) return [];
  const { alp_per_yuan, coverage_bps } = terms;
  const merchants = (await windows.readCovered(tx)).flatMap((row) => {
    const token = tokens.get(row.address);
    if (token === undefined) return [];
    const required = requiredAlp(BigInt(row.outstanding), {
      alpPerYuan: BigInt(alp_per_yuan),
      coverageBps: BigInt(coverage_bps),
      pointsPerYuan: token.pointsPerYuan,
    });
    return [{ token, available: BigInt(row.deposited) - BigInt(row.requested), required }];
  });
  return findLowCoverage(merchants, nowOf(range), limits.coverage);
}

async function priceMoves({ tx, span, tokens, limits }: Look): Promise<Finding[]> {
  if (!limits.priceMove.isOn) return [];
  const posts: PostedPrice[] = [];
  for (const row of await windows.readPricePostsIn(tx, span)) {
    const token = tokens.get(row.token);
    if (token === undefined) continue;
    const before = await windows.readPriceAt(tx, row.token, Number(row.time) - limits.priceMove.days * DAY_SECONDS);
    posts.push({
      ...placeOf(row),
      token,
      posted: { accept: BigInt(row.accept), release: BigInt(row.release) },
      ...(before === undefined ? {} : { before: { accept: BigInt(before.accept), release: BigInt(before.release) } }),
    });
  }
  return findPriceMoves(posts, limits.priceMove);
}

async function waking({ tx, range, span, transfers, tokens, limits }: Look): Promise<Finding[]> {
  if (!limits.dormantWaking.isOn) return [];
  const back = { from: await positionAtTime(tx, range.firstTime - limits.dormantWaking.windowSeconds), to: span.to };
  const senders = distinct(transfers.map(({ from_account }) => from_account)).filter((one) => one !== ZERO_ADDRESS);
  // Most send little: only of those that sent enough is the past asked for.
  const enough = (await windows.readSentBy(tx, senders, back)).filter(({ token, amount }) => {
    const { pointsPerYuan } = tokens.get(token) ?? {};
    return pointsPerYuan !== undefined && BigInt(amount) > pointsOfYuan(limits.dormantWaking.floorYuan, pointsPerYuan);
  });
  const histories: AccountHistory[] = [];
  for (const account of distinct(enough.map((row) => row.account))) {
    const rows = await windows.readMovementsOf(tx, account, back);
    const movements = rows.map((row) => ({
      ...placeOf(row),
      token: row.token,
      amount: BigInt(row.amount),
      isOut: row.from_account === account,
    }));
    histories.push({ account, movements });
  }
  return findWaking({ histories, tokens, fromPosition: span.from }, limits.dormantWaking);
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
const touches = (row: TransferRow, account: Address): boolean =>
  row.from_account === account || row.to_account === account;
const nowOf = (range: LookRange): Now => ({ blockNumber: range.to, time: range.lastTime });

function placeOf(row: { position: string; time: string; transaction_hash: Hex32 }) {
  return { position: row.position, time: Number(row.time), transactionHash: row.transaction_hash };
}
