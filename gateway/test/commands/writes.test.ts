/** Every write of the API on a real chain: carried out, or refused by name with nothing stored. */
import { expect } from "chai";
import { Contract, Wallet, id } from "ethers";
import { allianceToken, merchantPoint } from "../../src/chain/contracts.ts";
import { merchantIdOfToken } from "../../src/commands/find-merchant.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Outbox } from "../../src/outbox/worker.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import type { Store } from "../../src/store/database.ts";
import type { Answered, Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import type { TestLedger, TestMerchant } from "../support/ledger.ts";
import { sharedLedger } from "../support/ledger.ts";
import { ENGINES, freshStore, sharedPostgres } from "../support/stores.ts";
import { FOUNDER, roomsOn } from "../support/world.ts";

const ALP = 10n ** 18n;
const WAIT = { prefer: "wait=30" };

for (const engine of ENGINES)
  describe(`writes on a real chain (${engine})`, function () {
    this.timeout(240_000);
    let ledger: TestLedger;
    let store: Store;
    let rooms: Rooms;
    let api: Api;
    let outbox: Outbox;
    let shop: TestMerchant;
    let keys: Record<"operator" | "founder" | "merchant" | "till" | "app", string>;
    let orders = 0;

    before(async () => {
      ledger = await sharedLedger();
      shop = await ledger.addMerchant();
      store = await freshStore(engine);
      rooms = await roomsOn(store);
      await rooms.signers.importKey(shop.controllerKey, { purpose: "controller", merchantId: shop.id });
      for (const key of shop.tillKeys) await rooms.signers.importKey(key, { purpose: "till", merchantId: shop.id });
      keys = {
        operator: await keyFor(rooms, "operator"),
        founder: await keyFor(rooms, "member", { memberId: FOUNDER }),
        merchant: await keyFor(rooms, "merchant", { merchantId: shop.id }),
        till: await keyFor(rooms, "till", { merchantId: shop.id }),
        app: await keyFor(rooms, "consumer"),
      };
      outbox = startOutbox(rooms, { processId: `api-${engine}` });
      api = await startApi(rooms, allRoutes, { gate: { merchantOfToken: (token) => merchantIdOfToken(rooms, token) } });
    });
    after(async () => {
      await api.close();
      await outbox.stop();
      await store.close();
    });

    const token = (): Contract => new Contract(shop.token, merchantPoint, ledger.provider);
    const balanceOf = (account: string): Promise<bigint> =>
      token().getFunction("balanceOf")(account) as Promise<bigint>;
    const commandCount = async () => (await rooms.db.selectFrom("command").select("id").execute()).length;
    const post = (path: string, key: string, body?: object): Promise<Answered> =>
      api.ask("POST", path, { key, headers: WAIT, ...(body === undefined ? {} : { body }) });

    async function issue(to: string, points: string): Promise<string> {
      orders += 1;
      const orderRef = `order-${orders}`;
      const answer = await post(`/v1/points/${shop.token}/issues`, keys.till, { items: [{ to, points, orderRef }] });
      expect([answer.status, answer.body.state], JSON.stringify(answer.body)).to.deep.equal([200, "confirmed"]);
      return orderRef;
    }

    /** Refused by name, with nothing stored. */
    async function refused(answer: Promise<Answered>, error: string): Promise<void> {
      const { status, body } = await answer;
      expect([status, body.code, body.facts.error], JSON.stringify(body)).to.deep.equal([422, "chain_refused", error]);
      expect(body.detail)
        .to.be.a("string")
        .and.not.match(/\{\w+\}/);
      expect(body.detailZh)
        .to.match(/[\u4e00-\u9fff]/)
        .and.not.match(/\{\w+\}/);
    }

    it("admits a merchant and names its token", async () => {
      const applied = await post("/v1/merchants", keys.operator, {
        legalName: "重庆小面馆",
        tokenName: `面积分 ${engine}`,
        tokenSymbol: "NDL",
        category: "noodles",
        pointsPerYuan: 100,
        calendar: "quarter",
        utcOffsetSeconds: 28_800,
        profileUri: "/profiles/noodles.json",
        profileHash: id("{}"),
      });
      expect(applied.status, JSON.stringify(applied.body)).to.equal(200);
      const { merchantId } = applied.body.outcome as { merchantId: number };
      const actions = [{ action: "approve-merchant", merchantId }];
      const proposed = await post("/v1/council/proposals", keys.founder, { actions, vote: true });
      expect(proposed.body.vote?.state, JSON.stringify(proposed.body)).to.equal("confirmed");
      const proposal = `/v1/council/proposals/${String(proposed.body.proposal.proposalId)}`;
      expect((await post(`${proposal}/execute`, keys.till)).body.state).to.equal("confirmed");
      const again = await post("/v1/council/proposals", keys.founder, { actions, description: "Once more" });
      expect([again.body.code, again.body.facts.error]).to.deep.equal([
        "proposal_would_fail",
        "RegistryMerchantStatus",
      ]);
      const merchant = await keyFor(rooms, "merchant", { merchantId });
      const path = { profileUri: "/profiles/new.json", profileHash: id("new") };
      const updated = await api.ask("PUT", `/v1/merchants/${merchantId}/profile`, {
        key: merchant,
        headers: WAIT,
        body: path,
      });
      expect(updated.body.state).to.equal("confirmed");
    });

    it("issues, and tells a till that is not told of what the chain said", async () => {
      const customer = Wallet.createRandom().address;
      await issue(customer, "12345");
      expect(await balanceOf(customer)).to.equal(12_345n);
    });

    it("redeems for a managed customer, and refuses by name what she does not have", async () => {
      const created = await post("/v1/customers", keys.app, { externalRef: `managed-${engine}` });
      const { id: customerId, address } = created.body as { id: string; address: string };
      await issue(address, "1000");
      const path = `/v1/points/${shop.token}/redemptions`;
      const before = await commandCount();
      const dear = { customerId, points: "1001", kind: "deduction", ref: "meal-1" };
      await refused(post(path, keys.app, dear), "ERC20InsufficientBalance");
      expect(await commandCount()).to.equal(before);
      const paid = await post(path, keys.app, { ...dear, points: "400" });
      expect(paid.body.state).to.equal("confirmed");
      await refused(post(path, keys.app, { ...dear, points: "400" }), "MerchantPointRedemptionExists");
      const refund = await post(`/v1/points/${shop.token}/redemptions/${address}/meal-1/refund`, keys.till, {
        points: "100",
      });
      expect(refund.body.state, JSON.stringify(refund.body)).to.equal("confirmed");
      expect(await balanceOf(address)).to.equal(700n);
    });

    it("relays what a wallet of its own has signed, and nothing else", async () => {
      const wallet = Wallet.createRandom();
      await issue(wallet.address, "1000");
      const what = { points: "300", kind: "goods", ref: "cup-1" };
      const asking = { ...what, token: shop.token, account: wallet.address, seconds: 600, validFor: 600 };
      const prepared = (await api.ask("POST", "/v1/signing/hold", { body: asking })).body as {
        domain: object;
        types: Record<string, { name: string; type: string }[]>;
        message: Record<string, unknown>;
        request: object;
      };
      const signature = await wallet.signTypedData(prepared.domain, prepared.types, prepared.message);
      const path = `/v1/points/${shop.token}/holds`;
      const signed = { ...prepared.request, signature };
      await refused(post(path, keys.app, { ...signed, points: "301" }), "MerchantPointSignatureInvalid");
      expect((await post(path, keys.app, signed)).body.state).to.equal("confirmed");
      expect(await balanceOf(wallet.address)).to.equal(700n);
      const hold = `/v1/points/${shop.token}/redemptions/${wallet.address}/cup-1`;
      // The customer's own app has to wait until the hold has timed out; the shop does not.
      await refused(post(`${hold}/release`, keys.app), "MerchantPointHoldActive");
      expect((await post(`${hold}/capture`, keys.till, { points: "200" })).body.state).to.equal("confirmed");
      expect(await balanceOf(wallet.address)).to.equal(800n);
      await refused(post(`${hold}/release`, keys.till), "MerchantPointRedemptionState");
    });

    it("demands consent in one way and not in two", async () => {
      const body = { points: "1", kind: "goods", ref: "x" };
      const answer = await post(`/v1/points/${shop.token}/redemptions`, keys.app, body);
      expect([answer.status, answer.body.facts.field]).to.deep.equal([400, "customerId"]);
    });

    it("reverses by the order's number, and knows no other order", async () => {
      const customer = Wallet.createRandom().address;
      const orderRef = await issue(customer, "500");
      const path = `/v1/points/${shop.token}/issues/reverse`;
      expect((await post(path, keys.till, { orderRef, points: "500" })).body.state).to.equal("confirmed");
      expect(await balanceOf(customer)).to.equal(0n);
      expect((await post(path, keys.till, { orderRef: "never", points: "1" })).status).to.equal(404);
      await refused(post(path, keys.till, { orderRef, points: "1" }), "MerchantPointReverseExceedsIssue");
    });

    it("opens, prices and funds a merchant's side of the exchange", async () => {
      const side = `/v1/exchange/pools/${shop.token}`;
      const steps: [string, object][] = [
        [
          "open",
          {
            prices: { accept: "80000000000000", release: "100000000000000" },
            limits: { poolDaily: "1000", accountDaily: "100" },
          },
        ],
        ["fund-points", { points: "1000" }],
        ["limits", { poolDaily: "2000", accountDaily: "200" }],
        ["pause", { acceptPaused: true, releasePaused: false }],
        ["withdraw-points", { points: "400" }],
      ];
      const grant = { alp: String(5n * ALP) };
      const { address } = new Wallet(shop.controllerKey);
      const paid = allianceToken.encodeFunctionData("transfer", [address, grant.alp]);
      await ledger.asCouncil(ledger.deployment.contracts.allianceToken, paid);
      for (const [step, body] of [
        ...steps,
        ["fund-alp", grant],
        ["withdraw-alp", { alp: String(ALP) }],
      ] as typeof steps) {
        const answer = await post(`${side}/${step}`, keys.merchant, body);
        expect(answer.body.state, `${step} ${JSON.stringify(answer.body)}`).to.equal("confirmed");
      }
      await refused(
        post(`${side}/fund-alp`, keys.merchant, { alp: String(10n ** 9n * ALP) }),
        "ERC20InsufficientBalance",
      );
      await refused(post(`${side}/withdraw-points`, keys.merchant, { points: "601" }), "ExchangeReserveTooLow");
    });

    it("locks collateral and asks for it back", async () => {
      const path = `/v1/merchants/${shop.id}/collateral`;
      expect((await post(`${path}/deposits`, keys.merchant, { alp: String(ALP) })).body.state).to.equal("confirmed");
      expect((await post(`${path}/withdrawals`, keys.merchant, { alp: String(ALP) })).body.state).to.equal("confirmed");
      await refused(post(`${path}/withdrawals`, keys.merchant, { step: "take" }), "CollateralNotYet");
      expect((await post(`${path}/withdrawals`, keys.merchant, { step: "cancel" })).body.state).to.equal("confirmed");
    });

    it("makes a till key and lets it issue no more than its limit", async () => {
      const answer = await post(`/v1/points/${shop.token}/tills`, keys.merchant, { dailyLimit: "5" });
      expect(answer.body.state).to.equal("confirmed");
      expect(await rooms.signers.addressesOf("till", shop.id)).to.have.length(shop.tillKeys.length + 1);
    });

    it("queues while the chain is away and carries out when it is back", async () => {
      const customer = Wallet.createRandom().address;
      // The indexer is not part of this test: the token's merchant is known from the chain before it goes.
      await issue(customer, "1");
      await rooms.db
        .insertInto("point_token")
        .values({
          address: shop.token,
          merchant_id: shop.id,
          name: "Test point",
          symbol: "TEST",
          points_per_yuan: 100,
          calendar: "year",
          utc_offset_seconds: 28_800,
          created_at: "1",
          created_block: 1,
          touched: 0,
        } as never)
        .execute();
      ledger.pauseNode();
      try {
        const body = { items: [{ to: customer, points: "99", orderRef: "while away" }] };
        const queued = await api.ask("POST", `/v1/points/${shop.token}/issues`, { key: keys.till, body });
        expect([queued.status, queued.body.state]).to.deep.equal([202, "queued"]);
        ledger.resumeNode();
        const done = await api.ask("GET", `/v1/commands/${String(queued.body.id)}?wait=30`, { key: keys.till });
        expect(done.body.state).to.equal("confirmed");
        expect(await balanceOf(customer)).to.equal(100n);
      } finally {
        ledger.resumeNode();
      }
    });

    it("answers 503 while the database is away, and goes on when it is back with nothing lost", async () => {
      // The embedded store lives in this process and can not go away alone.
      if (engine === "embedded") return;
      const customer = Wallet.createRandom().address;
      await issue(customer, "7");
      const before = await commandCount();
      const server = await sharedPostgres();
      await server.kill();
      const body = { items: [{ to: customer, points: "1", orderRef: "database away" }] };
      const away = await api.ask("POST", `/v1/points/${shop.token}/issues`, { key: keys.till, body });
      expect([away.status, away.body.code]).to.deep.equal([503, "database_unavailable"]);
      await server.start();
      expect(await commandCount()).to.equal(before);
      await issue(customer, "8");
      expect(await balanceOf(customer)).to.equal(15n);
    });
  });
