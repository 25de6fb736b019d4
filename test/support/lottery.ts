/** Draws for contract tests: a merchant with prizes and customers with points, on the whole ledger. */
import type { BigNumberish, Result } from "ethers";

import type { Ledger, Signer } from "./alliance.ts";
import { createLedger, POINT } from "./alliance.ts";
import type { Merchant } from "./merchants.ts";
import { admitMerchant, BURGER, COUNTRY_STYLE } from "./merchants.ts";
import { DAY, HOUR } from "./time.ts";

/** In the order of ILottery's enum. */
export const State = { None: 0n, Announced: 1n, Open: 2n, Closed: 3n, Drawn: 4n, Void: 5n } as const;

/** In the order of IMerchantPoint's enums. */
export const Redemption = { None: 0n, Held: 1n, Captured: 2n, Released: 3n } as const;
export const LOTTERY_KIND = 2n;

const HOLD = {
  Hold: [
    { name: "holder", type: "address" },
    { name: "points", type: "uint256" },
    { name: "kind", type: "uint8" },
    { name: "ref", type: "bytes32" },
    { name: "releaseAt", type: "uint64" },
    { name: "deadline", type: "uint256" },
  ],
};

const ENDLESS = 2n ** 64n - 1n;
const STOCK = 10_000n * POINT;

export type Stage = Awaited<ReturnType<typeof createStage>>;
export type Terms = Awaited<ReturnType<typeof termsOf>>;
export interface Tier {
  readonly token: string;
  readonly points: bigint;
  readonly epoch: bigint;
  readonly count: bigint;
}
export interface Draw {
  readonly drawId: bigint;
  readonly terms: Terms;
  readonly tiers: readonly Tier[];
  readonly secrets: { readonly merchant: string; readonly witness: string };
}

/** 乡村基 draws its own and 汉堡王's points; member 1's representative is the witness; six customers have points. */
export async function createStage() {
  const ledger = await createLedger();
  const merchant = await admitMerchant(ledger, 0, { ...COUNTRY_STYLE, tillDailyLimit: 2n ** 56n - 1n });
  const other = await admitMerchant(ledger, 1, BURGER);
  const { lottery, actors } = ledger;
  const address = await lottery.getAddress();
  for (const { token, till } of [merchant, other]) {
    await token.connect(till).issue(merchant.controller, STOCK, ledger.ethers.id("stage: prizes"));
    await token.connect(merchant.controller).approve(lottery, 2n ** 256n - 1n);
  }
  for (const [i, customer] of actors.customers.entries()) {
    await merchant.token.connect(merchant.till).issue(customer, STOCK, ledger.ethers.id(`stage: customer ${i}`));
  }
  await merchant.token.connect(merchant.controller).setTill(address, 1n);
  return { ledger, merchant, other, address, lottery, witness: actors.founder, customers: actors.customers };
}

let words = 0;

/** A secret that no other draw of this run has. */
export function freshSecret({ ledger }: Stage, of: string): string {
  words += 1;
  return ledger.ethers.id(`${of} ${words}`);
}

export async function commitmentOf({ ledger: { ethers }, address }: Stage, secret: string): Promise<string> {
  const { chainId } = await ethers.provider.getNetwork();
  const coder = ethers.AbiCoder.defaultAbiCoder();
  return ethers.keccak256(coder.encode(["uint256", "address", "bytes32"], [chainId, address, secret]));
}

/** 100 numbers at 5 points a ticket; sold for a day, revealed within two hours, claimed within ten days. */
export async function termsOf(stage: Stage, commitment: string) {
  const now = await stage.ledger.networkHelpers.time.latest();
  const salesEnd = BigInt(now + DAY);
  return {
    ...{ token: await stage.merchant.token.getAddress(), ticketPoints: 5n * POINT, ticketsMax: 100n, accountMax: 60n },
    ...{ salesEnd, revealEnd: salesEnd + BigInt(2 * HOUR), releaseAt: salesEnd + BigInt(DAY) },
    ...{ claimEnd: salesEnd + BigInt(10 * DAY), commitment, termsHash: stage.ledger.ethers.id("terms") },
  };
}

/** One prize of 100 points of the merchant, three of 20 points of the other one. */
export async function tiersOf({ merchant, other }: Stage): Promise<Tier[]> {
  return [
    { ...(await tokenNow(merchant)), points: 100n * POINT, count: 1n },
    { ...(await tokenNow(other)), points: 20n * POINT, count: 3n },
  ];
}

async function tokenNow({ token }: Pick<Merchant, "token">) {
  return { token: await token.getAddress(), epoch: await token.currentEpoch() };
}

export async function announce(stage: Stage, changes: Partial<Terms> = {}, tiers?: readonly Tier[]): Promise<Draw> {
  const secrets = { merchant: freshSecret(stage, "merchant"), witness: freshSecret(stage, "witness") };
  const terms = { ...(await termsOf(stage, await commitmentOf(stage, secrets.merchant))), ...changes };
  const chosen = tiers ?? (await tiersOf(stage));
  await stage.lottery.connect(stage.merchant.controller).announce(terms, [...chosen]);
  return { drawId: await stage.lottery.drawCount(), terms, tiers: chosen, secrets };
}

