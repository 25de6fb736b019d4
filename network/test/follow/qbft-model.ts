/** QBFT as far as votes go, written from Besu's rules and not from ours: proposals of each node, cast in its blocks. */
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import type { HeaderVote } from "../../besu/header-vote.ts";

export class QbftModel {
  readonly epochLength: number;
  readonly headers: HeaderVote[] = [];
  /** What each node stands for; in its memory only. */
  readonly proposals = new Map<Address, Map<Address, boolean>>();
  validators: Address[];
  #votes: { voter: Address; subject: Address; isIn: boolean }[] = [];
  #turn = 0;

  constructor(validators: readonly Address[], epochLength: number) {
    this.validators = [...validators].sort();
    this.epochLength = epochLength;
    this.headers.push({ block: 0, proposer: ZERO, sealers: this.validators, vote: undefined });
  }

  get head(): number {
    return this.headers.length - 1;
  }

  proposalsOf(node: Address): Map<Address, boolean> {
    const own = this.proposals.get(node) ?? new Map<Address, boolean>();
    this.proposals.set(node, own);
    return own;
  }

  /** The next block, by the next validator in turn that runs; undefined when too few run. */
  makeBlock(runs: (node: Address) => boolean): HeaderVote | undefined {
    const running = this.validators.filter(runs);
    if (running.length < Math.ceil((2 * this.validators.length) / 3)) return undefined;
    do this.#turn += 1;
    while (!runs(this.validators[this.#turn % this.validators.length]!));
    const proposer = this.validators[this.#turn % this.validators.length]!;
    const sealers = this.validators;
    const header = { block: this.head + 1, proposer, sealers, vote: this.#voteOf(proposer) };
    this.headers.push(header);
    if ((header.block + 1) % this.epochLength === 0) this.#votes = [];
    else if (header.vote !== undefined) this.#cast(proposer, header.vote);
    return header;
  }

  /** One of those that are not cast yet and would change something, or take back what was cast. */
  #voteOf(voter: Address): HeaderVote["vote"] {
    const open = [...this.proposalsOf(voter)].filter(([subject, isIn]) => {
      const cast = this.#votes.find((vote) => vote.voter === voter && vote.subject === subject)?.isIn;
      if (cast === !isIn) return true;
      return cast === undefined && this.validators.includes(subject) !== isIn;
    });
    const [subject, isIn] = open[this.head % Math.max(1, open.length)] ?? [];
    return subject === undefined || isIn === undefined ? undefined : { subject, isIn };
  }

  #cast(voter: Address, { subject, isIn }: { subject: Address; isIn: boolean }): void {
    this.#votes = this.#votes.filter((vote) => vote.voter !== voter || vote.subject !== subject);
    this.#votes.push({ voter, subject, isIn });
    for (const direction of [true, false]) {
      const count = this.#votes.filter((vote) => vote.subject === subject && vote.isIn === direction).length;
      if (count * 2 <= this.validators.length) continue;
      this.validators = this.validators.filter((node) => node !== subject);
      if (direction) this.validators = [...this.validators, subject].sort();
      this.#votes = this.#votes.filter((vote) => vote.subject !== subject && (direction || vote.voter !== subject));
    }
  }
}

const ZERO = `0x${"00".repeat(20)}` as Address;
