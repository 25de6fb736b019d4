/** Everything that members, the council, the regulator and a leaving merchant can do, once each, on a real chain. */
import { id as keccakOfText } from "ethers";
import * as abi from "../../src/chain/contracts.ts";
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import { parseHexData } from "../../src/kernel/ids.ts";
import type { ChainLab, MerchantInLab } from "./chain-lab.ts";
import { ALP } from "./chain-lab.ts";

const HOUR = 3_600;

/** Short enough to live through within a test; nothing waits unless it is told to. */
export const PLAY_PARAMETERS = {
  votingPeriodSeconds: 600n,
  rewardEpochSeconds: 3_600n,
  rewardWindowSeconds: 600n,
  rewardWindowsRequired: 2n,
  exitNoticeSeconds: 60n,
  windDownSeconds: 7_200n,
} as const;

export interface PlayCast {
  readonly stays: MerchantInLab;
  readonly leaves: MerchantInLab;
  readonly alice: Address;
  readonly bob: Address;
  /** Of the member that joins; the founder is represented by the lab's first account. */
  readonly secondRepresentative: Address;
  readonly secondNode: Address;
}

export function refOfPlay(name: string): Hex32 {
  return keccakOfText(name) as Hex32;
}

export class GovernancePlay {
  readonly #lab: ChainLab;
  readonly #cast: PlayCast;

  constructor(lab: ChainLab, cast: PlayCast) {
    this.#lab = lab;
    this.#cast = cast;
  }

  async run(): Promise<void> {
    await this.admitSecond();
    await this.decide();
    await this.attest();
    await this.supervise();
    await this.leave();
    await this.claim();
  }

  /** A second member; the founder's node becomes one that this play can speak for. */
  async admitSecond(): Promise<void> {
    const { secondRepresentative, secondNode } = this.#cast;
    const profile = ["乙方", "https://example.org/b.json", refOfPlay("b"), secondRepresentative, secondNode] as const;
    await this.#alliance("admit", profile);
    await this.#alliance("changeNode", [1, this.#founderNode]);
    await this.#alliance("setValidatorFloor", [2]);
  }

  /** 1 executed, 2 defeated, 3 vetoed, 4 open. */
  async decide(): Promise<void> {
    const { allianceToken, council } = this.#lab.deployment.contracts;
    const { secondRepresentative } = this.#cast;
    await this.#lab.asCouncil(council, abi.council.encodeFunctionData("setProposalGuardian", [this.#lab.regulator]));
    const inflation = (bps: number): string => abi.allianceToken.encodeFunctionData("setInflation", [bps]);
    await this.#propose(allianceToken, inflation(300), "Raise inflation to 3 %");
    await this.#council(this.#founder, "castVoteWithReason", [1, 1, "节点成本上升"]);
    await this.#council(secondRepresentative, "castVote", [1, 1]);
    await this.#council(secondRepresentative, "execute(uint256)", [1]);
    await this.#propose(allianceToken, inflation(400), "Raise inflation to 4 %");
    await this.#council(secondRepresentative, "castVote", [2, 0]);
    await this.#lab.mine(Number(PLAY_PARAMETERS.votingPeriodSeconds) + 1);
    await this.#propose(allianceToken, inflation(500), "Raise inflation to 5 %");
    await this.#council(this.#founder, "castVote", [3, 2]);
    await this.#council(this.#lab.regulator, "cancel(uint256)", [3]);
    await this.#propose(allianceToken, inflation(100), "Lower inflation to 1 %");
  }

  /** Both nodes attest in the epoch at hand: the founder's in two windows, the other's in one. */
  async attest(): Promise<void> {
    await this.#toNextEpoch();
    await this.#attestBy(this.#founderNode);
    await this.#attestBy(this.#cast.secondNode);
    await this.#lab.mine(Number(PLAY_PARAMETERS.rewardWindowSeconds));
    await this.#attestBy(this.#founderNode);
  }

