/** Votes in block headers: more than half of the validators let in or put out; an epoch ends all that are open. */
import type { Vote } from "./extra-data.ts";

export interface Ballot {
  readonly number: number;
  readonly proposer: string;
  readonly vote: Vote | null;
}

export class VoteTally {
  readonly #epochLength: number;
  #validators: Set<string>;
  /** Subject → those who voted so. */
  #ins = new Map<string, Set<string>>();
  #outs = new Map<string, Set<string>>();

  constructor(validators: readonly string[], epochLength: number) {
    this.#validators = new Set(validators);
    this.#epochLength = epochLength;
  }

  /** Ascending. */
  get validators(): string[] {
    return [...this.#validators].sort();
  }

  /** A transition in the genesis file names them anew. */
  reset(validators: readonly string[]): void {
    this.#validators = new Set(validators);
    this.#clear();
  }

  count({ number, proposer, vote }: Ballot): void {
    if (number % this.#epochLength === 0) {
      this.#clear();
      return;
    }
    if (vote === null) return;
    const { recipient, isIn } = vote;
    const [same, opposite] = isIn ? [this.#ins, this.#outs] : [this.#outs, this.#ins];
    opposite.get(recipient)?.delete(proposer);
    const voters = same.get(recipient) ?? new Set<string>();
    same.set(recipient, voters.add(proposer));
    if (voters.size <= Math.floor(this.#validators.size / 2)) return;
    if (isIn) this.#validators.add(recipient);
    else this.#remove(recipient);
    this.#ins.delete(recipient);
    this.#outs.delete(recipient);
  }

  /** Whether a validator's vote would still change anything: not cast yet, and not the state already. */
  isOpen(voter: string, { recipient, isIn }: Vote): boolean {
    if (this.#validators.has(recipient) === isIn) return false;
    return (isIn ? this.#ins : this.#outs).get(recipient)?.has(voter) !== true;
  }

  #remove(validator: string): void {
    this.#validators.delete(validator);
    for (const votes of [this.#ins, this.#outs]) for (const voters of votes.values()) voters.delete(validator);
  }

  #clear(): void {
    this.#ins = new Map();
    this.#outs = new Map();
  }
}

/** What this node's operator asked for: kept in memory only, gone after a restart, never done by itself. */
export class VoteProposals {
  readonly #proposals = new Map<string, boolean>();
  #turn = 0;

  get all(): ReadonlyMap<string, boolean> {
    return this.#proposals;
  }

  propose(recipient: string, isIn: boolean): void {
    this.#proposals.set(recipient, isIn);
  }

  discard(recipient: string): void {
    this.#proposals.delete(recipient);
  }

  /** One vote a block, each in its turn. */
  next(voter: string, tally: VoteTally): Vote | null {
    const open = [...this.#proposals]
      .map(([recipient, isIn]) => ({ recipient, isIn }))
      .filter((vote) => tally.isOpen(voter, vote));
    if (open.length === 0) return null;
    this.#turn += 1;
    return open[this.#turn % open.length] ?? null;
  }
}
