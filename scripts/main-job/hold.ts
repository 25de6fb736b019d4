/** Points are put on hold for two orders: one is captured, the other released with its ages. */
import { id } from "ethers";
import * as api from "../../gateway/client/generated/sdk.gen.ts";
import { answerOf } from "../../gateway/client/ledger-client.ts";
import type { Player } from "./customers.ts";
import { pointsText } from "./narrator.ts";
import type { Stage } from "./stage.ts";
import { carryOut, nextWrite } from "./stage.ts";

const POINTS = 1_500n;
const CAPTURED = 2n;
const RELEASED = 3n;

async function hold(stage: Stage, player: Player, ref: string): Promise<void> {
  const { token } = stage.countryStyle;
  const what = { points: String(POINTS), kind: "goods" as const, ref };
  const asked = { ...what, token, account: player.address, validFor: 3_600, seconds: 3_600 };
  const consent = await player.consent(() => answerOf(api.prepareHold({ client: player.app, body: asked })));
  const request = { client: player.app, headers: nextWrite(stage), path: { token }, body: { ...what, ...consent } };
  await carryOut(player.app, api.holdPoints(request));
}

export async function holdAndSettle(stage: Stage, players: readonly Player[]): Promise<void> {
  const { narrator, eye, countryStyle: shop } = stage;
  for (const [index, player] of players.entries()) {
    const isCaptured = index === 0;
    const [en, zh] = isCaptured ? ["captured", "兑付"] : ["released", "撤销退回"];
    narrator.step(`${player.name}: a hold of ${pointsText(POINTS)} is ${en}`, `冻结 ${pointsText(POINTS)} 后${zh}`);
    const ref = `${stage.run}-hold-${index}`;
    const before = await eye.balanceOf(shop.token, player.address);
    await hold(stage, player, ref);
    narrator.same("spendable during the hold", before - POINTS, await eye.balanceOf(shop.token, player.address));
    const path = { token: shop.token, holder: player.address, ref };
    const base = { client: shop.till, headers: nextWrite(stage), path };
    const settled = isCaptured ? api.captureHold({ ...base, body: { points: String(POINTS) } }) : api.releaseHold(base);
    await carryOut(shop.till, settled);
    narrator.same(
      `state ${en}`,
      isCaptured ? CAPTURED : RELEASED,
      await eye.redemptionState(shop.token, player.address, id(ref)),
    );
    const left = isCaptured ? before - POINTS : before;
    narrator.same("balance after", left, await eye.balanceOf(shop.token, player.address));
  }
}
