/** A merchant's liability report in a real browser. */
import { expect } from "chai";
import { signInAs } from "../support/sign-in.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import { visit } from "../support/visit.ts";
import type { Visit } from "../support/visit.ts";
import { walkPage } from "../support/walk.ts";

const asMerchant = (seen: Visit, stage: Stage): Promise<void> =>
  signInAs(seen, stage, stage.keys.merchants[0]!.merchantKey);

walkPage({
  name: "liability",
  path: () => "/merchant/liability",
  heading: { "zh-CN": "积分负债与过期", en: "Liability and breakage" },
  signIn: asMerchant,
});

describe("the liability report", () => {
  it("shows what the API says, and gives it as a file with every digit", async function () {
    this.timeout(240_000);
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    await asMerchant(seen, stage);
    await seen.open("/merchant/liability");
    const { merchantId: id } = stage.keys.merchants[0]!;
    const answer = await seen.context.request.get(`${stage.url}/v1/merchants/${id}/liability`);
    const report = (await answer.json()) as { assumptions: { en: string }[]; items: { epoch: number }[] };
    const text = await seen.page.locator("main").innerText();
    for (const { en } of report.assumptions) expect(text).to.contain(en);
    const [download] = await Promise.all([
      seen.page.waitForEvent("download"),
      seen.page.locator(".csv-link").first().click(),
    ]);
    expect(download.suggestedFilename()).to.match(/^merchants-\d+-liability-block-\d+\.csv$/);
    await seen.end();
  });
});
