/**
 * `npm run demo`: the main job, end to end, through the public API of a running gateway, every number compared with the
 * chain by calls of its own. Exits non-zero at any difference. Can be played again and again on the same chain.
 */
import { LedgerProblem } from "../gateway/client/ledger-client.ts";
import { audit } from "./main-job/audit.ts";
import { admitMerchant } from "./main-job/admit.ts";
import { inviteCustomers } from "./main-job/customers.ts";
import { holdAndSettle } from "./main-job/hold.ts";
import { issuePoints } from "./main-job/issue.ts";
import { reverseWithDebt } from "./main-job/reverse.ts";
import type { Stage } from "./main-job/stage.ts";
import { DemoError, openStage } from "./main-job/stage.ts";
import { swapAndRedeem } from "./main-job/swap.ts";

const HELP = `npm run demo   plays the main job through the API of a running gateway and compares every number with the chain

It takes the address, the keys and the contracts from the data directory that npm start filled. Elsewhere:
  LEDGER_URL=http://127.0.0.1:8080 LEDGER_RPC_URL=http://127.0.0.1:8545 npm run demo
  LEDGER_DATA_DIR=/var/lib/ledger npm run demo
It exits with 0 when every number agrees, else with 1 and the numbers that do not.`;

async function play(stage: Stage): Promise<void> {
  const shop = await admitMerchant(stage);
  const players = await inviteCustomers(stage);
  await issuePoints(stage, shop, players);
  for (const player of players) await swapAndRedeem(stage, player);
  await holdAndSettle(stage, players);
  await reverseWithDebt(stage, shop, players);
  await audit(stage, [stage.countryStyle.token, stage.burger.token, shop.token], players);
}

async function main(): Promise<number> {
  const startedAt = performance.now();
  try {
    const stage = await openStage(process.env);
    await play(stage);
    stage.eye.close();
    return stage.narrator.end((performance.now() - startedAt) / 1_000);
  } catch (error) {
    const isForPeople = error instanceof DemoError || error instanceof LedgerProblem;
    console.error(`\n${isForPeople ? error.message : ((error as Error).stack ?? String(error))}`);
    return 1;
  }
}

if (process.argv.includes("--help")) console.log(HELP);
else process.exitCode = await main();
