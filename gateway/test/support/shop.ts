/** A gateway with a shop whose rules are published, on a store and the shared chain: everything but the process around it. */
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { Contract, Wallet, id } from "ethers";
import { allianceToken, exchangePool, merchantPoint } from "../../src/chain/contracts.ts";
import { merchantIdOfToken } from "../../src/commands/find-merchant.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { parseHex32 } from "../../src/kernel/ids.ts";
import { canonicalBook } from "../../src/loyalty/canonical.ts";
import { parseBook } from "../../src/loyalty/schema.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import type { Routine } from "../../src/routines/routine.ts";
import { startRoutines } from "../../src/routines/start.ts";
import type { Engine } from "../../src/store/database.ts";
import { insertPublishing } from "../../src/store/loyalty-rules.ts";
import type { Answered, Api } from "./api.ts";
import { keyFor, startApi } from "./api.ts";
import type { TestLedger, TestMerchant } from "./ledger.ts";
import { sharedLedger } from "./ledger.ts";
import { freshStore } from "./stores.ts";
import { roomsOn } from "./world.ts";

const WAIT = { prefer: "wait=30" };
const ALP = 10n ** 18n;

export interface Customer {
  readonly customerId: string;
  readonly account: Address;
}

export interface Shop {
  readonly rooms: Rooms;
  readonly api: Api;
  readonly ledger: TestLedger;
  readonly merchant: TestMerchant;
  readonly keys: { readonly merchant: string; readonly till: string };
  /** Waits for the outcome of a write. */
  post(path: string, body?: object, key?: string): Promise<Answered>;
  get(path: string, key?: string): Promise<Answered>;
  put(path: string, body: object, key?: string): Promise<Answered>;
  /** A managed customer of the till's with so many points. */
  customer(points?: bigint): Promise<Customer>;
  /** Many of them, in one batch. */
  customers(count: number, points: bigint): Promise<Customer[]>;
  give(account: string, points: bigint, merchant?: TestMerchant): Promise<void>;
  balanceOf(account: string, merchant?: TestMerchant): Promise<bigint>;
  /** Names of what webhooks would tell of this merchant, with their data. */
  events(prefix: string): Promise<{ name: string; data: Record<string, unknown> }[]>;
  addNeighbour(): Promise<TestMerchant>;
  /** Opens a merchant's side of the exchange at one ALP a point, with plenty of both. */
  openPool(merchant: TestMerchant): Promise<void>;
  close(): Promise<void>;
}

