/** What each merchant sets up before its door opens: rules, shop and offers, goods, and who is told of what happens. */
import { CORNER } from "./cast.ts";
import { inParallel } from "./client.ts";
import { nowSeconds, type Day } from "./day.ts";
import type { Shop } from "./opening.ts";
import type { Receiver } from "./receiver.ts";

/** Long enough that some goods come back before their points mature, short enough to see them mature. */
export const RETURN_WINDOW_SECONDS = 10;
/** Pieces of each article for points. */
export const STOCK = 25;
const STAGE = ["new-shop", "growth", "mature", "growth", "new-shop", "new-shop", "growth", "mature"] as const;

interface Preset {
  readonly stage: string;
  readonly document: Readonly<Record<string, unknown>>;
}

export async function openWindows(day: Day, receiver: Receiver): Promise<void> {
  await inParallel(4, day.street.shops, async (shop, index) => {
    await registerWebhook(day, shop, receiver);
    await publishRules(day, shop, STAGE[index] ?? "growth");
    await openDoor(day, shop);
    await fillCatalogue(day, shop);
  });
}

/** The goods for points: a small thing, and what the offer shows. */
export const priceOf = (shop: Shop, kind: "gift" | "meal"): bigint => {
  const fen = kind === "gift" ? 100n : BigInt(shop.shelf[0].priceFen) / 10n;
  return fen * BigInt(shop.pointsPerYuan);
};

async function registerWebhook(day: Day, { merchant, path, merchantId }: Shop, receiver: Receiver): Promise<void> {
  const { url, inbox, trust } = receiver.open(merchantId);
  const made = await merchant.post<{ secret: string }>(`${path}/webhooks`, "webhook", { url, label: "street" });
  trust(made.secret);
  day.inboxes.set(merchantId, inbox);
  day.count("webhooks registered");
}

/** A preset, with the street's hours instead of days; previewed, drafted, published by its hash. */
async function publishRules(day: Day, { slug, merchant, path, ...shop }: Shop, stage: string): Promise<void> {
  const query = `averageOrderFen=${shop.shelf[0].priceFen}&pointsPerYuan=${shop.pointsPerYuan}&grossMarginBps=6000`;
  const { items } = await merchant.get<{ items: Preset[] }>(`/v1/rules/presets?${query}`);
  const preset = items.find((one) => one.stage === stage);
  if (preset === undefined) throw new Error(`there is no preset ${stage}`);
  const step = String(10 * shop.pointsPerYuan);
  const document = {
    ...preset.document,
    returnWindowSeconds: RETURN_WINDOW_SECONDS,
    maturesBy: shop.maturesBy,
    deduction: { minimumPoints: step, stepPoints: step, excluded: { categories: ["card"] } },
  };
  const preview = await merchant.ask<{ isPublishable: boolean; findings: { en: string }[] }>(
    "POST",
    `${path}/rules/preview`,
    { body: { document } },
  );
  if (!preview.body.isPublishable) throw new Error(`rules of ${slug}: ${JSON.stringify(preview.body)}`);
  const draft = await merchant.write<{ rulesHash: string }>("PUT", `${path}/rules/draft`, "draft", document);
  await merchant.carryOut(`${path}/rules/publish`, "publish", { rulesHash: draft.rulesHash });
  day.count("rule books published");
}

async function openDoor(day: Day, shop: Shop): Promise<void> {
  const { merchant, path, slug, name, shelf, at } = shop;
  await merchant.write("PUT", `${path}/stores/chunxi`, "store", {
    name: { zh: `${name.zh}春熙路店`, en: `${name.en} Chunxi Road` },
    address: "成都市锦江区春熙路",
    latitude: CORNER.latitude + at.north,
    longitude: CORNER.longitude + at.east,
  });
  const now = nowSeconds();
  await merchant.write("PUT", `${path}/offers/${shelf[0].sku}`, `offer ${slug}`, {
    title: shelf[0].name,
    sku: shelf[0].sku,
    points: String(priceOf(shop, "meal")),
    cashFen: "0",
    worthFen: String(shelf[0].priceFen / 10),
    startsAt: now - 60,
    endsAt: now + 86_400,
  });
  day.count("stores and offers", 2);
}

async function fillCatalogue(day: Day, shop: Shop): Promise<void> {
  const { merchant, path, shelf } = shop;
  const put = (sku: string, name: object, points: bigint) =>
    merchant.write("PUT", `${path}/goods/${sku}`, `goods ${sku}`, {
      name,
      points: String(points),
      stock: STOCK,
      perCustomer: { max: 2, seconds: 86_400 },
    });
  await put(shelf[0].sku, shelf[0].name, priceOf(shop, "meal"));
  await put("sticker", { zh: "贴纸", en: "Sticker" }, priceOf(shop, "gift"));
  day.count("goods in catalogues", 2);
}
