/**
 * What a customer consents to. A managed customer's consent is her session; who has a wallet of her own signs typed data,
 * and two consents at once are one signature (a composite of both).
 */
import {
  buyTickets,
  holdPoints,
  prepareComposite,
  prepareHold,
  prepareSwap,
  prepareTickets,
  prepareTransfer,
  redeemGoods,
  swapPoints,
  transferPoints,
} from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Command, TypedData } from "../../../../gateway/client/generated/types.gen.ts";
import { signTypedData } from "../../wallet/sign.ts";
import type { Intent } from "./act.ts";
import { settle } from "./act.ts";
import type { Holder } from "./holder.ts";

/** Long enough to find the right button in a wallet, short enough to be meant now. */
const VALID_SECONDS = 3_600;

type Fields = Readonly<Record<string, string | number | boolean>>;

/** Each part's fields with its signature, after one signature of the account for all of them. */
async function signAll(parts: readonly TypedData[], account: string): Promise<Fields[]> {
  const [only] = parts;
  if (only !== undefined && parts.length === 1)
    return [{ ...only.request, signature: await signTypedData(only, account) }];
  const bare = parts.map(({ domain, types, primaryType, message }) => ({ domain, types, primaryType, message }));
  const { data: composite } = await prepareComposite({ body: { parts: bare }, throwOnError: true });
  const signature = await signTypedData(composite, account);
  return parts.map(({ request }, index) => {
    const wrap = composite.parts[index];
    if (wrap === undefined) throw new Error(`the composite has no part ${index}`);
    return { ...request, signature: `${wrap.prefix}${signature.slice(2)}${wrap.suffix.slice(2)}` };
  });
}

export interface SwapWish {
  readonly tokenIn: string;
  readonly tokenOut: string;
  readonly amountIn: string;
  readonly amountOut: string;
  readonly exactOut: boolean;
}

const dataOf = async <T>(answer: Promise<{ data: T }>): Promise<T> => (await answer).data;

const swapData = (account: string, wish: SwapWish): Promise<TypedData> =>
  dataOf(prepareSwap({ body: { account, ...wish, validFor: VALID_SECONDS }, throwOnError: true }));

/** The fields were made by the gateway for this very operation. */
async function sendSwap(body: object, intent: Intent): Promise<Command> {
  const headers = intent.headers("swap");
  return settle(await dataOf(swapPoints({ body: body as SwapWish, headers, throwOnError: true })));
}

export async function swap({ account, customerId }: Holder, wish: SwapWish, intent: Intent): Promise<Command> {
  if (customerId !== undefined) return sendSwap({ ...wish, customerId }, intent);
  const [signed] = await intent.once("signed", async () => signAll([await swapData(account, wish)], account));
  return sendSwap(signed ?? {}, intent);
}

export interface PayWish {
  readonly token: string;
  readonly points: string;
  /** What the shop will enter or scan. */
  readonly ref: string;
  readonly seconds: number;
  /** First, so that there are enough points of this shop. */
  readonly swap: SwapWish | undefined;
  readonly onStep?: (step: "swap" | "hold") => void;
}

async function sendHold(token: string, body: object, intent: Intent): Promise<Command> {
  const headers = intent.headers("hold");
  const hold = body as Parameters<typeof holdPoints>[0]["body"];
  return settle(await dataOf(holdPoints({ path: { token }, body: hold, headers, throwOnError: true })));
}

/** Points are put on hold for one shop under one code; what the shop does not take comes back by itself. */
export async function pay({ account, customerId }: Holder, wish: PayWish, intent: Intent): Promise<Command> {
  const { token, points, ref, seconds } = wish;
  const hold = { points, kind: "deduction", ref } as const;
  const own = async (): Promise<Fields[]> => {
    const asked = { account, token, ...hold, seconds, validFor: VALID_SECONDS };
    const parts = [
      ...(wish.swap === undefined ? [] : [await swapData(account, wish.swap)]),
      await dataOf(prepareHold({ body: asked, throwOnError: true })),
    ];
    return signAll(parts, account);
  };
  const managed = (id: string): Fields[] => [
    ...(wish.swap === undefined ? [] : [{ ...wish.swap, customerId: id }]),
    { ...hold, seconds, customerId: id },
  ];
  const bodies = customerId === undefined ? await intent.once("signed", own) : managed(customerId);
  const [swapBody] = bodies;
  if (wish.swap !== undefined && swapBody !== undefined) {
    wish.onStep?.("swap");
    await sendSwap(swapBody, intent);
  }
  wish.onStep?.("hold");
  return sendHold(token, bodies.at(-1) ?? {}, intent);
}

export async function send(
  { account, customerId }: Holder,
  wish: { readonly token: string; readonly to: string; readonly points: string },
  intent: Intent,
): Promise<Command> {
  const { token, to, points } = wish;
  const own = async (): Promise<Fields[]> => {
    const asked = { account, token, to, points, validFor: VALID_SECONDS };
    return signAll([await dataOf(prepareTransfer({ body: asked, throwOnError: true }))], account);
  };
  const [body] =
    customerId === undefined ? await intent.once("signed", own) : [{ to, points, customerId } satisfies Fields];
  const transfer = body as Parameters<typeof transferPoints>[0]["body"];
  const headers = intent.headers("send");
  return settle(await dataOf(transferPoints({ path: { token }, body: transfer, headers, throwOnError: true })));
}

export interface GoodsWish {
  readonly merchantId: number;
  readonly token: string;
  readonly sku: string;
  readonly points: string;
  readonly redemptionRef: string;
  readonly seconds: number;
}

/** The name of a redemption of goods on the chain, as the gateway gives it. */
const goodsRef = (redemptionRef: string): string => `goods:${redemptionRef}`;

export async function takeGoods({ account, customerId }: Holder, wish: GoodsWish, intent: Intent): Promise<Command> {
  const { merchantId, token, sku, points, redemptionRef, seconds } = wish;
  const own = async () => {
    const asked = { account, token, points, kind: "goods", ref: goodsRef(redemptionRef), seconds } as const;
    const data = await dataOf(prepareHold({ body: { ...asked, validFor: VALID_SECONDS }, throwOnError: true }));
    const { releaseAt, deadline } = data.request as { releaseAt: number; deadline: number };
    return { account, signatures: { hold: { signature: await signTypedData(data, account), releaseAt, deadline } } };
  };
  const who = customerId === undefined ? await intent.once("signed", own) : { customerId };
  const path = { id: String(merchantId), sku };
  const headers = intent.headers("goods");
  return settle(await dataOf(redeemGoods({ path, body: { redemptionRef, ...who }, headers, throwOnError: true })));
}

export async function takeTickets(
  { account, customerId }: Holder,
  { drawId, count }: { readonly drawId: number; readonly count: number },
  intent: Intent,
): Promise<Command> {
  const own = async (): Promise<Fields[]> => {
    const asked = { drawId, account, count, validFor: VALID_SECONDS };
    return signAll([await dataOf(prepareTickets({ body: asked, throwOnError: true }))], account);
  };
  const [body] = customerId === undefined ? await intent.once("signed", own) : [{ count, customerId } satisfies Fields];
  const bought = body as Parameters<typeof buyTickets>[0]["body"];
  const headers = intent.headers("tickets");
  const path = { drawId: String(drawId) };
  return settle(await dataOf(buyTickets({ path, body: bought, headers, throwOnError: true })));
}
