/** Goods come back after the points were spent: what is left is taken, the rest is a debt that later points settle. */
import * as api from "../../gateway/client/generated/sdk.gen.ts";
import { answerOf } from "../../gateway/client/ledger-client.ts";
import type { Player } from "./customers.ts";
import { issue } from "./issue.ts";
import type { Shop, Stage } from "./stage.ts";
import { carryOut, nextWrite } from "./stage.ts";

const ISSUED = 9_000n;
const SENT = 7_000n;
const LATER = 10_000n;

async function send(stage: Stage, token: string, from: Player, to: Player): Promise<void> {
  const what = { to: to.address, points: String(SENT) };
  const consent = await from.consent(() =>
    answerOf(
      api.prepareTransfer({ client: from.app, body: { ...what, token, account: from.address, validFor: 3_600 } }),
    ),
  );
  const request = { client: from.app, headers: nextWrite(stage), path: { token }, body: { ...what, ...consent } };
  await carryOut(from.app, api.transferPoints(request));
}

export async function reverseWithDebt(stage: Stage, shop: Shop, [from, to]: readonly [Player, Player]): Promise<void> {
  const { narrator, eye } = stage;
  narrator.step("An order is reversed after its points were given away", "积分转出后退货：冲正并形成欠额");
  const orderRef = `${stage.run}-returned`;
  await issue(stage, shop, [{ to: from.address, points: String(ISSUED), orderRef }]);
  await send(stage, shop.token, from, to);
  narrator.same("sent gas-free to another customer", SENT, await eye.balanceOf(shop.token, to.address));
  const body = { orderRef, points: String(ISSUED) };
  await carryOut(
    shop.till,
    api.reverseIssue({ client: shop.till, headers: nextWrite(stage), path: { token: shop.token }, body }),
  );
  narrator.same("balance after the reversal", 0n, await eye.balanceOf(shop.token, from.address));
  narrator.same("debt (欠额)", SENT, await eye.debtOf(shop.token, from.address));
  await issue(stage, shop, [{ to: from.address, points: String(LATER), orderRef: `${stage.run}-later` }]);
  narrator.same("the next order settles the debt", LATER - SENT, await eye.balanceOf(shop.token, from.address));
  narrator.same("debt left", 0n, await eye.debtOf(shop.token, from.address));
}