  async claim(): Promise<void> {
    const { nodeRewards } = this.#lab.deployment.contracts;
    await this.#toNextEpoch();
    const asked = abi.nodeRewards.encodeFunctionData("currentEpoch");
    const now = BigInt((await this.#lab.chain.call({ to: nodeRewards, data: parseHexData(asked) })).data);
    for (let epoch = now - 1n; epoch >= 0n; epoch -= 1n) {
      const data = abi.nodeRewards.encodeFunctionData("claim", [1, [epoch]]);
      const call = await this.#lab.chain.call({ from: this.#founder, to: nodeRewards, data: parseHexData(data) });
      if (!call.ok) continue;
      await this.#lab.must(this.#founder, nodeRewards, data);
      return;
    }
    throw new Error("the founder earned nothing");
  }

  async supervise(): Promise<void> {
    const { stays, alice, bob } = this.#cast;
    const { collateral, regulatorDesk } = this.#lab.deployment.contracts;
    const asCouncil = (method: string, args: readonly unknown[]): Promise<void> =>
      this.#lab.asCouncil(regulatorDesk, abi.regulatorDesk.encodeFunctionData(method as "warn", args as never));
    await this.#issue(stays, alice, 50_000);
    await this.#desk("freeze", [alice, refOfPlay("case-1")]);
    await this.#desk("freeze", [bob, refOfPlay("case-2")]);
    await this.#desk("unfreeze", [bob, refOfPlay("case-2")]);
    await this.#desk("orderTransfer", [stays.token, alice, bob, 12_345, refOfPlay("case-3")]);
    await asCouncil("executeOrder", [1]);
    await this.#desk("orderTransfer", [stays.token, alice, bob, 1, refOfPlay("case-4")]);
    await this.#desk("withdrawOrder", [2]);
    await this.#desk("pause", [stays.token, refOfPlay("case-5")]);
    await asCouncil("ratifyPause", [stays.token, refOfPlay("case-5")]);
    await asCouncil("liftPause", [stays.token, refOfPlay("case-5")]);
    await this.#desk("warn", [stays.id, refOfPlay("case-6")]);
    await this.#desk("cutLimit", [stays.id, 40, refOfPlay("case-6")]);
    await this.#desk("haltIssue", [stays.id, refOfPlay("case-6")]);
    await this.#desk("resumeIssue", [stays.id, refOfPlay("case-6")]);
    const seize = abi.collateral.encodeFunctionData("seize", [stays.id, 5n * ALP, refOfPlay("case-7")]);
    await this.#lab.asCouncil(collateral, seize);
    await this.#desk("pause", [this.#cast.leaves.token, refOfPlay("case-8")]);
    await this.#lab.mine(7 * 24 * HOUR + 1);
  }

  /** To the very end: turned in by the holder, turned in from a hold, and a rest that nobody claims. */
  async leave(): Promise<void> {
    const { leaves, alice, bob } = this.#cast;
    const { merchantRegistry } = this.#lab.deployment.contracts;
    const registry = (method: string): Promise<void> =>
      this.#lab.must(
        leaves.controller,
        merchantRegistry,
        abi.merchantRegistry.encodeFunctionData(method as "announceExit", [leaves.id]),
      );
    await this.#desk("unfreeze", [alice, refOfPlay("case-1")]);
    await this.#issue(leaves, bob, 70_001);
    await this.#issue(leaves, alice, 30_000);
    const releaseAt = (await this.#now()) + 100;
    const hold = [20_000, 1, refOfPlay("held"), releaseAt] as const;
    await this.#lab.must(bob, leaves.token, abi.merchantPoint.encodeFunctionData("hold", [...hold]));
    await registry("announceExit");
    await this.#lab.mine(200);
    await registry("beginWindDown");
    await this.#collateral(bob, "turnIn", [leaves.id, 33_333, refOfPlay("turned-in")]);
    await this.#collateral(alice, "turnInHold", [leaves.id, bob, refOfPlay("held")]);
    await this.#collateral(leaves.controller, "withdrawSurplus", [leaves.id]);
    await this.#lab.mine(Number(PLAY_PARAMETERS.windDownSeconds) + 1);
    await registry("close");
  }

  get #founder(): Address {
    return this.#lab.accounts[0] as Address;
  }

  get #founderNode(): Address {
    return this.#lab.accounts[7] as Address;
  }

  async #now(): Promise<number> {
    return (await this.#lab.chain.block("latest"))?.timestamp ?? 0;
  }

  async #alliance(method: string, args: readonly unknown[]): Promise<void> {
    const { alliance } = this.#lab.deployment.contracts;
    await this.#lab.asCouncil(alliance, abi.alliance.encodeFunctionData(method as "admit", args as never));
  }

  async #council(from: Address, method: string, args: readonly unknown[]): Promise<void> {
    const { council } = this.#lab.deployment.contracts;
    await this.#lab.must(from, council, abi.council.encodeFunctionData(method as "propose", args as never));
  }

  async #propose(target: Address, data: string, description: string): Promise<void> {
    await this.#council(this.#founder, "propose", [[target], [0], [data], description]);
  }

  async #desk(method: string, args: readonly unknown[]): Promise<void> {
    const { regulatorDesk } = this.#lab.deployment.contracts;
    const data = abi.regulatorDesk.encodeFunctionData(method as "warn", args as never);
    await this.#lab.must(this.#lab.regulator, regulatorDesk, data);
  }

  async #collateral(from: Address, method: string, args: readonly unknown[]): Promise<void> {
    const { collateral } = this.#lab.deployment.contracts;
    await this.#lab.must(from, collateral, abi.collateral.encodeFunctionData(method as "turnIn", args as never));
  }

  async #issue({ till, token }: MerchantInLab, to: Address, points: number): Promise<void> {
    const args = [to, points, refOfPlay(`${token}/${to}/${points}`)] as const;
    await this.#lab.must(till, token, abi.merchantPoint.encodeFunctionData("issue", [...args]));
  }

  async #attestBy(node: Address): Promise<void> {
    const { nodeRewards } = this.#lab.deployment.contracts;
    const last = await this.#lab.chain.block("latest");
    if (last === undefined) throw new Error("the chain has no block");
    const data = abi.nodeRewards.encodeFunctionData("attest", [last.number, last.hash]);
    await this.#lab.must(node, nodeRewards, data);
  }

  async #toNextEpoch(): Promise<void> {
    const { nodeRewards } = this.#lab.deployment.contracts;
    const startedAt = BigInt(
      (
        await this.#lab.chain.call({
          to: nodeRewards,
          data: parseHexData(abi.nodeRewards.encodeFunctionData("startedAt")),
        })
      ).data,
    );
    const into = (BigInt(await this.#now()) - startedAt) % PLAY_PARAMETERS.rewardEpochSeconds;
    await this.#lab.mine(Number(PLAY_PARAMETERS.rewardEpochSeconds - into));
  }
}
