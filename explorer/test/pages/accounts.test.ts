/** Accounts in a real browser: the list, one of them, and addresses that are none. */
import { expect } from "chai";
import { settled, visit } from "../support/visit.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import { expectFits, walkPage } from "../support/walk.ts";

const TABS = ["holdings", "expiries", "transfers", "swaps"] as const;

const customer = ({ keys }: Stage): string => keys.customers[4]?.address ?? "";

walkPage({ name: "accounts", path: () => "/accounts", heading: { "zh-CN": "账户", en: "Accounts" } });
walkPage({ name: "account", path: (stage) => `/accounts/${customer(stage)}`, heading: "any" });

describe("page accounts", function () {
  this.timeout(240_000);

  it("is narrowed by kind and by merchant, in the address too", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    await seen.open("/accounts?kind=merchant");
    const kinds = await seen.page.locator(".long-table tr.ant-table-row td:nth-child(2)").allInnerTexts();
    expect(new Set(kinds.map((text) => text.trim()).filter((text) => text !== ""))).to.deep.equal(
      new Set(["Merchant"]),
    );
    await seen.open(`/accounts?token=${stage.keys.merchants[2]?.token ?? ""}`);
    expect(await seen.page.locator(".long-table thead").innerText()).to.contain("Balance");
    expect(await seen.page.locator("a.csv-link").getAttribute("href")).to.match(/^\/v1\/accounts\.csv\?token=0x/);
    await seen.end();
  });

  it("leads from the list to an account, and back", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "zh-CN", width: 390 });
    await seen.open("/accounts");
    await seen.page.locator(".long-table tr.ant-table-row a").first().click();
    await seen.page.waitForURL(/\/accounts\/0x[0-9a-f]{40}/);
    await settled(seen.page);
    await seen.page.goBack();
    await seen.page.waitForURL(/\/accounts$/);
    await seen.end();
  });
});

describe("page account", function () {
  this.timeout(240_000);

  it("has an address for each tab, whole in both languages", async () => {
    const stage = await sharedStage();
    for (const reader of [
      { language: "zh-CN", width: 390, theme: "dark" },
      { language: "en", width: 1440, theme: "light" },
    ] as const) {
      const seen = await visit(stage, reader);
      for (const tab of TABS) {
        await seen.open(`/accounts/${customer(stage)}?tab=${tab}`);
        expect(await seen.page.locator(".tab-links [aria-current]").count()).to.equal(1);
        await expectFits(seen);
        await seen.checkAccess();
        await seen.screenshot(`account-${tab}-${reader.language}-${reader.width}`);
      }
      await seen.end();
    }
  });

  it("shows each balance with its lots and its value, exactly", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    const address = customer(stage);
    await seen.open(`/accounts/${address}`);
    const answer = await fetch(`${stage.url}/v1/accounts/${address}`);
    const { holdings } = (await answer.json()) as {
      holdings: { balance: { amount: string }; lots: unknown[]; debt: { amount: string } }[];
    };
    const held = holdings.filter(({ balance, debt }) => balance.amount !== "0" || debt.amount !== "0");
    const rows = seen.page.locator(".holdings tbody tr");
    expect(await rows.count()).to.equal(held.length);
    for (const [at, { balance, lots }] of held.entries()) {
      const text = await rows.nth(at).locator("td.number .amount").first().innerText();
      expect(Math.round(Number(text.replaceAll(/[^\d.]/g, "")) * 100)).to.equal(Number(balance.amount));
      expect(await rows.nth(at).locator(".lot-list li").count()).to.equal(lots.length);
    }
    await seen.end();
  });

  it("names the organisation behind an address, and links to what it is", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    const merchant = stage.keys.merchants[0];
    await seen.open(`/accounts/${merchant?.token ?? ""}`);
    await seen.page.getByText("Its part in the alliance").waitFor();
    await seen.page.locator(".facts a").first().click();
    await seen.page.waitForURL(/\/points\/0x/);
    await seen.end();
  });

  it("explains an address at which nothing ever happened", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "zh-CN" });
    await seen.open(`/accounts/0x${"ab".repeat(20)}`);
    await seen.page.getByText("这个地址从未发生任何事").waitFor();
    await seen.checkAccess();
    await seen.end();
  });

  it("says that something is no address, without asking anybody", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en", width: 390 });
    await seen.open("/accounts/0x1234");
    expect(await seen.page.locator("h1").innerText()).to.equal("Not an address");
    await seen.checkAccess();
    await seen.end();
  });
});
