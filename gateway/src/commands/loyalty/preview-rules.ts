/** Looks at rules before they go live, on the grounds of the shop's own history where there is one. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Fen, Points } from "../../kernel/ids.ts";
import type { History, SampleOrder } from "../../loyalty/outlook.ts";
import type { Preview, PreviewFacts } from "../../loyalty/preview.ts";
import { previewBook } from "../../loyalty/preview.ts";
import type { RuleBook } from "../../loyalty/rule-book.ts";
import { parseBook } from "../../loyalty/schema.ts";
import { readInForce } from "../../store/loyalty-rules.ts";
import { readNewestOrders, readPrizes, readTrade, readUse } from "../../store/loyalty-history.ts";
import { findMerchantTerms } from "../find-merchant.ts";
import type { Rooms } from "../rooms.ts";
import { findDraft } from "./draft-rules.ts";

const DAY_SECONDS = 86_400;
/** Trade of so many days says what to expect; over less than a week it says nothing about days. */
const TRADE_DAYS = 90;
const DAYS_MIN = 7;
const ORDERS_MIN = 20;
const LINES_MAX = 2_000;
/** Before a tenth of what was issued was used or expired, the share of either says nothing. */
const SETTLED_SHARE = 10n;

export interface PreviewAsked {
  readonly merchantId: number;
  /** Left out: the draft. */
  readonly book?: RuleBook | undefined;
  readonly given: PreviewFacts["given"];
}

/** The book that was asked about, and the one in force beside it on the same grounds. */
export interface Compared {
  readonly asked: Preview;
  readonly inForce: (Preview & { readonly version: number }) | undefined;
}

export async function previewRules(rooms: Rooms, { merchantId, book, given }: PreviewAsked): Promise<Compared> {
  const facts = { ...(await groundsOf(rooms, merchantId)), given };
  const asked = book ?? parseBook(JSON.parse((await findDraft(rooms, merchantId)).document));
  const stored = await readInForce(rooms.db, merchantId);
  const inForce =
    stored === undefined
      ? undefined
      : { ...previewBook(parseBook(JSON.parse(stored.document)), facts), version: stored.version };
  return { asked: previewBook(asked, facts), inForce };
}

/** Throws `rules_rejected` when an error stands against it; warnings are the merchant's to weigh. */
export async function assertPublishable(rooms: Rooms, merchantId: number, document: string): Promise<void> {
  const facts = { ...(await groundsOf(rooms, merchantId)), given: {} };
  const { findings } = previewBook(parseBook(JSON.parse(document)), facts);
  const errors = findings.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first !== undefined)
    throw new LedgerError("rules_rejected", {
      merchantId,
      problems: errors.length,
      findingCode: first.code,
      finding: first.en,
      findingZh: first.zh,
    });
}

async function groundsOf(rooms: Rooms, merchantId: number): Promise<Omit<PreviewFacts, "given">> {
  const now = Math.floor(rooms.clock.now() / 1000);
  const terms = await findMerchantTerms(rooms, merchantId);
  return { terms, now, history: await historyOf(rooms, merchantId, now) };
}

async function historyOf({ db }: Rooms, merchantId: number, now: number): Promise<History> {
  const trade = await readTrade(db, merchantId, now - TRADE_DAYS * DAY_SECONDS);
  const prizes = (await readPrizes(db, merchantId)) as readonly Points[];
  return {
    ...paceOf(trade, now),
    ...(await useOf(db, merchantId)),
    ...(prizes.length === 0 ? {} : { prizes }),
    sample: await sampleOf(db, merchantId),
  };
}

/** The newest orders, as many as are played in a fraction of a second under any book. */
async function sampleOf(db: Rooms["db"], merchantId: number): Promise<History["sample"]> {
  const sample: SampleOrder[] = [];
  let count = 0;
  for (const { placedAt, lines } of await readNewestOrders(db, merchantId)) {
    count += lines.length;
    if (count > LINES_MAX) break;
    sample.push({ placedAt, lines: lines.map((line) => ({ ...line, paidFen: BigInt(line.paidFen) as Fen })) });
  }
  return sample;
}

function paceOf({ orders, firstOrders, paidFen, firstAt }: Awaited<ReturnType<typeof readTrade>>, now: number) {
  if (orders < ORDERS_MIN || firstAt === null) return {};
  const averageOrderFen = (paidFen / BigInt(orders)) as Fen;
  const days = Math.ceil((now - firstAt) / DAY_SECONDS);
  if (days < DAYS_MIN) return { averageOrderFen };
  return {
    averageOrderFen,
    ordersPerDay: Math.max(1, Math.round(orders / days)),
    newCustomersPerMonth: Math.round((firstOrders * 30) / days),
  };
}

async function useOf(db: Rooms["db"], merchantId: number): Promise<{ usedBps?: number }> {
  const use = await readUse(db, merchantId);
  const settled = use === undefined ? 0n : use.redeemed + use.expired;
  if (use === undefined || settled === 0n || settled * SETTLED_SHARE < use.issued) return {};
  return { usedBps: Number((use.redeemed * 10_000n) / settled) };
}
