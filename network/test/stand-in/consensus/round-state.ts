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
  /** Author → the highest round it asked for, and what it had prepared. */
  readonly #changes = new Map<string, { readonly round: number; readonly prepared: Prepared | null }>();

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
    if ((this.#changes.get(author)?.round ?? 0) < round) this.#changes.set(author, { round, prepared });
  }

  /** How many ask for this round. */
  changesTo(round: number): number {
    return [...this.#changes.values()].filter((change) => change.round === round).length;
  }

  /** The lowest round above `round` when at least `count` authors are above it: time to jump. */
  jumpFrom(round: number, count: number): number | undefined {
    const above = [...this.#changes.values()].map((change) => change.round).filter((one) => one > round);
    return above.length < count ? undefined : Math.min(...above);
  }

  /** What must be proposed again in that round: the block prepared in the highest round, if any was. */
  highestPrepared(round: number): Proposal | undefined {
    const prepared = [...this.#changes.values()].flatMap((change) =>
      change.round === round && change.prepared !== null ? [change.prepared] : [],
    );
    return prepared.sort((a, b) => b.round - a.round)[0]?.block;
  }
}
