/** Ten thousand orders from a file, on the running system: every order once, whatever happens to the page meanwhile. */
import { expect } from "chai";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Visit } from "../support/visit.ts";
import { visit } from "../support/visit.ts";
import { signInAs } from "../support/sign-in.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";

const ORDERS = 10_000;
/** Of its own, so that what was there before does not count. */
const RUN = randomBytes(6).toString("hex");
/** A machine of CI issues about 60 orders a second while it does two other things. */
const RUN_PATIENCE_MS = 400_000;

const accounts = Array.from({ length: 50 }, () => `0x${randomBytes(20).toString("hex")}`);
const orderOf = (index: number): string => `W-${RUN}-${index}`;
const pointsOf = (index: number): number => 1 + (index % 9);

function fileOf(orders: number): string {
  const rows = Array.from(
    { length: orders },
    (_, index) => `${accounts[index % accounts.length] ?? ""},${pointsOf(index)}.50,${orderOf(index)}`,
  );
  return ["account,points,order", ...rows].join("\n");
}

const folder = mkdtempSync(join(tmpdir(), "batch-"));

async function openBatch(stage: Stage, language: "zh-CN" | "en"): Promise<Visit> {
  const seen = await visit(stage, { language });
  await signInAs(seen, stage, stage.keys.merchants[0]?.merchantKey ?? "");
  await seen.open("/merchant/batch");
  return seen;
}

async function choose({ page }: Visit, name: string, text: string): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, text);
  await page.locator("input[type=file]").setInputFiles(path);
}

const count = ({ page }: Visit, name: string) => page.locator(`[data-count="${name}"]`).innerText();
const finished = ({ page }: Visit) => page.locator('[data-mood="finished"]').waitFor({ timeout: RUN_PATIENCE_MS });

async function saved({ page }: Visit, button: string): Promise<string[]> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  return readFileSync(await download.path(), "utf8")
    .trim()
    .split("\r\n");
}

/** Base units that the account holds of the token. */
async function balanceOf({ url }: Stage, account: string, token: string): Promise<bigint> {
  const answer = await fetch(`${url}/v1/accounts/${account}`);
  const { holdings } = (await answer.json()) as { holdings: { balance: { amount: string; token: string } }[] };
  return BigInt(holdings.find(({ balance }) => balance.token === token.toLowerCase())?.balance.amount ?? 0);
}

describe("issuing by file", function () {
  this.timeout(2 * RUN_PATIENCE_MS);
  after(() => rmSync(folder, { recursive: true }));

  it("names every row that is wrong, before anything is sent", async () => {
    const stage = await sharedStage();
    const seen = await openBatch(stage, "en");
    const [one = ""] = accounts;
    const text = [
      "订单号;积分;账户;备注",
      `A-1;1.50;${one};fine`,
      "A-2;1.50;0x12;short",
      `A-3;1.505;${one};three decimals`,
      `A-1;2;${one};twice`,
      `A-4;2;${one}`,
      "A-5;2;0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeE;checksum",
    ].join("\r\n");
    await choose(seen, "flaws.csv", text);
    expect(await count(seen, "good")).to.equal("1");
    expect(await count(seen, "bad")).to.equal("5");
    const table = await seen.page.locator(".ant-table").innerText();
    for (const words of [
      "not an address",
      "2 decimals",
      "same as in row 2",
      "3 columns instead of 4",
      "mistyped letter",
    ])
      expect(table).to.include(words);
    await seen.checkAccess();
    await seen.screenshot("merchant-batch-flaws");
    await seen.end();
  });

  it("issues 10,000 orders once each, goes on after a reload, and tells of every row", async () => {
    const stage = await sharedStage();
    const token = stage.keys.merchants[0]?.token ?? "";
    const seen = await openBatch(stage, "zh-CN");
    await choose(seen, "orders.csv", fileOf(ORDERS));
    await seen.page.getByRole("button", { name: "发行 10000 笔订单" }).click();
    await seen.page.waitForFunction(
      () => Number(document.querySelector("[data-done]")?.getAttribute("data-done")) > 500,
      undefined,
      {
        timeout: RUN_PATIENCE_MS,
      },
    );
    await seen.screenshot("merchant-batch-running");
    await seen.open("/merchant/batch");
    await finished(seen);
    expect(await count(seen, "confirmed")).to.equal("10,000");
    expect(await count(seen, "failed")).to.equal("0");
    await seen.checkAccess();
    await seen.screenshot("merchant-batch-finished");
    const [, ...rows] = await saved(seen, "下载结果 CSV");
    expect(rows).to.have.length(ORDERS);
    for (const row of rows) expect(row).to.match(/,已发行,0x[0-9a-f]{64},$/);
    await expectBalances(stage, token);
    await seen.end();
  });

  it("does nothing twice when the file is sent again from another browser, with rows that are new", async () => {
    const stage = await sharedStage();
    const token = stage.keys.merchants[0]?.token ?? "";
    const seen = await openBatch(stage, "en");
    seen.expectStatus(409);
    const extra = `0x${randomBytes(20).toString("hex")},7,${orderOf(ORDERS)}`;
    await choose(seen, "again.csv", `${fileOf(600)}\n${extra}`);
    await seen.page.getByRole("button", { name: "Issue 601 orders" }).click();
    await finished(seen);
    expect(await count(seen, "before")).to.equal("600");
    expect(await count(seen, "confirmed")).to.equal("1");
    await expectBalances(stage, token);
    await seen.page.getByRole("button", { name: "Put away" }).click();
    await seen.page.getByRole("button", { name: "OK" }).click();
    await seen.page.locator("input[type=file]").waitFor({ state: "attached" });
    await seen.end();
  });
});

/** The indexer is a moment behind the confirmation. */
async function expectBalances(stage: Stage, token: string): Promise<void> {
  const wanted = new Map<string, bigint>();
  for (let index = 0; index < ORDERS; index++) {
    const account = accounts[index % accounts.length] ?? "";
    wanted.set(account, (wanted.get(account) ?? 0n) + BigInt(pointsOf(index)) * 100n + 50n);
  }
  for (const [account, amount] of wanted) {
    for (let tries = 0; tries < 100 && (await balanceOf(stage, account, token)) !== amount; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await balanceOf(stage, account, token), account).to.equal(amount);
  }
}
