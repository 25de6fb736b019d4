/** How a merchant leaves, through the API and on a real chain: with its own keys, and when they are gone. */
import { expect } from "chai";
import { Contract, Wallet } from "ethers";
import { allianceToken, merchantPoint, merchantRegistry, regulatorDesk } from "../../src/chain/contracts.ts";
import { merchantIdOfToken } from "../../src/commands/find-merchant.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Outbox } from "../../src/outbox/worker.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import type { Store } from "../../src/store/database.ts";
import type { Answered, Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import type { TestLedger, TestMerchant } from "../support/ledger.ts";
import { startLedger } from "../support/ledger.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { roomsOn } from "../support/world.ts";

interface Prepared {
  readonly domain: object;
  readonly types: Record<string, { name: string; type: string }[]>;
  readonly message: Record<string, unknown>;
  readonly request: object;
}

const WAIT = { prefer: "wait=30" };
const CASE = `0x${"ca".repeat(32)}`;
/** A base unit is 10^-4 yuan, and a yuan one ALP. */
const FACE = 10n ** 14n;

let ledger: TestLedger & { stop(): Promise<void> };
before(async function () {
  this.timeout(240_000);
  ledger = await startLedger({ exitNoticeSeconds: 1n });
});
after(() => ledger.stop());

for (const engine of ENGINES)
  describe(`a merchant's exit (${engine})`, function () {
    this.timeout(240_000);
    let store: Store;
    let rooms: Rooms;
    let api: Api;
    let outbox: Outbox;
    let keys: Record<"app" | "otherApp" | "rival" | "member", string>;
    let orders = 0;

    before(async () => {
      store = await freshStore(engine);
      rooms = await roomsOn(store, ledger.url, ledger);
      const rival = await ledger.addMerchant();
      keys = {
        app: await keyFor(rooms, "consumer", { organisation: "app" }),
        otherApp: await keyFor(rooms, "consumer", { organisation: "other app" }),
        rival: await keyFor(rooms, "merchant", { merchantId: rival.id }),
        member: await keyFor(rooms, "member", { memberId: 1 }),
      };
      outbox = startOutbox(rooms, { processId: `exit-${engine}` });
      api = await startApi(rooms, allRoutes, { gate: { merchantOfToken: (token) => merchantIdOfToken(rooms, token) } });
    });
    after(async () => {
      await api.close();
      await outbox.stop();
      await store.close();
    });

    const post = (path: string, key: string, body?: object): Promise<Answered> =>
      api.ask("POST", path, { key, headers: WAIT, ...(body === undefined ? {} : { body }) });
    const quote = async (shop: TestMerchant, points: bigint): Promise<Answered["body"]> =>
      (await api.ask("GET", `/v1/merchants/${shop.id}/payout-quote?points=${points}`)).body;
    const alpOf = (account: string): Promise<bigint> =>
      new Contract(ledger.deployment.contracts.allianceToken, allianceToken, ledger.provider).getFunction("balanceOf")(
        account,
      ) as Promise<bigint>;

    /** By the till itself, past the gateway: what a holder has does not depend on who keeps which key. */
    async function issue(shop: TestMerchant, to: string, points: bigint): Promise<void> {
      orders += 1;
      const till = new Wallet(shop.tillKeys[0]!).address as `0x${string}`;
      const ref = `0x${orders.toString(16).padStart(64, "0")}`;
      await ledger.actAs(till as never, shop.token, merchantPoint.encodeFunctionData("issue", [to, points, ref]));
    }

    /** Suspended by the regulator, wound down by the council: the merchant does nothing. */
    async function windDownByOrder(shop: TestMerchant): Promise<void> {
      const { contracts } = ledger.deployment;
      const suspend = regulatorDesk.encodeFunctionData("suspend", [shop.id, CASE]);
      await ledger.asRegulator(contracts.regulatorDesk, suspend);
      const order = merchantRegistry.encodeFunctionData("orderWindDown", [shop.id]);
      await ledger.asCouncil(contracts.merchantRegistry, order);
    }

    async function refused(answer: Promise<Answered>, error: string): Promise<void> {
      const { status, body } = await answer;
      expect([status, body.code, body.facts?.error], JSON.stringify(body)).to.deep.equal([422, "chain_refused", error]);
      expect(body.detail).to.not.match(/\{\w+\}/);
      expect(body.detailZh)
        .to.match(/[\u4e00-\u9fff]/)
        .and.not.match(/\{\w+\}/);
    }

    async function confirmed(answer: Promise<Answered>): Promise<void> {
      const { body } = await answer;
      expect(body.state, JSON.stringify(body)).to.equal("confirmed");
    }

    async function customerOf(key: string, name: string): Promise<{ id: string; address: string }> {
      return (await post("/v1/customers", key, { externalRef: `${name}-${engine}` })).body as never;
    }

    it("is the merchant's own: announced, waited for, wound down, its surplus taken, closed", async () => {
      const shop = await ledger.addMerchant();
      await rooms.signers.importKey(shop.controllerKey, { purpose: "controller", merchantId: shop.id });
      const own = await keyFor(rooms, "merchant", { merchantId: shop.id });
      const path = `/v1/merchants/${shop.id}`;
      const holder = await customerOf(keys.app, "ann");
      await issue(shop, holder.address, 10_001n);

      expect((await post(`${path}/exit`, keys.rival)).status).to.equal(404);
      await refused(post(`${path}/wind-down`, own), "RegistryMerchantStatus");
      expect(await quote(shop, 100n)).to.deep.include({ isOpen: false, alp: "0" });
      await confirmed(post(`${path}/exit`, own));
      await refused(post(`${path}/exit`, own), "RegistryExitAnnounced");
      await ledger.provider.send("evm_increaseTime", [2]);
      await ledger.provider.send("evm_mine", []);
      await confirmed(post(`${path}/wind-down`, own));
      await confirmed(post(`${path}/surplus`, own));
      await refused(post(`${path}/surplus`, own), "CollateralNoSurplus");
      const controller = new Wallet(shop.controllerKey).address;
      expect(await alpOf(controller)).to.equal(1_000_000n * 10n ** 18n - 10_001n * FACE);

      await refused(post(`${path}/close`, keys.app), "RegistryNotClosable");
      await confirmed(post(`${path}/turn-ins`, keys.app, { customerId: holder.id, points: "10001", ref: "all" }));
      await confirmed(post(`${path}/close`, keys.app));
      await refused(post(`${path}/close`, keys.app), "RegistryMerchantStatus");
    });

    it("needs the controller's key here, or is the controller's to send", async () => {
      const shop = await ledger.addMerchant();
      const own = await keyFor(rooms, "merchant", { merchantId: shop.id });
      for (const step of ["exit", "wind-down", "surplus"]) {
        const { status, body } = await post(`/v1/merchants/${shop.id}/${step}`, own);
        expect([status, body.code]).to.deep.equal([422, "signer_missing"]);
      }
    });

    describe("when the merchant's keys are gone", () => {
      let shop: TestMerchant;
      let path: string;
      let ann: { id: string; address: string };
      const wallet = Wallet.createRandom();

      before(async () => {
        shop = await ledger.addMerchant();
        path = `/v1/merchants/${shop.id}`;
        ann = await customerOf(keys.app, "bankrupt");
        await issue(shop, ann.address, 50_000n);
        await issue(shop, wallet.address, 70_000n);
      });

      it("pays nobody before the winding down", async () => {
        const asked = post(`${path}/turn-ins`, keys.app, { customerId: ann.id, points: "1", ref: "early" });
        await refused(asked, "CollateralNotWindingDown");
      });

      it("pays a managed customer, asked by the organisation that manages her and by no other", async () => {
        await windDownByOrder(shop);
        const body = { customerId: ann.id, points: "30000", ref: "half" };
        expect((await post(`${path}/turn-ins`, keys.otherApp, body)).status).to.equal(404);
        expect((await quote(shop, 30_000n)).alp).to.equal(String(30_000n * FACE));
        await confirmed(post(`${path}/turn-ins`, keys.app, body));
        expect(await alpOf(ann.address)).to.equal(30_000n * FACE);
        await refused(post(`${path}/turn-ins`, keys.app, body), "MerchantPointRedemptionExists");
      });

      it("pays whoever has signed, relayed by any key, and only what was signed", async () => {
        const asking = { merchantId: shop.id, account: wallet.address, points: "40000", ref: "mine" };
        const { domain, types, message, request } = (
          await api.ask("POST", "/v1/signing/turn-in", { body: { ...asking, validFor: 600 } })
        ).body as Prepared;
        const signature = await wallet.signTypedData(domain, types, message);
        await refused(
          post(`${path}/turn-ins`, keys.rival, { ...request, points: "40001", signature }),
          "CollateralSignatureInvalid",
        );
        await refused(
          post(`${path}/turn-ins`, keys.rival, { ...request, deadline: 1_000_000_000, signature }),
          "CollateralSignatureExpired",
        );
        await confirmed(post(`${path}/turn-ins`, keys.rival, { ...request, signature }));
        expect(await alpOf(wallet.address)).to.equal(40_000n * FACE);
      });

      it("pays for a hold that is over, without anybody's consent", async () => {
        const asked = { customerId: ann.id, points: "20000", kind: "goods", ref: "order-9", seconds: 600 };
        await confirmed(post(`/v1/points/${shop.token}/holds`, keys.app, asked));
        const hold = { holder: ann.address, ref: "order-9" };
        await refused(post(`${path}/turn-ins`, keys.member, { hold }), "MerchantPointHoldActive");
        await ledger.provider.send("evm_increaseTime", [601]);
        await ledger.provider.send("evm_mine", []);
        await confirmed(post(`${path}/turn-ins`, keys.member, { hold }));
        expect(await alpOf(ann.address)).to.equal(50_000n * FACE);
      });

      it("names a merchant that does not exist, and a body that is neither", async () => {
        expect((await post("/v1/merchants/999/close", keys.app)).status).to.equal(404);
        expect((await api.ask("GET", "/v1/merchants/999/payout-quote?points=1")).status).to.equal(404);
        expect((await post(`${path}/turn-ins`, keys.app, { points: "1" })).status).to.equal(400);
        const both = { points: "1", ref: "both", customerId: ann.id, account: ann.address };
        expect((await post(`${path}/turn-ins`, keys.app, both)).body.code).to.equal("request_invalid");
      });
    });
  });
