/** Signing in, being signed out by the gateway, and the reader's own wallet, in a real browser. */
import { expect } from "chai";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import { installWallet } from "../support/test-wallet.ts";
import { signInAs } from "../support/sign-in.ts";
import { settled, visit } from "../support/visit.ts";
import { walkPage } from "../support/walk.ts";

walkPage({ name: "sign-in", path: () => "/sign-in", heading: { "zh-CN": "登录", en: "Sign in" } });
walkPage({
  name: "network",
  path: () => "/network",
  heading: { "zh-CN": "把本链添加到钱包", en: "Add this chain to your wallet" },
});

const firstMerchant = ({ keys }: Stage) => keys.merchants[0] ?? expect.fail("the demo has merchants");

/** A key of the merchant's own organisation that can be taken away again. */
async function lentKey(stage: Stage): Promise<{ secret: string; revoke: () => Promise<unknown> }> {
  const { merchantId, slug } = firstMerchant(stage);
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(stage.url + path, {
      method,
      headers: {
        authorization: `Bearer ${stage.keys.keys.operator}`,
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.ok, await answer.clone().text()).to.equal(true);
    return (await answer.json()) as { secret: string; key: { id: string } };
  };
  const made = await ask("POST", "/v1/keys", { role: "merchant", label: "lent", merchantId, organisation: slug });
  return { secret: made.secret, revoke: () => ask("DELETE", `/v1/keys/${made.key.id}`) };
}

describe("signing in", () => {
  for (const [language, words] of [
    ["zh-CN", { key: "API 密钥", enter: "登录", role: "商家", out: "退出登录", again: "请重新登录", in: "登录" }],
    [
      "en",
      { key: "API key", enter: "Sign in", role: "Merchant", out: "Sign out", again: "Sign in again", in: "Sign in" },
    ],
  ] as const) {
    it(`opens the page that was wanted, and leaves it by signing out (${language})`, async function () {
      this.timeout(240_000);
      const stage = await sharedStage();
      const seen = await visit(stage, { language });
      const { page } = seen;
      await seen.open("/merchant");
      seen.expectStatus(422);
      await page.getByLabel(words.key).last().fill("pk_0123456789abcdef_0123456789");
      await page.getByRole("button", { name: words.enter }).click();
      await page.getByRole("alert").waitFor();
      await page.getByLabel(words.key).last().fill(firstMerchant(stage).merchantKey);
      await page.getByRole("button", { name: words.enter }).click();
      const menu = page.locator(".session-menu summary");
      await menu.waitFor();
      expect(await menu.innerText()).to.match(new RegExp(`^${words.role}`));
      await page.locator(".console").waitFor();
      await menu.click();
      await page.getByRole("button", { name: words.out }).click();
      await page.locator(".sign-in-panel").waitFor();
      expect(await page.locator(".console").count()).to.equal(0);
      await seen.end();
    });

    it(`asks again in place when the session has ended, and goes on with what was typed (${language})`, async function () {
      this.timeout(240_000);
      const stage = await sharedStage();
      const lent = await lentKey(stage);
      const seen = await visit(stage, { language, width: 390 });
      const { page } = seen;
      await signInAs(seen, stage, lent.secret);
      await seen.open("/merchant/issue");
      const fields = page.locator("main form input");
      const typed = ["0x70997970c51812dc3a010c7d01b50e0d17dc79c8", "1.5", `after-${crypto.randomUUID()}`];
      for (const [index, text] of typed.entries()) await fields.nth(index).fill(text);
      await lent.revoke();
      seen.expectStatus(401);
      await page.locator("main form button[type=submit]").click();
      await page.getByRole("heading", { name: words.again }).waitFor();
      await seen.screenshot(`session-ended-${language}`);
      expect(new URL(page.url()).pathname).to.equal("/merchant/issue");
      await page.getByLabel(words.key).last().fill(firstMerchant(stage).merchantKey);
      await page.getByRole("button", { name: words.enter }).click();
      await page.locator(".sign-in-panel").waitFor({ state: "detached" });
      for (const [index, text] of typed.entries()) expect(await fields.nth(index).inputValue()).to.equal(text);
      await page.locator("main form button[type=submit]").click();
      // The order is accepted: the form empties for the next one.
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>("main form input")?.value === "");
      await seen.end();
    });
  }

  it("says whose page it is to whoever is signed in as somebody else", async function () {
    this.timeout(240_000);
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    await signInAs(seen, stage, stage.keys.keys.auditor);
    await seen.open("/merchant");
    expect(await seen.page.locator(".page-lead").innerText()).to.match(/signed in as Auditor.*Merchant or Till/);
    await seen.end();
  });

  it("opens a customer's wallet by the link that a till made, once", async function () {
    this.timeout(240_000);
    const stage = await sharedStage();
    const customer = stage.keys.customers[0] ?? expect.fail("the demo has customers");
    const till = stage.keys.merchants.find(({ slug }) => slug === customer.organisation)?.tillKey ?? "";
    const answer = await fetch(`${stage.url}/v1/customers/${customer.id}/wallet-links`, {
      method: "POST",
      headers: { authorization: `Bearer ${till}` },
    });
    const { url } = (await answer.json()) as { url: string };
    const path = url.slice(new URL(url).origin.length);
    const seen = await visit(stage, { language: "zh-CN", width: 390 });
    await seen.open(path);
    await seen.checkAccess();
    await seen.screenshot("wallet-link-zh-CN");
    await seen.page.getByRole("button", { name: "打开我的钱包" }).click();
    await seen.page.waitForURL(/\/wallet$/);
    await settled(seen.page);
    expect(await seen.page.locator(".session-menu summary").innerText()).to.match(/^会员/);
    seen.expectStatus(422);
    await seen.open(path);
    await seen.page.reload();
    await seen.page.getByRole("button", { name: "打开我的钱包" }).click();
    expect(await seen.page.getByRole("alert").innerText()).to.contain("已使用过");
    await seen.end();
  });

  it("takes a wallet of one's own, which signs a text and sends nothing", async function () {
    this.timeout(240_000);
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    const wallet = await installWallet(seen, stage, { privateKey: `0x${"5e".repeat(32)}` });
    await seen.open("/sign-in?returnTo=%2Fnetwork");
    await seen.page.getByRole("tab", { name: "Customer's wallet" }).click();
    await seen.page.getByRole("button", { name: "Connect Test wallet" }).click();
    await seen.page.getByRole("button", { name: "Sign in with this account" }).click();
    await seen.page.waitForURL(/\/network$/);
    await seen.page.locator(".session-menu summary").click();
    expect((await seen.page.locator(".session-menu-list p").innerText()).toLowerCase()).to.contain(
      wallet.address.slice(0, 6).toLowerCase(),
    );
    expect(wallet.asked).to.include("personal_sign").and.not.include("eth_sendTransaction");
    await seen.end();
  });
});

