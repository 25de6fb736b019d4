/** Draws through the API and on a real chain: one that takes place, one that is void, and what is refused. */
import { expect } from "chai";
import { Contract, Wallet, keccak256, toUtf8Bytes } from "ethers";
import { stateOf } from "../../../scripts/lottery/draw.ts";
import { recompute } from "../../../scripts/lottery/recompute.ts";
import { lottery } from "../../src/chain/contracts.ts";
import { advanceDraws } from "../../src/routines/advance-draws.ts";
import type { DrawStage, DrawView } from "../support/draw-stage.ts";
import { HOUR, TERMS, openDrawStage } from "../support/draw-stage.ts";
import type { FollowingGateway } from "../support/following.ts";
import type { TestLedger } from "../support/ledger.ts";
import { startLedger } from "../support/ledger.ts";
import { stopShared } from "../support/shared.ts";
import { ENGINES } from "../support/stores.ts";

interface Prepared {
  readonly domain: object;
  readonly types: Record<string, { name: string; type: string }[]>;
  readonly message: Record<string, unknown>;
  readonly request: object;
}

let ledger: TestLedger & { stop(): Promise<void> };
before(async function () {
  this.timeout(240_000);
  ledger = await startLedger();
});
after(async function () {
  this.timeout(240_000);
  await ledger.stop();
  await stopShared.call(this);
});

