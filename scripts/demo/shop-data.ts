/** What the demo's merchants put into their windows, as data: shops, offers, goods, rules. Points are whole points. */

export interface Words {
  readonly zh: string;
  readonly en: string;
}

interface StoreData {
  readonly ref: string;
  readonly name: Words;
  readonly address: string;
  readonly latitude: number;
  readonly longitude: number;
}

interface OfferData {
  readonly ref: string;
  readonly title: Words;
  readonly sku?: string;
  readonly points: number;
  readonly cashFen: number;
  readonly worthFen: number;
}

interface GoodsData {
  readonly sku: string;
  readonly name: Words;
  readonly points: number;
  readonly stock: number;
}

export interface ShopData {
  readonly slug: string;
  /** What the preset of its rules is filled from. */
  readonly rules: { readonly stage: string; readonly averageOrderFen: number; readonly grossMarginBps: number };
  readonly stores: readonly StoreData[];
  readonly offers: readonly OfferData[];
  readonly goods: readonly GoodsData[];
}

/** All in the middle of Chongqing, within walking distance of 解放碑: the nearby page has something near. */
export const SHOPS: readonly ShopData[] = [
  {
    slug: "xiangcunji",
    rules: { stage: "growth", averageOrderFen: 3_000, grossMarginBps: 6_000 },
    stores: [
      {
        ref: "jiefangbei",
        name: { zh: "乡村基解放碑店", en: "Country Style Jiefangbei" },
        address: "重庆市渝中区民权路 28 号",
        latitude: 29.5577,
        longitude: 106.577,
      },
      {
        ref: "guanyinqiao",
        name: { zh: "乡村基观音桥店", en: "Country Style Guanyinqiao" },
        address: "重庆市江北区观音桥步行街 9 号",
        latitude: 29.574,
        longitude: 106.533,
      },
    ],
    offers: [
      {
        ref: "beef-rice",
        title: { zh: "招牌牛肉饭", en: "House beef rice" },
        sku: "beef-rice",
        points: 1_800,
        cashFen: 0,
        worthFen: 2_200,
      },
      {
        ref: "set-meal",
        title: { zh: "双人套餐加价换", en: "Meal for two, part points" },
        points: 1_200,
        cashFen: 2_900,
        worthFen: 5_200,
      },
    ],
    goods: [
      { sku: "soy-egg", name: { zh: "卤蛋一个", en: "Soy egg" }, points: 200, stock: 500 },
      { sku: "beef-rice", name: { zh: "招牌牛肉饭", en: "House beef rice" }, points: 1_800, stock: 120 },
      { sku: "lunch-box", name: { zh: "不锈钢饭盒", en: "Steel lunch box" }, points: 4_500, stock: 30 },
    ],
  },
  {
    slug: "burgerking",
    rules: { stage: "mature", averageOrderFen: 4_000, grossMarginBps: 5_500 },
    stores: [
      {
        ref: "raffles",
        name: { zh: "汉堡王来福士店", en: "Burger King Raffles City" },
        address: "重庆市渝中区接圣街 8 号",
        latitude: 29.5687,
        longitude: 106.5877,
      },
    ],
    offers: [
      {
        ref: "whopper",
        title: { zh: "皇堡一个", en: "One Whopper" },
        sku: "whopper",
        points: 2_400,
        cashFen: 0,
        worthFen: 2_800,
      },
      {
        ref: "fries",
        title: { zh: "中份薯条", en: "Medium fries" },
        sku: "fries",
        points: 900,
        cashFen: 0,
        worthFen: 1_150,
      },
    ],
    goods: [
      { sku: "fries", name: { zh: "中份薯条", en: "Medium fries" }, points: 900, stock: 300 },
      { sku: "whopper", name: { zh: "皇堡一个", en: "One Whopper" }, points: 2_400, stock: 150 },
    ],
  },
  {
    slug: "cloudbooks",
    rules: { stage: "new-shop", averageOrderFen: 6_000, grossMarginBps: 4_000 },
    stores: [
      {
        ref: "shibati",
        name: { zh: "云朵书店十八梯店", en: "Cloud Books Shibati" },
        address: "重庆市渝中区十八梯 33 号",
        latitude: 29.5524,
        longitude: 106.5715,
      },
    ],
    offers: [
      {
        ref: "coffee-seat",
        title: { zh: "阅读位配手冲咖啡", en: "Reading seat with hand-drip coffee" },
        points: 20_000,
        cashFen: 0,
        worthFen: 2_600,
      },
    ],
    goods: [
      { sku: "bookmark", name: { zh: "黄铜书签", en: "Brass bookmark" }, points: 8_000, stock: 200 },
      { sku: "tote", name: { zh: "帆布袋", en: "Canvas tote" }, points: 28_000, stock: 60 },
    ],
  },
  {
    slug: "dawnmart",
    rules: { stage: "growth", averageOrderFen: 5_000, grossMarginBps: 3_000 },
    stores: [
      {
        ref: "minsheng",
        name: { zh: "晨光超市民生路店", en: "Dawn Mart Minsheng Road" },
        address: "重庆市渝中区民生路 181 号",
        latitude: 29.5556,
        longitude: 106.5694,
      },
    ],
    offers: [
      {
        ref: "milk",
        title: { zh: "鲜牛奶 950 毫升", en: "Fresh milk, 950 ml" },
        sku: "milk",
        points: 1_000,
        cashFen: 300,
        worthFen: 1_690,
      },
    ],
    goods: [
      { sku: "milk", name: { zh: "鲜牛奶 950 毫升", en: "Fresh milk, 950 ml" }, points: 1_500, stock: 240 },
      { sku: "rice-5kg", name: { zh: "东北大米 5 公斤", en: "Northeast rice, 5 kg" }, points: 3_900, stock: 80 },
    ],
  },
];
