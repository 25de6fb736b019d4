/** A shop that draws prizes, its customers, a witness, and the few words with which tests play draws through the API. */
import { expect } from "chai";
import { Contract } from "ethers";
import { sql } from "kysely";
import { merchantPoint } from "../../src/chain/contracts.ts";
import type { Hex32 } from "../../src/kernel/ids.ts";
import type { LoyaltyEventName } from "../../src/kernel/loyalty-events.ts";
import type { Engine } from "../../src/store/database.ts";
import { keyFor } from "./api.ts";
import type { Answered } from "./api.ts";
import { openFollowing } from "./following.ts";
import type { TestLedger } from "./ledger.ts";
import { FOUNDER } from "./world.ts";

export const HOUR = 3_600;
export const TERMS = "One prize of 500 points, two of 100.\n一等奖 500 积分一名，二等奖 100 积分两名。";

export interface DrawView {
  readonly drawId: number;
  readonly state: string;
  readonly [field: string]: unknown;
}

export interface DrawDetail extends DrawView {
  readonly prizesPaid: number;
  readonly purchasesSettled: number;
  readonly prizes: { ticketNumber: number; winner: string }[];
  readonly proof: { commitment: Hex32; seed: string; entropy: string | null; merchantSecret: string | null };
}

interface PurchasePage {
  readonly items: { firstNumber: number; count: number; buyer: string; state: string }[];
  readonly nextCursor: string;
}

export type DrawStage = Awaited<ReturnType<typeof openDrawStage>>;

export async function openDrawStage(engine: Engine, ledger: TestLedger) {
  const gateway = await openFollowing(engine, ledger);
  const { rooms } = gateway;
  const shop = await ledger.addMerchant();
  const rival = await ledger.addMerchant();
  const controller = await rooms.signers.importKey(shop.controllerKey, { purpose: "controller", merchantId: shop.id });
  for (const key of shop.tillKeys) await rooms.signers.importKey(key, { purpose: "till", merchantId: shop.id });
  const keys = {
    merchant: await keyFor(rooms, "merchant", { merchantId: shop.id }),
    rival: await keyFor(rooms, "merchant", { merchantId: rival.id }),
    till: await keyFor(rooms, "till", { merchantId: shop.id }),
    founder: await keyFor(rooms, "member", { memberId: FOUNDER }),
    app: await keyFor(rooms, "consumer", { organisation: "app" }),
  };
  const customers: { id: string; address: string }[] = [];
  for (let k = 0; k < 3; k += 1) {
    const { body } = await gateway.post("/v1/customers", keys.app, { externalRef: `buyer-${engine}-${k}` });
    customers.push({ id: body.id, address: body.address });
  }
  let serial = 0;

  async function issue(to: readonly string[], points: string): Promise<void> {
    const items = to.map((address) => ({ to: address, points, orderRef: `order-${(serial += 1)}` }));
    const answer = await gateway.post(`/v1/points/${shop.token}/issues`, keys.till, { items });
    expect(answer.body.state, JSON.stringify(answer.body)).to.equal("confirmed");
  }
  await issue([controller], "2000000");
  await issue(
    customers.map(({ address }) => address),
    "200000",
  );

  const now = async (): Promise<number> => (await rooms.chain.block("latest"))!.timestamp;
  async function requestOf(drawRef: string, change: object = {}): Promise<object> {
    const prizes = [
      { points: "50000", count: 1 },
      { points: "10000", count: 2 },
    ];
    const salesEnd = (await now()) + HOUR;
    const tickets = { ticketPoints: "1000", ticketsMax: 10, ticketsPerAccount: 6 };
    return { drawRef, title: "春季抽奖 Spring draw", terms: TERMS, ...tickets, salesEnd, prizes, ...change };
  }
  const ask = async <T>(path: string): Promise<T> => (await gateway.api.ask("GET", path)).body as T;

  return {
    gateway,
    shop,
    keys,
    controller,
    customers,
    issue,
    now,
    requestOf,
    balanceOf: (account: string): Promise<bigint> =>
      new Contract(shop.token, merchantPoint, ledger.provider).getFunction("balanceOf")(account) as Promise<bigint>,
    announce: async (drawRef: string): Promise<DrawView> => {
      const answer = await gateway.post(`/v1/merchants/${shop.id}/draws`, keys.merchant, await requestOf(drawRef));
      expect(answer.body.state, JSON.stringify(answer.body)).to.equal("confirmed");
      await gateway.catchUp();
      const { items } = await ask<{ items: DrawView[] }>(`/v1/draws?merchantId=${shop.id}&drawRef=${drawRef}`);
      return items[0]!;
    },
    witness: async ({ drawId }: DrawView): Promise<void> => {
      const answer = await gateway.post(`/v1/draws/${drawId}/witness`, keys.founder);
      expect(answer.body.state, JSON.stringify(answer.body)).to.equal("confirmed");
    },
    buy: ({ drawId }: DrawView, customer: number, count: number): Promise<Answered> =>
      gateway.post(`/v1/draws/${drawId}/tickets`, keys.app, { customerId: customers[customer]!.id, count }),
    show: ({ drawId }: DrawView): Promise<DrawDetail> => ask(`/v1/draws/${drawId}`),
    purchasesOf: ({ drawId }: DrawView, query = ""): Promise<PurchasePage> =>
      ask(`/v1/draws/${drawId}/purchases${query}`),
    /** Of which draws webhooks were told this. */
    told: async (name: LoyaltyEventName): Promise<number[]> => {
      const found = await sql<{ data: { drawId: number } }>`
        select data from loyalty_event where name = ${name}`.execute(rooms.db);
      return found.rows.map(({ data }) => data.drawId);
    },
  };
}
