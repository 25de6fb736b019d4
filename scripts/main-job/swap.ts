/** A customer swaps 乡村基 points for 汉堡王 points and redeems a part of them at 汉堡王. */
import * as api from "../../gateway/client/generated/sdk.gen.ts";
import { answerOf } from "../../gateway/client/ledger-client.ts";
import type { Player } from "./customers.ts";
import { pointsText } from "./narrator.ts";
import type { Stage } from "./stage.ts";
import { carryOut, nextWrite } from "./stage.ts";

const AMOUNT_IN = 20_000n;

export async function swapAndRedeem(stage: Stage, player: Player): Promise<void> {
  const { narrator, eye, countryStyle, burger } = stage;
  narrator.step(`${player.name} swaps 乡村基 points for 汉堡王 points`, "会员以乡村基积分兑换汉堡王积分");
  const pair = { tokenIn: countryStyle.token, tokenOut: burger.token };
  const pools = [await eye.pool(pair.tokenIn), await eye.pool(pair.tokenOut)] as const;
  const hub = AMOUNT_IN * (pools[0].prices["accept"] ?? 0n);
  const amountOut = hub / (pools[1].prices["release"] ?? 1n);
  const balanceIn = await eye.balanceOf(pair.tokenIn, player.address);

  const order = { ...pair, amountIn: String(AMOUNT_IN), amountOut: String(amountOut), exactOut: false };
  const consent = await player.consent(() =>
    answerOf(api.prepareSwap({ body: { ...order, account: player.address, validFor: 3_600 }, client: player.app })),
  );
  const body = { ...order, ...consent };
  await carryOut(player.app, api.swapPoints({ client: player.app, headers: nextWrite(stage), body }));
  narrator.note(
    `${pointsText(AMOUNT_IN)} × ${String(pools[0].prices["accept"])} wei ÷ ${String(pools[1].prices["release"])} wei = ${pointsText(amountOut)}`,
  );
  narrator.same("乡村基 left", balanceIn - AMOUNT_IN, await eye.balanceOf(pair.tokenIn, player.address));
  narrator.same("汉堡王 got", amountOut, await eye.balanceOf(pair.tokenOut, player.address));
  await redeem(stage, player, amountOut / 3n);
}

async function redeem(stage: Stage, player: Player, points: bigint): Promise<void> {
  const { narrator, eye, burger } = stage;
  narrator.step(`${player.name} redeems ${pointsText(points)} at 汉堡王`, "会员在汉堡王核销积分抵现");
  const before = await eye.balanceOf(burger.token, player.address);
  const redeemed = (await eye.supplySplit(burger.token))["redeemed"] ?? 0n;
  const what = {
    points: String(points),
    kind: "deduction" as const,
    ref: `${stage.run}-meal-${player.address.slice(2, 8)}`,
  };
  const consent = await player.consent(() =>
    answerOf(
      api.prepareRedeem({
        client: player.app,
        body: { ...what, token: burger.token, account: player.address, validFor: 3_600 },
      }),
    ),
  );
  const body = { ...what, ...consent };
  const request = { client: player.app, headers: nextWrite(stage), path: { token: burger.token }, body };
  await carryOut(player.app, api.redeemPoints(request));
  narrator.same("汉堡王 left", before - points, await eye.balanceOf(burger.token, player.address));
  narrator.same("汉堡王 redeemed in all", redeemed + points, (await eye.supplySplit(burger.token))["redeemed"]);
}
