/** The regulator's report bundle of the demo: whoever has a chain node recomputes it, and finds what somebody changed. */
import { expect } from "chai";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runningAlliance, type RunningAlliance } from "./running-alliance.ts";

describe("a report bundle", () => {
  let alliance: RunningAlliance;
  let bundle: string;

  before(async () => {
    alliance = await runningAlliance();
    bundle = join(alliance.ledger.dataDir, "bundle");
    const { code, output } = await alliance.ledger.runScript("report", "--out", bundle);
    expect(code, output).to.equal(0);
  });

  const verify = () => alliance.ledger.runScript("audit", "verify", bundle);

  it("is accepted from the chain alone: npm run audit -- verify", async () => {
    const { code, output } = await verify();
    expect(code, output).to.equal(0);
    expect(output).to.contain("accepted");
  });

  it("is refused with the first difference when a number in it was changed", async () => {
    const name = readdirSync(bundle).find((file) => file.endsWith(".csv") && file.includes("supply")) ?? "";
    const file = join(bundle, name);
    const text = readFileSync(file, "utf8");
    const [head = "", first = "", ...rest] = text.split("\n");
    writeFileSync(file, [head, first.replace(/\d+(?=\D*$)/, (digits) => `${digits}1`), ...rest].join("\n"));
    const { code, output } = await verify();
    writeFileSync(file, text);
    expect(code, output).to.equal(1);
    expect(output).to.contain(name);
  });
});

describe("npm run audit", () => {
  after(async () => {
    // The last of these tests: what comes after has ledgers of its own.
    await (await runningAlliance()).stop();
  });

  it("finds the whole ledger as the chain says after all of this", async () => {
    const alliance = await runningAlliance();
    await alliance.caughtUp();
    const { code, output } = await alliance.ledger.runScript("audit");
    expect(code, output).to.equal(0);
  });
});
