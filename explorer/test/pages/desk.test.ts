/** The regulator's day in a real browser: an alert becomes a case, the chain obeys under its number, a bundle proves it. */
import { expect } from "chai";
import { Wallet } from "ethers";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type desk from "../../src/i18n/en/desk.json";
import { signInAs } from "../support/sign-in.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import type { Reader, Visit } from "../support/visit.ts";
import { settled, visit } from "../support/visit.ts";
import { walkPage } from "../support/walk.ts";

type Words = typeof desk;

const I18N = join(import.meta.dirname, "../../src/i18n");
const wordsIn = (language: Reader["language"]): Words =>
  JSON.parse(readFileSync(join(I18N, language, "desk.json"), "utf8")) as Words;

const asRegulator = (seen: Visit, stage: Stage): Promise<void> => signInAs(seen, stage, stage.keys.keys.regulator);

const headings = (of: (words: Words) => string) => ({ "zh-CN": of(wordsIn("zh-CN")), en: of(wordsIn("en")) });

for (const [name, path, heading] of [
  ["alerts", "/desk?state=all", headings(({ alerts }) => alerts.title)],
  ["cases", "/desk/cases", headings(({ cases }) => cases.title)],
  ["measures", "/desk/measures?of=merchants", headings(({ measures }) => measures.title)],
  ["reports", "/desk/reports", headings(({ reports }) => reports.title)],
  ["verify", "/desk/verify", headings(({ verify }) => verify.title)],
] as const)
  walkPage({ name: `desk-${name}`, path: () => path, heading, signIn: asRegulator });

/** A form in a window or a panel that has this button. */
async function write(page: Page, { label, text, action }: Record<"label" | "text" | "action", string>): Promise<void> {
  const form = page.locator("form", { has: page.getByRole("button", { name: action, exact: true }) }).last();
  await form.getByLabel(label, { exact: true }).fill(text);
  await form.getByRole("button", { name: action, exact: true }).click();
}

for (const [language, width] of [
  ["zh-CN", 1440],
  ["en", 390],
] as const)
  describe(`the regulator's desk in ${language}`, function () {
    this.timeout(300_000);
    const words = wordsIn(language);
    const account = Wallet.createRandom().address.toLowerCase();
    const seenText = `${account} ${language}`;
    let stage: Stage;
    let seen: Visit;
    let page: Page;
    let caseAddress: string;

    before(async () => {
      stage = await sharedStage();
      seen = await visit(stage, { language, width });
      ({ page } = seen);
      await asRegulator(seen, stage);
    });
    after(() => seen.end());

    it("takes an alert into a case", async () => {
      await seen.open("/desk");
      await page.getByRole("button", { name: words.alerts.flag, exact: true }).click();
      await write(page, { label: words.alerts.flagText, text: seenText, action: words.alerts.flag });
      const alert = page.locator(".desk-list > li", { hasText: seenText });
      await alert.getByText(words.alerts.choose, { exact: true }).click();
      await page.getByRole("button", { name: /1/ }).first().click();
      const form = page.locator(".ant-modal form");
      await form.getByLabel(words.cases.what, { exact: true }).fill(seenText);
      await form.getByRole("button", { name: words.cases.open, exact: true }).click();
      await page.waitForURL(/\/desk\/cases\/.+/);
      await settled(page);
      caseAddress = new URL(page.url()).pathname;
      await page.locator("li", { hasText: words.rule.manual }).getByText(seenText).waitFor();
      expect(await page.locator("h1").innerText()).to.include(seenText);
    });

    it("freezes the account under the case's number, on the chain", async () => {
      await page.getByLabel(words.field.account, { exact: true }).fill(account);
      await page.getByRole("button", { name: words.act.do, exact: true }).click();
      await page.getByRole("button", { name: words.act.yes, exact: true }).click();
      await page.locator('.command-note[data-state="confirmed"]').waitFor({ timeout: 60_000 });
      const act = page.locator("tr", { hasText: words.chainAct.freeze });
      await act.waitFor();
      expect(await act.locator(`[title="${account}"]`).count()).to.equal(1);
      await seen.checkAccess();
      await seen.screenshot(`desk-case-${language}-${width}`);
      await seen.open("/desk/measures");
      const row = page.locator("tr", { has: page.locator(`[title="${account}"]`) });
      await row.waitFor();
      expect(await row.innerText()).to.include(caseAddress.split("/").at(-1));
    });

    it("refuses by name what the chain refuses, and keeps both in the history", async () => {
      await seen.open(caseAddress);
      await page.getByLabel(words.field.account, { exact: true }).fill(account);
      await page.getByRole("button", { name: words.act.do, exact: true }).click();
      seen.expectStatus(409, 422);
      await page.getByRole("button", { name: words.act.yes, exact: true }).click();
      const note = page.locator(
        '.desk-note .ant-alert, .command-note[data-state="failed"], .command-note[data-state="confirmed"]',
      );
      await note.first().waitFor({ timeout: 60_000 });
      await write(page, { label: words.note.text, text: `note ${account}`, action: words.note.do });
      await page.locator("ol li", { hasText: `note ${account}` }).waitFor();
    });

    it("brings the case to its outcome", async () => {
      await write(page, { label: words.outcome.text, text: `outcome ${account}`, action: words.outcome.do });
      await page.locator("ol li", { hasText: `outcome ${account}` }).waitFor();
      await page.getByText(words.case.settled).waitFor();
      await page.getByRole("heading", { name: words.review.again }).waitFor();
    });

    it("shows an auditor the same without the forms", async () => {
      await signInAs(seen, stage, stage.keys.keys.auditor);
      await seen.open(caseAddress);
      await page.locator("ol li", { hasText: `outcome ${account}` }).waitFor();
      expect(await page.locator("main form").count()).to.equal(0);
      await asRegulator(seen, stage);
    });
  });

