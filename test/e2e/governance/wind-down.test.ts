/**
 * 晨光超市 leaves the alliance: it announces, waits its notice, winds down, and its holders are paid from its collateral, from
 * a hold too; what nobody claims within the hour is the treasury's. The notice and the hour are let pass at once.
 */
import { expect } from "chai";
import { customers } from "../../../scripts/demo/cast.ts";
import { refusalOf, runningAlliance, signPrepared, type RunningAlliance } from "./running-alliance.ts";

const STATUS = { active: 2n, issueHalted: 3n, windingDown: 5n, closed: 6n };
/** Places in the demo's list of customers. */
const [ZHAO, WU] = [3, 5] as const;

interface Payouts {
  readonly pot: bigint;
  readonly points: bigint;
  readonly paid: bigint;
  readonly pointsPaid: bigint;
  readonly surplus: bigint;
  readonly isOpen: boolean;
}

type Split = Record<"circulating" | "held" | "pooled", bigint>;

describe("a merchant that leaves", () => {
  let alliance: RunningAlliance;
  let shop: RunningAlliance["keys"]["merchants"][number];
  let path: string;
  let payouts: Payouts;
  const paid: bigint[] = [];

  before(async () => {
    alliance = await runningAlliance();
    shop = alliance.merchant("dawnmart");
    path = `/v1/merchants/${shop.merchantId}`;
    const items = [{ to: walletOf(ZHAO).address, points: "123457", orderRef: "the-last-order" }];
    await alliance.carryOut(shop.tillKey, `/v1/points/${shop.token}/issues`, { items });
  });

  const walletOf = (place: number) => customers[place]!.wallet;
  const statusOf = () => alliance.view("merchantRegistry", "statusOf", shop.merchantId);
  const alpOf = (account: string) => alliance.view("allianceToken", "balanceOf", account);
  const pointsOf = (account: string) => alliance.viewToken(shop.token, "balanceOf", account);
  const readPayouts = () => alliance.view<Payouts>("collateral", "payoutsOf", shop.merchantId);
  const partOf = (points: bigint) => (payouts.pot * points) / payouts.points;

  /** The demo's own story left it: points of 吴桐 on hold for an order that never came. */
  async function heldOf(holder: string): Promise<{ ref: string; points: bigint; releaseAt: bigint }> {
    const token = alliance.at("merchantPoint", shop.token);
    const [held] = await token.queryFilter(token.filters["Held"]!(holder));
    if (held === undefined || !("args" in held)) throw new Error("the demo's story has no hold at 晨光超市");
    const { ref, points, releaseAt } = held.args as unknown as { ref: string; points: bigint; releaseAt: bigint };
    return { ref, points, releaseAt };
  }

  it("stops issuing when it announces, and cannot wind down before its notice is over", async () => {
    await alliance.carryOut(shop.merchantKey, `${path}/exit`);
    expect(await statusOf()).to.equal(STATUS.issueHalted);
    const issue = { items: [{ to: walletOf(WU).address, points: "100", orderRef: "too-late-to-issue" }] };
    const refused = await alliance.post(shop.tillKey, `/v1/points/${shop.token}/issues`, issue);
    expect(refused.status >= 400 || refused.body.state === "failed", JSON.stringify(refused.body)).to.equal(true);
    const tooSoon = await alliance.post(shop.merchantKey, `${path}/wind-down`);
    expect(tooSoon.status >= 400 || tooSoon.body.state === "failed", JSON.stringify(tooSoon.body)).to.equal(true);
    expect(await statusOf()).to.equal(STATUS.issueHalted);
  });

  it("winds down after its notice: pot and points are fixed, points in the pool are retired", async () => {
    const from = Number(await alliance.view("merchantRegistry", "windDownFrom", shop.merchantId));
    await alliance.passTime(Math.max(1, from - (await alliance.chainNow())));
    await alliance.carryOut(shop.merchantKey, `${path}/wind-down`);
    expect(await statusOf()).to.equal(STATUS.windingDown);
    payouts = await readPayouts();
    const split = await alliance.viewToken<Split>(shop.token, "supplySplit");
    expect(split.pooled).to.equal(0n);
    expect(payouts.points).to.equal(split.circulating + split.held);
    expect(payouts.pot > 0n && payouts.isOpen).to.equal(true);
    // 1 ALP a yuan, 100 points a yuan: a base unit is worth 10^14 wei at most.
    expect(payouts.pot <= payouts.points * 10n ** 14n).to.equal(true);
  });

  it("pays a customer whose key the gateway keeps, in two parts", async () => {
    const { id, address } = alliance.keys.customers[WU]!;
    const all = await pointsOf(address);
    for (const [index, points] of [all / 3n, all - all / 3n].entries()) {
      const before = await alpOf(address);
      const body = { customerId: id, points: String(points), ref: `turned-in-${index}` };
      await alliance.carryOut(shop.merchantKey, `${path}/turn-ins`, body);
      const part = (await alpOf(address)) - before;
      expect(part).to.equal(partOf(points));
      paid.push(part);
    }
    expect(await pointsOf(address)).to.equal(0n);
  });

  it("pays the holder of points on hold when the hold is over", async () => {
    const { address } = walletOf(WU);
    const { ref, points, releaseAt } = await heldOf(address);
    const now = await alliance.chainNow();
    if (releaseAt > now) await alliance.passTime(Number(releaseAt) - now + 1);
    const before = await alpOf(address);
    const operator = alliance.keys.keys.operator;
    await alliance.carryOut(operator, `${path}/turn-ins`, { hold: { holder: address, ref } });
    const part = (await alpOf(address)) - before;
    expect(part).to.equal(partOf(points));
    paid.push(part);
  });

  it("refuses a signature whose time is over, and pays for a good one", async () => {
    const wallet = walletOf(ZHAO);
    const half = (await pointsOf(wallet.address)) / 2n;
    const asked = { account: wallet.address, merchantId: shop.merchantId, points: String(half), ref: "by-signature" };
    const { operator } = alliance.keys.keys;
    const { body: prepared } = await alliance.post(operator, "/v1/signing/turn-in", asked);
    const what = { points: asked.points, ref: asked.ref, account: wallet.address };
    const deadline = (await alliance.chainNow()) - 1;
    const late = await signPrepared(wallet, prepared, { message: { deadline: String(deadline) } });
    const refused = await alliance.post(operator, `${path}/turn-ins`, { ...what, deadline, signature: late });
    expect(JSON.stringify(refused.body)).to.include("xpired");
    expect(await alpOf(wallet.address)).to.equal(0n);

    const signature = await signPrepared(wallet, prepared);
    await alliance.carryOut(operator, `${path}/turn-ins`, { ...what, deadline: prepared.request.deadline, signature });
    expect(await alpOf(wallet.address)).to.equal(partOf(half));
    paid.push(partOf(half));
  });

  it("closes after the hour: payouts and the treasury's rest are the pot, to the last wei", async () => {
    const early = alliance.at("merchantRegistry").getFunction("close").staticCall(shop.merchantId);
    expect(await refusalOf(early)).to.equal("RegistryNotClosable");
    const closable = Number(await alliance.view("merchantRegistry", "closableFrom", shop.merchantId));
    await alliance.passTime(Math.max(1, closable - (await alliance.chainNow()) + 1));
    const council = alliance.addressOf("council");
    const before = await alpOf(council);
    await alliance.carryOut(alliance.keys.keys.operator, `${path}/close`);
    expect(await statusOf()).to.equal(STATUS.closed);
    const rest = (await alpOf(council)) - before;
    expect(rest > 0n, "somebody did not come").to.equal(true);
    const sum = paid.reduce((total, part) => total + part, 0n);
    expect(sum + rest).to.equal(payouts.pot);
    expect((await readPayouts()).paid).to.equal(sum);
  });

  it("gives the merchant what its collateral held above face value", async () => {
    const controller = await alliance.view<string>("merchantRegistry", "controllerOf", shop.merchantId);
    const before = await alpOf(controller);
    await alliance.carryOut(shop.merchantKey, `${path}/surplus`);
    expect((await alpOf(controller)) - before).to.equal(payouts.surplus);
    expect(payouts.surplus > 0n).to.equal(true);
  });
});