export async function openShop(engine: Engine, routines: readonly Routine[], rules: object): Promise<Shop> {
  const ledger = await sharedLedger();
  const store = await freshStore(engine);
  const rooms = await roomsOn(store);
  const merchant = await ledger.addMerchant();
  const keep = async ({ id, controllerKey, tillKeys }: TestMerchant): Promise<void> => {
    await rooms.signers.importKey(controllerKey, { purpose: "controller", merchantId: id });
    for (const key of tillKeys) await rooms.signers.importKey(key, { purpose: "till", merchantId: id });
  };
  await keep(merchant);
  const organisation = `shop-${merchant.id}`;
  const keys = {
    merchant: await keyFor(rooms, "merchant", { merchantId: merchant.id, organisation }),
    till: await keyFor(rooms, "till", { merchantId: merchant.id, organisation }),
  };
  const outbox = startOutbox(rooms, { processId: `shop-${engine}-${merchant.id}` });
  const running = startRoutines(rooms, routines);
  const api = await startApi(rooms, allRoutes, {
    gate: { merchantOfToken: (token) => merchantIdOfToken(rooms, token) },
  });
  let orders = 0;

  const token = ({ token: address }: TestMerchant): Contract => new Contract(address, merchantPoint, ledger.provider);
  const post: Shop["post"] = (path, body, key = keys.till) =>
    api.ask("POST", path, { key, headers: WAIT, ...(body === undefined ? {} : { body }) });

  const giveAll = async (accounts: readonly string[], points: bigint, of = merchant): Promise<void> => {
    const key = await keyFor(rooms, "till", { merchantId: of.id, organisation: `shop-${of.id}` });
    const items = accounts.map((to) => ({ to, points: points.toString(), orderRef: `gift-${(orders += 1)}` }));
    const answer = await post(`/v1/points/${of.token}/issues`, { items }, key);
    expect(answer.body.state, JSON.stringify(answer.body)).to.equal("confirmed");
  };

  const newCustomer = async (): Promise<Customer> => {
    const { id: customerId, address: account } = (await post("/v1/customers", {})).body as {
      id: string;
      address: Address;
    };
    return { customerId, account };
  };

  const publishRules = async (merchantId: number, document: object): Promise<void> => {
    const text = canonicalBook(parseBook(document));
    const rulesHash = parseHex32(id(text));
    const about = { organisation, commandId: randomUUID(), now: rooms.clock.now() };
    await insertPublishing(rooms.db, { merchantId, version: 1, document: text, rulesHash, ...about });
    await rooms.db.updateTable("loyalty_rules").set({ state: "published" }).execute();
  };
  await publishRules(merchant.id, rules);

  return {
    rooms,
    api,
    ledger,
    merchant,
    keys,
    post,
    get: (path, key = keys.till) => api.ask("GET", path, { key }),
    put: (path, body, key = keys.merchant) => api.ask("PUT", path, { key, body }),
    async customer(points = 0n) {
      const customer = await newCustomer();
      if (points > 0n) await giveAll([customer.account], points);
      return customer;
    },
    async customers(count, points) {
      const made = await Promise.all(Array.from({ length: count }, newCustomer));
      await giveAll(
        made.map(({ account }) => account),
        points,
      );
      return made;
    },
    give: (account, points, of) => giveAll([account], points, of),
    balanceOf: (account, of = merchant) => token(of).getFunction("balanceOf")(account) as Promise<bigint>,
    async events(prefix) {
      const rows = await rooms.db
        .selectFrom("loyalty_event")
        .select(["name", "data"])
        .where("merchant_id", "=", merchant.id)
        .orderBy("seq")
        .execute();
      return rows.filter(({ name }) => name.startsWith(prefix));
    },
    async addNeighbour() {
      const other = await ledger.addMerchant();
      await keep(other);
      return other;
    },
    async openPool(of) {
      const { contracts } = ledger.deployment;
      const controller = new Wallet(of.controllerKey).address as Address;
      const act = (to: Address, data: string): Promise<void> => ledger.actAs(controller, to, data);
      const alp = 1_000n * ALP;
      const paid = allianceToken.encodeFunctionData("transfer", [controller, alp]);
      await ledger.asCouncil(contracts.allianceToken, paid);
      const prices = { accept: 10n ** 14n, release: 10n ** 14n };
      const limits = { poolDaily: 10n ** 12n, accountDaily: 10n ** 12n };
      await act(contracts.exchangePool, exchangePool.encodeFunctionData("open", [of.token, prices, limits]));
      await act(contracts.allianceToken, allianceToken.encodeFunctionData("approve", [contracts.exchangePool, alp]));
      await act(contracts.exchangePool, exchangePool.encodeFunctionData("fundAlp", [of.token, alp]));
      const ref = `0x${randomUUID().replaceAll("-", "").padStart(64, "0")}`;
      await act(contracts.exchangePool, exchangePool.encodeFunctionData("fundPoints", [of.token, ref, 10n ** 7n]));
    },
    async close() {
      await api.close();
      await running.stop();
      await outbox.stop();
      await store.close();
    },
  };
}

/** Until an answer's `state` is the wanted one. The chain's clock stands between blocks, so blocks are made meanwhile. */
export async function reached(shop: Shop, path: string, state: string): Promise<Answered> {
  let answer = await shop.get(path);
  for (let looks = 1; answer.body.state !== state && looks < 600; looks += 1) {
    if (looks % 10 === 0) await shop.ledger.provider.send("evm_mine", []);
    await setTimeout(100);
    answer = await shop.get(path);
  }
  expect(answer.body.state, JSON.stringify(answer.body)).to.equal(state);
  return answer;
}
