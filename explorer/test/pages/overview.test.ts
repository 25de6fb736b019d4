/** The overview in a real browser. */
import { expect } from "chai";
import { sharedStage } from "../support/stage.ts";
import { visit } from "../support/visit.ts";
import { walkPage } from "../support/walk.ts";

walkPage({
  name: "overview",
  path: () => "/",
  heading: { "zh-CN": "联盟概览", en: "The alliance at a glance" },
});

describe("the overview", function () {
  this.timeout(240_000);

  it("shows an issue by itself, in words, a moment after it happened", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    await seen.open("/");
    const [merchant] = stage.keys.merchants;
    if (merchant === undefined) throw new Error("the demo has no merchant");
    // A number that nobody else issues.
    const points = 1_000_000 + (Date.now() % 899_999);
    const response = await fetch(`${stage.url}/v1/points/${merchant.token}/issues`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${merchant.merchantKey}`,
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
      },
      body: JSON.stringify({
        items: [{ to: `0x${"5a".repeat(20)}`, points: String(points), orderRef: `overview-${points}` }],
      }),
    });
    expect(response.status, await response.text()).to.be.oneOf([200, 202]);
    const shown = (points / 100).toLocaleString("en-US");
    await seen.page.locator(".feed .sentence", { hasText: shown }).first().waitFor({ timeout: 60_000 });
    await seen.end();
  });

  it("keeps the span of its courses in the address, and tells them as a table too", async () => {
    const seen = await visit(await sharedStage(), { language: "en" });
    await seen.open("/");
    await seen.page.getByRole("button", { name: "365 days" }).click();
    await seen.page.waitForURL("**/?days=365");
    await seen.page.getByText("The same as a table").click();
    const rows = seen.page.locator(".course-table tbody tr");
    await rows.first().waitFor();
    expect(await rows.count()).to.be.greaterThan(5);
    await seen.end();
  });
});
