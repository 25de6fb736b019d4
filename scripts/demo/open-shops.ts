/**
 * Fills the windows of the demo's merchants through the gateway's own API, as their staff would: rules in force, shops
 * and offers nearby, goods, members with orders under way, an earning that the guards object to, and a draw. All of it
 * happens once, whatever is cut short: every write has a name and every time comes from `at`.
 */
import { createHash } from "node:crypto";
import { MERCHANTS } from "./alliance-data.ts";
import type { DemoKeys } from "./hand-over.ts";
import type { ShopData } from "./shop-data.ts";
import { SHOPS } from "./shop-data.ts";
import { ShopHand } from "./shop-hand.ts";

const DAY_SECONDS = 86_400;
const OFFERS_LAST_DAYS = 90;
/** Of the member of the alliance that witnesses the draw: not the merchant. */
const WITNESS = 2;

interface Shop extends ShopData {
  readonly merchantId: number;
  readonly token: string;
  readonly pointsPerYuan: number;
  readonly hand: ShopHand;
  /** `/v1/merchants/<id>` */
  readonly path: string;
}

/** Unix seconds: `at` is the same however often this is tried. */
export async function openShops(keys: DemoKeys, at: number): Promise<void> {
  const shops = SHOPS.map((data) => shopOf(keys, data));
  await Promise.all(
    shops.map(async (shop) => {
      await Promise.all([publishRules(shop), fillShelves(shop, at)]);
    }),
  );
  const [first] = shops;
  if (first === undefined) return;
  await Promise.all([welcomeMembers(keys, first, at), announceDraw(keys, first, at)]);
}

function shopOf(keys: DemoKeys, data: ShopData): Shop {
  const merchant = keys.merchants.find(({ slug }) => slug === data.slug);
  const terms = MERCHANTS.find(({ slug }) => slug === data.slug)?.terms;
  if (merchant === undefined || terms === undefined) throw new Error(`the demo has no merchant ${data.slug}`);
  const { merchantId, token, merchantKey } = merchant;
  const hand = new ShopHand(keys.gateway, merchantKey);
  return { ...data, merchantId, token, hand, pointsPerYuan: terms.pointsPerYuan, path: `/v1/merchants/${merchantId}` };
}

async function publishRules({ hand, path, rules, pointsPerYuan }: Shop): Promise<void> {
  const { averageOrderFen, grossMarginBps } = rules;
  const query = new URLSearchParams({
    averageOrderFen: String(averageOrderFen),
    grossMarginBps: String(grossMarginBps),
    pointsPerYuan: String(pointsPerYuan),
  });
  type Preset = { readonly stage: string; readonly document: object };
  const { items } = await hand.get<{ items: Preset[] }>(`/v1/rules/presets?${query.toString()}`);
  const preset = items.find((one) => one.stage === rules.stage);
  if (preset === undefined) throw new Error(`there is no preset ${rules.stage}`);
  const draft = await hand.write<{ rulesHash: string }>("PUT", `${path}/rules/draft`, "rules draft", preset.document);
  await hand.carryOut(`${path}/rules/publish`, "rules publish", { rulesHash: draft.rulesHash });
}

const baseUnits = (points: number): string => String(points * 100);

async function fillShelves({ hand, path, stores, offers, goods }: Shop, at: number): Promise<void> {
  for (const { ref, ...store } of stores) await hand.write("PUT", `${path}/stores/${ref}`, `store ${ref}`, store);
  const times = { startsAt: at - DAY_SECONDS, endsAt: at + OFFERS_LAST_DAYS * DAY_SECONDS };
  for (const { ref, points, cashFen, worthFen, ...offer } of offers)
    await hand.write("PUT", `${path}/offers/${ref}`, `offer ${ref}`, {
      ...offer,
      ...times,
      points: baseUnits(points),
      cashFen: String(cashFen),
      worthFen: String(worthFen),
    });
  for (const { sku, name, points, stock } of goods)
    await hand.write("PUT", `${path}/goods/${sku}`, `goods ${sku}`, { name, points: baseUnits(points), stock });
}

/** Orders of its members wait to mature; one device with five accounts on it is what the guards look for. */
async function welcomeMembers(keys: DemoKeys, { hand, path }: Shop, at: number): Promise<void> {
  const deviceHash = `0x${createHash("sha256").update("a phone that many share").digest("hex")}`;
  for (const [index, { address }] of keys.customers.entries()) {
    const orderRef = `demo-order-${index + 1}`;
    const lines = [
      { sku: "set-meal", category: "meal", quantity: 1 + (index % 3), paidFen: String(3_600 + index * 850) },
    ];
    const order = { orderRef, account: address, placedAt: at - 3_600 * (index + 1), lines, deviceHash };
    await hand.write("POST", `${path}/orders`, `order ${orderRef}`, order);
  }
}

/** Its prizes are the merchant's own points; its tickets are sold from the moment it is witnessed. */
async function announceDraw(keys: DemoKeys, { hand, path, token }: Shop, at: number): Promise<void> {
  const { controller } = await hand.get<{ controller: string }>(path);
  const prizes = [
    { points: 5_000, count: 1 },
    { points: 500, count: 10 },
  ];
  const total = prizes.reduce((sum, { points, count }) => sum + points * count, 0);
  const items = [{ to: controller, points: baseUnits(total), orderRef: "demo-draw-prizes" }];
  await hand.carryOut(`/v1/points/${token}/issues`, "draw prizes", { items });
  await hand.carryOut(`${path}/draws`, "draw", {
    drawRef: "demo-autumn",
    title: "秋日好礼抽奖 Autumn draw",
    terms: "一等奖 5000 积分 1 名，二等奖 500 积分 10 名。First prize 5,000 points, ten prizes of 500 points.",
    ticketPoints: baseUnits(50),
    ticketsMax: 500,
    ticketsPerAccount: 5,
    salesEnd: at + 7 * DAY_SECONDS,
    prizes: prizes.map(({ points, count }) => ({ points: baseUnits(points), count })),
  });
  const witness = keys.members.find(({ memberId }) => memberId === WITNESS);
  if (witness === undefined) throw new Error(`the demo has no member ${WITNESS}`);
  type Draws = { readonly items: readonly { readonly drawId: number }[] };
  const drawId = await hand.find("the draw", async () => {
    const { items: draws } = await hand.get<Draws>("/v1/draws?drawRef=demo-autumn");
    return draws[0]?.drawId;
  });
  await new ShopHand(keys.gateway, witness.memberKey).carryOut(`/v1/draws/${drawId}/witness`, "draw witness");
}
