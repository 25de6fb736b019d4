/** The street: eight merchants with their prices, shops and goods. Amounts: points in base units, money in fen, ALP in wei. */
export const POINT = 100n;
export const ALP = 10n ** 18n;

export interface Shelf {
  readonly sku: string;
  readonly category: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly priceFen: number;
}

export interface ShopData {
  readonly slug: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly symbol: string;
  readonly category: string;
  readonly pointsPerYuan: 100 | 1000;
  /** Percent of face value at which its points are taken in and given out. */
  readonly accept: bigint;
  readonly release: bigint;
  /** Points mature by themselves seconds after the order, or when the shop confirms. */
  readonly maturesBy: "window" | "action";
  readonly shelf: readonly [Shelf, Shelf, Shelf];
  /** From the corner of the street, in degrees. */
  readonly at: { readonly north: number; readonly east: number };
}

const shelf = (sku: string, category: string, zh: string, en: string, priceFen: number): Shelf => ({
  sku,
  category,
  name: { zh, en },
  priceFen,
});

/** Percent rebates are the rule books'; prices are what makes swaps differ. */
export const SHOPS: readonly ShopData[] = [
  {
    slug: "xiangcunji",
    name: { zh: "乡村基", en: "Country Style" },
    symbol: "XCJ",
    category: "中式快餐 restaurant",
    pointsPerYuan: 100,
    accept: 80n,
    release: 100n,
    maturesBy: "window",
    shelf: [
      shelf("rice-bowl", "meal", "香菇滑鸡饭", "Chicken rice bowl", 2_800),
      shelf("soup", "side", "番茄蛋花汤", "Tomato soup", 600),
      shelf("gift-card", "card", "储值卡", "Gift card", 10_000),
    ],
    at: { north: 0.0004, east: 0.0002 },
  },
  {
    slug: "burgerking",
    name: { zh: "汉堡王", en: "Burger King" },
    symbol: "BKC",
    category: "西式快餐 restaurant",
    pointsPerYuan: 100,
    accept: 85n,
    release: 95n,
    maturesBy: "action",
    shelf: [
      shelf("whopper", "meal", "双层皇堡套餐", "Double Whopper meal", 4_200),
      shelf("fries", "side", "薯条", "Fries", 1_200),
      shelf("toy", "toy", "玩具", "Toy", 2_500),
    ],
    at: { north: -0.0006, east: 0.0007 },
  },
  {
    slug: "cloudbooks",
    name: { zh: "云朵书店", en: "Cloud Books" },
    symbol: "YDSD",
    category: "图书文创 books",
    pointsPerYuan: 1000,
    accept: 70n,
    release: 90n,
    maturesBy: "window",
    shelf: [
      shelf("novel", "book", "长篇小说", "Novel", 5_900),
      shelf("notebook", "paper", "笔记本", "Notebook", 1_850),
      shelf("poster", "paper", "海报", "Poster", 990),
    ],
    at: { north: 0.0012, east: -0.0005 },
  },
  {
    slug: "dawnmart",
    name: { zh: "晨光超市", en: "Dawn Mart" },
    symbol: "CGCS",
    category: "社区超市 grocery",
    pointsPerYuan: 100,
    accept: 90n,
    release: 100n,
    maturesBy: "action",
    shelf: [
      shelf("rice-5kg", "grocery", "大米 5 公斤", "Rice 5 kg", 3_990),
      shelf("milk", "grocery", "鲜牛奶", "Milk", 1_290),
      shelf("towel", "home", "毛巾", "Towel", 1_550),
    ],
    at: { north: -0.0015, east: -0.0011 },
  },
  {
    slug: "leaf-tea",
    name: { zh: "一叶茶饮", en: "Leaf Tea" },
    symbol: "YYCY",
    category: "茶饮 tea",
    pointsPerYuan: 100,
    accept: 82n,
    release: 100n,
    maturesBy: "window",
    shelf: [
      shelf("green-tea", "drink", "茉莉绿茶", "Jasmine tea", 1_600),
      shelf("milk-tea", "drink", "厚乳奶茶", "Milk tea", 2_200),
      shelf("tea-tin", "tin", "茶叶罐", "Tin of tea", 8_800),
    ],
    at: { north: 0.0002, east: 0.0015 },
  },
  {
    slug: "peony",
    name: { zh: "牡丹花坊", en: "Peony Flowers" },
    symbol: "MDHF",
    category: "鲜花 flowers",
    pointsPerYuan: 100,
    accept: 75n,
    release: 98n,
    maturesBy: "action",
    shelf: [
      shelf("bouquet", "flowers", "花束", "Bouquet", 9_900),
      shelf("rose", "flowers", "单枝玫瑰", "Single rose", 900),
      shelf("vase", "home", "花瓶", "Vase", 6_500),
    ],
    at: { north: 0.0019, east: 0.0009 },
  },
  {
    slug: "starlight",
    name: { zh: "星光影院", en: "Starlight Cinema" },
    symbol: "XGYY",
    category: "影院 cinema",
    pointsPerYuan: 100,
    accept: 80n,
    release: 96n,
    maturesBy: "window",
    shelf: [
      shelf("ticket", "ticket", "电影票", "Cinema ticket", 4_500),
      shelf("popcorn", "snack", "爆米花", "Popcorn", 2_600),
      shelf("cola", "snack", "可乐", "Cola", 1_100),
    ],
    at: { north: -0.0021, east: 0.0016 },
  },
  {
    slug: "sharp-cuts",
    name: { zh: "利落美发", en: "Sharp Cuts" },
    symbol: "LLMF",
    category: "美发 hair",
    pointsPerYuan: 100,
    accept: 78n,
    release: 99n,
    maturesBy: "action",
    shelf: [
      shelf("haircut", "service", "剪发", "Haircut", 6_800),
      shelf("shampoo", "goods", "洗发水", "Shampoo", 3_900),
      shelf("comb", "goods", "梳子", "Comb", 1_500),
    ],
    at: { north: 0.0008, east: -0.0018 },
  },
];

/** Chunxi Road, Chengdu. */
export const CORNER = { latitude: 30.6598, longitude: 104.0805 };

/** `--small`: a fifth of everybody and everything, for whoever is changing something and wants to know soon. */
const SCALE = process.argv.includes("--small") ? 5 : 1;
export const scaled = (count: number): number => Math.ceil(count / SCALE);

export const CUSTOMERS = scaled(200);

export const percentOf = (face: bigint, percent: bigint): bigint => (face * percent) / 100n;
/** ALP wei a base unit, at 1 ALP a yuan. */
export const faceOf = ({ pointsPerYuan }: Pick<ShopData, "pointsPerYuan">): bigint => ALP / BigInt(pointsPerYuan * 100);
