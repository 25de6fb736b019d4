/** The merchant's loyalty pages in a real browser. */
import { signInAs } from "../support/sign-in.ts";
import type { Stage } from "../support/stage.ts";
import type { Visit } from "../support/visit.ts";
import { walkPage } from "../support/walk.ts";

const signIn = (visit: Visit, stage: Stage): Promise<void> =>
  signInAs(visit, stage, stage.keys.merchants[0]?.merchantKey ?? "");

for (const [name, path, zh, en] of [
  ["rules", "/merchant/loyalty/rules", "规则与任务", "Rules and tasks"],
  ["presets", "/merchant/loyalty/rules?step=preset", "规则与任务", "Rules and tasks"],
  ["draft", "/merchant/loyalty/rules?step=draft", "规则与任务", "Rules and tasks"],
  ["goods", "/merchant/loyalty/goods", "兑换商品", "Catalogue"],
  ["offers", "/merchant/loyalty/offers", "门店与优惠", "Stores and offers"],
  ["objections", "/merchant/loyalty/objections", "风控审核", "Objections"],
  ["scan", "/merchant/loyalty/scan", "收取付款码", "Take a payment code"],
] as const)
  walkPage({ name: `loyalty-${name}`, path: () => path, heading: { "zh-CN": zh, en }, signIn });

walkPage({
  name: "loyalty-member",
  path: ({ keys }) => `/merchant/loyalty/members?account=${keys.customers[0]?.address ?? ""}`,
  heading: { "zh-CN": "会员", en: "Members" },
  signIn,
});
