/** The sharing program through the API and on a real chain: off, on, a day, a refund, a redemption, and what is refused. */
import { expect } from "chai";
import { Wallet, id } from "ethers";
import { allianceToken, sharingProgram } from "../../src/chain/contracts.ts";
import { readContract } from "../../src/chain/read-contracts.ts";
import { giveSharingDays } from "../../src/routines/give-sharing-days.ts";
import { keyFor } from "../support/api.ts";
import type { FollowingGateway } from "../support/following.ts";
import { openFollowing } from "../support/following.ts";
import type { TestLedger, TestMerchant } from "../support/ledger.ts";
import { startLedger } from "../support/ledger.ts";
import { stopShared } from "../support/shared.ts";
import { ENGINES } from "../support/stores.ts";

const YUAN = 10n ** 18n;
const DAY = 86_400;
const PARAMETERS = {
  consumerMultiple: 10,
  merchantMultiple: 2,
  dailyPoints: 498n * YUAN,
  rebateMinBps: 1,
  rebateMaxBps: 10_000,
};

interface Sharing {
  readonly state: string;
  readonly fundedAlp: string;
  readonly navAlp: string;
  readonly claims: { sharePoints: string; shareValueYuan: string };
  readonly daysGiven: number;
  readonly daysDue: number;
  readonly daysToClear: string | null;
  readonly coverageBps: string | null;
  readonly concentration: { topTenBps: number | null; holders: number };
}
interface Standing {
  readonly shareValueYuan: string;
  readonly earnedPoints: string;
  readonly balancePoints: string;
  readonly worthAlp: string;
  readonly debtPoints: string;
}
interface Prepared {
  readonly domain: object;
  readonly types: Record<string, { name: string; type: string }[]>;
  readonly message: Record<string, unknown>;
  readonly request: object;
}

after(stopShared);

