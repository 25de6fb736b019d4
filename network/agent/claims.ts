/**
 * Which rewards to claim next: epochs that are over, those only that pay something. The epoch that just ended comes first;
 * what lies before the agent's start is looked through bit by bit, however many epochs that are.
 */
import type { Revert } from "../../gateway/src/chain/decode-revert.ts";
import type { HexData } from "../../gateway/src/kernel/ids.ts";
import type { Journal, Purpose } from "./journal.ts";
import type { Member, RewardsView } from "./rewards-view.ts";
import type { Schedule } from "./schedule.ts";

/** Measured: 150,000 for one epoch alone, 2,000,000 for 64. Gas is free here; this is a limit, not a price. */
const CLAIM_GAS = 300_000n;
const CLAIM_GAS_EACH = 100_000n;
/** Epochs without a reward that are looked at in one round: months of ten-minute epochs must not keep the node busy. */
const EMPTY_MAX = 16;

export type ClaimLetter =
  | {
      readonly ok: true;
      readonly letter: { readonly purpose: Purpose; readonly data: HexData; readonly gasLimit: bigint };
    }
  | { readonly ok: false; readonly revert: Revert };

export class Claims {
  readonly #view: RewardsView;
  readonly #journal: Journal;
  readonly #epochsMax: number;
  /** A claim was refused: not again before that epoch. */
  #notBefore = 0;
  /** The first epoch, of those that ended since the start, that was not looked at yet. */
  #fresh: number | undefined;

  constructor(view: RewardsView, journal: Journal, epochsMax: number) {
    this.#view = view;
    this.#journal = journal;
    this.#epochsMax = epochsMax;
  }

  /** Undefined when there is nothing to claim now. Everything before `current` is over. */
  async next(member: Member, current: number, schedule: Schedule): Promise<ClaimLetter | undefined> {
    if (current < this.#notBefore) return undefined;
    const joined = Math.max(0, Math.floor((member.since - schedule.startedAt) / schedule.epochSeconds));
    // A mark beyond the present was made on a chain that is gone.
    const { claimedBefore } = this.#journal.page;
    const backlog = Math.max(claimedBefore > current ? 0 : claimedBefore, joined);
    this.#fresh = Math.max(this.#fresh ?? current - 1, backlog);

    const from = this.#fresh < current ? this.#fresh : backlog;
    if (from >= current) return undefined;
    const { epochs, lookedAt } = await this.#findClaimable(member.memberId, from, current);
    // The marks move over what pays nothing (any more) only: what is claimed now is looked at once more afterwards.
    if (epochs.length > 0) return this.#rehearse(member.memberId, epochs, current);
    if (from === backlog) this.#journal.write({ claimedBefore: lookedAt });
    if (from === this.#fresh) this.#fresh = lookedAt;
    return undefined;
  }

  /** They were claimed by this agent. */
  done(epochs: readonly number[], alp: bigint): void {
    const { claimedAlp, claimedEpochs } = this.#journal.page;
    this.#journal.write({
      claimedAlp: String(BigInt(claimedAlp) + alp),
      claimedEpochs: claimedEpochs + epochs.length,
    });
  }

  async #findClaimable(memberId: bigint, from: number, to: number): Promise<{ epochs: number[]; lookedAt: number }> {
    const epochs: number[] = [];
    let empty = 0;
    let epoch = from;
    for (; epoch < to && empty < EMPTY_MAX && epochs.length < this.#epochsMax; epoch += 1) {
      if ((await this.#view.fetchStanding(memberId, epoch)).reward > 0n) epochs.push(epoch);
      else empty += 1;
    }
    return { epochs, lookedAt: epoch };
  }

  /** Anybody may claim for the member: it may have been done this moment, and then the next round finds less. */
  async #rehearse(memberId: bigint, epochs: readonly number[], current: number): Promise<ClaimLetter> {
    const data = this.#view.claimData(memberId, epochs);
    const rehearsal = await this.#view.rehearse(data);
    if (!rehearsal.ok) {
      if (rehearsal.revert.name !== "NodeRewardsAlreadyClaimed") this.#notBefore = current + 1;
      return rehearsal;
    }
    const purpose = { kind: "claim", epochs, alp: String(BigInt(rehearsal.answer)) } as const;
    const gasLimit = CLAIM_GAS + CLAIM_GAS_EACH * BigInt(epochs.length);
    return { ok: true, letter: { purpose, data, gasLimit } };
  }
}
