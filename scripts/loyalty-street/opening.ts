/** The street opens: merchants are admitted, back their points and open the exchange; customers join; all by the API. */
import { keccak256, toUtf8Bytes } from "ethers";
import { ALP, CUSTOMERS, faceOf, percentOf, POINT, SHOPS, type ShopData } from "./cast.ts";
import { inParallel, StreetClient, type Command } from "./client.ts";
import type { World } from "./world.ts";

const COLLATERAL = 40_000n * ALP;
const ALP_RESERVE = 10_000n * ALP;
const POINT_RESERVE = 500_000n * POINT;
const LIMITS = { poolDaily: String(2_000_000n * POINT), accountDaily: String(200_000n * POINT) };
const TILL_DAILY = String(50_000_000n * POINT);
/** One organisation keeps the customers of the whole street, so any of its merchants may name them. */
const ORGANISATION = "chunxi-street";

export interface Shop extends ShopData {
  readonly merchantId: number;
  readonly token: string;
  /** Speaks for the merchant; the till may do less. */
  readonly merchant: StreetClient;
  readonly till: StreetClient;
  /** `/v1/merchants/<id>` */
  readonly path: string;
  /** Issued into its reserve when it opened, base units. */
  readonly funded: bigint;
}

export interface Customer {
  readonly index: number;
  readonly id: string;
  readonly account: string;
}

export interface Street {
  readonly world: World;
  readonly anybody: StreetClient;
  readonly operator: StreetClient;
  readonly founder: StreetClient;
  readonly wallet: StreetClient;
  readonly shops: readonly Shop[];
  readonly customers: readonly Customer[];
}

export async function openStreet(world: World): Promise<Street> {
  const operator = new StreetClient(world.url, world.keys.operator);
  const founder = new StreetClient(world.url, world.keys.founder);
  const admitted = await admit(operator, founder);
  const shops = await inParallel(8, SHOPS, async (data, index) => {
    const { merchantId, token } = admitted[index] as { merchantId: number; token: string };
    const keyFor = (role: string): Promise<StreetClient> => makeKey(world, operator, { role, merchantId });
    const shop = { ...data, merchantId, token, merchant: await keyFor("merchant"), till: await keyFor("till") };
    const funded = POINT_RESERVE * BigInt(data.pointsPerYuan / 100);
    const opened = { ...shop, path: `/v1/merchants/${merchantId}`, funded };
    await openExchange(opened);
    return opened;
  });
  const wallet = await makeKey(world, operator, { role: "consumer" });
  const names = Array.from({ length: CUSTOMERS }, (_, index) => `customer-${index}`);
  const customers = await inParallel(8, names, async (externalRef, index) => {
    const made = await wallet.post<{ id: string; address: string }>("/v1/customers", externalRef, { externalRef });
    return { index, id: made.id, account: made.address };
  });
  return { world, anybody: new StreetClient(world.url), operator, founder, wallet, shops, customers };
}

async function makeKey(
  world: World,
  operator: StreetClient,
  about: { role: string; merchantId?: number },
): Promise<StreetClient> {
  const body = { ...about, label: `street ${about.role}`, organisation: ORGANISATION, lifeDays: 1 };
  const name = `key ${about.role} ${about.merchantId ?? 0}`;
  const { secret } = await operator.post<{ secret: string }>("/v1/keys", name, body);
  return new StreetClient(world.url, secret, `${about.merchantId ?? 0} ${about.role} `);
}

/** Every merchant applies; one proposal of the council admits and pays them all. */
async function admit(operator: StreetClient, founder: StreetClient): Promise<{ merchantId: number; token: string }[]> {
  const applied = await inParallel(4, SHOPS, (shop) =>
    operator.carryOut("/v1/merchants", `apply ${shop.slug}`, formOf(shop)),
  );
  const outcomes = applied.map(({ outcome }) => outcome as { merchantId: number; controller: string });
  // Two merchants a proposal: each deploys a token, the dearest call of all.
  for (let from = 0; from < outcomes.length; from += 2) {
    const group = outcomes.slice(from, from + 2);
    const actions = group.flatMap(({ merchantId, controller }) => [
      { action: "approve-merchant", merchantId },
      { action: "pay-from-treasury", to: controller, alp: String(COLLATERAL + ALP_RESERVE) },
    ]);
    await decide(founder, `Admit merchants ${group.map(({ merchantId }) => merchantId).join(" and ")}`, actions);
  }
  return inParallel(4, outcomes, async ({ merchantId }) => {
    for (;;) {
      const { token } = await operator.get<{ token: string | null }>(`/v1/merchants/${merchantId}`);
      if (token !== null) return { merchantId, token };
    }
  });
}

function formOf(shop: ShopData): object {
  const profile = JSON.stringify({ name: shop.name.zh, introduction: shop.name.en });
  return {
    legalName: `${shop.name.zh} ${shop.name.en}`,
    tokenName: `${shop.name.zh}积分`,
    tokenSymbol: shop.symbol,
    category: shop.category,
    pointsPerYuan: shop.pointsPerYuan,
    calendar: "quarter",
    utcOffsetSeconds: 28_800,
    profileUri: `data:application/json,${encodeURIComponent(profile)}`.slice(0, 256),
    profileHash: keccak256(toUtf8Bytes(profile)),
  };
}

/** The council of one decides: proposed with its vote, executed at once. */
export async function decide(founder: StreetClient, description: string, actions: readonly object[]): Promise<void> {
  const asked = { description, actions, vote: true };
  const made = await founder.post<{ proposal: Command; vote: Command | null }>(
    "/v1/council/proposals",
    description,
    asked,
  );
  const { proposalId } = (await founder.finish(made.proposal)) as Command & { proposalId: number };
  if (made.vote !== null) await founder.finish(made.vote);
  await founder.carryOut(`/v1/council/proposals/${proposalId}/execute`, `execute ${description}`);
}

async function openExchange({ slug, merchant, path, token, ...shop }: Shop): Promise<void> {
  const face = faceOf(shop);
  const ratio = BigInt(shop.pointsPerYuan / 100);
  const prices = { accept: percentOf(face, shop.accept), release: percentOf(face, shop.release) };
  const pool = `/v1/exchange/pools/${token}`;
  const times = (limit: string): string => String(BigInt(limit) * ratio);
  await merchant.carryOut(`${path}/collateral/deposits`, `deposit ${slug}`, { alp: String(COLLATERAL) });
  await merchant.carryOut(`/v1/points/${token}/tills`, `till ${slug}`, { dailyLimit: times(TILL_DAILY) });
  await merchant.carryOut(`${pool}/open`, `open ${slug}`, {
    prices: { accept: String(prices.accept), release: String(prices.release) },
    limits: { poolDaily: times(LIMITS.poolDaily), accountDaily: times(LIMITS.accountDaily) },
  });
  await merchant.carryOut(`${pool}/fund-points`, `points ${slug}`, { points: String(shop.funded) });
  await merchant.carryOut(`${pool}/fund-alp`, `alp ${slug}`, { alp: String(ALP_RESERVE) });
}
