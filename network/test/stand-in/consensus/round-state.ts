/** What was said about one height: proposals, prepares and commits by round, round changes by author. */
import type { Proposal } from "../chain/block.ts";
import type { Prepared } from "./envelope.ts";

interface Round {
  proposal: Proposal | undefined;
  /** Digest → authors. */
  readonly prepares: Map<string, Set<string>>;
  /** Digest → author → seal. */
  readonly commits: Map<string, Map<string, string>>;
}

export class HeightState {
  readonly #rounds = new Map<number, Round>();
  /** Round → author → what that one had prepared. */
  readonly #changes = new Map<number, Map<string, Prepared | null>>();

  round(number: number): Round {
    const there = this.#rounds.get(number);
    if (there !== undefined) return there;
    const fresh: Round = { proposal: undefined, prepares: new Map(), commits: new Map() };
    this.#rounds.set(number, fresh);
    return fresh;
  }

  addPrepare(round: number, digest: string, author: string): void {
    const { prepares } = this.round(round);
    prepares.set(digest, (prepares.get(digest) ?? new Set()).add(author));
  }

  addCommit(round: number, digest: string, from: { readonly author: string; readonly seal: string }): void {
    const { commits } = this.round(round);
    commits.set(digest, (commits.get(digest) ?? new Map<string, string>()).set(from.author, from.seal));
  }

  addChange(author: string, round: number, prepared: Prepared | null): void {
    const there = this.#changes.get(round) ?? new Map<string, Prepared | null>();
    this.#changes.set(round, there.set(author, prepared));
  }

  /** How many ask for this round. */
  changesTo(round: number): number {
    return this.#changes.get(round)?.size ?? 0;
  }

  /** A later round that a quorum asks for. Besu's f + 1 "early round change" is off unless asked for, and so not here. */
  laterRound(round: number, quorum: number): number | undefined {
    return [...this.#changes].find(([one, authors]) => one > round && authors.size >= quorum)?.[0];
  }

  /** What must be proposed again in that round: the block prepared in the highest round, if any was. */
  highestPrepared(round: number): Proposal | undefined {
    const prepared = [...(this.#changes.get(round)?.values() ?? [])].filter((one) => one !== null);
    return prepared.sort((a, b) => b.round - a.round)[0]?.block;
  }
}
