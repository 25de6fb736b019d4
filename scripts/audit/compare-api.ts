/** The replay against the gateway's API. Every answer names its block: one from another block ends the comparison. */
import type { Lots } from "../../gateway/src/kernel/lots.ts";
import { totalOf } from "../../gateway/src/kernel/lots.ts";
import type { Checks } from "./check.ts";
import { splitOf } from "./compare-contracts.ts";
import type { LedgerModel, TokenModel } from "../../gateway/src/reports/model.ts";

/** The API has moved on while it was being read: replay to its new block and compare again. */
export class Moved extends Error {
  override readonly name = "Moved";
}

interface Amount {
  readonly amount: string;
}
interface Lot {
  readonly epoch: number;
  readonly points: Amount;
}
interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly block: { readonly number: number };
}

export interface ApiSide {
  readonly api: string;
  readonly key: string | undefined;
  readonly block: number;
  readonly checks: Checks;
}

export async function askApi<T>({ api, key }: Pick<ApiSide, "api" | "key">, path: string): Promise<T> {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(api + path, { headers, signal: AbortSignal.timeout(15_000) });
  const body = (await response.json()) as T & { detail?: string };
  if (!response.ok) throw new Error(`the API answers ${path} with ${response.status}: ${body.detail ?? ""}`);
  return body;
}

async function* pages<T>(side: ApiSide, path: string): AsyncGenerator<T> {
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: Page<T> = await askApi(side, `${path}?limit=200${cursor === "" ? "" : `&cursor=${cursor}`}`);
    if (page.block.number !== side.block) throw new Moved(`${path} is true at block ${page.block.number}`);
    yield* page.items;
    cursor = page.nextCursor;
  }
}

export async function compareApi(model: LedgerModel, side: ApiSide): Promise<void> {
  const seen = new Set<string>();
  for await (const point of pages<{ token: string; supply: Record<string, Amount>; holderCount: number }>(
    side,
    "/v1/points",
  )) {
    seen.add(point.token);
    const token = [...model.tokens.values()].find(({ address }) => address === point.token);
    side.checks.same("API: tokens", point.token, { expected: true, found: token !== undefined });
    if (token === undefined) continue;
    for (const [part, expected] of Object.entries(splitOf(token)))
      side.checks.same(`API: supply ${part}`, token.symbol, { expected, found: point.supply[part]?.amount });
    await compareHolders(token, side, point.holderCount);
    await compareRedemptions(token, side);
  }
  side.checks.same("API: number of tokens", side.api, { expected: model.tokens.size, found: seen.size });
  await comparePools(model, side);
  await compareProposals(model, side);
}

interface Holder {
  readonly account: string;
  readonly balance: Amount;
  readonly lots: readonly Lot[];
  readonly debt: Amount;
  readonly isFrozen: boolean;
}

async function compareHolders(token: TokenModel, side: ApiSide, holderCount: number): Promise<void> {
  const expected = new Map<string, Lots>([...token.accounts].filter(([, lots]) => totalOf(lots) > 0n));
  side.checks.same("API: number of holders", token.symbol, { expected: expected.size, found: holderCount });
  for await (const holder of pages<Holder>(side, `/v1/points/${token.address}/holders`)) {
    const where = `${holder.account} in ${token.symbol}`;
    const lots = expected.get(holder.account);
    expected.delete(holder.account);
    const debt = token.debts.get(holder.account as never) ?? 0n;
    side.checks.same("API: balance", where, {
      expected: lots === undefined ? 0n : totalOf(lots),
      found: holder.balance.amount,
    });
    side.checks.same("API: lots of an account", where, { expected: wordsOf(lots), found: wordsOfApi(holder.lots) });
    side.checks.same("API: debt", where, { expected: debt, found: holder.debt.amount });
    const isFrozen = token.frozen.has(holder.account as never);
    side.checks.same("API: frozen", where, { expected: isFrozen, found: holder.isFrozen });
  }
  side.checks.same("API: holders left out", token.symbol, { expected: "", found: [...expected.keys()].join(", ") });
}

function wordsOf(lots: Lots | undefined): string {
  if (lots === undefined) return "";
  return lots.lanes
    .map((points, age) => ({ points, epoch: lots.touched - age }))
    .filter(({ points }) => points > 0n)
    .reverse()
    .map(({ points, epoch }) => `${points}@${epoch}`)
    .join(" ");
}

function wordsOfApi(lots: readonly Lot[]): string {
  return lots.map(({ epoch, points }) => `${points.amount}@${epoch}`).join(" ");
}

interface RedemptionAnswer {
  readonly holder: string;
  readonly ref: string;
  readonly state: string;
  readonly lots: readonly Lot[];
}

async function compareRedemptions(token: TokenModel, side: ApiSide): Promise<void> {
  let count = 0;
  for await (const row of pages<RedemptionAnswer>(side, `/v1/points/${token.address}/redemptions`)) {
    count += 1;
    const expected = token.redemptions.get(`${row.holder}/${row.ref}`);
    const where = `${row.ref} of ${row.holder} in ${token.symbol}`;
    side.checks.same("API: redemption state", where, { expected: expected?.state, found: row.state });
    side.checks.same("API: redemption lots", where, { expected: wordsOf(expected?.lots), found: wordsOfApi(row.lots) });
  }
  side.checks.same("API: number of redemptions", token.symbol, { expected: token.redemptions.size, found: count });
}

interface PoolAnswer {
  readonly token: string;
  readonly pointReserve: Amount;
  readonly alpReserve: Amount;
}

async function comparePools(model: LedgerModel, side: ApiSide): Promise<void> {
  let count = 0;
  for await (const row of pages<PoolAnswer>(side, "/v1/exchange/pools")) {
    count += 1;
    const pool = model.pools.get(row.token as never);
    side.checks.same("API: point reserve", row.token, { expected: pool?.points, found: row.pointReserve.amount });
    side.checks.same("API: ALP reserve", row.token, { expected: pool?.alp, found: row.alpReserve.amount });
  }
  side.checks.same("API: number of pools", side.api, { expected: model.pools.size, found: count });
}

interface ProposalAnswer {
  readonly id: number;
  readonly state: string;
  readonly tally: Readonly<Record<"against" | "for" | "abstain", number>>;
}

async function compareProposals(model: LedgerModel, side: ApiSide): Promise<void> {
  let count = 0;
  for await (const { id, state, tally } of pages<ProposalAnswer>(side, "/v1/council/proposals")) {
    count += 1;
    const proposal = model.governance.proposals.get(BigInt(id));
    const found = [tally.against, tally.for, tally.abstain].join();
    side.checks.same("API: votes of a proposal", `proposal ${id}`, { expected: proposal?.tally.join(), found });
    const end = state === "executed" || state === "canceled" ? state : undefined;
    side.checks.same("API: end of a proposal", `proposal ${id}`, { expected: proposal?.end, found: end });
  }
  side.checks.same("API: number of proposals", side.api, { expected: model.governance.proposals.size, found: count });
}
