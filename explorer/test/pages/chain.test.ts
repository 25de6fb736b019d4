/** Blocks, transactions, members, supervision and search: each page, and what is shown where there is nothing. */
import { expect } from "chai";
import type { Language } from "../../src/i18n/languages.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import { visit } from "../support/visit.ts";
import { walkPage } from "../support/walk.ts";

interface Listed {
  readonly items: readonly { readonly hash: string; readonly blockNumber: number }[];
}

/** A transaction of the demo's history that moved something. */
async function aSwap({ url }: Stage): Promise<Listed["items"][number]> {
  const response = await fetch(`${url}/v1/transactions?action=swap&limit=1`);
  const [swap] = ((await response.json()) as Listed).items;
  if (swap === undefined) throw new Error("the demo has no swap");
  return swap;
}

walkPage({ name: "blocks", path: () => "/blocks", heading: { "zh-CN": "区块", en: "Blocks" } });
walkPage({
  name: "block",
  path: async (stage) => `/blocks/${(await aSwap(stage)).blockNumber}`,
  heading: "any",
});
walkPage({ name: "transactions", path: () => "/transactions", heading: { "zh-CN": "交易", en: "Transactions" } });
for (const view of ["words", "call", "logs", "raw"])
  walkPage({
    name: `transaction-${view}`,
    path: async (stage) => `/transactions/${(await aSwap(stage)).hash}?view=${view}`,
    heading: "any",
  });
walkPage({ name: "members", path: () => "/members", heading: { "zh-CN": "联盟方与节点", en: "Members and nodes" } });
walkPage({ name: "member", path: () => "/members/1", heading: "any" });
walkPage({ name: "search", path: () => "/search?q=2", heading: { "zh-CN": "搜索", en: "Search" } });
for (const list of ["measures", "frozen", "pauses", "orders"])
  walkPage({
    name: `supervision-${list}`,
    path: () => `/supervision?tab=${list}`,
    heading: { "zh-CN": "监管公示", en: "Supervision" },
  });
walkPage({ name: "not-found", path: () => "/no/such/page", heading: { "zh-CN": "没有这个页面", en: "No such page" } });

const NOBODY = `0x${"7".repeat(64)}`;

/** What is not there: the address, what the page says in both languages, and whether the API was asked in vain. */
const NOTHING: readonly { path: string; says: Readonly<Record<Language, RegExp>>; status?: number }[] = [
  { path: `/transactions/${NOBODY}`, says: { "zh-CN": /链上没有交易/, en: /has no transaction/ }, status: 404 },
  { path: "/transactions/0x12", says: { "zh-CN": /不是交易哈希/, en: /not the hash of a transaction/ } },
  { path: "/blocks/99999999", says: { "zh-CN": /尚未产生/, en: /does not exist yet/ }, status: 404 },
  { path: `/blocks/${NOBODY}`, says: { "zh-CN": /链上没有区块/, en: /has no block/ }, status: 404 },
  { path: "/blocks/first", says: { "zh-CN": /既不是区块号/, en: /neither the number nor the hash/ } },
  { path: "/members/4000", says: { "zh-CN": /没有编号为 4000/, en: /has no member 4000/ }, status: 404 },
  { path: "/members/me", says: { "zh-CN": /没有编号为 me/, en: /has no member me/ } },
  { path: "/search?q=thereisnosuchthing", says: { "zh-CN": /没有找到/, en: /Nothing was found/ } },
  { path: "/search", says: { "zh-CN": /请在上方搜索/, en: /Search above/ } },
];

describe("where there is nothing", function () {
  this.timeout(240_000);
  for (const language of ["zh-CN", "en"] as const)
    it(`says what is missing and leads on, in ${language}`, async () => {
      const stage = await sharedStage();
      const seen = await visit(stage, { language, width: language === "en" ? 390 : 1440 });
      for (const { path, says, status } of NOTHING) {
        if (status !== undefined) seen.expectStatus(status);
        await seen.open(path);
        await seen.page.locator("main .nothing-there").first().waitFor();
        expect(await seen.page.locator("main").innerText(), path).to.match(says[language]);
      }
      await seen.checkAccess();
      await seen.end();
    });
});

describe("the search box", function () {
  this.timeout(240_000);
  const ask = async (text: string, arrives: string | RegExp): Promise<void> => {
    const seen = await visit(await sharedStage(), { language: "en" });
    await seen.open("/");
    await seen.page.getByRole("searchbox").fill(text);
    await seen.page.keyboard.press("Enter");
    await seen.page.waitForURL(arrives);
    await seen.end();
  };

  it("leads straight to a transaction by its hash", async () => {
    const { hash } = await aSwap(await sharedStage());
    await ask(hash, `**/transactions/${hash}`);
  });

  it("finds merchants by part of a name, and leads to their points", async () => {
    const seen = await visit(await sharedStage(), { language: "zh-CN" });
    await seen.open("/search?q=乡村基");
    const hit = seen.page.locator(".hits li", { hasText: "商家" }).first();
    expect(await hit.getByRole("link").getAttribute("href")).to.match(/^\/points\/0x[0-9a-f]{40}$/);
    await seen.end();
  });

  it("shows what a number may mean", async () => {
    const seen = await visit(await sharedStage(), { language: "en" });
    await seen.open("/search?q=2");
    expect(await seen.page.locator(".hits").innerText()).to.match(/Block\s+2[^]*Proposal\s+2/);
    await seen.end();
  });
});
