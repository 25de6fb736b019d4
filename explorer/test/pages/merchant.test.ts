/** The merchant console: each page whole, and a merchant's main jobs on the running system. */
import { expect } from "chai";
import { randomBytes } from "node:crypto";
import type { Visit } from "../support/visit.ts";
import { settled, visit } from "../support/visit.ts";
import { signInAs } from "../support/sign-in.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import { walkPage } from "../support/walk.ts";

/** The chain of the demo makes a block at once; CI is slow and does other things too. */
const CHAIN_PATIENCE_MS = 90_000;

const asMerchant = (seen: Visit, stage: Stage): Promise<void> =>
  signInAs(seen, stage, stage.keys.merchants[0]?.merchantKey ?? "");

const PAGES = [
  ["issue", "发行积分", "Issue points"],
  ["batch", "批量发行", "Issue by file"],
  ["reverse", "冲正积分", "Take points back"],
  ["redeem", "核销积分", "Redeem points"],
  ["redemptions", "冻结与核销记录", "Holds and redemptions"],
  ["prices", "价格", "Prices"],
  ["reserves", "储备", "Reserves"],
  ["limits", "限额与暂停", "Limits and pause"],
  ["collateral", "保证金", "Collateral"],
  ["profile", "商家资料", "Profile"],
  ["tills", "收银密钥", "Tills"],
  ["keys", "API 密钥", "API keys"],
  ["webhooks", "Webhook", "Webhooks"],
  ["activity", "操作进度", "What became of a write"],
] as const;

walkPage({ name: "merchant-today", path: () => "/merchant", heading: "any", signIn: asMerchant });
for (const [job, zh, en] of PAGES)
  walkPage({
    name: `merchant-${job}`,
    path: () => `/merchant/${job}`,
    heading: { "zh-CN": zh, en },
    signIn: asMerchant,
  });

const LANGUAGES = ["zh-CN", "en"] as const;

/** Words of both languages, by what they are called here. */
const WORDS = {
  customer: { "zh-CN": "会员", en: "Customer" },
  customerId: { "zh-CN": "会员编号", en: "Customer's id" },
  points: { "zh-CN": "积分", en: "Points" },
  order: { "zh-CN": "订单号", en: "Order number" },
  voucher: { "zh-CN": "订单号或凭证号", en: "Order or voucher number" },
  issue: { "zh-CN": "发行", en: "Issue" },
  takeBack: { "zh-CN": "冲正", en: "Take back" },
  takenBack: { "zh-CN": "冲正积分", en: "Points to take back" },
  redeem: { "zh-CN": "核销", en: "Redeem" },
  hold: { "zh-CN": "冻结", en: "Put on hold" },
  letGo: { "zh-CN": "释放", en: "Let go" },
  giveBack: { "zh-CN": "退回", en: "Give back" },
} as const;

type Word = keyof typeof WORDS;
type Language = (typeof LANGUAGES)[number];

/** A merchant at the console, in one language. */
class Merchant {
  readonly seen: Visit;
  readonly #language: Language;

  constructor(seen: Visit, language: Language) {
    this.seen = seen;
    this.#language = language;
  }

