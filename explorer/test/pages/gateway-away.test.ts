/** The gateway is killed under open pages and comes back: they say so, go on by themselves, and nobody reloads anything. */
import { expect } from "chai";
import { LedgerProcess } from "../../../test/e2e/ledger-process.ts";
import type { Visit } from "../support/visit.ts";
import { visit } from "../support/visit.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";

/** A machine of CI brings a stopped ledger up again in less than a minute. */
const BACK_MS = 180_000;

describe("a gateway that goes away and comes back", function () {
  this.timeout(600_000);
  let stage: Stage;
  let ledger: LedgerProcess;
  let own: LedgerProcess | undefined;

  before(async () => {
    const shared = await sharedStage();
    if (shared.ledger === undefined) {
      // The system of the stage is somebody's: it is not ours to kill.
      own = await LedgerProcess.create();
      await own.start();
    }
    ledger = own ?? (shared.ledger as LedgerProcess);
    stage = { ...shared, url: ledger.url, ledger };
  });
  after(async () => {
    await own?.cleanUp();
  });

  const stateOf = ({ page }: Visit) => page.locator(".live-status");
  const isLive = (seen: Visit): Promise<void> =>
    seen.page.locator('.live-status[data-state="live"]').waitFor({ timeout: BACK_MS });

  it("is told by a banner; what was there stays, and a page opened meanwhile comes with it", async () => {
    const open = await visit(stage, { language: "en" });
    const other = await visit(stage, { language: "zh-CN", width: 390 });
    for (const seen of [open, other]) {
      // Lost connections; what a proxy would say; a gateway that starts and has read no block yet.
      seen.expectStatus(0, 502, 503);
      await seen.open("/");
      await isLive(seen);
      await seen.page.evaluate(() => Object.assign(globalThis, { isTheSamePage: true }));
    }
    const before = await open.page.locator(".figure-count").first().innerText();

    ledger.killGateway();
    await ledger.waitForEnd();
    for (const seen of [open, other]) {
      await seen.page
        .getByText(seen === open ? /gateway does not answer/ : /网关没有响应/)
        .first()
        .waitFor();
      expect(await stateOf(seen).getAttribute("data-state")).to.equal("away");
      expect(await seen.page.locator("h1").first().innerText()).not.to.equal("");
    }
    expect(await open.page.locator(".figure-count").first().innerText()).to.equal(before);
    await open.screenshot("gateway-away-en-1440");
    await other.screenshot("gateway-away-zh-CN-390");
    // This page's file was never fetched: it is waited for.
    await open.page.getByRole("link", { name: "Members", exact: true }).click();
    await open.page.locator('main [aria-busy="true"]').first().waitFor();

    await ledger.start();
    for (const seen of [open, other]) {
      await isLive(seen);
      expect(await seen.page.locator(".ant-alert-banner").count(), "banners").to.equal(0);
    }
    await open.page.getByRole("heading", { level: 1, name: "Members and nodes" }).waitFor({ timeout: BACK_MS });
    await open.page.locator("main tbody tr.ant-table-row").first().waitFor({ timeout: BACK_MS });
    // Blocks go on: the figures of the page that stayed move by themselves.
    const seenBefore = await other.page.locator(".figure-count").first().innerText();
    await other.page.waitForFunction(
      (old) => document.querySelector(".figure-count")?.textContent !== old,
      seenBefore,
      { timeout: BACK_MS },
    );
    for (const seen of [open, other]) {
      expect(await seen.page.evaluate(() => "isTheSamePage" in globalThis), "not reloaded").to.equal(true);
      await seen.end();
    }
  });
});
