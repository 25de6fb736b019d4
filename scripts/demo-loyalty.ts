/**
 * `npm run demo:loyalty`: a day of a shopping street, through the public API of a ledger of its own. At night the books of
 * the gateway, the chain and the merchants' own systems are laid side by side. Exits non-zero at any difference.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { fulfil, redeemStickers, stroll, swapPoints } from "./loyalty-street/afternoon.ts";
import { payWithPoints } from "./loyalty-street/bills.ts";
import { compareBooks, compareWebhooks } from "./loyalty-street/books.ts";
import { confirmRest, decide, sendNonsense, untilQuiet } from "./loyalty-street/closing.ts";
import { Day, SEED } from "./loyalty-street/day.ts";
import { bringBack } from "./loyalty-street/evening.ts";
import { buy, doTasks, grant, joinShops, settleOrders } from "./loyalty-street/morning.ts";
import { drawLots } from "./loyalty-street/lottery.ts";
import { openStreet } from "./loyalty-street/opening.ts";
import { startReceiver, type Receiver } from "./loyalty-street/receiver.ts";
import { openWindows, RETURN_WINDOW_SECONDS } from "./loyalty-street/window.ts";
import { openWorld, type World } from "./loyalty-street/world.ts";

const HELP = `npm run demo:loyalty   a day of a shopping street: 8 merchants, 200 customers, some 3,000 events

It starts a chain, a gateway and a receiver of webhooks of its own on free ports, in a temporary directory, and leaves
nothing behind. The day is the same every time. --small plays a fifth of it. It exits with 0 when every number agrees, else with 1.`;

const startedAt = performance.now();
const say = (text: string): void => {
  console.log(`[${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(5)} s] ${text}`);
};

/** The day in its order; what somebody wants from it is in the acts themselves. */
function actsOf(day: Day, receiver: Receiver): readonly (readonly [string, () => Promise<void>])[] {
  return [
    ["rules, shops, goods and webhooks are set up · 规则、门店、商品、回调就绪", () => openWindows(day, receiver)],
    ["customers join, half of the later ones brought by a friend · 会员入会与推荐", () => joinShops(day)],
    ["they sign in, look and fill carts · 签到、浏览、加购", () => doTasks(day)],
    ["they buy · 下单", () => buy(day)],
    [
      "shops confirm, cancel, and grant for birthdays · 确认、取消、赠送",
      () => grant(day).then(() => settleOrders(day)),
    ],
    ["goods come back before their points matured · 到账前退货", () => bringBack(day, "early")],
    ["points mature · 积分到账", () => sleep(RETURN_WINDOW_SECONDS * 1_000)],
    ["what do my points buy here? · 附近优惠", () => stroll(day)],
    ["points are swapped · 积分兑换", () => swapPoints(day)],
    ["bills are partly paid with points · 积分抵现", () => payWithPoints(day)],
    ["points become goods · 兑换商品", () => redeemStickers(day).then(() => fulfil(day))],
    ["lots are drawn · 抽奖", () => drawLots(day)],
    ["goods come back after their points were spent · 到账后退货", () => bringBack(day, "late")],
    ["nonsense is refused by name · 错误请求被拒绝", () => sendNonsense(day)],
    ["the shops close · 打烊", () => confirmRest(day).then(() => decide(day))],
    ["everything arrives · 全部落账", () => untilQuiet(day)],
    ["the books are compared with the chain · 账本与链核对", () => compareBooks(day)],
    ["the webhooks are counted · 回调核对", () => compareWebhooks(day)],
  ];
}

async function play(world: World, receiver: Receiver): Promise<Day> {
  const street = await openStreet(world);
  say(`${street.shops.length} merchants are admitted, ${street.customers.length} customers have accounts · 街市就绪`);
  const day = new Day(street, say);
  for (const [words, run] of actsOf(day, receiver)) {
    const before = day.total;
    await run();
    say(`${words}${day.total === before ? "" : ` (+${day.total - before})`}`);
  }
  return day;
}

function tell(day: Day): number {
  console.log(`\nseed ${SEED}:`);
  for (const [what, count] of day.counts) console.log(`${String(count).padStart(7)} ${what}`);
  const outcome = day.differences === 0 ? "every number agrees · 全部一致" : `${day.differences} DIFFER · 不一致`;
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  console.log(`${String(day.total).padStart(7)} events; ${day.compared} numbers compared, ${outcome} (${seconds} s)`);
  return day.differences === 0 ? 0 : 1;
}

/** Ctrl-C ends the day; what was started is still taken down. */
const stopAsked = new Promise<never>((_, reject) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => reject(new Error(`stopped by ${signal}`)));
});

async function main(): Promise<number> {
  // Asked to stop meanwhile, it is finished first: half a world has nobody to take it down.
  stopAsked.catch(() => undefined);
  const world = await openWorld(say);
  const receiver = await startReceiver();
  try {
    return tell(await Promise.race([play(world, receiver), stopAsked]));
  } catch (error) {
    console.error((error as Error).stack ?? String(error));
    return 1;
  } finally {
    await receiver.close();
    await world.stop();
  }
}

if (process.argv.includes("--help")) console.log(HELP);
else process.exitCode = await main();