  word(name: Word): string {
    return WORDS[name][this.#language];
  }

  async fill(fields: Partial<Record<Word, string>>): Promise<void> {
    for (const [name, value] of Object.entries(fields))
      await this.seen.page.getByRole("textbox", { name: this.word(name as Word), exact: true }).fill(value);
  }

  /** Presses the form's button, and waits until the chain has confirmed. */
  async do(action: Word, within = "form"): Promise<void> {
    const { page } = this.seen;
    await page
      .locator(within)
      .getByRole("button", { name: this.word(action), exact: true })
      .click();
    await page.locator('[data-state="confirmed"].command-note').waitFor({ timeout: CHAIN_PATIENCE_MS });
  }
}

async function enter(language: Language): Promise<{ stage: Stage; merchant: Merchant }> {
  const stage = await sharedStage();
  const seen = await visit(stage, { language });
  await asMerchant(seen, stage);
  return { stage, merchant: new Merchant(seen, language) };
}

const fresh = (): string => `W-${randomBytes(6).toString("hex")}`;

describe("a merchant's main jobs", function () {
  this.timeout(6 * CHAIN_PATIENCE_MS);

  for (const language of LANGUAGES)
    it(`issues, takes a part back, and redeems in ${language}`, async () => {
      const { stage, merchant } = await enter(language);
      const { seen } = merchant;
      const customer = stage.keys.customers[0]?.id ?? "";
      const order = fresh();
      await seen.open("/merchant/issue");
      await merchant.fill({ customer, points: "123.45", order });
      await merchant.do("issue");
      await seen.open(`/merchant/reverse?orderRef=${order}`);
      await merchant.fill({ takenBack: "23.45" });
      await merchant.do("takeBack");
      await seen.open("/merchant/redeem");
      await merchant.fill({ customerId: customer, points: "30", voucher: fresh() });
      await merchant.do("redeem");
      await seen.screenshot(`merchant-redeemed-${language}`);
      await seen.end();
    });

  for (const language of LANGUAGES)
    it(`holds points for an order, redeems a part, gives some back, and lets another hold go in ${language}`, async () => {
      const { stage, merchant } = await enter(language);
      const { seen } = merchant;
      const { page } = seen;
      const customer = stage.keys.customers[0]?.id ?? "";
      for (const points of ["5", "8"]) {
        await seen.open("/merchant/redeem?as=hold");
        await merchant.fill({ customerId: customer, points, voucher: fresh() });
        await merchant.do("hold");
      }
      await seen.open("/merchant/redemptions");
      const settle = async (points: string, action: Word, given?: string): Promise<void> => {
        const row = page
          .locator("tr")
          .filter({ hasText: `${points} XCJ` })
          .first();
        await row.getByRole("button", { name: merchant.word(action), exact: true }).click();
        if (given !== undefined) await page.locator(".ant-drawer").getByRole("textbox").fill(given);
        await merchant.do(action, ".ant-drawer");
        await page.locator(".ant-drawer-close").click();
        await page.locator(".ant-drawer").waitFor({ state: "detached" });
        await settled(page);
      };
      await settle("8", "letGo");
      await settle("5", "redeem", "4");
      await settle("5", "giveBack", "1.5");
      await seen.end();
    });

  it("moves reserves and collateral, sets limits, and adds a till, each followed to its confirmation", async () => {
    const { merchant } = await enter("zh-CN");
    const { seen } = merchant;
    const { page } = seen;
    const submit = async (path: string, button: string, fields: Record<string, string>): Promise<void> => {
      await seen.open(path);
      const form = page.locator("form").filter({ hasText: button });
      for (const [label, text] of Object.entries(fields))
        await form.getByRole("textbox", { name: label, exact: true }).fill(text);
      await form.getByRole("button", { name: button, exact: true }).click();
      await form.locator('[data-state="confirmed"].command-note').waitFor({ timeout: CHAIN_PATIENCE_MS });
    };
    await submit("/merchant/reserves", "发行到储备", { 数量: "12.5" });
    await submit("/merchant/reserves", "存入联盟积分", { 数量: "1.25" });
    await submit("/merchant/limits", "设置限额", { 全部账户合计: "500000", 单个账户: "50000" });
    await submit("/merchant/collateral", "缴存", { 数量: "2" });
    await submit("/merchant/tills", "添加", { 每日限额: "1000000" });
    await seen.end();
  });

  it("makes an API key, shows its secret once, and revokes it", async () => {
    const { stage, merchant } = await enter("en");
    const { seen } = merchant;
    const { page } = seen;
    const name = fresh();
    await seen.open("/merchant/keys");
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await page.getByRole("button", { name: "Make the key" }).click();
    const secret = await page.locator("[data-secret]").innerText();
    const status = (): Promise<number> =>
      fetch(`${stage.url}/v1/merchants/1/webhooks`, { headers: { Authorization: `Bearer ${secret}` } }).then(
        (answer) => answer.status,
      );
    // A till's key: known, but no owner's.
    expect(await status()).to.equal(403);
    await seen.open("/merchant/keys");
    expect(await page.locator("[data-secret]").count()).to.equal(0);
    await page.locator("tr").filter({ hasText: name }).getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("button", { name: "OK", exact: true }).click();
    await page.locator("tr").filter({ hasText: name }).getByText("Revoked").waitFor();
    expect(await status()).to.equal(401);
    await seen.end();
  });

  it("refuses what the chain would refuse, in words, and what is no amount before it is sent", async () => {
    const { stage, merchant } = await enter("en");
    const { seen } = merchant;
    const { page } = seen;
    seen.expectStatus(409, 422);
    await seen.open("/merchant/issue");
    await merchant.fill({ customer: "0x12", points: "1.234", order: "" });
    await page.getByRole("button", { name: "Issue", exact: true }).click();
    for (const words of ["Enter a customer's id or an address", "at most 2 decimals", "Enter 1 to 128 characters"])
      await page.getByText(words).waitFor();
    const [customer = "", order] = [stage.keys.customers[0]?.address, fresh()];
    await merchant.fill({ customer, points: "1", order });
    await merchant.do("issue");
    await seen.open("/merchant/issue");
    await merchant.fill({ customer, points: "1", order });
    await page.getByRole("button", { name: "Issue", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: "order_already_issued" }).waitFor();
    await seen.end();
  });
});