for (const engine of ENGINES)
  describe(`draws (${engine})`, function () {
    this.timeout(240_000);
    let gateway: FollowingGateway;
    let stage: DrawStage;

    before(async () => {
      stage = await openDrawStage(engine, ledger);
      gateway = stage.gateway;
    });
    after(() => gateway.stop());

    it("plays a whole draw: escrow, witness, tickets, secrets, winners paid, tickets redeemed", async () => {
      const { announce, balanceOf, buy, controller, customers, keys, purchasesOf, shop, show, told, witness } = stage;
      const before = await balanceOf(controller);
      const draw = await announce("spring");
      expect(draw).to.include({ state: "announced", merchantId: shop.id, drawRef: "spring", terms: TERMS });
      expect(draw["termsHash"]).to.equal(keccak256(toUtf8Bytes(TERMS)));
      expect((draw["tiers"] as { odds: string }[]).map(({ odds }) => odds)).to.deep.equal(["1 in 10", "2 in 10"]);
      expect(await balanceOf(controller)).to.equal(before - 70_000n);
      expect((await buy(draw, 0, 1)).body.facts.error).to.equal("LotteryDrawState");

      await witness(draw);
      expect((await buy(draw, 0, 6)).body.state).to.equal("confirmed");
      expect((await buy(draw, 0, 1)).body.facts.error).to.equal("LotteryAccountLimit");
      const wallet = await walletWithPoints();
      const asked = { drawId: draw.drawId, account: wallet.address, count: 3 };
      const prepared = (await gateway.api.ask("POST", "/v1/signing/tickets", { body: asked })).body as Prepared;
      const signature = await wallet.signTypedData(prepared.domain, prepared.types, prepared.message);
      const bought = await gateway.post(`/v1/draws/${draw.drawId}/tickets`, keys.app, {
        ...prepared.request,
        signature,
      });
      expect(bought.body.state, JSON.stringify(bought.body)).to.equal("confirmed");
      const again = await gateway.post(`/v1/draws/${draw.drawId}/tickets`, keys.app, {
        ...prepared.request,
        signature,
      });
      expect(again.status).to.equal(422);
      expect((await buy(draw, 1, 1)).body.state).to.equal("confirmed");
      expect((await buy(draw, 2, 1)).body.facts.error).to.equal("LotterySoldOut");

      await gateway.catchUp();
      const purchases = await purchasesOf(draw, "?limit=2");
      expect(purchases.items.map((one) => [one.firstNumber, one.count, one.state])).to.deep.equal([
        [0, 6, "held"],
        [6, 3, "held"],
      ]);
      const rest = await purchasesOf(draw, `?cursor=${purchases.nextCursor}`);
      expect(rest.items.map((one) => one.buyer)).to.deep.equal([customers[1]!.address]);

      // Sold out: nobody waits for the end of sales. Everything else the gateway does by itself.
      await gateway.runUntil(advanceDraws, async () => {
        const { prizesPaid, purchasesSettled } = await show(draw);
        return prizesPaid === 3 && purchasesSettled === 3;
      });
      const drawn = await show(draw);
      expect(drawn).to.include({ state: "drawn", ticketsSold: 10, silent: null });
      expect(drawn.proof.seed).to.match(/^0x[0-9a-f]{64}$/);
      for (const prize of drawn.prizes) {
        expect(prize).to.include({ isWinner: true, paidTo: prize.winner });
        const owner = (await new Contract(
          gateway.rooms.deployment.contracts.lottery,
          lottery,
          ledger.provider,
        ).getFunction("ownerOf")(draw.drawId, prize.ticketNumber)) as string;
        expect(prize.winner).to.equal(owner.toLowerCase());
      }
      const { items } = await purchasesOf(draw);
      expect(items.map((one) => one.state)).to.deep.equal(["captured", "captured", "captured"]);
      expect(await told("lottery.opened")).to.include(draw.drawId);
      expect((await told("lottery.won")).filter((drawId) => drawId === draw.drawId)).to.have.length(3);
    });

    async function walletWithPoints(): Promise<Wallet> {
      const wallet = new Wallet(Wallet.createRandom().privateKey);
      await stage.issue([wallet.address], "10000");
      return wallet;
    }

    it("gives every ticket back when the merchant is silent, and says whose silence it was", async () => {
      const { announce, balanceOf, buy, customers, keys, show, told, witness } = stage;
      const draw = await announce("silent");
      await witness(draw);
      const before = await balanceOf(customers[2]!.address);
      expect((await buy(draw, 2, 4)).body.state).to.equal("confirmed");
      expect(await balanceOf(customers[2]!.address)).to.equal(before - 4_000n);
      await gateway.catchUp();
      const { commitment } = (await show(draw)).proof;
      // The merchant's gateway has lost its secret, or will not say it.
      await gateway.rooms.db.deleteFrom("draw_secret").where("commitment", "=", commitment).execute();

      await gateway.sleep(HOUR);
      await gateway.runUntil(advanceDraws, async () => (await show(draw)).proof.entropy !== null);
      const reveal = await gateway.post(`/v1/draws/${draw.drawId}/reveal`, keys.merchant);
      expect(reveal.body.code).to.equal("draw_secret_missing");
      const early = await gateway.post(`/v1/draws/${draw.drawId}/reveal`, keys.founder);
      expect(early.body.facts.error).to.equal("LotteryMerchantFirst");
      await gateway.sleep(HOUR);
      await gateway.runUntil(advanceDraws, async () => (await show(draw)).prizesPaid === 3);
      expect(await show(draw)).to.include({ state: "void", silent: "merchant", purchasesSettled: 1 });
      expect(await balanceOf(customers[2]!.address)).to.equal(before);
      expect(await told("lottery.voided")).to.include(draw.drawId);
    });

    it("takes the same draw once, and another one under its name not at all", async () => {
      const { keys, requestOf, shop } = stage;
      const request = await requestOf("once");
      const path = `/v1/merchants/${shop.id}/draws`;
      const first = await gateway.post(path, keys.merchant, request);
      const second = await gateway.post(path, keys.merchant, request);
      expect([second.body.id, second.headers.get("idempotency-replayed")]).to.deep.equal([first.body.id, "true"]);
      const other = await gateway.post(path, keys.merchant, { ...request, title: "Another" });
      expect([other.status, other.body.code]).to.deep.equal([409, "draw_exists"]);
    });

    it("refuses what can not be, by name and with nothing stored", async () => {
      const { announce, customers, keys, now, requestOf, shop } = stage;
      const path = `/v1/merchants/${shop.id}/draws`;
      const draw = await announce("bad");
      const count = async () => (await gateway.rooms.db.selectFrom("draw_plan").select("commitment").execute()).length;
      const plans = await count();
      const cases: [object, number, string][] = [
        [{ ticketPoints: "-1" }, 400, "request_invalid"],
        [{ ticketPoints: "1.5" }, 400, "request_invalid"],
        [{ ticketsMax: 1_000_001 }, 400, "request_invalid"],
        [{ salesEnd: (await now()) - 1 }, 400, "request_invalid"],
        [
          {
            prizes: [
              { points: "1", count: 100 },
              { points: "1", count: 1 },
            ],
          },
          400,
          "request_invalid",
        ],
        [{ prizes: [{ points: "100000000000", count: 1 }] }, 422, "draw_prizes_missing"],
        [{ ticketsPerAccount: 11 }, 422, "chain_refused"],
        [{ revealEnd: (await now()) + HOUR + 60 }, 422, "chain_refused"],
      ];
      for (const [change, status, code] of cases) {
        const answer = await gateway.post(path, keys.merchant, await requestOf(`bad-${code}`, change));
        expect([answer.status, answer.body.code], JSON.stringify(answer.body)).to.deep.equal([status, code]);
      }
      expect((await gateway.post(path, keys.rival, await requestOf("foreign"))).status).to.equal(404);
      expect((await gateway.post(`/v1/draws/${draw.drawId}/witness`, keys.merchant)).status).to.equal(403);
      expect(
        (await gateway.post("/v1/draws/999999/tickets", keys.app, { customerId: customers[0]!.id, count: 1 })).status,
      ).to.equal(404);
      expect((await gateway.api.ask("GET", "/v1/draws/999999")).status).to.equal(404);
      expect((await gateway.post(`/v1/draws/${draw.drawId}/reveal`, keys.rival)).body.code).to.equal("forbidden");
      const steps: [string, object, string][] = [
        ["close", {}, "LotteryDrawState"],
        ["settle", { purchaseIds: [0] }, "LotteryDrawState"],
        ["claim", { index: 0 }, "LotteryDrawState"],
      ];
      for (const [step, body, error] of steps) {
        const answer = await gateway.post(`/v1/draws/${draw.drawId}/${step}`, keys.app, body);
        expect(answer.body.facts.error, JSON.stringify(answer.body)).to.equal(error);
      }
      expect(await count()).to.equal(plans);
    });

    it("keeps secrets sealed until they are on the chain", async () => {
      const { announce, show } = stage;
      const draw = await announce("sealed");
      const { proof } = await show(draw);
      expect(proof.merchantSecret).to.equal(null);
      const kept = await gateway.rooms.db
        .selectFrom("draw_secret")
        .select("sealed")
        .where("commitment", "=", proof.commitment)
        .executeTakeFirstOrThrow();
      // 12 bytes of nonce, 16 of tag, 32 of secret.
      expect(kept.sealed.length).to.equal(60);
      expect(() => gateway.rooms.signers.openSecret("draw 0x00", kept.sealed)).to.throw(/can not be opened/);
    });

    it("leaves draws behind that anybody can draw again from the chain's logs", async () => {
      const { chain, deployment } = gateway.rooms;
      await gateway.catchUp();
      const { items } = (await gateway.api.ask("GET", "/v1/draws?limit=100")).body as { items: DrawView[] };
      const states = await Promise.all(
        items.map(async ({ drawId }) => stateOf((await recompute(chain, deployment, BigInt(drawId))).draw)),
      );
      expect(states).to.deep.equal(items.map(({ state }) => state));
      expect(states).to.include.members(["drawn", "void", "announced"]);
    });
  });
