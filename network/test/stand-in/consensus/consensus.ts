/**
 * Agreement on the next block after QBFT: propose, prepare, commit, with a quorum of ⌈2n/3⌉ each; a round that does not
 * end in time is changed, and each further round waits twice as long. Proposals carry no proof of why a round began, so
 * liars are not withstood, only the silent: enough for a stand-in, not for money.
 */
import { digestOf, quorumOf } from "../chain/block.ts";
import type { Proposal } from "../chain/block.ts";
import type { Chain } from "../chain/chain.ts";
import type { VoteProposals } from "../chain/vote-tally.ts";
import type { Identity } from "../cli/identity.ts";
import type { Log } from "../log.ts";
import { authorOf, seal } from "./envelope.ts";
import type { Envelope, Prepared, Word } from "./envelope.ts";
import { HeightState } from "./round-state.ts";

const FROM = "QbftController";
/** Words for later blocks are kept that far ahead, as Besu's futureMessagesMaxDistance. */
const FUTURE_KEPT = 10;

export interface ConsensusOptions {
  readonly chain: Chain;
  readonly identity: Identity;
  readonly votes: VoteProposals;
  readonly selectTransactions: () => Promise<string[]>;
  readonly broadcast: (envelope: Envelope) => void;
  readonly nowMs: () => number;
  readonly log: Log;
}

export class Consensus {
  readonly #options: ConsensusOptions;
  #state = new HeightState();
  #height = 0;
  #round = 0;
  #timer: NodeJS.Timeout | undefined;
  #prepared: Prepared | null = null;
  #hasCommitted = new Set<number>();
  #future: Envelope[] = [];
  #queue: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: ConsensusOptions) {
    this.#options = options;
    options.chain.onBlock(() => this.#later(() => this.#startHeight()));
  }

