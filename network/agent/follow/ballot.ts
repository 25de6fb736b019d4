/** Keeps the node's standing votes as `decideVotes` says, and knows which votes are on the chain. */
import type { Log } from "../../../gateway/src/kernel/log.ts";
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import type { BesuNode } from "../../besu/besu-node.ts";
import { Tally } from "./tally.ts";
import { decideVotes, forgetful } from "./votes.ts";
import type { Decision, Memory, Scene, Vote, Waiting } from "./votes.ts";

/** An epoch of 30,000 blocks is read in a minute or two, and the node has time for others in between. */
const HEADERS_MAX = 500;

export interface BallotParts {
  readonly besu: BesuNode;
  readonly self: Address;
  readonly settleBlocks: number;
  readonly log: Log;
}

/** `contract`: a contract selects, there are no votes. `reading`: not all votes of the epoch are known yet. */
export type BallotState = "contract" | "reading" | "ready";

export interface OpenChange {
  readonly node: Address;
  readonly change: "in" | "out";
  readonly waiting: Waiting;
  /** Validators whose vote is on the chain. */
  readonly castBy: readonly Address[];
  /** So many are needed. */
  readonly needed: number;
}

export class Ballot {
  readonly #parts: BallotParts;
  #tally: Tally | undefined;
  #memory: Memory | undefined;
  #decision: Decision | undefined;
  state: BallotState = "reading";
  standing: readonly Vote[] = [];

  constructor(parts: BallotParts) {
    this.#parts = parts;
  }

  /** The last block whose vote is counted. */
  get readTo(): number | undefined {
    return this.#tally?.block;
  }

  get open(): readonly OpenChange[] {
    const needed = this.#tally?.needed ?? 0;
    return (this.#decision?.open ?? []).map(({ subject, isIn, waiting }) => ({
      ...{ node: subject, change: isIn ? "in" : "out", waiting, needed },
      castBy: this.#tally?.votesFor(subject, isIn) ?? [],
    }));
  }

  /** One look: reads the votes of new blocks, then changes at most one standing vote. */
  async tend(seen: Omit<Scene, "self" | "standing" | "cast">, epochLength: number): Promise<void> {
    const { besu, self, settleBlocks } = this.#parts;
    const standing = await besu.pendingVotes();
    if (standing === undefined) {
      this.state = "contract";
      this.#decision = undefined;
      this.standing = [];
      return;
    }
    this.standing = [...standing].map(([subject, isIn]) => ({ subject, isIn }));
    const tally = await this.#readTo(seen.block, epochLength);
    this.state = tally.block < seen.block ? "reading" : "ready";
    // A block came in between, or the votes were not all read: the next look knows.
    if (this.state === "reading" || !isSameSet(tally.validators, seen.validators)) return;

    this.#memory ??= forgetful(seen.block);
    const cast = tally.castBy(self);
    this.#decision = decideVotes({ ...seen, self, standing, cast }, this.#memory, settleBlocks);
    this.#memory = this.#decision.memory;
    await this.#carryOut(this.#decision);
  }

  async #carryOut({ propose, discard }: Decision): Promise<void> {
    const { besu, log } = this.#parts;
    for (const node of discard) {
      await besu.discardVote(node);
      log.info({ node }, "took a standing vote down");
    }
    if (propose === undefined) return;
    await besu.proposeVote(propose.subject, propose.isIn);
    this.standing = [propose];
    log.info({ node: propose.subject, change: propose.isIn ? "in" : "out" }, "stands for a vote");
  }

  async #readTo(head: number, epochLength: number): Promise<Tally> {
    const { besu } = this.#parts;
    if (this.#tally === undefined || this.#tally.block > head || head - this.#tally.block > epochLength) {
      const first = Tally.epochOf(head, epochLength);
      const [header] = await besu.headerVotes(first, first);
      if (header === undefined) throw new RangeError(`the node has no block ${first}`);
      this.#tally = new Tally(epochLength, header);
    }
    const from = this.#tally.block + 1;
    for (const header of await besu.headerVotes(from, Math.min(head, from + HEADERS_MAX - 1)))
      if (!this.#tally.read(header)) throw new RangeError(`block ${header.block} is not the next one`);
    return this.#tally;
  }
}

function isSameSet(one: ReadonlySet<Address>, other: ReadonlySet<Address>): boolean {
  return one.size === other.size && [...one].every((node) => other.has(node));
}
