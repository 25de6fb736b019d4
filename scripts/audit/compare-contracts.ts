/** The replay against the contracts' own answers, all of them at one block. */
import type { ChainClient } from "../../gateway/src/chain/client.ts";
import * as abi from "../../gateway/src/chain/contracts.ts";
import type { Deployment } from "../../gateway/src/chain/deployment.ts";
import { fetchLots, fetchSupplySplit, readContract } from "../../gateway/src/chain/read-contracts.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { packLots, totalOf } from "../../gateway/src/kernel/lots.ts";
import type { Checks } from "./check.ts";
import { inParallel } from "./check.ts";
import { compareGovernance } from "./compare-governance.ts";
import type { LedgerModel, TokenModel } from "../../gateway/src/reports/model.ts";

const WIDTH = 50;
const STATES = ["none", "held", "captured", "released"];

export interface ContractSide {
  readonly chain: ChainClient;
  readonly deployment: Deployment;
  readonly block: number;
  readonly checks: Checks;
}

export async function compareContracts(model: LedgerModel, side: ContractSide): Promise<void> {
  for (const token of model.tokens.values()) {
    await compareSupply(token, side);
    await compareAccounts(token, side);
    await compareRedemptions(token, side);
  }
  await comparePools(model, side);
  await compareAlp(model, side);
  await compareGovernance(model.governance, side);
}

/** The seven parts, and the law that binds them. */
export function splitOf(token: TokenModel): Record<string, bigint> {
  const { issued, held, pooled, redeemed, expired, reversed } = token;
  return { issued, circulating: totalOf(token.supply), held, pooled, redeemed, expired, reversed };
}

async function compareSupply(token: TokenModel, { chain, block, checks }: ContractSide): Promise<void> {
  const split = splitOf(token);
  const found = await fetchSupplySplit(chain, token.address, block);
  for (const [part, expected] of Object.entries(split))
    checks.same(`contract: supply ${part}`, token.symbol, { expected, found: found[part as keyof typeof found] });
  const { issued, ...rest } = split;
  const sum = Object.values(rest).reduce((total, part) => total + part, 0n);
  checks.same("law: issued = circulating + held + pooled + redeemed + expired + reversed", token.symbol, {
    expected: issued,
    found: sum,
  });
  let balances = 0n;
  for (const lots of token.accounts.values()) balances += totalOf(lots);
  checks.same("law: balances add up to the supply", token.symbol, { expected: split["circulating"], found: balances });
}

async function compareAccounts(token: TokenModel, { chain, block, checks }: ContractSide): Promise<void> {
  const known = new Set([...token.accounts.keys(), ...token.debts.keys(), ...token.frozen]);
  await inParallel(known, WIDTH, async (account) => {
    const where = `${account} in ${token.symbol}`;
    const ask = async (method: string): Promise<unknown> =>
      (
        await readContract(chain, { abi: abi.merchantPoint, address: token.address, method, args: [account], block })
      )[0];
    const lots = token.accounts.get(account);
    const found = await fetchLots(chain, token.address, account, block);
    const expected = lots ?? { ...found, lanes: [0n, 0n, 0n, 0n] as const };
    checks.same("contract: lots of an account", where, { expected: packLots(expected), found: packLots(found) });
    checks.same("contract: balance", where, { expected: totalOf(expected), found: await ask("balanceOf") });
    checks.same("contract: debt", where, { expected: token.debts.get(account) ?? 0n, found: await ask("debtOf") });
    checks.same("contract: frozen", where, { expected: token.frozen.has(account), found: await ask("isFrozen") });
  });
}

async function compareRedemptions(token: TokenModel, { chain, block, checks }: ContractSide): Promise<void> {
  await inParallel(token.redemptions.values(), WIDTH, async ({ holder, ref, state, lots }) => {
    const ask = { abi: abi.merchantPoint, address: token.address, method: "redemptionOf", args: [holder, ref], block };
    const [found] = (await readContract(chain, ask)) as unknown as [{ state: bigint; lots: bigint }];
    const where = `${ref} of ${holder} in ${token.symbol}`;
    checks.same("contract: redemption state", where, { expected: state, found: STATES[Number(found.state)] });
    checks.same("contract: redemption lots", where, { expected: packLots(lots), found: found.lots });
  });
}

async function comparePools(model: LedgerModel, { chain, deployment, block, checks }: ContractSide): Promise<void> {
  const { exchangePool } = deployment.contracts;
  await inParallel(model.pools, WIDTH, async ([token, pool]) => {
    const ask = { abi: abi.exchangePool, address: exchangePool, method: "poolOf", args: [token], block };
    const [found] = (await readContract(chain, ask)) as unknown as [{ pointReserve: bigint; alpReserve: bigint }];
    checks.same("contract: point reserve", token, { expected: pool.points, found: found.pointReserve });
    checks.same("contract: ALP reserve", token, { expected: pool.alp, found: found.alpReserve });
  });
}

async function compareAlp(model: LedgerModel, { chain, deployment, block, checks }: ContractSide): Promise<void> {
  const { allianceToken, collateral, exchangePool } = deployment.contracts;
  await inParallel(model.deposits, WIDTH, async ([merchantId, expected]) => {
    const ask = { abi: abi.collateral, address: collateral, method: "depositOf", args: [merchantId], block };
    checks.same("contract: collateral", `merchant ${merchantId}`, {
      expected,
      found: (await readContract(chain, ask))[0],
    });
  });
  await inParallel(model.alp, WIDTH, async ([account, expected]) => {
    const ask = { abi: abi.allianceToken, address: allianceToken, method: "balanceOf", args: [account], block };
    checks.same("contract: ALP balance", account, { expected, found: (await readContract(chain, ask))[0] });
  });
  const held = (account: Address): bigint => model.alp.get(account) ?? 0n;
  const sum = (values: Iterable<bigint>): bigint => [...values].reduce((total, value) => total + value, 0n);
  const reserves = sum([...model.pools.values()].map(({ alp }) => alp));
  // More than the reserves may lie there: ALP sent past `fundAlp` belongs to nobody. Less must never be.
  checks.same("law: the pool holds its ALP reserves", exchangePool, {
    expected: true,
    found: held(exchangePool) >= reserves,
  });
  const deposits = sum(model.deposits.values()) + model.governance.owedToLeaving;
  checks.same("law: collateral is all there", collateral, { expected: true, found: held(collateral) >= deposits });
}
