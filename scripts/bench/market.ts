/** Two merchants with everything that a till and a customer need, and wide limits that no measurement meets. */
import { id, Wallet } from "ethers";
import { BenchLedger, throwAwayKey } from "./ledger.ts";
import type { Log } from "./ledger.ts";
import type { Sender } from "./sender.ts";

const ALP = 10n ** 18n;
/** Base units of a whole point. */
const POINT = 100n;
const CALENDAR_MONTH = 1;
const COLLATERAL = 10_000_000n * ALP;
const ALP_RESERVE = 10_000_000n * ALP;
const POINT_RESERVE = 10_000_000n * POINT;
const TILL_DAILY_LIMIT = 10n ** 14n;
const LIMITS = { poolDaily: 10n ** 13n, accountDaily: 10n ** 12n };
/** ALP wei a base unit: one point is a cent of a yuan, and an ALP is a yuan. */
const PRICES = { accept: 80_000_000_000_000n, release: 100_000_000_000_000n };
/** What every key holds of either merchant to begin with: enough for a million swaps. */
const PURSE = 100_000n * POINT;
/** Batches of purses: 500 is the most that the contract takes; smaller ones fit every block. */
const PURSES_A_BATCH = 100;
/** A call of the preparation costs less than this, but for the proposal. */
const SETUP_GAS = 600_000n;
const PROFILE = '{"name":"bench"}';

export interface Market {
  readonly ledger: BenchLedger;
  /** Addresses of the two merchants' points. */
  readonly tokens: readonly [string, string];
}

/** @param senders Half of them become tills of each merchant; all of them get points of both. */
export async function openMarket(rpcUrl: string, senders: readonly Sender[], log: Log): Promise<Market> {
  const founder = new Wallet(throwAwayKey());
  // 10 contracts and 40 settings: about two minutes with blocks every 2 s. Settings are not told one by one.
  const ledger = await BenchLedger.deploy(rpcUrl, founder, (line) => {
    if (!line.endsWith(" set")) log(line);
  });
  const controllers = [new Wallet(throwAwayKey()), new Wallet(throwAwayKey())] as const;
  const registry = ledger.addressOf("merchantRegistry");
  for (const [index, controller] of controllers.entries()) {
    const terms = termsOf(index + 1);
    const data = ledger.encode("merchantRegistry", "applyFor", [terms, "https://example.com/bench.json", id(PROFILE)]);
    await ledger.act(controller, registry, data, "an application");
  }
  log("bench: two merchants have applied; the founding member decides");
  const calls = controllers.flatMap(({ address }, index) => [
    { to: registry, data: ledger.encode("merchantRegistry", "approve", [index + 1]) },
    {
      to: ledger.addressOf("allianceToken"),
      data: ledger.encode("allianceToken", "transfer", [address, COLLATERAL + ALP_RESERVE]),
    },
  ]);
  await ledger.decide(founder, calls, "Two merchants for the bench");

  const tokens: string[] = [];
  for (const [index, controller] of controllers.entries()) {
    const token = (await ledger.at("merchantRegistry").getFunction("tokenOf")(index + 1)) as string;
    const tills = senders.filter((_, place) => senders.length === 1 || place % 2 === index);
    await openShop(ledger, { controller, merchantId: index + 1, token, tills, customers: senders });
    log(
      `bench: merchant ${index + 1} has its pool, ${tills.length} tills, and ${senders.length} customers with points`,
    );
    tokens.push(token);
  }
  return { ledger, tokens: tokens as [string, string] };
}

function termsOf(merchant: number) {
  return {
    legalName: `Bench ${merchant} Ltd.`,
    tokenName: `Bench ${merchant} Points`,
    tokenSymbol: `BENCH${merchant}`,
    category: "bench",
    pointsPerYuan: 100,
    calendar: CALENDAR_MONTH,
    utcOffsetSeconds: 0,
  };
}

interface Shop {
  readonly controller: Wallet;
  readonly merchantId: number;
  readonly token: string;
  readonly tills: readonly Sender[];
  readonly customers: readonly Sender[];
}

async function openShop(ledger: BenchLedger, shop: Shop): Promise<void> {
  const { controller, merchantId, token, tills, customers } = shop;
  const [alp, pool, deposits] = [
    ledger.addressOf("allianceToken"),
    ledger.addressOf("exchangePool"),
    ledger.addressOf("collateral"),
  ];
  const calls: [string, string, string][] = [
    [alp, "a deposit's allowance", ledger.encode("allianceToken", "approve", [deposits, COLLATERAL])],
    [deposits, "a deposit", ledger.encode("collateral", "deposit", [merchantId, COLLATERAL])],
    [pool, "the opening of a pool", ledger.encode("exchangePool", "open", [token, PRICES, LIMITS])],
    [alp, "a reserve's allowance", ledger.encode("allianceToken", "approve", [pool, ALP_RESERVE])],
    [pool, "a reserve of ALP", ledger.encode("exchangePool", "fundAlp", [token, ALP_RESERVE])],
    [pool, "a reserve of points", ledger.encode("exchangePool", "fundPoints", [token, id("reserve"), POINT_RESERVE])],
    ...[controller, ...tills].map(({ address }): [string, string, string] => [
      token,
      "a till",
      ledger.encode("merchantPoint", "setTill", [address, TILL_DAILY_LIMIT]),
    ]),
  ];
  const sent: { hash: string; what: string }[] = [];
  for (const [to, what, data] of calls) sent.push({ hash: await ledger.send(controller, to, data, SETUP_GAS), what });
  for (const { hash, what } of sent) await ledger.confirmed(hash, what);

  for (let from = 0; from < customers.length; from += PURSES_A_BATCH) {
    const items = customers.slice(from, from + PURSES_A_BATCH).map(({ address }) => itemOf(address, PURSE));
    const epoch = (await ledger.at("merchantPoint", token).getFunction("currentEpoch")()) as bigint;
    const data = ledger.encode("merchantPoint", "issueBatch", [id(`purses ${from}`), epoch, items]);
    await ledger.act(controller, token, data, "the first points");
  }
}

/** One item of a batch: who gets how many base units. */
export function itemOf(account: string, points: bigint): bigint {
  return (BigInt(account) << 96n) | (points << 40n);
}
