/** The customer's wallet in a real browser. */
import { signInAsCustomer } from "../support/wallet-link.ts";
import { walkPage } from "../support/walk.ts";

const signIn = (visit: Parameters<typeof signInAsCustomer>[0], stage: Parameters<typeof signInAsCustomer>[1]) =>
  signInAsCustomer(visit, stage);

for (const [name, path, zh, en] of [
  ["home", "/wallet", "我的钱包", "My wallet"],
  ["swap", "/wallet/swap?points=10000", "积分互换", "Swap points"],
  ["pay", "/wallet/pay?points=20000", "用积分付款", "Pay with points"],
  ["send", "/wallet/send", "转赠积分", "Send points"],
  ["goods", "/wallet/goods", "积分换商品", "Goods for points"],
  ["nearby", "/wallet/nearby", "附近优惠", "Offers nearby"],
  ["draws", "/wallet/draws", "积分抽奖", "Draws"],
  ["history", "/wallet/history", "积分记录", "History"],
  ["lost", "/wallet/nowhere", "没有这个页面", "No such page"],
] as const)
  walkPage({ name: `wallet-${name}`, path: () => path, heading: { "zh-CN": zh, en }, signIn });

walkPage({
  name: "wallet-shop",
  path: ({ keys }) => `/wallet/points/${keys.merchants[0]?.token ?? ""}`,
  heading: "any",
  signIn,
});