describe("adding this chain to a wallet", () => {
  for (const [language, words] of [
    ["zh-CN", { add: "添加到 Test wallet", done: "Test wallet 已添加本链。", no: "您已在钱包中拒绝" }],
    ["en", { add: "Add to Test wallet", done: "Test wallet knows this chain now.", no: "You declined" }],
  ] as const)
    it(`takes one click, and a no for a no (${language})`, async function () {
      this.timeout(240_000);
      const stage = await sharedStage();
      const seen = await visit(stage, { language });
      const wallet = await installWallet(seen, stage, { privateKey: `0x${"5f".repeat(32)}`, knowsChain: false });
      await seen.open("/network");
      wallet.declineNext();
      const button = seen.page.getByRole("button", { name: words.add });
      await button.click();
      expect(await seen.page.getByRole("alert").innerText()).to.contain(words.no);
      await button.click();
      await seen.page.getByText(words.done).waitFor();
      await seen.screenshot(`network-added-${language}`);
      await seen.end();
    });

  it("knows the addresses that wallets make of an explorer's name", async function () {
    this.timeout(240_000);
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    const token = firstMerchant(stage).token;
    await seen.open(`/address/${token}`);
    expect(new URL(seen.page.url()).pathname).to.equal(`/accounts/${token}`);
    await seen.end();
  });
});
