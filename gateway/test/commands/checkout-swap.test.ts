/** An order is paid with another merchant's points: swapped and held in one transaction, by one signature, or not at all. */
import { expect } from "chai";
import { Contract, Wallet, id } from "ethers";
import { merchantPoint } from "../../src/chain/contracts.ts";
import { redeemingRoutines } from "../../src/routines/redeeming.ts";
import type { TestMerchant } from "../support/ledger.ts";
import type { Shop } from "../support/shop.ts";
import { openShop, reached } from "../support/shop.ts";

const RULES = { rules: [], deduction: { maxBps: 5_000, minimumPoints: "10000", stepPoints: "10000" } };

interface Composite {
  readonly domain: object;
  readonly types: Record<string, { name: string; type: string }[]>;
  readonly message: Record<string, unknown>;
  readonly parts: readonly { prefix: string; suffix: string }[];
}

const LINES = [{ sku: "hotpot", category: "food", quantity: 1, paidFen: "12050" }];

describe("check-outs with another merchant's points", function () {
  this.timeout(240_000);
  let shop: Shop;
  let at: string;
  let orders = 0;

  const nextRef = (): string => `swapped-${(orders += 1)}`;

  async function held(customerId: string, points: string, more: object): Promise<string> {
    const orderRef = nextRef();
    const answer = await shop.post(at, { orderRef, customerId, lines: LINES, points, ...more });
    expect(answer.body.state, JSON.stringify(answer.body)).to.equal("confirmed");
    return orderRef;
  }

  let neighbour: TestMerchant;

  before(async () => {
    shop = await openShop("embedded", redeemingRoutines, RULES);
    at = `/v1/merchants/${shop.merchant.id}/checkouts`;
    neighbour = await shop.addNeighbour();
    await shop.openPool(shop.merchant);
    await shop.openPool(neighbour);
  });

  it("swaps what is missing and holds it in one transaction, by one signature", async () => {
    const { customerId, account } = await shop.customer(30_000n);
    await shop.give(account, 200_000n, neighbour);
    const swap = { tokenIn: neighbour.token };
    const quote = await shop.post(`${at}/quote`, { lines: LINES, customerId, points: "100000", swap });
    expect(quote.body.swap, JSON.stringify(quote.body)).to.include({ amountOut: "70000", refusal: null });
    const amountInMax = quote.body.swap.amountIn as string;
    const orderRef = await held(customerId, "100000", { swap: { ...swap, amountInMax } });
    const shown = await reached(shop, `${at}/${orderRef}`, "held");
    expect(shown.body.swap).to.include({ amountOut: "70000" });
    expect([await shop.balanceOf(account), await shop.balanceOf(account, neighbour)]).to.deep.equal([
      0n,
      200_000n - BigInt(amountInMax),
    ]);
    const command = await shop.get(`/v1/commands/${shown.body.holdCommandId as string}`);
    expect(command.body.transactions).to.have.length(1);
    expect((await shop.post(`${at}/${orderRef}/capture`)).body.state).to.equal("confirmed");
  });

  it("swaps nothing when the hold can not be: all or none", async () => {
    const { customerId, account } = await shop.customer(30_000n);
    await shop.give(account, 200_000n, neighbour);
    const dear = { tokenIn: neighbour.token, amountInMax: "1" };
    const answer = await shop.post(at, {
      orderRef: nextRef(),
      customerId,
      lines: LINES,
      points: "100000",
      swap: dear,
    });
    expect([answer.status, answer.body.code]).to.deep.equal([422, "chain_refused"]);
    expect([await shop.balanceOf(account), await shop.balanceOf(account, neighbour)]).to.deep.equal([
      30_000n,
      200_000n,
    ]);
  });

  it("takes one composite signature of a wallet of its own for both", async () => {
    const wallet = Wallet.createRandom();
    const account = wallet.address.toLowerCase();
    await shop.give(account, 200_000n, neighbour);
    const orderRef = nextRef();
    const hold = (
      await shop.post("/v1/signing/hold", {
        token: shop.merchant.token,
        account,
        points: "50000",
        kind: "deduction",
        ref: orderRef,
        seconds: 600,
      })
    ).body;
    const order = (
      await shop.post("/v1/signing/swap", {
        account,
        tokenIn: neighbour.token,
        tokenOut: shop.merchant.token,
        amountIn: "60000",
        amountOut: "50000",
        exactOut: true,
      })
    ).body;
    const parts = [order, hold].map(({ domain, types, primaryType, message }) => ({
      domain,
      types,
      primaryType,
      message,
    }));
    const whole = (await shop.post("/v1/signing/composite", { parts })).body as Composite;
    const signature = await wallet.signTypedData(whole.domain, whole.types, whole.message);
    const wrapped = whole.parts.map(({ prefix, suffix }) => prefix + signature.slice(2) + suffix.slice(2));
    const signatures = {
      swap: { signature: wrapped[0], nonce: order.request.nonce, deadline: order.request.deadline },
      hold: { signature: wrapped[1], releaseAt: hold.request.releaseAt, deadline: hold.request.deadline },
    };
    const swap = { tokenIn: neighbour.token, amountInMax: "60000", amountOut: "50000" };
    const body = { orderRef, account, signatures, lines: LINES, points: "50000", swap };
    const stolen = await shop.post(at, { ...body, points: "60000" });
    expect([stolen.status, stolen.body.facts.error]).to.deep.equal([422, "MerchantPointSignatureInvalid"]);
    const answer = await shop.post(at, body);
    expect(answer.body.state, JSON.stringify(answer.body)).to.equal("confirmed");
    const token = new Contract(shop.merchant.token, merchantPoint, shop.ledger.provider);
    const redemption = (await token.getFunction("redemptionOf")(account, id(orderRef))) as { state: bigint };
    expect(redemption.state).to.equal(1n);
  });

  after(() => shop.close());
});
