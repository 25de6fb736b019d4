/** One draw: prizes in escrow first, a member of the alliance as witness, sixty tickets, and prizes that pay themselves. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { PROJECT_ROOT } from "../tooling/run-step.ts";
import { scaled } from "./cast.ts";
import { inParallel } from "./client.ts";
import { CHAIN_WIDTH, nowSeconds, unlessRefused, until, type Day } from "./day.ts";
import type { Shop } from "./opening.ts";
import { shuffle } from "./random.ts";

const TICKETS = scaled(60);
const PER_ACCOUNT = 3;
const TICKET_POINTS = 1_000n;
const PRIZES = [
  { points: 50_000n, count: 1 },
  { points: 10_000n, count: 3 },
  { points: 2_000n, count: scaled(10) },
] as const;
/** Anybody who is refused has too few points by now, or the tickets are gone. */
const REFUSED = ["chain_refused"];

interface Draw {
  readonly drawId: number;
  readonly state: string;
  readonly ticketsSold: number;
  readonly purchases: number;
  readonly purchasesSettled: number;
  readonly prizeCount: number;
  readonly prizesPaid: number;
}

export async function drawLots(day: Day): Promise<void> {
  const shop = day.street.shops.find(({ slug }) => slug === "leaf-tea");
  if (shop === undefined) throw new Error("the street has no tea shop");
  const drawId = await announce(day, shop);
  await day.street.founder.carryOut(`/v1/draws/${drawId}/witness`, `witness ${drawId}`);
  day.count("draws announced and witnessed");
  await sellTickets(day, shop, drawId);
  // Sold out: it is closed, revealed, drawn, settled and paid by the gateway itself.
  const draw = (): Promise<Draw> => day.street.anybody.get<Draw>(`/v1/draws/${drawId}`);
  await until("the draw is drawn, settled and paid", async () => {
    const { state, purchases, purchasesSettled, prizeCount, prizesPaid } = await draw();
    return state === "drawn" && purchasesSettled === purchases && prizesPaid === prizeCount;
  });
  day.draws.push({ drawId, shop });
  day.count("prizes paid", (await draw()).prizeCount);
  day.same("the draw, drawn again from the chain's logs alone (exit code)", await drawAgain(day, drawId), 0);
}

/** `npm run lottery -- verify`, which knows nothing of the gateway. */
async function drawAgain({ street: { world } }: Day, drawId: number): Promise<number | null> {
  const script = join(PROJECT_ROOT, "scripts", "lottery.ts");
  const args = ["verify", String(drawId), "--rpc", world.rpcUrl, "--data-dir", world.dataDir];
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

/** The merchant gives its own controller the points that it will put into escrow. */
async function announce(day: Day, shop: Shop): Promise<number> {
  const { controller } = await day.street.anybody.get<{ controller: string }>(shop.path);
  const points = PRIZES.reduce((sum, prize) => sum + prize.points * BigInt(prize.count), 0n);
  const items = [{ to: controller, points: String(points), orderRef: "prizes of the day" }];
  await shop.till.carryOut(`/v1/points/${shop.token}/issues`, "prizes", { items });
  day.byHand.set(shop.token, (day.byHand.get(shop.token) ?? 0n) + points);
  await shop.merchant.carryOut(`${shop.path}/draws`, "draw", {
    drawRef: "tea-day",
    title: "一叶茶饮抽奖 Tea day draw",
    terms: "一等奖 500 积分，二等奖 100 积分，三等奖 20 积分。Prizes of 500, 100 and 20 points.",
    ticketPoints: String(TICKET_POINTS),
    ticketsMax: TICKETS,
    ticketsPerAccount: PER_ACCOUNT,
    salesEnd: nowSeconds() + 3_600,
    prizes: PRIZES.map(({ points: each, count }) => ({ points: String(each), count })),
  });
  let drawId = 0;
  await until("the draw is listed", async () => {
    const { items: draws } = await day.street.anybody.get<{ items: Draw[] }>(`/v1/draws?merchantId=${shop.merchantId}`);
    drawId = draws[0]?.drawId ?? 0;
    return drawId > 0;
  });
  return drawId;
}

async function sellTickets(day: Day, shop: Shop, drawId: number): Promise<void> {
  const able = shuffle(day.random, day.street.customers);
  let left = TICKETS;
  await inParallel(CHAIN_WIDTH, able, async (customer) => {
    const balance = (await day.balancesOf(customer)).get(shop.token) ?? 0n;
    const count = Math.min(PER_ACCOUNT, left, Number(balance / TICKET_POINTS));
    if (count === 0) return;
    left -= count;
    const body = { customerId: customer.id, count };
    const bought = await unlessRefused(REFUSED, () =>
      day.street.wallet.carryOut(`/v1/draws/${drawId}/tickets`, `tickets ${drawId} ${customer.index}`, body),
    );
    if (bought === undefined) left += count;
    else day.count("lottery tickets", count);
  });
  if (left > 0) throw new Error(`${left} of ${TICKETS} tickets found no buyer with points of ${shop.symbol}`);
}
