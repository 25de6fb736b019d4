/** Tills issue: one order, and a batch. */
import { Wallet } from "ethers";
import * as api from "../../gateway/client/generated/sdk.gen.ts";
import type { Player } from "./customers.ts";
import { pointsText } from "./narrator.ts";
import type { Shop, Stage } from "./stage.ts";
import { carryOut, nextWrite } from "./stage.ts";

const BATCH = 50;

interface Item {
  readonly to: string;
  readonly points: string;
  readonly orderRef: string;
}

export async function issue(stage: Stage, shop: Shop, items: Item[]): Promise<void> {
  const request = { client: shop.till, headers: nextWrite(stage), path: { token: shop.token }, body: { items } };
  await carryOut(shop.till, api.issuePoints(request));
}

export async function issuePoints(stage: Stage, shop: Shop, players: readonly Player[]): Promise<void> {
  const { narrator, eye, countryStyle } = stage;
  narrator.step("Tills issue points for purchases, singly and in a batch", "收银台发放积分：单笔与批量");
  for (const [index, { name, address }] of players.entries()) {
    const points = 50_000n + BigInt(index) * 10_000n;
    await issue(stage, countryStyle, [
      { to: address, points: String(points), orderRef: `${stage.run}-single-${index}` },
    ]);
    narrator.same(`乡村基 → ${name}`, pointsText(points), pointsText(await eye.balanceOf(countryStyle.token, address)));
  }
  const before = await eye.supplySplit(shop.token);
  const items = Array.from({ length: BATCH }, (_, index) => ({
    to: Wallet.createRandom().address,
    points: String(100 + index),
    orderRef: `${stage.run}-batch-${index}`,
  }));
  await issue(stage, shop, items);
  const total = items.reduce((sum, { points }) => sum + BigInt(points), 0n);
  const after = await eye.supplySplit(shop.token);
  narrator.same(
    `the new shop issued to ${BATCH} customers in one call`,
    total,
    (after["issued"] ?? 0n) - (before["issued"] ?? 0n),
  );
  for (const { to, points } of [items[0], items.at(-1)].filter((item) => item !== undefined))
    narrator.same(`balance of ${to.slice(0, 8)}…`, points, await eye.balanceOf(shop.token, to));
}