/** Announced and witnessed. */
export async function open(stage: Stage, changes: Partial<Terms> = {}, tiers?: readonly Tier[]): Promise<Draw> {
  const draw = await announce(stage, changes, tiers);
  const commitment = await commitmentOf(stage, draw.secrets.witness);
  await stage.lottery.connect(stage.witness).witness(draw.drawId, commitment);
  return draw;
}

export interface Consent {
  readonly points: bigint;
  readonly ref: string;
  readonly releaseAt: bigint;
  readonly kind?: bigint;
}

export async function signHold({ merchant: { token } }: Stage, buyer: Signer, consent: Consent): Promise<string> {
  const { name, version, chainId, verifyingContract } = await token.eip712Domain();
  const message = { kind: LOTTERY_KIND, ...consent, holder: buyer.address, deadline: ENDLESS };
  return buyer.signTypedData({ name, version, chainId, verifyingContract }, HOLD, message);
}

/** What the buyer signs for `count` tickets, ready for `lottery.buy(…)`. */
export async function ticketsOf(
  stage: Stage,
  draw: Draw,
  order: { buyer: Signer; count: BigNumberish; salt?: string },
) {
  const { buyer } = order;
  const salt = order.salt ?? freshSecret(stage, "salt");
  const ref = await stage.lottery.ticketRef(draw.drawId, buyer, salt);
  const points = draw.terms.ticketPoints * BigInt(order.count);
  const signature = await signHold(stage, buyer, { points, ref, releaseAt: draw.terms.releaseAt });
  const call = [draw.drawId, buyer.address, order.count, salt, ENDLESS, signature] as const;
  return { ref, points, salt, signature, call };
}

/** Buys tickets; a relayer sends what the buyer signed. */
export async function buy(stage: Stage, draw: Draw, buyer: Signer, count: BigNumberish) {
  const order = await ticketsOf(stage, draw, { buyer, count });
  await stage.lottery.connect(stage.ledger.actors.relayer).buy(...order.call);
  const purchaseId = (await stage.lottery.purchaseCount(draw.drawId)) - 1n;
  return { ...order, purchaseId };
}

export async function closeSales({ ledger, lottery }: Stage, { drawId, terms }: Draw): Promise<void> {
  const now = BigInt(await ledger.networkHelpers.time.latest());
  if (now < terms.salesEnd) await ledger.networkHelpers.time.increaseTo(terms.salesEnd);
  await lottery.close(drawId);
  await ledger.networkHelpers.mine();
}

/** Closes and reveals both secrets. */
export async function drawNow(stage: Stage, draw: Draw): Promise<void> {
  await closeSales(stage, draw);
  await stage.lottery.reveal(draw.drawId, draw.secrets.merchant);
  await stage.lottery.reveal(draw.drawId, draw.secrets.witness);
}

/** Closes, lets the time of the secrets pass, and voids. */
export async function voidNow(stage: Stage, draw: Draw): Promise<void> {
  await closeSales(stage, draw);
  await stage.ledger.networkHelpers.time.increaseTo(draw.terms.revealEnd);
  await stage.lottery.voidDraw(draw.drawId);
}

/** What the lottery holds of each token's epoch, against the prizes that are not paid: they must be equal. */
export async function escrowOf({ ledger, lottery, address }: Stage): Promise<{ held: bigint; owed: bigint }[]> {
  const owed = new Map<string, bigint>();
  for (let drawId = 1n; drawId <= (await lottery.drawCount()); drawId++) {
    const [, tiers] = await lottery.termsOf(drawId);
    let index = 0n;
    for (const { token, epoch, points, count } of tiers) {
      const key = `${token} ${epoch}`;
      for (const end = index + count; index < end; index++) {
        const isPaid = await lottery.isPaid(drawId, index);
        owed.set(key, (owed.get(key) ?? 0n) + (isPaid ? 0n : points));
      }
    }
  }
  return await Promise.all(
    [...owed].map(async ([key, sum]) => {
      const [token, epoch] = key.split(" ") as [string, string];
      const point = await ledger.ethers.getContractAt("MerchantPoint", token);
      return { held: await point.balanceOfAtEpoch(epoch, address), owed: sum };
    }),
  );
}

/** A struct as ethers decodes it, as a plain object that can be compared. */
export function plain(struct: object): Record<string, unknown> {
  return (struct as Result).toObject();
}

/** Ledgers are dear: one a file, gone back to before each test. */
export async function backTo({ ledger }: { ledger: Ledger }): Promise<() => Promise<void>> {
  const snapshot = await ledger.networkHelpers.takeSnapshot();
  return () => snapshot.restore();
}
