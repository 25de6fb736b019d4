/**
 * What the four agents of `npm start` earn in one epoch of ten minutes: three keep their node and share exactly, the lazy
 * one gets nothing. Time is let pass from window to window: the agents attest in each as they would in half a minute.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AgentEntry } from "../../../scripts/start/agents.ts";
import { Epochs } from "./epochs.ts";
import { runningAlliance, type RunningAlliance } from "./running-alliance.ts";

describe("the agents of the demo's four nodes", () => {
  let alliance: RunningAlliance;
  let epochs: Epochs;
  let agents: AgentEntry[];
  let epoch: bigint;
  let supplyBefore: bigint;

  before(async () => {
    alliance = await runningAlliance();
    epochs = new Epochs(alliance);
    const file = join(alliance.ledger.dataDir, "agents", "agents.json");
    agents = JSON.parse(readFileSync(file, "utf8")) as AgentEntry[];
  });

  it("say how they are doing", async () => {
    expect(agents.map(({ memberId, isLazy }) => [memberId, isLazy])).to.deep.equal([
      [1, false],
      [2, false],
      [3, false],
      [4, true],
    ]);
    for (const { memberId, node, health } of agents) {
      const said = (await (await fetch(health)).json()) as { memberId: string; node: string; standing: string };
      expect(said).to.deep.include({ memberId: String(memberId), node: node.toLowerCase(), standing: "active" });
    }
  });

  it("attest in every window, but for the lazy one", async () => {
    epoch = (await epochs.view("currentEpoch")) + 1n;
    supplyBefore = await alliance.view("allianceToken", "totalSupply");
    await epochs.keep(epoch);
    const { windowsAttested } = await epochs.standingOf(4, epoch);
    expect(Number(windowsAttested)).to.be.within(1, Number(await epochs.view("WINDOWS_REQUIRED")) - 1);
  });

  it("claim exactly the share of an epoch when it is over; the lazy one's part is never minted", async () => {
    await epochs.end(epoch);
    await epochs.claimed(epoch);
    const { isClaimed, reward } = await epochs.standingOf(4, epoch);
    expect([isClaimed, reward]).to.deep.equal([false, 0n]);

    const share = await epochs.expectedShare(epoch);
    expect(await epochs.view("shareOf", epoch)).to.equal(share);
    const contract = alliance.at("nodeRewards");
    const claims = await contract.queryFilter(contract.filters["RewardClaimed"]!(null, epoch));
    const paid = claims.map(
      (claim) => ("args" in claim ? [claim.args["memberId"], claim.args["amount"]] : []) as bigint[],
    );
    expect(paid.sort()).to.deep.equal([1n, 2n, 3n].map((memberId) => [memberId, share]));
    expect((await alliance.view("allianceToken", "totalSupply")) - supplyBefore).to.equal(3n * share);
  });

  it("and nobody can claim for the lazy one", async () => {
    const path = "/v1/members/4/rewards/claims";
    const { status, body } = await alliance.post(alliance.memberKey(4), path, { epochs: [Number(epoch)] });
    const text = JSON.stringify(body);
    expect(status >= 400 || body.state === "failed", text).to.equal(true);
    expect(text).to.include("NodeRewardsNotEarned");
  });
});
