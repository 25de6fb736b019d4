/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- answers are any here; the server checks their schemas */
import { expect } from "chai";
import { allRoutes } from "../../src/http/routes/all.ts";
import * as abi from "../../src/chain/contracts.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import { fetchSupplySplit } from "../../src/chain/read-contracts.ts";
import { refOf } from "../../src/chain/text-ref.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { Follower } from "../../src/indexer/follow.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Store } from "../../src/store/database.ts";
import type { Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import type { ChainLab, MerchantInLab } from "../support/chain-lab.ts";
import { startChainLab } from "../support/chain-lab.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { Walk } from "../support/walk.ts";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers freely; the server checks their schemas
type Json = any;

interface Amount {
  amount: string;
  decimals: number;
  symbol: string;
}

describe("explorer API", function () {
  this.timeout(240_000);
  let lab: ChainLab;
  let A: MerchantInLab;
  let B: MerchantInLab;
  let alice: Address;
  let swapHash: string;

  before(async () => {
    lab = await startChainLab();
    const [, a, b, tillA, tillB, first, ...customers] = lab.accounts as [
      Address,
      Address,
      Address,
      Address,
      Address,
      Address,
    ];
    alice = first;
    A = await lab.admitMerchant({ name: "乡村基", calendar: 1, controller: a, till: tillA });
    B = await lab.admitMerchant({ name: "汉堡王", calendar: 2, controller: b, till: tillB });
    await new Walk(lab, { seed: 5, steps: 260, merchants: [A, B], customers }).run();
    const point = (from: Address, to: Address, method: string, args: unknown[]): Promise<void> =>
      lab.must(from, to, abi.merchantPoint.encodeFunctionData(method as "issue", args as never));
    await point(A.till, A.token, "issue", [alice, 10_000, refOf("order-1")]);
    const { exchangePool } = lab.deployment.contracts;
    const swap = [A.token, B.token, 10_000n, 0n, 2n ** 40n] as const;
    swapHash = await lab.send(alice, exchangePool, abi.exchangePool.encodeFunctionData("swapExactIn", [...swap]));
    await lab.mine();
    await point(alice, B.token, "redeem", [4_000, 0, refOf("bill-7")]);
    const { council } = lab.deployment.contracts;
    const ask = abi.council.encodeFunctionData("propose", [
      [exchangePool],
      [0],
      ["0x12345678"],
      "what the council is asked",
    ]);
    await lab.must(lab.regulator, council, ask);
  });
  after(() => lab.stop());

  for (const engine of ENGINES)
    describe(engine, () => {
      let store: Store;
      let api: Api;
      let rooms: Rooms;
      const get = async (path: string): Promise<Json> => {
        const answer = await api.ask("GET", path);
        expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).to.equal(200);
        return answer.body;
      };

      before(async () => {
        store = await freshStore(engine);
        const { chain, deployment } = lab;
        const follower = new Follower({ db: store.db, chain, deployment, log: silentLog });
        while ((await follower.step()).did !== "nothing");
        rooms = { db: store.db, engine, chain, deployment, clock: wallClock, log: silentLog } as unknown as Rooms;
        api = await startApi(rooms, allRoutes);
      });
      after(async () => {
        await api.close();
        await store.close();
      });

      it("answers every read with its schema and the block it is true at", async () => {
        const head = await lab.chain.headNumber();
        const fill: Record<string, string> = {
          token: B.token,
          address: alice,
          id: "1",
          numberOrHash: String(head),
          hash: swapHash,
          account: alice,
        };
        const queries: Record<string, string> = {
          listNearbyOffers: "?lat=29.56&lon=106.55",
          search: "?q=order-1",
          getQuote: `?tokenIn=${A.token}&tokenOut=${B.token}&amountIn=100`,
        };
        // Neither a stream, which never ends, nor what is asked of the node or of nobody.
        const others = ["listCouncilActions", "simulateProposal", "prepareBallot", "getPayoutQuote"];
        // What merchants write down themselves is of no block.
        others.push("listRules", "getRules", "listRulesPresets", "listGoods", "getGoods");
        others.push("listStores", "getStore", "listOffers", "getOffer");
        // Who asks, and which chain it is, are of no block.
        others.push("getSession", "getNetwork");
        // Nobody has announced a draw here.
        others.push("getDraw", "listTicketPurchases");
        const reads = allRoutes.filter(
          ({ method, roles, open, pour, operationId }) =>
            method === "get" &&
            roles === "public" &&
            open === undefined &&
            pour === undefined &&
            !others.includes(operationId),
        );
        expect(reads.length).to.be.greaterThan(20);
        for (const { path, operationId } of reads) {
          const filled = path.replace(/:(\w+)/g, (_, name: string) => fill[name] ?? "");
          const body = await get(filled + (queries[operationId] ?? ""));
          expect(body.block, operationId).to.have.property("number", head);
        }
      });

      it("splits the supply as the contract does, and the parts add up", async () => {
        const { items } = await get("/v1/points");
        expect(items).to.have.length(2);
        for (const point of items) {
          const chain = await fetchSupplySplit(lab.chain, point.token, point.block?.number);
          const parts: Record<string, bigint> = Object.fromEntries(
            Object.entries(point.supply as Record<string, Amount>).map(([part, { amount }]) => [part, BigInt(amount)]),
          );
          expect(parts).to.deep.equal(chain);
          const { issued, ...rest } = parts;
          expect(Object.values(rest).reduce((sum, part) => sum + part)).to.equal(issued);
          expect(point.coverage.ratioBps).to.match(/^[0-9]+$/);
        }
      });

      it("tells a swap in business words, in both languages", async () => {
        const { transaction } = await get(`/v1/transactions/${swapHash}`);
        expect(transaction).to.include({ action: "swap", succeeded: true, from: alice });
        expect(transaction.sentence.en).to.match(/^0x[0-9a-f]{4}…[0-9a-f]{4} swapped 100 P20065 for [0-9.]+ P27721$/);
        expect(transaction.sentence.zh).to.match(/用 100 P20065 兑换了 [0-9.]+ P27721$/);
        expect(transaction.actions[0].amounts.map(({ name }: { name: string }) => name)).to.deep.equal([
          "amountIn",
          "amountOut",
        ]);
      });

      it("shows an account with its lots, next expiry and value at the accept prices", async () => {
        const account = await get(`/v1/accounts/${alice.toUpperCase().replace("0X", "0x")}`);
        const held = account.holdings.find(({ token }: { token: string }) => token === B.token);
        const lots = held.lots.map(({ points }: { points: Amount }) => BigInt(points.amount));
        expect(lots.reduce((sum: bigint, points: bigint): bigint => sum + points, 0n)).to.equal(
          BigInt(held.balance.amount),
        );
        expect(held.nextExpiry.expiresAt).to.be.greaterThan(account.block.timestamp);
        const pool = await get(`/v1/exchange/pools/${B.token}`);
        expect(BigInt(held.value.amount)).to.equal(BigInt(held.balance.amount) * BigInt(pool.prices.accept.amount));
        expect(account.totalValue.amount).to.equal(held.value.amount);
        const nobody = await get(`/v1/accounts/0x${"9".repeat(40)}`);
        expect(nobody).to.deep.include({ holdings: [], firstSeenAt: null });
        const till = await get(`/v1/accounts/${A.till}`);
        expect(till.parts).to.deep.equal([{ part: "till", id: 1, name: "乡村基积分" }]);
      });

      for (const [what, path] of [
        ["transfers", () => `/v1/points/${A.token}/transfers`],
        ["holders", () => `/v1/points/${A.token}/holders`],
        ["issues", () => `/v1/points/${A.token}/issues`],
        ["redemptions", () => `/v1/points/${B.token}/redemptions`],
        ["days", () => `/v1/points/${A.token}/history`],
        ["an account's transfers", () => `/v1/accounts/${alice}/transfers`],
        ["swaps", () => `/v1/exchange/swaps?token=${A.token}`],
        ["blocks", () => "/v1/blocks"],
        ["transactions", () => "/v1/transactions"],
        ["points", () => "/v1/points"],
        ["merchants", () => "/v1/merchants"],
        ["pools", () => "/v1/exchange/pools"],
      ] as const)
        it(`pages through ${what} without losing or doubling one`, async () => {
          const ask = (more: string): Promise<Json> => get(`${path()}${path().includes("?") ? "&" : "?"}${more}`);
          const whole = await ask("limit=200");
          const paged: unknown[] = [];
          let cursor: string | null = "";
          while (cursor !== null && paged.length < 60) {
            const next: Json = await ask(`limit=3${cursor === "" ? "" : `&cursor=${cursor}`}`);
            paged.push(...next.items);
            cursor = next.nextCursor;
          }
          expect(paged).to.deep.equal(whole.items.slice(0, paged.length));
          expect(whole.items).to.not.deep.equal([]);
        });

      it("finds a redemption by its holder and its order's name", async () => {
        const path = `/v1/points/${B.token}/redemptions`;
        const [found, ...others] = (await get(`${path}?ref=bill-7`)).items;
        expect(others).to.deep.equal([]);
        const { holder } = found as { holder: string };
        expect((await get(`${path}?holder=${holder}&ref=bill-7`)).items).to.deep.equal([found]);
        expect((await get(`${path}?holder=${A.till}&ref=bill-7`)).items).to.deep.equal([]);
        expect((await get(`${path}?holder=${holder}&ref=bill-8`)).items).to.deep.equal([]);
      });

      it("finds things by what people have at hand", async () => {
        const kinds = async (q: string): Promise<string[]> =>
          (await get(`/v1/search?q=${encodeURIComponent(q)}`)).items.map(({ kind }: { kind: string }) => kind);
        expect(await kinds("order-1")).to.deep.equal(["issue"]);
        expect(await kinds("bill-7")).to.deep.equal(["redemption"]);
        expect(await kinds("汉堡")).to.deep.equal(["merchant"]);
        expect(await kinds("p20065")).to.deep.equal(["merchant"]);
        expect(await kinds(A.token)).to.deep.equal(["point"]);
        expect(await kinds(alice)).to.deep.equal(["account"]);
        expect(await kinds(swapHash)).to.deep.equal(["transaction"]);
        expect(await kinds("30")).to.deep.equal(["block"]);
        expect(await kinds("100% _nobody_")).to.deep.equal([]);
      });

      it("lists accounts by their last movement, each kind by itself, a token's by that token", async () => {
        const all = (await get("/v1/accounts?limit=200")).items;
        const blocks = all.map(({ lastBlock }: { lastBlock: number | null }) => lastBlock ?? 0);
        expect(blocks).to.deep.equal([...blocks].sort((one: number, other: number) => other - one));
        expect(all[0]).to.include({ address: alice, kind: "customer", name: null, tokenCount: 1 });
        const { holdings, totalValue } = await get(`/v1/accounts/${alice}`);
        expect(all[0].value).to.deep.equal(totalValue);
        const merchants = (await get("/v1/accounts?kind=merchant")).items;
        expect(merchants.map(({ name }: { name: string }) => name).sort()).to.deep.equal(
          ["乡村基餐饮有限公司", "汉堡王餐饮有限公司"].sort(),
        );
        const ofB = (await get(`/v1/accounts?token=${B.token}`)).items;
        const held = holdings.find(({ token }: { token: string }) => token === B.token);
        expect(ofB[0]).to.deep.include({ address: alice, balance: held.balance });
      });

      it("counts the days of the alliance as its lists have them", async () => {
        const { totals } = await get("/v1/overview");
        const { items, series } = await get("/v1/overview/days?days=366");
        expect(items).to.have.length(366);
        const { items: swaps } = await get("/v1/exchange/swaps?limit=200");
        const last = items.at(-1);
        const dayOf = (time: number): string => new Date((time + 28_800) * 1_000).toISOString().slice(0, 10);
        const today = swaps.filter(({ timestamp }: { timestamp: number }) => dayOf(timestamp) === last.day);
        expect(last.swaps).to.equal(today.length);
        const added = items.reduce((sum: number, day: { newAccounts: number }) => sum + day.newAccounts, 0);
        expect(added).to.be.at.most(totals.accounts);
        expect(series.map(({ outstanding }: { outstanding: Amount[] }) => outstanding.length)).to.deep.equal([
          366, 366,
        ]);
      });

      it("shows a transaction as the chain has it, its call and logs in the words of the ABI", async () => {
        const { transaction, receipt, contract, call, logs } = await get(`/v1/transactions/${swapHash}/raw`);
        expect([transaction.hash, receipt.transactionHash]).to.deep.equal([swapHash, swapHash]);
        expect([contract, call.name]).to.deep.equal(["exchangePool", "swapExactIn"]);
        expect(call.values.map(({ value }: { value: string }) => value).slice(0, 3)).to.deep.equal([
          A.token,
          B.token,
          "10000",
        ]);
        expect(logs.map(({ decoded }: { decoded: { name: string } | null }) => decoded?.name)).to.include("Swapped");
      });

      it("tells the flows of a token from both sides alike, and its prices by what became of them", async () => {
        const [ofA, ofB] = [
          await get(`/v1/points/${A.token}/flows?days=3660`),
          await get(`/v1/points/${B.token}/flows?days=3660`),
        ];
        expect(ofA.items[0].outgoing).to.deep.equal(ofB.items[0].incoming);
        expect(ofA.items[0].incoming).to.deep.equal(ofB.items[0].outgoing);
        expect(ofA.items[0].outgoing.swaps).to.be.greaterThan(0);
        const { items } = await get(`/v1/exchange/pools/${A.token}/prices`);
        expect(items.at(-1).state).to.equal("inForce");
      });

      it("tells a merchant what it owes: lots that add up, and no more expected to expire than there is", async () => {
        const key = await keyFor(rooms, "auditor");
        const { status, body } = await api.ask("GET", "/v1/merchants/1/liability", { key });
        expect(status, JSON.stringify(body)).to.equal(200);
        const sum = (part: string): bigint =>
          body.items.reduce((total: bigint, item: Json) => total + BigInt(item[part]?.amount ?? 0), 0n);
        expect(sum("points")).to.equal(BigInt(body.circulating.amount));
        expect(BigInt(body.owed.points.amount)).to.equal(BigInt(body.circulating.amount) + BigInt(body.held.amount));
        expect(body.breakage.rateBps).to.match(/^[0-9]{1,5}$/);
        expect(sum("expectedUsed") + sum("expectedExpired")).to.equal(sum("points"));
        expect(body.assumptions).to.have.length(6);
        const other = await keyFor(rooms, "merchant", { merchantId: 2 });
        expect((await api.ask("GET", "/v1/merchants/1/liability", { key: other })).status).to.equal(404);
      });

      it("quotes what the pool would do, and names its refusal in both languages", async () => {
        const quote = (more: string): Promise<Json> =>
          get(`/v1/exchange/quote?tokenIn=${A.token}&tokenOut=${B.token}&${more}`);
        const free = await quote("amountIn=10000");
        expect(free.refusal).to.equal(null);
        expect(BigInt(free.amountOut)).to.be.greaterThan(0n);
        const poor = await quote(`amountIn=10000&account=${alice}`);
        expect(poor.refusal.code).to.equal("balanceTooLow");
        expect(poor.refusal.zh).to.contain("积分不足");
        const same = await get(`/v1/exchange/quote?tokenIn=${A.token}&tokenOut=${A.token}&amountOut=5`);
        expect(same.refusal.code).to.equal("sameToken");
      });

      for (const [path, status, code] of [
        ["/v1/points/0x12", 400, "request_invalid"],
        [`/v1/points/0x${"8".repeat(40)}`, 404, "not_found"],
        [`/v1/points/0x${"8".repeat(40)}/holders`, 404, "not_found"],
        [`/v1/transactions/0x${"8".repeat(64)}`, 404, "not_found"],
        ["/v1/blocks/999999999", 404, "not_found"],
        ["/v1/merchants/77", 404, "not_found"],
        ["/v1/blocks?limit=201", 400, "request_invalid"],
        ["/v1/blocks?cursor=abc", 400, "request_invalid"],
        ["/v1/blocks?cursor=99999999999", 400, "request_invalid"],
        ["/v1/points?cursor=2147483648", 400, "request_invalid"],
        ["/v1/transactions?cursor=9999999999999999999", 400, "request_invalid"],
        ["/v1/exchange/pools?cursor=zzz", 400, "request_invalid"],
        ["/v1/exchange/flows?days=0", 400, "request_invalid"],
        ["/v1/exchange/quote?tokenIn=0x12", 400, "request_invalid"],
      ] as const)
        it(`answers ${path} with ${status} ${code}`, async () => {
          const answer = await api.ask("GET", path);
          expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
        });

      it("goes on reading while no node answers; only what needs the chain is 503", async () => {
        const down = connectChain("http://127.0.0.1:1", { timeoutMs: 200 });
        const alone = await startApi({ ...rooms, chain: down }, allRoutes);
        const status = await alone.ask("GET", "/v1/status");
        expect([status.status, status.body.head]).to.deep.equal([200, null]);
        expect((await alone.ask("GET", `/v1/accounts/${alice}`)).status).to.equal(200);
        const quote = await alone.ask("GET", `/v1/exchange/quote?tokenIn=${A.token}&tokenOut=${B.token}&amountIn=1`);
        expect([quote.status, quote.body.code]).to.deep.equal([503, "chain_unreachable"]);
        await alone.close();
        down.close();
      });
    });

  it("says that it is not ready before the first block is read", async () => {
    const store = await freshStore("postgresql");
    const api = await startApi(
      { db: store.db, deployment: lab.deployment, clock: wallClock, log: silentLog } as unknown as Rooms,
      allRoutes,
    );
    const answer = await api.ask("GET", "/v1/overview");
    expect([answer.status, answer.body.code]).to.deep.equal([503, "not_ready"]);
    await api.close();
    await store.close();
  });
});
