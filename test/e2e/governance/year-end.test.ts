/** The regulator's report bundle of the demo: whoever has a chain node recomputes it, and finds what somebody changed. */
import { expect } from "chai";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EventLog } from "ethers";
import { Epochs, YEAR_SECONDS } from "./epochs.ts";
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

describe("a year of rewards", () => {
  it("emits what the design says of every epoch that was kept, nothing else, and nothing to the lazy one", async () => {
    const alliance = await runningAlliance();
    const epochs = new Epochs(alliance);
    const began = await alliance.view("allianceToken", "startedAt");
    // The year's last epoch but one is kept, after months in which no node was: then the year is over.
    const last = YEAR_SECONDS / (await epochs.view("EPOCH_SECONDS")) - 1n;
    await epochs.keep(last - 1n);
    await epochs.end(last - 1n);
    // The agents were awake through months that passed at once, and look through those epochs first: here members claim.
    for (const memberId of [1, 2, 3]) {
      const path = `/v1/members/${memberId}/rewards/claims`;
      await alliance.carryOut(alliance.memberKey(memberId), path, { epochs: [Number(last - 1n)] });
    }
    await epochs.passTo(began + YEAR_SECONDS + 1n);

    // From the year's attestations: each member's count in each epoch, and what the formula makes of it.
    const contract = alliance.at("nodeRewards");
    const counts = new Map<string, bigint>();
    for (const log of await contract.queryFilter(contract.filters["Attested"]!())) {
      const { memberId, epoch, count } = (log as EventLog).args as unknown as Record<string, bigint>;
      counts.set(`${memberId!} ${epoch!}`, count!);
    }
    const required = await epochs.view("WINDOWS_REQUIRED");
    const due = new Map<string, bigint>();
    for (const [place, count] of counts) {
      if (count >= required) due.set(place, await epochs.expectedShare(BigInt(place.split(" ")[1]!)));
    }
    const paid = (await contract.queryFilter(contract.filters["RewardClaimed"]!())).map((log) => {
      const { memberId, epoch, amount } = (log as EventLog).args as unknown as Record<string, bigint>;
      return [`${memberId!} ${epoch!}`, amount!] as const;
    });
    expect(new Map(paid)).to.deep.equal(due);
    expect([...due.keys()].filter((place) => place.startsWith("4 "))).to.deep.equal([]);
    expect(due.size).to.be.at.least(3);

    const total = [...due.values()].reduce((sum, share) => sum + share, 0n);
    expect(await alliance.view("allianceToken", "emittedIn", 0n)).to.equal(total);
    const supply = await alliance.view("allianceToken", "supplyAt", began);
    expect((await alliance.view("allianceToken", "totalSupply")) - supply).to.equal(total);
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
