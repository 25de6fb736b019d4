/** A shop with rules on the shared chain: API, outbox and the routine of earnings, on a clock that the test moves. */
import { Contract } from "ethers";
import { sql } from "kysely";
import { randomUUID } from "node:crypto";
import { merchantPoint, regulatorDesk } from "../../src/chain/contracts.ts";
import { findCaller } from "../../src/commands/keys.ts";
import { merchantIdOfToken } from "../../src/commands/find-merchant.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import { parseAddress } from "../../src/kernel/ids.ts";
import { canonicalBook } from "../../src/loyalty/canonical.ts";
import { parseBook } from "../../src/loyalty/schema.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import { matureEarnings } from "../../src/routines/mature-earnings.ts";
import type { Store } from "../../src/store/database.ts";
import { hashOf } from "../../src/chain/text-ref.ts";
import type { Answered, Api } from "./api.ts";
import { keyFor, startApi } from "./api.ts";
import type { TestMerchant } from "./ledger.ts";
import { sharedLedger } from "./ledger.ts";
import { until } from "./until.ts";
import { roomsOn } from "./world.ts";

export const DAY = 86_400;
export const WINDOW = 7 * DAY;

/** To the next 10th of a month, 12:00 at UTC+8. */
function msToTenth(now: number): number {
  const at = new Date(now);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const here = Date.UTC(year, month, 10, 4);
  return (here > now ? here : Date.UTC(year, month + 1, 10, 4)) - now;
}

/** A clock ahead of the wall's by as much as the test says. It begins at noon of a tenth: no border of days is near. */
export class MovedClock implements Clock {
  #aheadMs = msToTenth(wallClock.now());

  now(): number {
    return wallClock.now() + this.#aheadMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return wallClock.sleep(ms, signal);
  }

  pass(seconds: number): void {
    this.#aheadMs += seconds * 1000;
  }

  seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}

/** 1 % of everything at 100 points a yuan: one base unit a fen. */
export const ONE_PERCENT = {
  id: "base",
  name: { zh: "返 1%", en: "1 %" },
  rate: { kind: "percent", bps: 100 },
};

export interface NewOrder {
  readonly orderRef: string;
  readonly account: Address;
  readonly placedAt: number;
  readonly lines: readonly object[];
}

export function lineOf(sku: string, quantity: number, paidFen: string, more: object = {}): object {
  return { sku, category: "tea", quantity, paidFen, ...more };
}

export interface LoyaltyShop {
  readonly merchant: TestMerchant;
  readonly rooms: Rooms;
  readonly clock: MovedClock;
  readonly api: Api;
  readonly keys: Readonly<Record<"merchant" | "till", string>>;
  /** Publishes as if the chain had confirmed it; that it does is tested where rules are published. */
  publish(book: object): Promise<Hex32>;
  post(path: string, body?: object, key?: string): Promise<Answered>;
  get(path: string, key?: string): Promise<Answered["body"]>;
  orderOf(account: Address, lines?: readonly object[]): NewOrder;
  /** By the till; the ref of the order. */
  place(account: Address, lines?: readonly object[]): Promise<string>;
  /** What was told of this account, in order. */
  eventsOf(account: Address): Promise<{ name: string; data: Record<string, unknown> }[]>;
  /** Sends points away on the chain, as their holder would. */
  spend(from: Address, to: Address, points: bigint): Promise<void>;
  freeze(account: Address, isFrozen: boolean): Promise<void>;
  /** One look of the routine. */
  look(): Promise<void>;
  lookUntil(isSo: () => Promise<boolean>): Promise<void>;
  /** Runs the routine until the chain has been asked for everything that is due now, and has answered. */
  settle(): Promise<void>;
  onChain(account: Address): Promise<{ balance: bigint; debt: bigint }>;
  totalIssued(): Promise<bigint>;
  close(): Promise<void>;
}