describe("report bundles in a real browser", function () {
  this.timeout(300_000);
  const words = wordsIn("en");
  let stage: Stage;
  let seen: Visit;
  let page: Page;
  let bundle: string;

  before(async () => {
    stage = await sharedStage();
    seen = await visit(stage, { language: "en" });
    ({ page } = seen);
    await asRegulator(seen, stage);
  });
  after(() => seen.end());

  it("are made, taken away as one file, and verified against their hashes and the chain", async () => {
    await seen.open("/desk/reports");
    const before = await page.getByRole("button", { name: /^Download/ }).count();
    await page.getByRole("button", { name: words.reports.do, exact: true }).click();
    const download = page.getByRole("button", { name: /^Download/ });
    await page.waitForFunction(
      (count) =>
        [...document.querySelectorAll("button")].filter((b) => b.innerText.startsWith("Download")).length > count,
      before,
      { timeout: 60_000 },
    );
    const [file] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), download.first().click()]);
    expect(file.suggestedFilename()).to.match(/^ledger-report-\d+-\d+\.zip$/);
    bundle = await file.path();
    await page.getByRole("link", { name: words.reports.verify, exact: true }).first().click();
    await page.getByRole("button", { name: words.verify.do, exact: true }).click();
    await page.locator('[data-verdict="passed"]').waitFor({ timeout: 60_000 });
    expect(await page.locator('dt[data-passed="true"]').count()).to.equal(7);
    await seen.checkAccess();
    await seen.screenshot("desk-verified");
  });

  it("are verified as a file too, and one changed figure is named", async () => {
    const bytes = readFileSync(bundle);
    const upload = page.locator('input[type="file"]');
    await upload.setInputFiles({ name: "bundle.zip", mimeType: "application/zip", buffer: bytes });
    await page.locator('[data-verdict="passed"]').waitFor({ timeout: 60_000 });
    const text = bytes.toString("latin1");
    const at = text.indexOf("merchantId,token,issued");
    const digit = text.slice(at).search(/\n1,0x[0-9a-f]{40},\d/) + at + "\n1,0x".length + 41;
    const changed = Buffer.from(bytes);
    changed[digit] = changed[digit] === 0x39 ? 0x38 : 0x39;
    await upload.setInputFiles({ name: "bundle.zip", mimeType: "application/zip", buffer: changed });
    await page.locator('[data-verdict="failed"]').waitFor({ timeout: 60_000 });
    expect(await page.locator("main").innerText()).to.match(/\w+\.csv is not the file of the manifest/);
  });
});
