import type { ContractTransactionResponse } from "ethers";

import { expect } from "chai";
import { getBytes } from "ethers";

import { createLedger } from "../support/alliance.ts";
import type { Ledger } from "../support/alliance.ts";
import { admitMember, attest, founderOf, GAS, goTo, maintain } from "../support/nodes.ts";
import type { MemberNode } from "../support/nodes.ts";
import { DAY } from "../support/time.ts";

const SCHEDULE = { rewardEpochSeconds: BigInt(DAY), rewardWindowSeconds: 43_200n, rewardWindowsRequired: 1n };

/** A full alliance: as many as validators may be. */
const MEMBERS_MAX = 30n;

/**
 * One cold slot: what a step of a binary search through checkpoints costs. Checkpoints of votes grow with admissions,
 * not with time: 30 take 5 steps, and their length and place some more.
 */
const LOOKUP_GAS = 2_100n;

describe("NodeRewards' gas", () => {
  let ledger: Ledger;
  let founder: MemberNode;

  beforeEach(async () => {
    ledger = await createLedger(SCHEDULE);
    founder = founderOf(ledger);
  });

  /** What it cost to run: without the bytes sent, which differ by the zeros in a hash and the digits of an epoch. */
  async function runGas(sent: ContractTransactionResponse): Promise<bigint> {
    const { gasUsed } = (await sent.wait())!;
    const bytes = getBytes(sent.data).reduce((gas, byte) => gas + (byte === 0 ? 4n : 16n), 0n);
    return gasUsed - bytes;
  }

  const claim = async (epochs: readonly bigint[], of = founder) =>
    await runGas(await ledger.nodeRewards.claim(of.id, [...epochs], GAS));

  /** One epoch as a diligent node lives it: the gas of its first attestation, and of claiming the epoch before. */
  async function live(epoch: bigint): Promise<{ attestGas: bigint; claimGas: bigint }> {
    await goTo(ledger, epoch);
    const attestGas = await runGas(await attest(ledger, founder.node));
    return { attestGas, claimGas: epoch > 1n ? await claim([epoch - 1n]) : 0n };
  }

  it("is the same in epoch 300 as in epoch 3, and an attestation's is the same with 30 members as with 1", async () => {
    await live(1n);
    await live(2n);
    const early = await live(3n);
    for (let epoch = 4n; epoch < 300n; epoch++) await live(epoch);
    const late = await live(300n);
    expect(late).to.deep.equal(early);

    for (let id = 2n; id <= MEMBERS_MAX; id++) await admitMember(ledger, id);
    await live(301n);
    const crowded = await live(302n);
    expect(crowded.attestGas).to.equal(early.attestGas);
    expect(crowded.claimGas - early.claimGas).to.be.within(0n, 7n * LOOKUP_GAS);
  });

  it("of a claim of 64 epochs is well within a block, and less each than one alone", async () => {
    for (let epoch = 1n; epoch <= 66n; epoch++) await maintain(ledger, epoch, [founder.node], 1n);
    await claim([65n]); // the year's first, which notes its supply
    const epochs = Array.from({ length: 64 }, (_, index) => BigInt(index) + 1n);
    await goTo(ledger, 67n);
    const alone = await claim([66n]);
    const together = await claim(epochs);
    expect(together / 64n < alone, `${together} for 64, ${alone} for one`).to.equal(true);
    expect(together < 8_000_000n, `${together}`).to.equal(true);
  });
});