export async function openShop(store: Store, name: string): Promise<LoyaltyShop> {
  const ledger = await sharedLedger();
  const merchant = await ledger.addMerchant();
  const clock = new MovedClock();
  const wall = await roomsOn(store);
  const rooms: Rooms = { ...wall, clock };
  await rooms.signers.importKey(merchant.controllerKey, { purpose: "controller", merchantId: merchant.id });
  for (const key of merchant.tillKeys) await rooms.signers.importKey(key, { purpose: "till", merchantId: merchant.id });
  await insertToken(rooms, merchant);
  const outbox = startOutbox(wall, { processId: name });
  const api = await startApi(rooms, allRoutes, {
    gate: {
      merchantOfToken: (token) => merchantIdOfToken(rooms, token),
      // Keys of the API live by the wall's clock: the test passes years.
      findCaller: (text) => findCaller(wall, text),
    },
  });
  const keys = {
    merchant: await keyFor(rooms, "merchant", { merchantId: merchant.id }),
    till: await keyFor(rooms, "till", { merchantId: merchant.id }),
  };
  const at = `/v1/merchants/${merchant.id}/`;
  const token = new Contract(merchant.token, merchantPoint, ledger.provider);
  let versions = 0;
  let orders = 0;
  const post: LoyaltyShop["post"] = (path, body, key = keys.merchant) =>
    api.ask("POST", at + path, { key, ...(body === undefined ? {} : { body }) });
  const orderOf: LoyaltyShop["orderOf"] = (account, lines = [lineOf("tea", 10, "100000")]) => {
    orders += 1;
    return { orderRef: `${name}-${orders}`, account, placedAt: clock.seconds(), lines };
  };
  return {
    merchant,
    rooms,
    clock,
    api,
    keys,
    async publish(document) {
      versions += 1;
      return insertRules(rooms, { merchantId: merchant.id, version: versions, document });
    },
    post,
    orderOf,
    async place(account, lines) {
      const order = orderOf(account, lines);
      const { status, body } = await post("orders", order, keys.till);
      if (status !== 201) throw new Error(`not placed: ${JSON.stringify(body)}`);
      return order.orderRef;
    },
    eventsOf: (account) => readEvents(rooms, account),
    spend: (from, to, points) =>
      ledger.actAs(from, merchant.token, merchantPoint.encodeFunctionData("transfer", [to, points])),
    freeze(account, isFrozen) {
      const args = [account, hashOf("case")] as const;
      const data = isFrozen
        ? regulatorDesk.encodeFunctionData("freeze", [...args])
        : regulatorDesk.encodeFunctionData("unfreeze", [...args]);
      return ledger.asRegulator(ledger.deployment.contracts.regulatorDesk, data);
    },
    async look() {
      await matureEarnings.run(rooms);
    },
    async lookUntil(isSo) {
      await until("the routine has come so far", async () => {
        await matureEarnings.run(rooms);
        return isSo();
      });
    },
    async get(path, key = keys.merchant) {
      return (await api.ask("GET", at + path, { key })).body as unknown;
    },
    settle: () => settle(rooms),
    async onChain(account) {
      const [balance, debt] = await Promise.all(
        ["balanceOf", "debtOf"].map((method) => token.getFunction(method)(account) as Promise<bigint>),
      );
      return { balance: balance ?? 0n, debt: debt ?? 0n };
    },
    totalIssued: () => ledger.totalIssued(merchant.token),
    async close() {
      await api.close();
      await outbox.stop();
    },
  };
}

/** Until nothing is left that is due at this moment of the test's clock. */
export async function settle(rooms: Rooms): Promise<void> {
  await until("every earning that is due is on the chain", async () => {
    const now = rooms.clock.now();
    await matureEarnings.run(rooms);
    const open = await rooms.db
      .selectFrom("earning")
      .select("id")
      .where("wake_ms", "<=", now + 60_000)
      .execute();
    return open.length === 0;
  });
}

async function readEvents({ db }: Rooms, account: Address): Promise<{ name: string; data: Record<string, unknown> }[]> {
  const { rows } = await sql<{ name: string; data: Record<string, unknown> }>`
    select name, data from loyalty_event where data ->> 'account' = ${account} order by seq`.execute(db);
  return rows;
}

/** As the indexer would write it. */
export async function insertToken({ db }: Rooms, { id, token }: TestMerchant): Promise<void> {
  const terms = { points_per_yuan: 100, calendar: "year", utc_offset_seconds: 28_800 };
  const names = { name: "Test point", symbol: "TEST", created_at: "1", created_block: 1, touched: 0 };
  await db
    .insertInto("point_token")
    .values({ ...terms, ...names, address: token, merchant_id: id } as never)
    .execute();
}

async function insertRules(
  { db }: Rooms,
  { merchantId, version, document }: { merchantId: number; version: number; document: object },
): Promise<Hex32> {
  const text = canonicalBook(parseBook(document));
  const now = new Date(wallClock.now()).toISOString();
  const rulesHash = hashOf(text);
  await db
    .insertInto("loyalty_rules")
    .values({
      merchant_id: merchantId,
      version,
      document: text,
      rules_hash: rulesHash,
      state: "published",
      command_id: randomUUID(),
      requested_at: now,
      published_at: now,
      published_by: "test",
    })
    .execute();
  return rulesHash;
}

let accounts = 0;

/** An account that nobody used before. */
export function newAccount(): Address {
  accounts += 1;
  return parseAddress(
    `0x${(0xea000000000000n + (BigInt(process.pid) << 24n) + BigInt(accounts)).toString(16).padStart(40, "0")}`,
  );
}
