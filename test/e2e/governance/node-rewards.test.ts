/**
 * What the four agents of `npm start` earn in one epoch of ten minutes: three keep their node and share exactly, the lazy
 * one gets nothing. Time is let pass from window to window: the agents attest in each as they would in half a minute.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AgentEntry } from "../../../scripts/start/agents.ts";
import { runningAlliance, type RunningAlliance } from "./running-alliance.ts";

const YEAR_SECONDS = 365n * 86_400n;
const BPS = 10_000n;
/** Agents attest in the first half of a window, each at its own moment. */
const PAST_EVERY_MOMENT_SECONDS = 16;

interface Standing {
  readonly windowsAttested: bigint;
  readonly isClaimed: boolean;
  readonly reward: bigint;
}

describe("the agents of the demo's four nodes", () => {
  let alliance: RunningAlliance;
  let agents: AgentEntry[];
  let epoch: bigint;
  let supplyBefore: bigint;

  before(async () => {
    alliance = await runningAlliance();
    const file = join(alliance.ledger.dataDir, "agents", "agents.json");
    agents = JSON.parse(readFileSync(file, "utf8")) as AgentEntry[];
  });

  const rewards = <T = bigint>(method: string, ...args: unknown[]): Promise<T> =>
    alliance.view<T>("nodeRewards", method, ...args);
  const standingOf = (memberId: number): Promise<Standing> => rewards<Standing>("standingOf", memberId, epoch);

  async function passTo(timestamp: bigint): Promise<void> {
    await alliance.passTime(Math.max(1, Number(timestamp) - (await alliance.chainNow())));
  }

  async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await isTrue()) return;
      await sleep(100);
    }
    throw new Error(`not within 30 s: ${what}`);
  }

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
    const required = await rewards("WINDOWS_REQUIRED");
    const windowSeconds = await rewards("WINDOW_SECONDS");
    epoch = (await rewards("currentEpoch")) + 1n;
    const startsAt =
      (await rewards("currentEpoch").then((now) => rewards("epochStart", now))) + (await rewards("EPOCH_SECONDS"));
    await passTo(startsAt);
    supplyBefore = await alliance.view("allianceToken", "totalSupply");
    for (let window = 0n; window < required; window += 1n) {
      await passTo(startsAt + window * windowSeconds + BigInt(PAST_EVERY_MOMENT_SECONDS));
      await until(`three attestations in window ${window}`, async () => {
        const seen = await Promise.all([1, 2, 3].map(standingOf));
        return seen.every(({ windowsAttested }) => windowsAttested === window + 1n);
      });
    }
    const { windowsAttested } = await standingOf(4);
    expect(Number(windowsAttested)).to.be.within(1, Number(required) - 1);
  });

  it("claim exactly the share of an epoch when it is over; the lazy one's part is never minted", async () => {
    await passTo((await rewards("epochStart", epoch)) + (await rewards("EPOCH_SECONDS")) + 1n);
    await until("three claims", async () => {
      const seen = await Promise.all([1, 2, 3].map(standingOf));
      return seen.every(({ isClaimed }) => isClaimed);
    });
    const { isClaimed, reward } = await standingOf(4);
    expect([isClaimed, reward]).to.deep.equal([false, 0n]);

    const share = await expectedShare();
    expect(await rewards("shareOf", epoch)).to.equal(share);
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

  /** The formula of the design from the token's own numbers. */
  async function expectedShare(): Promise<bigint> {
    const startsAt = await rewards("epochStart", epoch);
    const began = await alliance.view("allianceToken", "startedAt");
    const yearStart = began + ((startsAt - began) / YEAR_SECONDS) * YEAR_SECONDS;
    const supply = await alliance.view("allianceToken", "supplyAt", yearStart);
    const inflation = await alliance.view("allianceToken", "inflationAt", startsAt);
    const emission = (supply * inflation * (await rewards("EPOCH_SECONDS"))) / (BPS * YEAR_SECONDS);
    return emission / (await alliance.view("alliance", "activeCount"));
  }
});
