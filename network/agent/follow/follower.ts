/**
 * Follows the alliance with one node: whom it talks with, whom it votes for, and what it says about itself. It runs beside
 * attesting and claiming and shares nothing with them but the node: whatever fails here is noted and tried again.
 */
import type { ChainClient } from "../../../gateway/src/chain/client.ts";
import type { Clock } from "../../../gateway/src/kernel/clock.ts";
import type { Log } from "../../../gateway/src/kernel/log.ts";
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import type { BesuNode } from "../../besu/besu-node.ts";
import { parseEnode } from "../../besu/enode.ts";
import { Diary } from "../diary.ts";
import { AllianceView } from "./alliance-view.ts";
import type { AllianceSeen, FollowedContracts } from "./alliance-view.ts";
import type { KnownNode } from "./allowed.ts";
import { Ballot } from "./ballot.ts";
import { isSameEndpoint } from "./endpoint.ts";
import type { FollowHealth, FollowStatus } from "./follow-health.ts";
import { Neighbours } from "./neighbours.ts";

/** What was agreed outside the chain: network.json and `accepted/`. */
export interface AgreedNetwork {
  readonly epochLength: number;
  readonly nodes: readonly KnownNode[];
}

export interface FollowerParts {
  /** The agent's own node, and no other: votes and lists are its. */
  readonly besu: BesuNode;
  readonly chain: ChainClient;
  readonly contracts: FollowedContracts;
  readonly self: Address;
  /** Read again and again: `accept` adds to it. */
  readonly agreed: () => AgreedNetwork;
  /** Takes nodes out of the node's static-nodes.json. */
  readonly forget: (gone: ReadonlySet<Address>) => void;
  readonly settleBlocks: number;
  readonly pollMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** What the council and the nodes say is asked again so soon even when no block is made. */
const LOOK_AGAIN_MS = 10_000;
const FAILURES_MAX = 2;

export class Follower {
  readonly #parts: FollowerParts;
  readonly #view: AllianceView;
  readonly #ballot: Ballot;
  readonly #neighbours: Neighbours;
  readonly #diary: Diary;
  #block = -1;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #seen: AllianceSeen | undefined;
  #seenAt = -1;
  #announcedIn = -1;
  #validators: readonly Address[] = [];
  #own: string | undefined;
  #status: FollowStatus = "starting";

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    this.#view = new AllianceView(parts.chain, parts.contracts);
    this.#ballot = new Ballot(parts);
    this.#neighbours = new Neighbours(parts);
    this.#diary = new Diary(parts.clock, parts.log);
  }

  /** Until the signal; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, pollMs } = this.#parts;
    while (!signal.aborted) {
      try {
        this.#status = await this.#round();
        this.#diary.failures = 0;
        if (this.#status === "ok") this.#diary.problem = undefined;
      } catch (error) {
        this.#diary.noteFailure(error);
        if (this.#diary.failures > FAILURES_MAX) this.#status = "failing";
      }
      // Votes of an epoch are read without a pause between.
      await clock.sleep(this.#status === "reading" ? 0 : pollMs * (1 + Math.min(this.#diary.failures, 9)), signal);
    }
  }

  /** The enode that the directory should hold and does not; undefined when there is nothing to tell. */
  toAnnounce(): string | undefined {
    const own = this.#own;
    const member = this.#seen?.members.find(({ address }) => address === this.#parts.self);
    if (own === undefined || member === undefined || this.#seenAt < this.#announcedIn) return undefined;
    return isSameEndpoint(own, member.enode) ? undefined : own;
  }

  /** What the directory said before that block is old: an announcement was mined in it. */
  lookAgainFrom(block: number): void {
    this.#lookedAtMs = Number.NEGATIVE_INFINITY;
    this.#announcedIn = block;
  }

  health(): FollowHealth {
    const seen = this.#seen;
    const announced = seen?.members.find(({ address }) => address === this.#parts.self)?.enode;
    return {
      status: this.#status,
      lastBlock: this.#block < 0 ? undefined : this.#block,
      selection: this.#ballot.state === "contract" ? "contract" : "votes",
      validators: this.#validators,
      wanted: [...(seen?.wanted ?? [])].sort(),
      floor: seen?.floor,
      changes: this.#ballot.open,
      standing: this.#ballot.standing.map(({ subject, isIn }) => ({ node: subject, change: isIn ? "in" : "out" })),
      votesReadTo: this.#ballot.readTo,
      allowed: this.#neighbours.entries,
      keptUntilRestart: this.#neighbours.kept,
      notConnected: this.#neighbours.missing,
      enode: this.#own,
      announced,
      lastProblem: this.#diary.problem,
    };
  }

  async #round(): Promise<FollowStatus> {
    const { chain, besu, clock, self, agreed } = this.#parts;
    // What a node that is catching up says of members and validators is old.
    if (await chain.isSyncing()) return "syncing";
    const block = await chain.headNumber();
    const isNew = block !== this.#block;
    const isLookDue = clock.now() - this.#lookedAtMs >= LOOK_AGAIN_MS;
    if (!isNew && !isLookDue && this.#ballot.state !== "reading") return this.#status;

    this.#own = await besu.enode();
    if (parseEnode(this.#own).address !== self) {
      this.#diary.note(
        "other_node",
        `The node at ${besu.url} has another key than this agent: name its own --node-rpc.`,
      );
      return "otherNode";
    }
    if (isLookDue || (await this.#hasNewWishes(block))) {
      this.#seen = await this.#view.look(block);
      this.#seenAt = block;
      this.#lookedAtMs = clock.now();
    }
    if (this.#seen === undefined) return "syncing";
    const isDone = await this.#follow(this.#seen, block, agreed());
    this.#block = block;
    return isDone ? "ok" : "reading";
  }

  /** Members come and go seldom; whether they did is one question, and everything about them is dozens. */
  async #hasNewWishes(block: number): Promise<boolean> {
    const seen = this.#seen;
    if (seen === undefined) return true;
    const { wanted, floor } = await this.#view.wishes(block);
    return (
      floor !== seen.floor || wanted.size !== seen.wanted.size || [...wanted].some((each) => !seen.wanted.has(each))
    );
  }

  /** @returns Whether all votes of the epoch are known. */
  async #follow(seen: AllianceSeen, block: number, { nodes, epochLength }: AgreedNetwork): Promise<boolean> {
    const { besu, self } = this.#parts;
    this.#validators = await besu.nextValidators();
    const validators = new Set(this.#validators);
    const peers = await besu.peers();
    const agreed = nodes.filter(({ address }) => address !== self);
    const asked = [...this.#validators, ...agreed.map(({ address }) => address)];
    const taken = await this.#view.takenOf(asked, block);
    const own = { address: self, enode: this.#own ?? "" };
    let problem: unknown;
    try {
      await this.#neighbours.tend({ block, self: own, agreed, members: seen.members, taken, validators }, peers);
    } catch (error) {
      // A list that can not be changed must not keep the node from voting.
      problem = error;
    }
    const reachable = new Set(peers.map(({ address }) => address));
    const { wanted, floor } = seen;
    await this.#ballot.tend({ block, validators, wanted, floor, taken, reachable }, epochLength);
    if (problem !== undefined) throw problem as Error;
    return this.#ballot.state !== "reading";
  }
}
