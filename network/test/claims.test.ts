import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Address, HexData } from "../../gateway/src/kernel/ids.ts";
import { Claims } from "../agent/claims.ts";
import { Journal } from "../agent/journal.ts";
import type { Rehearsal, RewardsView } from "../agent/rewards-view.ts";

const SCHEDULE = { startedAt: 0, epochSeconds: 600, windowSeconds: 30, windowsRequired: 12 };
/** Joined in epoch 3. */
const MEMBER = { standing: "active", memberId: 7n, since: 3 * 600 + 5 } as const;

describe("agent claims", () => {
  let directory: string;
  let rewards: Map<number, bigint>;
  let lookedAt: number[];
  let refusal: string | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "ledger-claims-"));
    rewards = new Map();
    lookedAt = [];
    refusal = undefined;
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function startClaims(): Claims {
    const view: Partial<RewardsView> = {
      fetchStanding: (_id, epoch) => {
        lookedAt.push(epoch);
        return Promise.resolve({ windowsAttested: 0, isEligible: true, reward: rewards.get(epoch) ?? 0n });
      },
      claimData: (_id, epochs) => `0x${epochs.length}` as HexData,
      rehearse: (): Promise<Rehearsal> =>
        Promise.resolve(
          refusal === undefined
            ? { ok: true, answer: "0x2a" as HexData }
            : { ok: false, revert: { name: refusal, facts: {} } },
        ),
    };
    return new Claims(view as RewardsView, new Journal(directory, "0xa1" as Address, "1/0x"), 64);
  }

  /** What the next round claims; then it counts as claimed. */
  async function claim(claims: Claims, current: number): Promise<readonly number[] | undefined> {
    const found = await claims.next(MEMBER, current, SCHEDULE);
    if (found?.ok !== true || found.letter.purpose.kind !== "claim") return undefined;
    const { epochs, alp } = found.letter.purpose;
    for (const epoch of epochs) rewards.delete(epoch);
    claims.done(epochs, BigInt(alp));
    return epochs;
  }

  it("claims the epoch that just ended first, then what was earned before, and never looks before it joined", async () => {
    for (const epoch of [4, 5, 99]) rewards.set(epoch, 1n);
    const claims = startClaims();
    expect(await claim(claims, 100)).to.deep.equal([99]);
    expect(await claim(claims, 100)).to.equal(undefined); // 99 once more: nothing left
    expect(await claim(claims, 100)).to.deep.equal([4, 5]);
    expect(Math.min(...lookedAt)).to.equal(3);
  });

  it("looks at 16 epochs without a reward in a round, and not at them again after a restart", async () => {
    const claims = startClaims();
    for (let round = 0; round < 4; round += 1) await claim(claims, 1_000);
    expect(lookedAt.length).to.equal(1 + 3 * 16);
    lookedAt = [];
    await claim(startClaims(), 1_001);
    await claim(startClaims(), 1_001);
    expect(lookedAt).to.deep.equal([1_000, 1_000]);
  });

  it("takes up to 64 epochs at once", async () => {
    for (let epoch = 3; epoch < 203; epoch += 1) rewards.set(epoch, 1n);
    const claims = startClaims();
    const sizes = [];
    for (let round = 0; round < 30; round += 1) sizes.push((await claim(claims, 203))?.length);
    expect(sizes.filter((size) => size !== undefined)).to.deep.equal([1, 64, 64, 64, 7]);
    expect(rewards.size).to.equal(0);
  });

  it("does not try in the same epoch again what the contract refuses, unless somebody else has claimed it", async () => {
    rewards.set(9, 1n);
    refusal = "NodeRewardsAlreadyClaimed";
    const claims = startClaims();
    expect(await claims.next(MEMBER, 10, SCHEDULE)).to.deep.include({ ok: false });
    refusal = "AllianceTokenEmissionExceeded";
    expect(await claims.next(MEMBER, 10, SCHEDULE)).to.deep.include({ ok: false });
    refusal = undefined;
    expect(await claim(claims, 10)).to.equal(undefined);
    expect(await claim(claims, 11)).to.deep.equal([9]);
  });

  it("adds up what it claimed, and forgets marks of a chain that is gone", async () => {
    const journal = () => new Journal(directory, "0xa1" as Address, "1/0x").page;
    rewards.set(99, 1n);
    await claim(startClaims(), 100);
    expect(journal()).to.deep.include({ claimedAlp: "42", claimedEpochs: 1 });
    new Journal(directory, "0xa1" as Address, "1/0x").write({ claimedBefore: 5_000 });
    rewards.set(4, 1n);
    const claims = startClaims();
    await claim(claims, 10);
    expect(await claim(claims, 10)).to.deep.equal([4]);
  });
});