for (const engine of ENGINES)
  describe(`sharing program (${engine})`, function () {
    this.timeout(240_000);
    // The program is turned on once for ever: each engine has a chain of its own.
    let ledger: TestLedger & { stop(): Promise<void> };
    let gateway: FollowingGateway;
    let shop: TestMerchant;
    let keys: Record<"merchant" | "rival" | "till" | "app", string>;
    let customer: { id: string; address: string };
    let controller: string;
    const wallet = new Wallet(id("a wallet of the sharing test"));

    before(async () => {
      ledger = await startLedger();
      gateway = await openFollowing(engine, ledger);
      const { rooms } = gateway;
      shop = await ledger.addMerchant();
      const rival = await ledger.addMerchant();
      const owner = await rooms.signers.importKey(shop.controllerKey, { purpose: "controller", merchantId: shop.id });
      controller = owner;
      for (const key of shop.tillKeys) await rooms.signers.importKey(key, { purpose: "till", merchantId: shop.id });
      await council("allianceToken", allianceToken.encodeFunctionData("transfer", [owner, 30_000n * YUAN]));
      keys = {
        merchant: await keyFor(rooms, "merchant", { merchantId: shop.id }),
        rival: await keyFor(rooms, "merchant", { merchantId: rival.id }),
        till: await keyFor(rooms, "till", { merchantId: shop.id }),
        app: await keyFor(rooms, "till", { merchantId: shop.id, organisation: "app" }),
      };
      const { body } = await gateway.post("/v1/customers", keys.app, {});
      customer = { id: body.id, address: body.address };
    });
    after(async () => {
      await gateway.stop();
      await ledger.stop();
    });

    const council = (contract: "allianceToken" | "sharingProgram", data: string): Promise<void> =>
      ledger.asCouncil(ledger.deployment.contracts[contract], data);
    const get = async <T>(path: string): Promise<T> => (await gateway.api.ask("GET", path)).body as T;
    const sharing = (): Promise<Sharing> => get("/v1/sharing");
    const standing = (account: string): Promise<Standing> => get(`/v1/sharing/accounts/${account}`);
    const part = (step: string, body: object, key = keys.merchant) =>
      gateway.post(`/v1/merchants/${shop.id}/sharing/${step}`, key, body);
    const sale = (saleRef: string, account: string, yuan: number) =>
      part("sales", { saleRef, account, amountFen: String(yuan * 100) }, keys.till);

    async function confirmed(answer: Promise<{ body: { state?: string } }>): Promise<void> {
      const { body } = await answer;
      expect(body.state, JSON.stringify(body)).to.equal("confirmed");
    }
    async function refusedBy(answer: Promise<{ body: { facts: { error?: string } } }>, error: string): Promise<void> {
      const { body } = await answer;
      expect(body.facts.error, JSON.stringify(body)).to.equal(error);
    }
    /** What the indexer reckons against what the contract says. */
    async function expectReckoned(): Promise<void> {
      await gateway.catchUp();
      const row = await gateway.rooms.db.selectFrom("sharing_program").selectAll().executeTakeFirstOrThrow();
      const { claims } = await sharing();
      const apart = BigInt(row.share_value) - BigInt(claims.shareValueYuan);
      expect(apart < 100n && apart > -100n, `${row.share_value} and ${claims.shareValueYuan}`).to.equal(true);
    }

    it("says that it is off, and refuses everything by that name", async () => {
      expect(await sharing()).to.include({ state: "off", fundedAlp: "0", coverageBps: null, daysDue: 0 });
      await refusedBy(part("join", { alp: String(1_000n * YUAN), rebateBps: 1_000 }), "SharingOff");
      await refusedBy(sale("early", customer.address, 10), "SharingOff");
      await giveSharingDays.run(gateway.rooms);
    });

    it("takes a merchant in, shares a sale, and gives the first day out in proportion", async () => {
      const at = ledger.deployment.contracts.sharingProgram;
      const ask = { abi: sharingProgram, address: at, method: "SEED_ALP" };
      const [seed] = (await readContract(gateway.rooms.chain, ask)) as unknown as [bigint];
      await council("allianceToken", allianceToken.encodeFunctionData("admitHolder", [at]));
      await council("allianceToken", allianceToken.encodeFunctionData("setPayer", [at, true]));
      await council("allianceToken", allianceToken.encodeFunctionData("approve", [at, seed]));
      await council("sharingProgram", sharingProgram.encodeFunctionData("enable", [PARAMETERS]));

      await refusedBy(part("join", { alp: String(499n * YUAN), rebateBps: 1_000 }), "SharingDepositTooSmall");
      await confirmed(part("join", { alp: String(20_000n * YUAN), rebateBps: 1_000 }));
      await confirmed(sale("order-1", customer.address, 1_000));
      await refusedBy(sale("order-1", customer.address, 1_000), "SharingRefUsed");
      await refusedBy(sale("own", controller, 10), "SharingSelfDealing");
      expect(BigInt((await standing(customer.address)).shareValueYuan)).to.equal(1_000n * YUAN);
      // 98,800 more in all: a hundredth of the share value is this customer's.
      await confirmed(sale("order-2", wallet.address, 82_333));
      await expectReckoned();
      const before = await sharing();
      expect(before.concentration).to.deep.include({ topTenBps: 10_000, holders: 3 });

      await gateway.sleep(DAY);
      await gateway.runUntil(giveSharingDays, async () => (await sharing()).daysDue === 0);
      const { shareValueYuan, earnedPoints } = await standing(customer.address);
      const expected = (498n * YUAN * 1_000n * YUAN) / BigInt(before.claims.shareValueYuan);
      expect(BigInt(earnedPoints) - expected < 10n && expected - BigInt(earnedPoints) < 10n).to.equal(true);
      expect(Number(earnedPoints) / 1e18).to.be.closeTo(4.98, 0.001);
      expect(Number(shareValueYuan) / 1e18).to.be.below(1_000);
      await expectReckoned();
      const { items } = await get<{ items: { day: number; points: string }[] }>("/v1/sharing/days");
      expect(items.map(({ day, points }) => [day, points])).to.deep.equal([[1, String(498n * YUAN)]]);
    });

    it("takes a refund back on both sides, in parts and in full", async () => {
      await confirmed(sale("order-3", customer.address, 500));
      const value = BigInt((await standing(customer.address)).shareValueYuan);
      const refund = (amountFen: string) => part("sales/order-3/refund", { amountFen }, keys.till);
      await confirmed(refund("20000"));
      const half = BigInt((await standing(customer.address)).shareValueYuan);
      expect(value - half - 200n * YUAN < 10n && value - half - 200n * YUAN > -10n).to.equal(true);
      await confirmed(refund("30000"));
      await refusedBy(refund("1"), "SharingRefundExceeds");
      await expectReckoned();
      const sales = await get<{ items: { amountFen: string; refundedFen: string }[] }>(
        `/v1/sharing/sales?consumer=${customer.address}`,
      );
      expect(sales.items.map(({ amountFen, refundedFen }) => [amountFen, refundedFen])).to.deep.equal([
        ["50000", "50000"],
        ["100000", "0"],
      ]);
    });

    it("pays holders at net asset value, with a managed key or a signature of their own", async () => {
      const { earnedPoints, worthAlp } = await standing(customer.address);
      await confirmed(
        gateway.post("/v1/sharing/redemptions", keys.app, { customerId: customer.id, points: earnedPoints }),
      );
      const [paid] = (await readContract(gateway.rooms.chain, {
        abi: allianceToken,
        address: ledger.deployment.contracts.allianceToken,
        method: "balanceOf",
        args: [customer.address],
      })) as unknown as [bigint];
      expect(paid <= BigInt(worthAlp) && paid > 0n).to.equal(true);

      const asked = { account: wallet.address, points: "1000000000000000000" };
      const prepared = (await gateway.api.ask("POST", "/v1/signing/share-redemption", { body: asked }))
        .body as Prepared;
      const signature = await wallet.signTypedData(prepared.domain, prepared.types, prepared.message);
      const redeem = () => gateway.post("/v1/sharing/redemptions", keys.app, { ...prepared.request, signature });
      await confirmed(redeem());
      await refusedBy(redeem(), "SharingSignatureInvalid");
      const { fundedAlp, navAlp, claims } = await sharing();
      expect((BigInt(claims.sharePoints) * BigInt(navAlp)) / YUAN <= BigInt(fundedAlp)).to.equal(true);
    });

    it("lets the merchant change its part, and tells webhooks of sales and refunds once", async () => {
      await confirmed(part("rebate", { rebateBps: 500 }));
      await confirmed(part("deposit", { alp: String(100n * YUAN) }));
      const standing = await get<{ rebateBps: number; depositPoints: string }>(`/v1/merchants/${shop.id}/sharing`);
      expect(standing.rebateBps).to.equal(500);
      await confirmed(part("withdraw", { points: String(YUAN) }));
      await gateway.catchUp();
      const told = await gateway.rooms.db
        .selectFrom("loyalty_event" as never)
        .select("name" as never)
        .where("name" as never, "like", "sharing.%" as never)
        .execute();
      expect(told).to.have.length(5);
    });

    it("lets the merchant stand in for what was redeemed of a refunded sale, and collect it from later points", async () => {
      await confirmed(part("sales/order-1/refund", { amountFen: "100000" }, keys.till));
      const { debtPoints } = await standing(customer.address);
      expect(BigInt(debtPoints) > 4n * YUAN, debtPoints).to.equal(true);
      await confirmed(sale("order-4", customer.address, 2_000));
      await gateway.sleep(DAY);
      await gateway.runUntil(giveSharingDays, async () => (await sharing()).daysDue === 0);
      const depositOf = async () =>
        BigInt((await get<{ depositPoints: string }>(`/v1/merchants/${shop.id}/sharing`)).depositPoints);
      const before = await depositOf();
      await confirmed(part("collect", { account: customer.address }, keys.till));
      const collected = (await depositOf()) - before;
      expect(collected > 0n && collected <= BigInt(debtPoints), String(collected)).to.equal(true);
      await expectReckoned();
    });

    it("refuses bad input by name", async () => {
      const cases: [string, object, number, string][] = [
        ["sales", { saleRef: "x", account: customer.address, amountFen: "-5" }, 400, "request_invalid"],
        ["sales", { saleRef: "x", account: customer.address, amountFen: "1.5" }, 400, "request_invalid"],
        ["sales", { saleRef: "x", amountFen: "100" }, 400, "request_invalid"],
        ["sales", { saleRef: "x", account: customer.address, amountFen: "900000000000" }, 422, "chain_refused"],
        ["rebate", { rebateBps: 0 }, 400, "request_invalid"],
        ["withdraw", { points: String(10n ** 30n) }, 422, "chain_refused"],
        ["deposit", { alp: String(10n ** 28n) }, 422, "chain_refused"],
        ["sales/unknown/refund", { amountFen: "1" }, 422, "chain_refused"],
      ];
      for (const [step, body, status, code] of cases) {
        const answer = await part(step, body);
        expect([answer.status, answer.body.code], `${step}: ${JSON.stringify(answer.body)}`).to.deep.equal([
          status,
          code,
        ]);
      }
      expect((await part("rebate", { rebateBps: 100 }, keys.rival)).status).to.equal(404);
    });
  });