  start(): void {
    this.#later(() => this.#startHeight());
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  get round(): number {
    return this.#round;
  }

  /** Everything runs one after another: a word never meets a half-made state. */
  #later(work: () => Promise<void> | void): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#isStopped) return;
      try {
        await work();
      } catch (error) {
        this.#options.log.error(
          "EventMultiplexer",
          `State machine threw exception while processing event: ${String(error)}`,
        );
      }
    });
  }

  hear(envelope: Envelope): void {
    this.#later(() => this.#take(envelope));
  }

  /** Runs between two words: blocks that come from peers must not cut into a round. */
  between(work: () => Promise<void>): void {
    this.#later(work);
  }

  get #sealers(): readonly string[] {
    return this.#options.chain.sealersOf(this.#height);
  }

  get #self(): string {
    return this.#options.identity.address;
  }

  #startHeight(): void {
    const { chain, nowMs, log } = this.#options;
    if (this.#height === chain.head + 1) return;
    clearTimeout(this.#timer);
    this.#height = chain.head + 1;
    this.#round = 0;
    this.#state = new HeightState();
    this.#prepared = null;
    this.#hasCommitted = new Set();
    const waits = this.#future;
    this.#future = [];
    if (chain.contractFailure !== undefined) throw new Error(chain.contractFailure);
    if (!this.#sealers.includes(this.#self)) {
      log.debug("BlockHeightManagerFactory", `Local node is not a validator for block ${this.#height}`);
      return;
    }
    const startMs = chain.head === 0 ? nowMs() : chain.headTimestamp * 1_000 + chain.periodMs;
    const height = this.#height;
    // The block may have come while the timer's call stood in the queue: then the next one's time has not.
    const begin = async (): Promise<void> => (height === this.#height ? this.#startRound(0) : undefined);
    this.#timer = setTimeout(() => this.#later(begin), Math.max(0, startMs - nowMs()));
    for (const envelope of waits) this.hear(envelope);
  }

  async #startRound(round: number): Promise<void> {
    const { chain, log } = this.#options;
    this.#round = round;
    clearTimeout(this.#timer);
    const height = this.#height;
    const waitMs = chain.genesis.requestTimeoutMs * 2 ** round;
    this.#timer = setTimeout(() => this.#later(() => this.#onExpiry(height, round)), waitMs);
    log.debug(FROM, `Starting round ${round} of block ${height}, expires in ${waitMs / 1_000} s`);
    // Besu too says so from round 2 on only.
    if (round >= 2)
      log.info(
        "RoundTimer",
        `BFT round ${round - 1} expired. Moved to round ${round} which will expire in ${Math.floor(waitMs / 1_000)} seconds`,
      );
    if (round === 0 && this.#proposerOf(0) === this.#self) await this.#propose(undefined);
    await this.#reconsider();
  }

  async #onExpiry(height: number, round: number): Promise<void> {
    if (height !== this.#height || round !== this.#round) return;
    this.#options.log.debug(
      "QbftBlockHeightManager",
      `Round has expired or changed, sending round change. Round{sequence=${height}, round=${round}} proposer ${String(this.#proposerOf(round))}`,
    );
    await this.#changeTo(round + 1);
  }

  async #changeTo(round: number): Promise<void> {
    this.#say({ kind: "roundChange", height: this.#height, round, prepared: this.#prepared });
    await this.#startRound(round);
  }

  /** Round robin over the ascending validators, from the one after the proposer of the block before. */
  #proposerOf(round: number): string | undefined {
    const sealers = this.#sealers;
    const last = this.#options.chain.record(this.#height - 1)?.proposer;
    if (last === undefined) return sealers[round % sealers.length];
    const isThere = sealers.includes(last);
    const next = isThere
      ? sealers.indexOf(last) + 1
      : Math.max(
          0,
          sealers.findIndex((one) => one > last),
        );
    return sealers[(next + round) % sealers.length];
  }

  async #propose(again: Proposal | undefined): Promise<void> {
    const { chain, votes, selectTransactions, nowMs } = this.#options;
    const height = this.#height;
    const isContract = chain.isContractMode(height);
    const fresh = async (): Promise<Proposal> => ({
      number: height,
      parentHash: chain.headHash,
      timestamp: Math.max(Math.floor(nowMs() / 1_000), chain.headTimestamp + Math.ceil(chain.periodMs / 1_000)),
      proposer: this.#self,
      round: this.#round,
      validators: isContract ? [] : this.#sealers,
      vote: isContract ? null : votes.next(this.#self, chain.tally),
      transactions: await selectTransactions(),
    });
    const block = again === undefined ? await fresh() : { ...again, proposer: this.#self, round: this.#round };
    this.#say({ kind: "proposal", height, round: this.#round, block });
  }

  #say(word: Word): void {
    const envelope = seal(word, this.#options.identity.key);
    this.#options.broadcast(envelope);
    this.#note(word, this.#self);
  }

  async #take(envelope: Envelope): Promise<void> {
    const { word } = envelope;
    if (word.height > this.#height && word.height <= this.#height + FUTURE_KEPT) this.#future.push(envelope);
    if (word.height !== this.#height) return;
    if (!this.#sealers.includes(this.#self)) return;
    const author = authorOf(envelope);
    if (!this.#sealers.includes(author)) return;
    this.#note(word, author);
    await this.#reconsider();
  }

  #note(word: Word, author: string): void {
    const { chain, log } = this.#options;
    if (word.kind === "prepare") this.#state.addPrepare(word.round, word.digest, author);
    if (word.kind === "commit") this.#state.addCommit(word.round, word.digest, { author, seal: word.seal });
    if (word.kind === "roundChange") this.#state.addChange(author, word.round, word.prepared);
    if (word.kind !== "proposal") return;
    const { block, round } = word;
    const state = this.#state.round(round);
    if (state.proposal !== undefined || block.proposer !== author || block.round !== round) return;
    if (this.#proposerOf(round) !== author) return;
    try {
      chain.checkProposal(block);
      state.proposal = block;
    } catch (error) {
      log.warn(
        "ProposalValidator",
        `Invalid Proposal message, block did not pass validation. ${(error as Error).message}`,
      );
    }
  }

  /** Does what the words so far call for, until nothing more follows. */
  async #reconsider(): Promise<void> {
    const quorum = quorumOf(this.#sealers.length);
    const later = this.#state.laterRound(this.#round, quorum);
    if (later !== undefined) return this.#startRound(later);
    const state = this.#state.round(this.#round);
    if (state.proposal === undefined && this.#round > 0 && this.#proposerOf(this.#round) === this.#self)
      if (this.#state.changesTo(this.#round) >= quorum) await this.#propose(this.#state.highestPrepared(this.#round));
    if (state.proposal === undefined) return;
    const block = state.proposal;
    const digest = digestOf(block);
    if (state.prepares.get(digest)?.has(this.#self) !== true)
      this.#say({ kind: "prepare", height: this.#height, round: this.#round, digest });
    const isPrepared = (state.prepares.get(digest)?.size ?? 0) >= quorum;
    if (isPrepared && !this.#hasCommitted.has(this.#round)) {
      this.#hasCommitted.add(this.#round);
      this.#prepared = { round: this.#round, block };
      const signed = this.#options.identity.key.sign(digest).serialized;
      this.#say({ kind: "commit", height: this.#height, round: this.#round, digest, seal: signed });
    }
    const commits = state.commits.get(digest);
    if (commits !== undefined && commits.size >= quorum) await this.#import(block, [...commits.values()]);
  }

  async #import(block: Proposal, seals: readonly string[]): Promise<void> {
    const { chain, log } = this.#options;
    if (block.number !== chain.head + 1) return;
    await chain.import({ ...block, hash: "", seals });
    const what = block.proposer === this.#self ? "Produced" : "Imported";
    const head = chain.record(block.number)!;
    log.info(
      what === "Produced" ? "QbftRound" : "QbftBesuControllerBuilder",
      `${what} #${block.number} / ${block.transactions.length} tx / 0 pending / round ${block.round} / (${head.hash})`,
    );
    this.#startHeight();
  }
}
