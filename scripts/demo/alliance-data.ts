/** The demo alliance as data: its members and its merchants. Amounts: points in base units (0.01 point), ALP in wei. */

export const POINT = 100n;
export const ALP = 10n ** 18n;
const UTC_PLUS_8_SECONDS = 8 * 3_600;

/** Numbers of contracts/types/Calendar.sol. */
const CALENDAR = { month: 1, quarter: 2 } as const;

export interface MemberData {
  /** Its profile is scripts/demo/profiles/<slug>.json. */
  readonly slug: string;
  readonly name: string;
}

/** The first one exists from the first block; the others are admitted. */
export const MEMBERS: readonly [founder: MemberData, ...others: MemberData[]] = [
  { slug: "alliance-office", name: "积分通联盟运营中心 Alliance Office" },
  { slug: "catering-association", name: "川渝餐饮行业协会 Catering Association" },
  { slug: "cloud-payments", name: "云桥支付科技 Cloud Bridge Payments" },
  { slug: "consumer-council", name: "市消费者权益保护委员会 Consumer Council" },
];

export interface MerchantData {
  readonly slug: string;
  readonly terms: {
    readonly legalName: string;
    readonly tokenName: string;
    readonly tokenSymbol: string;
    readonly category: string;
    readonly pointsPerYuan: number;
    readonly calendar: number;
    readonly utcOffsetSeconds: number;
  };
  /** ALP wei a base unit. */
  readonly prices: { readonly accept: bigint; readonly release: bigint };
  readonly limits: { readonly poolDaily: bigint; readonly accountDaily: bigint };
  /** ALP locked as collateral: at 30 % coverage 1 ALP lets 333 points of a 100:1 merchant be outstanding. */
  readonly collateral: bigint;
  readonly alpReserve: bigint;
  readonly pointReserve: bigint;
  readonly tillDailyLimit: bigint;
}

/** Face value of a base unit at 100 points a yuan and 1 ALP a yuan. */
const FACE_100 = ALP / 10_000n;
const FACE_1000 = ALP / 100_000n;
const percent = (face: bigint, share: bigint): bigint => (face * share) / 100n;

export const MERCHANTS: readonly MerchantData[] = [
  {
    slug: "xiangcunji",
    terms: {
      legalName: "重庆乡村基餐饮有限公司",
      tokenName: "乡村基积分",
      tokenSymbol: "XCJ",
      category: "中式快餐 restaurant",
      pointsPerYuan: 100,
      calendar: CALENDAR.month,
      utcOffsetSeconds: UTC_PLUS_8_SECONDS,
    },
    prices: { accept: percent(FACE_100, 80n), release: FACE_100 },
    limits: { poolDaily: 500_000n * POINT, accountDaily: 50_000n * POINT },
    collateral: 50_000n * ALP,
    alpReserve: 20_000n * ALP,
    pointReserve: 1_000_000n * POINT,
    tillDailyLimit: 1_000_000n * POINT,
  },
  {
    slug: "burgerking",
    terms: {
      legalName: "汉堡王（中国）投资有限公司",
      tokenName: "汉堡王积分",
      tokenSymbol: "BKC",
      category: "西式快餐 restaurant",
      pointsPerYuan: 100,
      calendar: CALENDAR.month,
      utcOffsetSeconds: UTC_PLUS_8_SECONDS,
    },
    prices: { accept: percent(FACE_100, 85n), release: percent(FACE_100, 95n) },
    limits: { poolDaily: 500_000n * POINT, accountDaily: 50_000n * POINT },
    collateral: 50_000n * ALP,
    alpReserve: 20_000n * ALP,
    pointReserve: 1_000_000n * POINT,
    tillDailyLimit: 1_000_000n * POINT,
  },
  {
    slug: "cloudbooks",
    terms: {
      legalName: "云朵书店文化有限公司",
      tokenName: "云朵书店积分",
      tokenSymbol: "YDSD",
      category: "图书文创 books",
      pointsPerYuan: 1_000,
      calendar: CALENDAR.quarter,
      utcOffsetSeconds: UTC_PLUS_8_SECONDS,
    },
    prices: { accept: percent(FACE_1000, 70n), release: percent(FACE_1000, 90n) },
    limits: { poolDaily: 2_000_000n * POINT, accountDaily: 200_000n * POINT },
    collateral: 20_000n * ALP,
    alpReserve: 8_000n * ALP,
    pointReserve: 5_000_000n * POINT,
    tillDailyLimit: 5_000_000n * POINT,
  },
  {
    slug: "dawnmart",
    terms: {
      legalName: "晨光社区超市有限公司",
      tokenName: "晨光超市积分",
      tokenSymbol: "CGCS",
      category: "社区超市 grocery",
      pointsPerYuan: 100,
      calendar: CALENDAR.month,
      utcOffsetSeconds: UTC_PLUS_8_SECONDS,
    },
    prices: { accept: percent(FACE_100, 90n), release: FACE_100 },
    limits: { poolDaily: 800_000n * POINT, accountDaily: 80_000n * POINT },
    collateral: 40_000n * ALP,
    alpReserve: 15_000n * ALP,
    pointReserve: 800_000n * POINT,
    tillDailyLimit: 2_000_000n * POINT,
  },
];
