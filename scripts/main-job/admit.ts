/** A new merchant applies, is admitted by the council, gets its token, backs it, and opens its side of the exchange. */
import { id } from "ethers";
import * as api from "../../gateway/client/generated/sdk.gen.ts";
import { answerOf, openLedger } from "../../gateway/client/ledger-client.ts";
import type { Client } from "../../gateway/client/ledger-client.ts";
import { decide } from "./council.ts";
import type { Shop, Stage } from "./stage.ts";
import { carryOut, newestBlock, nextWrite, waitForReads } from "./stage.ts";

const ALP = 10n ** 18n;
const COLLATERAL = 500n * ALP;
const ALP_RESERVE = 100n * ALP;
const POINT_RESERVE = 1_000_000n;
/** A base unit of a 100:1 merchant is worth 10^14 wei at 1 ALP a yuan. */
const PRICES = { accept: "80000000000000", release: "100000000000000" };
/** 5 % up: they take effect after the pool's delay, and move 10 % a day at most. */
const NEXT_PRICES = { accept: "84000000000000", release: "105000000000000" };
const ACTIVE = 2n;

async function makeKey(
  stage: Stage,
  role: "merchant" | "till",
  about: { organisation: string; merchantId: number },
): Promise<Client> {
  const body = { role, label: `demo ${role}`, lifeDays: 1, ...about };
  const { secret } = await answerOf(api.createKey({ client: stage.operator, headers: nextWrite(stage), body }));
  return openLedger(stage.url, secret ?? "");
}

export interface NewShop extends Shop {
  readonly merchant: Client;
  readonly merchantId: number;
}

async function apply(stage: Stage): Promise<number> {
  const profile = JSON.stringify({ name: `示范茶饮 ${stage.run}`, introduction: "现泡茶 Fresh tea" });
  const applied = await carryOut(
    stage.operator,
    api.applyForMerchant({
      client: stage.operator,
      headers: nextWrite(stage),
      body: {
        legalName: `示范茶饮 ${stage.run}`,
        tokenName: `示范茶饮积分 ${stage.run}`,
        tokenSymbol: `T${stage.run.slice(-6)}`.toUpperCase(),
        category: "茶饮 tea",
        pointsPerYuan: 100,
        calendar: "month",
        utcOffsetSeconds: 28_800,
        profileUri: `data:application/json,${encodeURIComponent(profile)}`,
        profileHash: id(profile),
      },
    }),
  );
  return applied.outcome?.merchantId ?? 0;
}

export async function admitMerchant(stage: Stage): Promise<NewShop> {
  const { narrator, eye } = stage;
  narrator.step("A new merchant applies", "新商家申请入盟");
  const organisation = `demo-${stage.run}`;
  const merchantId = await apply(stage);
  const { controller } = await eye.merchant(merchantId);
  narrator.step("The council admits it and pays it from the treasury", "理事会表决接纳，并由国库拨付联盟积分");
  const alp = COLLATERAL + ALP_RESERVE;
  await decide(stage, {
    description: `接纳示范茶饮 ${stage.run} Admit a tea shop`,
    actions: [
      { action: "approve-merchant", merchantId },
      { action: "pay-from-treasury", to: controller, alp: String(alp) },
    ],
  });
  const { token, status } = await eye.merchant(merchantId);
  narrator.same("status Active", ACTIVE, status);
  narrator.same("paid from the treasury, ALP wei", alp, await eye.alpOf(controller));
  await compareWithRegister(stage, merchantId, { token, controller });

  const merchant = await makeKey(stage, "merchant", { organisation, merchantId });
  const till = await makeKey(stage, "till", { organisation, merchantId });
  const shop = { merchantId, token: token.toLowerCase(), merchant, till };
  await backPoints(stage, shop);
  await openExchange(stage, shop);
  return shop;
}

/** The public register says the same of the newcomer. */
async function compareWithRegister(
  stage: Stage,
  merchantId: number,
  onChain: { token: string; controller: string },
): Promise<void> {
  const { narrator, auditor } = stage;
  await waitForReads(() => answerOf(api.getStatus({ client: auditor })), newestBlock());
  const path = { id: String(merchantId) } as never;
  const merchant = await answerOf(api.getMerchant({ client: auditor, path }));
  narrator.same(`token of merchant ${merchantId}`, merchant.token, onChain.token);
  narrator.same("controller", merchant.controller, onChain.controller);
}

async function backPoints(stage: Stage, { merchantId, merchant, token }: NewShop): Promise<void> {
  const { narrator, eye } = stage;
  narrator.step("It locks collateral and sets up a till", "缴存保证金，设置收银台");
  const path = { id: String(merchantId) } as never;
  const deposit = { client: merchant, headers: nextWrite(stage), path, body: { alp: String(COLLATERAL) } };
  await carryOut(merchant, api.depositCollateral(deposit));
  narrator.same("collateral in ALP wei", COLLATERAL, await eye.depositOf(merchantId));
  const limit = { client: merchant, headers: nextWrite(stage), path: { token }, body: { dailyLimit: "10000000" } };
  await carryOut(merchant, api.setTill(limit));
}

async function openExchange(stage: Stage, { merchant, token }: NewShop): Promise<void> {
  const { narrator, eye } = stage;
  narrator.step("It posts prices and funds its reserves", "公布兑换价格，注入储备");
  const base = () => ({ client: merchant, headers: nextWrite(stage), path: { token } });
  const limits = { poolDaily: "5000000", accountDaily: "500000" };
  await carryOut(merchant, api.openPool({ ...base(), body: { prices: PRICES, limits } }));
  await carryOut(merchant, api.fundPoints({ ...base(), body: { points: String(POINT_RESERVE) } }));
  await carryOut(merchant, api.fundAlp({ ...base(), body: { alp: String(ALP_RESERVE) } }));
  const pool = await eye.pool(token);
  narrator.same("accept price (收入价), wei a base unit", PRICES.accept, pool.prices["accept"]);
  narrator.same("release price (放出价), wei a base unit", PRICES.release, pool.prices["release"]);
  await carryOut(merchant, api.postPrices({ ...base(), body: NEXT_PRICES }));
  const { nextPrices } = await eye.pool(token);
  narrator.same("release price announced (预告放出价)", NEXT_PRICES.release, nextPrices["release"]);
  narrator.same("reserve of points", POINT_RESERVE, pool["pointReserve"]);
  narrator.same("reserve of ALP, wei", ALP_RESERVE, pool["alpReserve"]);
}
