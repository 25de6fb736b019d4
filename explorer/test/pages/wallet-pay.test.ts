/** The customer's main job: pay at another merchant's till with points she does not have yet. One consent, one code. */
import { expect } from "chai";
import type { Language } from "../../src/i18n/languages.ts";
import { signInAs } from "../support/sign-in.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import type { Visit } from "../support/visit.ts";
import { settled, visit } from "../support/visit.ts";
import { signInAsCustomer } from "../support/wallet-link.ts";

interface Words {
  readonly points: string;
  readonly agree: string;
  readonly paid: RegExp;
  readonly code: string;
  readonly look: string;
  readonly take: string;
  readonly taken: string;
  readonly receipt: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  "zh-CN": {
    points: "积分数",
    agree: "同意并生成付款码",
    paid: /付款成功：120 BKC/,
    code: "付款码",
    look: "查看",
    take: "收取积分",
    taken: "已收取",
    receipt: "查看凭证",
  },
  en: {
    points: "How many points",
    agree: "Agree and show the code",
    paid: /Paid: 120 BKC/,
    code: "Code",
    look: "Look",
    take: "Take the points",
    taken: "Taken",
    receipt: "See the receipt",
  },
};

const PATIENCE_MS = 240_000;

/** 120 points of the second merchant, whatever she has of them; gives the code that her screen shows. */
async function agreeToPay(visited: Visit, words: Words, token: string): Promise<string> {
  const { page } = visited;
  await visited.open(`/wallet/pay?token=${token}`);
  await page.locator("main").getByLabel(words.points, { exact: true }).fill("120");
  await page.getByRole("button", { name: words.agree }).click();
  const code = await page.getByTestId("pay-code").innerText();
  expect(code).to.match(/^PAY-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await page.locator(".wallet-code-frame svg").waitFor();
  return code;
}

/** What a till does with the code: typed in small letters, as people do. */
async function takeAtTill(visited: Visit, words: Words, code: string): Promise<void> {
  const { page } = visited;
  await visited.open("/merchant/loyalty/scan");
  await page.getByLabel(words.code, { exact: true }).fill(code.toLowerCase());
  await page.getByRole("button", { name: words.look }).click();
  expect(await page.getByTestId("scan-amount").innerText()).to.match(/^120 BKC\s+= ¥1.2/);
  await page.getByRole("button", { name: words.take }).click();
  await page.getByText(words.taken, { exact: true }).waitFor();
}

function tillOf(stage: Stage, slug: string): { key: string; token: string } {
  const shop = stage.keys.merchants.find((one) => one.slug === slug);
  return { key: shop?.tillKey ?? "", token: shop?.token.toLowerCase() ?? "" };
}

describe("a customer pays with another merchant's points", () => {
  for (const language of ["zh-CN", "en"] as const)
    it(`swaps, shows a code, and sees it taken (${language})`, async function () {
      this.timeout(PATIENCE_MS);
      const stage = await sharedStage();
      const words = WORDS[language];
      const { key, token } = tillOf(stage, "burgerking");
      const customer = await visit(stage, { language, width: 390 });
      const till = await visit(stage, { language });
      await signInAsCustomer(customer, stage);
      await signInAs(till, stage, key);
      const code = await agreeToPay(customer, words, token);
      await customer.screenshot(`wallet-code-${language}`);
      await customer.checkAccess();
      await takeAtTill(till, words, code);
      await till.screenshot(`loyalty-scan-taken-${language}`);
      // Her screen tells by itself.
      await customer.page.getByText(words.paid).waitFor();
      await customer.screenshot(`wallet-paid-${language}`);
      await customer.page.getByRole("link", { name: words.receipt }).click();
      await settled(customer.page);
      await customer.page.locator(`main a[href^="/transactions/0x"]`).first().waitFor();
      await customer.screenshot(`wallet-receipt-${language}`);
      await Promise.all([customer.end(), till.end()]);
    });
});
