/** What anybody may know of a merchant's points, in a real browser. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Visit } from "../support/visit.ts";
import { settled, visit } from "../support/visit.ts";
import type { Stage } from "../support/stage.ts";
import { sharedStage } from "../support/stage.ts";
import { expectFits, walkPage } from "../support/walk.ts";

const TABS = ["supply", "expiry", "coverage", "flows", "transfers", "issues", "redemptions", "terms"] as const;

/** The merchant that others' tests write to least. */
const pointPath = ({ keys }: Stage, query = ""): string => `/points/${keys.merchants[3]?.token ?? ""}${query}`;

async function api<T>(stage: Stage, path: string): Promise<T> {
  const answer = await fetch(`${stage.url}${path}`);
  expect(answer.status, path).to.equal(200);
  return (await answer.json()) as T;
}

interface PointFacts {
  readonly issuer: { readonly profileUri: string; readonly profileHash: string };
  readonly supply: Readonly<Record<string, { readonly amount: string }>>;
}

const outcome = ({ page }: Visit) => page.locator(".profile-outcome").first();
const outcomeIs = ({ page }: Visit, state: string) => page.locator(`.profile-outcome[data-state="${state}"]`).first();

walkPage({
  name: "points",
  path: () => "/points",
  heading: { "zh-CN": "商家积分", en: "Points of the merchants" },
});
walkPage({ name: "point", path: (stage) => pointPath(stage), heading: "any" });
walkPage({ name: "point-holders", path: (stage) => pointPath(stage, "?tab=holders"), heading: "any" });

describe("page point", function () {
  this.timeout(240_000);

  for (const reader of [
    { language: "zh-CN", width: 1440, theme: "dark" },
    { language: "en", width: 390, theme: "light" },
  ] as const)
    it(`has an address for each tab, whole in ${reader.language} at ${reader.width} px`, async () => {
      const stage = await sharedStage();
      const seen = await visit(stage, reader);
      for (const tab of TABS) {
        await seen.open(pointPath(stage, `?tab=${tab}&days=366`));
        const shown = seen.page.locator(".tab-links [aria-current]");
        expect(await shown.getAttribute("href")).to.contain(`tab=${tab}`);
        await expectFits(seen);
        await seen.checkAccess();
        await seen.screenshot(`point-${tab}-${reader.language}-${reader.width}`);
      }
      await seen.end();
    });

  it("gives the numbers of a chart as a table, exactly as the API has them", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    await seen.open(pointPath(stage, "?tab=supply&view=all"));
    const course = seen.page.locator("figure.chart").first();
    await course.locator("svg").waitFor();
    await course.locator("summary").click();
    const lastRow = await course.locator("tbody tr").last().locator("td").allInnerTexts();
    const { supply } = await api<PointFacts>(stage, `/v1${pointPath(stage)}`);
    const stages = ["circulating", "held", "pooled", "redeemed", "expired", "reversed"];
    const inBaseUnits = lastRow.map((text) => Math.round(Number(text.replaceAll(/[^\d.-]/g, "")) * 100));
    expect(inBaseUnits).to.deep.equal(stages.map((stage) => Number(supply[stage]?.amount)));
    await seen.end();
  });

  it("keeps its filters in the address, and takes them from there", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    await seen.open(pointPath(stage, "?tab=transfers&kind=swapIn"));
    const kinds = await seen.page.locator(".long-table tr.ant-table-row td:nth-child(2)").allInnerTexts();
    expect(new Set(kinds.filter((text) => text !== ""))).to.deep.equal(new Set(["Given in a swap"]));
    const href = await seen.page.locator("a.csv-link").getAttribute("href");
    expect(href).to.match(/transfers\.csv\?kind=swapIn$/);
    const account = stage.keys.customers[5]?.address ?? "";
    await seen.page.getByLabel("Account", { exact: true }).fill(account);
    await seen.page.waitForURL(/account=0x/);
    await settled(seen.page);
    await seen.page.locator("button", { hasText: "Clear" }).click();
    await seen.page.waitForURL(/\?tab=transfers$/);
    await seen.end();
  });

  it("says what is not there, with a way on", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "zh-CN" });
    seen.expectStatus(404);
    await seen.open(`/points/0x${"12".repeat(20)}`);
    expect(await seen.page.locator("h1").innerText()).to.equal("没有这种积分");
    await seen.page.getByRole("link", { name: "查看全部积分" }).click();
    await seen.page.waitForURL(/\/points$/);
    await seen.end();
  });
});

describe("a merchant's profile", function () {
  this.timeout(240_000);

  it("is verified in the browser against the hash on the chain", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    await seen.open(pointPath(stage, "?tab=terms"));
    await outcomeIs(seen, "match").waitFor();
    const { issuer } = await api<PointFacts>(stage, `/v1${pointPath(stage)}`);
    const hashes = await seen.page.locator("dd.hex").allInnerTexts();
    expect(hashes).to.deep.equal([issuer.profileHash, issuer.profileHash]);
    // The chain itself was asked, not only the gateway's index.
    expect(await seen.page.getByText("Hash on the chain").count()).to.equal(1);
    await seen.end();
  });

  it("is not believed when a single letter of it was changed", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    const { issuer } = await api<PointFacts>(stage, `/v1${pointPath(stage)}`);
    const original = await (await fetch(`${stage.url}${issuer.profileUri}`)).text();
    await seen.page.route(`**${issuer.profileUri}`, (route) =>
      route.fulfill({ contentType: "application/json", body: original.replace("1", "2") }),
    );
    await seen.open(pointPath(stage, "?tab=terms"));
    await outcomeIs(seen, "mismatch").waitFor();
    expect(await outcome(seen).innerText()).to.contain("Do not rely on it");
    await seen.end();
  });

  it("says that the document can not be fetched, and checks again when asked", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    seen.expectStatus(0);
    const { issuer } = await api<PointFacts>(stage, `/v1${pointPath(stage)}`);
    await seen.page.route(`**${issuer.profileUri}`, (route) => route.abort());
    await seen.open(pointPath(stage, "?tab=terms"));
    await outcomeIs(seen, "unreachable").waitFor();
    await seen.page.unroute(`**${issuer.profileUri}`);
    await seen.page.getByRole("button", { name: "Check again" }).click();
    await outcomeIs(seen, "match").waitFor();
    await seen.end();
  });

  it("can be compared with a copy that the reader has", async () => {
    const stage = await sharedStage();
    const seen = await visit(stage, { language: "en" });
    await seen.open(pointPath(stage, "?tab=terms"));
    const { issuer } = await api<PointFacts>(stage, `/v1${pointPath(stage)}`);
    const buffer = Buffer.from(await (await fetch(`${stage.url}${issuer.profileUri}`)).arrayBuffer());
    const chooser = seen.page.locator("input[type=file]");
    await chooser.setInputFiles({ name: "terms.json", mimeType: "application/json", buffer });
    await seen.page.getByText("terms.json is the document on the chain").waitFor();
    const other = readFileSync(import.meta.filename);
    await chooser.setInputFiles({ name: "other.json", mimeType: "application/json", buffer: other });
    await seen.page.getByText("other.json is not the document on the chain").waitFor();
    await seen.end();
  });
});
