/**
 * QBFT's own count of the votes in block headers, made again from the headers: Besu shows which votes its node stands
 * for, and not which are cast. The agent needs to know its own (to take one back it votes the other way), and whoever
 * runs the node wants to see for whose vote it waits.
 */
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import type { HeaderVote } from "../../besu/header-vote.ts";

interface Count {
  readonly in: Set<Address>;
  readonly out: Set<Address>;
}

export class Tally {
  readonly #epochLength: number;
  readonly #validators: Set<Address>;
  readonly #votes = new Map<Address, Count>();
  #block: number;

  /** @param first The header of a block at which an epoch begins. */
  constructor(epochLength: number, first: HeaderVote) {
    this.#epochLength = epochLength;
    this.#validators = new Set(first.sealers);
    this.#block = first.block - 1;
    this.read(first);
  }

  /** The last block at which the votes that count there begin to be counted. */
  static epochOf(block: number, epochLength: number): number {
    return block - (block % epochLength);
  }

  /** The last block that was counted. */
  get block(): number {
    return this.#block;
  }

  /** Those who may seal the next block. */
  get validators(): ReadonlySet<Address> {
    return this.#validators;
  }

  /** Votes for a subject that are needed now: more than half of the validators. */
  get needed(): number {
    return Math.floor(this.#validators.size / 2) + 1;
  }

  /** Who voted so, of those whose vote still counts. */
  votesFor(subject: Address, isIn: boolean): readonly Address[] {
    const count = this.#votes.get(subject);
    return [...((isIn ? count?.in : count?.out) ?? [])].sort();
  }

  /** What a validator voted, and can still bring about a change. */
  castBy(voter: Address): ReadonlyMap<Address, boolean> {
    const cast = new Map<Address, boolean>();
    for (const [subject, count] of this.#votes) {
      const isValidator = this.#validators.has(subject);
      if (isValidator && count.out.has(voter)) cast.set(subject, false);
      if (!isValidator && count.in.has(voter)) cast.set(subject, true);
    }
    return cast;
  }

  /** The next block; false when it is not the next one. */
  read({ block, proposer, sealers, vote }: HeaderVote): boolean {
    if (block !== this.#block + 1) return false;
    this.#block = block;
    this.#correct(sealers);
    // As Besu does: the last block of an epoch ends it, and its own vote is not counted.
    if ((block + 1) % this.#epochLength === 0) this.#votes.clear();
    else if (vote !== undefined) this.#count(proposer, vote.subject, vote.isIn);
    return true;
  }

  /** A transition in the genesis can set other validators than the votes did: the header is right. */
  #correct(sealers: readonly Address[]): void {
    if (sealers.length === this.#validators.size && sealers.every((node) => this.#validators.has(node))) return;
    this.#validators.clear();
    this.#votes.clear();
    for (const sealer of sealers) this.#validators.add(sealer);
  }

  #count(voter: Address, subject: Address, isIn: boolean): void {
    const count = this.#votes.get(subject) ?? { in: new Set(), out: new Set() };
    this.#votes.set(subject, count);
    (isIn ? count.in : count.out).add(voter);
    (isIn ? count.out : count.in).delete(voter);

    const { needed } = this;
    if (count.in.size >= needed) {
      this.#validators.add(subject);
      this.#votes.delete(subject);
    }
    if (count.out.size >= needed) {
      this.#validators.delete(subject);
      this.#votes.delete(subject);
      // Whoever is put out takes its votes along.
      for (const other of this.#votes.values()) {
        other.in.delete(subject);
        other.out.delete(subject);
      }
    }
  }
}
