/** What the agent asks the chain: its schedule, its member, where it stands, and whether a call would go through. */
import type { ChainClient } from "../../gateway/src/chain/client.ts";
import { alliance as allianceAbi, nodeRewards as rewardsAbi } from "../../gateway/src/chain/contracts.ts";
import type { Revert } from "../../gateway/src/chain/decode-revert.ts";
import { decodeRevert } from "../../gateway/src/chain/decode-revert.ts";
import { readContract } from "../../gateway/src/chain/read-contracts.ts";
import type { Address, Hex32, HexData } from "../../gateway/src/kernel/ids.ts";
import { parseHexData } from "../../gateway/src/kernel/ids.ts";
import type { Schedule } from "./schedule.ts";

export interface RewardContracts {
  readonly alliance: Address;
  readonly nodeRewards: Address;
}

export interface Member {
  readonly standing: "active" | "suspended";
  readonly memberId: bigint;
  /** Unix seconds of its admission. */
  readonly since: number;
}

export type Membership = Member | { readonly standing: "notMember" };

export interface EpochStanding {
  readonly windowsAttested: number;
  readonly isEligible: boolean;
  /** Wei that a claim would mint now. */
  readonly reward: bigint;
}

/** `answer` is what the call would return. */
export type Rehearsal =
  { readonly ok: true; readonly answer: HexData } | { readonly ok: false; readonly revert: Revert };

const ACTIVE = 1n;

export class RewardsView {
  readonly #chain: ChainClient;
  readonly #at: RewardContracts;
  readonly #node: Address;

  constructor(chain: ChainClient, contracts: RewardContracts, node: Address) {
    this.#chain = chain;
    this.#at = contracts;
    this.#node = node;
  }

  async fetchSchedule(): Promise<Schedule & { readonly claimEpochsMax: number }> {
    const number = async (method: string): Promise<number> => Number(await this.#read(method));
    return {
      startedAt: await number("startedAt"),
      epochSeconds: await number("EPOCH_SECONDS"),
      windowSeconds: await number("WINDOW_SECONDS"),
      windowsRequired: await number("WINDOWS_REQUIRED"),
      claimEpochsMax: await number("CLAIM_EPOCHS_MAX"),
    };
  }

  async fetchMembership(): Promise<Membership> {
    const ask = { abi: allianceAbi, address: this.#at.alliance };
    const [id] = await readContract(this.#chain, { ...ask, method: "memberIdOfNode", args: [this.#node] });
    const memberId = id as bigint;
    if (memberId === 0n) return { standing: "notMember" };
    const [member] = await readContract(this.#chain, { ...ask, method: "memberOf", args: [memberId] });
    const { status, since } = member as { status: bigint; since: bigint };
    return { standing: status === ACTIVE ? "active" : "suspended", memberId, since: Number(since) };
  }

  async fetchStanding(memberId: bigint, epoch: number): Promise<EpochStanding> {
    const read = { abi: rewardsAbi, address: this.#at.nodeRewards, method: "standingOf", args: [memberId, epoch] };
    const [windowsAttested, isEligible, , reward] = await readContract(this.#chain, read);
    return {
      windowsAttested: Number(windowsAttested as bigint),
      isEligible: isEligible as boolean,
      reward: reward as bigint,
    };
  }

  attestData(block: number, hash: Hex32): HexData {
    return parseHexData(rewardsAbi.encodeFunctionData("attest", [block, hash]));
  }

  claimData(memberId: bigint, epochs: readonly number[]): HexData {
    return parseHexData(rewardsAbi.encodeFunctionData("claim", [memberId, [...epochs]]));
  }

  /** Runs the call at the last block without sending anything. */
  async rehearse(data: HexData, { to = this.#at.nodeRewards }: { readonly to?: Address } = {}): Promise<Rehearsal> {
    const outcome = await this.#chain.call({ from: this.#node, to, data });
    if (outcome.ok) return { ok: true, answer: outcome.data };
    return { ok: false, revert: decodeRevert(outcome.data, outcome.message) };
  }

  async #read(method: string): Promise<unknown> {
    const [value] = await readContract(this.#chain, { abi: rewardsAbi, address: this.#at.nodeRewards, method });
    return value as unknown;
  }
}
