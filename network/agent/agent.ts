/**
 * The agent of one node: once a window it attests that the node knows a recent block, and when an epoch is over it claims
 * what was earned; with a follower beside it, it tells where the node is reached when that changed. Each round asks the chain where things stand and does at most one thing, so a round that fails half
 * way, and a process that is killed, change nothing: the next round asks again.
 */
import type { ChainClient } from "../../gateway/src/chain/client.ts";
import type { Revert } from "../../gateway/src/chain/decode-revert.ts";
import type { LocalKey } from "../../gateway/src/chain/local-key.ts";
import type { Clock } from "../../gateway/src/kernel/clock.ts";
import { LedgerError } from "../../gateway/src/kernel/errors.ts";
import type { Log } from "../../gateway/src/kernel/log.ts";
import { AgentStop } from "./agent-stop.ts";
import { ChainClock } from "./chain-clock.ts";
import { Claims } from "./claims.ts";
import { Courier } from "./courier.ts";
import type { Settled } from "./courier.ts";
import { Diary } from "./diary.ts";
import { marginSeconds } from "./following.ts";
import type { Following } from "./following.ts";
import { healthOf } from "./health.ts";
import type { Health } from "./health.ts";
import { Journal } from "./journal.ts";
import { RewardsView } from "./rewards-view.ts";
import type { EpochStanding, Member, Membership, RewardContracts } from "./rewards-view.ts";
import { dueAt, isOnDuty, nextDueAt, placeAt } from "./schedule.ts";
import type { Place, Schedule } from "./schedule.ts";

/** A first attestation of an epoch took 97,000 with the bytes sent; a name and a profile address may be longer. */
const ATTEST_GAS = 500_000n;
/** Between tries while the chain is away: a quarter of a window at most, so that none is lost when it comes back. */
const BACKOFF_MS_MAX = 30_000;
const BACKOFF_WINDOWS = 0.25;
/** Members are admitted, suspended and given other nodes by the council: so soon does the agent notice. */
const LOOK_AGAIN_MS = 10_000;

export interface AgentParts {
  readonly chain: ChainClient;
  readonly contracts: RewardContracts;
  /** From the deployment file; undefined: whatever the node says. */
  readonly chainId: number | undefined;
  readonly key: LocalKey;
  readonly stateDir: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Attests in each n-th window only; 1 is all. */
  readonly attestEvery: number;
  readonly claims: boolean;
  readonly pollMs: number;
  /** Undefined: the node's list and votes are left alone. */
  readonly following?: Following;
}

/** What is known once the chain has answered for the first time. */
interface Ground {
  readonly schedule: Schedule & { readonly claimEpochsMax: number };
  readonly courier: Courier;
  readonly claims: Claims;
  readonly journal: Journal;
}

export class Agent {
  readonly #parts: AgentParts;
  readonly #view: RewardsView;
  readonly #chainClock = new ChainClock();
  readonly #diary: Diary;
  #ground: Ground | undefined;
  #membership: Membership | undefined;
  #standing: EpochStanding | undefined;
  #lookedAt: { readonly ordinal: number; readonly ms: number } | undefined;

  constructor(parts: AgentParts) {
    this.#parts = parts;
    this.#view = new RewardsView(parts.chain, parts.contracts, parts.key.address);
    this.#diary = new Diary(parts.clock, parts.log);
  }

  /** Until the signal. Rejects with `AgentStop` only: what passes is tried again. */
  async run(signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const following = this.#parts.following?.follower.run(AbortSignal.any([signal, ended.signal]));
    try {
      await this.#runRounds(signal);
    } finally {
      ended.abort();
      await following;
    }
  }

  async #runRounds(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#round();
        this.#diary.failures = 0;
      } catch (error) {
        if (error instanceof AgentStop) throw error;
        this.#diary.noteFailure(error);
      }
      await this.#parts.clock.sleep(this.#pauseMs(), signal);
    }
  }

  health(): Health {
    const { clock, key, attestEvery } = this.#parts;
    const nowMs = clock.now();
    return healthOf({
      node: key.address,
      attestEvery,
      chainNow: this.#chainClock.now(nowMs),
      head: this.#chainClock.head,
      blockAgeSeconds: this.#chainClock.ageSeconds(nowMs),
      schedule: this.#ground?.schedule,
      membership: this.#membership,
      standing: this.#standing,
      diary: this.#diary,
      page: this.#ground?.journal.page,
      follow: this.#parts.following?.follower.health(),
    });
  }

  #pauseMs(): number {
    const { pollMs } = this.#parts;
    const { failures } = this.#diary;
    if (failures === 0) return pollMs;
    const window = this.#ground?.schedule.windowSeconds ?? Number.POSITIVE_INFINITY;
    const longest = Math.max(pollMs, Math.min(BACKOFF_MS_MAX, window * 1_000 * BACKOFF_WINDOWS));
    return Math.min(pollMs * 2 ** failures, longest);
  }

  async #round(): Promise<void> {
    const { chain, clock } = this.#parts;
    const head = await chain.block("latest");
    if (head === undefined) throw new LedgerError("chain_unreachable", { timeoutMs: 0 }, "the node has no head");
    this.#chainClock.observe(head, clock.now());
    const ground = (this.#ground ??= await this.#findGround());

    const settled = await ground.courier.settle();
    if (settled.kind === "waiting") return;
    await this.#learn(ground, settled);

    const place = placeAt(ground.schedule, this.#chainClock.now(clock.now()));
    const membership = await this.#look(place);
    if (membership.standing === "notMember") return;
    if (membership.standing === "active" && (await this.#attestWhenDue(ground, place, head.number))) return;
    if (this.#parts.claims && (await this.#claimWhenDue(ground, membership, place))) return;
    await this.#announceWhenQuiet(ground, place);
  }

  /** Once: the schedule never changes. A chain that is not the deployment's is not waited for. */
  async #findGround(): Promise<Ground> {
    const { chain, key, contracts, clock, log, stateDir } = this.#parts;
    const chainId = await chain.chainId();
    const expected = this.#parts.chainId ?? chainId;
    if (chainId !== expected)
      throw new AgentStop("chain_other", `The node is on chain ${chainId}, the deployment on ${expected}.`);
    const schedule = await this.#fetchSchedule();
    const journal = new Journal(stateDir, key.address, `${chainId}/${contracts.nodeRewards}`);
    const courier = new Courier({ chain, chainId, key, journal, clock });
    log.info({ chainId, ...schedule, inFlight: courier.inFlight?.hash }, "the chain answers");
    return { schedule, courier, journal, claims: new Claims(this.#view, journal, schedule.claimEpochsMax) };
  }

  async #fetchSchedule(): Promise<Ground["schedule"]> {
    const { chain, contracts } = this.#parts;
    try {
      return await this.#view.fetchSchedule();
    } catch (error) {
      if (error instanceof LedgerError && error.code === "chain_unreachable") throw error;
      // A node that is catching up does not know the contract yet.
      if (await chain.isSyncing()) throw new LedgerError("chain_unreachable", { timeoutMs: 0 }, "the node is syncing");
      throw new AgentStop("contract_missing", `There is no NodeRewards contract at ${contracts.nodeRewards}.`);
    }
  }

  /** Where the member stands: asked again in each window, after each transaction, and every ten seconds. */
  async #look(place: Place): Promise<Membership> {
    const nowMs = this.#parts.clock.now();
    const isFresh = this.#lookedAt?.ordinal === place.ordinal && nowMs - this.#lookedAt.ms < LOOK_AGAIN_MS;
    if (isFresh && this.#membership !== undefined) return this.#membership;

    const before = this.#membership?.standing;
    const membership = await this.#view.fetchMembership();
    this.#standing =
      membership.standing === "notMember"
        ? undefined
        : await this.#view.fetchStanding(membership.memberId, place.epoch);
    this.#membership = membership;
    this.#lookedAt = { ordinal: place.ordinal, ms: nowMs };
    if (before !== membership.standing) this.#parts.log.info(factsOf(membership), "the node's member");
    return membership;
  }

  async #attestWhenDue(ground: Ground, place: Place, head: number): Promise<boolean> {
    const { chain, key, attestEvery, clock, contracts } = this.#parts;
    const isDue = this.#chainClock.now(clock.now()) >= dueAt(ground.schedule, place, key.address);
    if (!isDue || place.ordinal <= this.#diary.attested || !isOnDuty(place.ordinal, attestEvery)) return false;

    // The block before the last: a rehearsal runs in the last block, which does not know its own hash.
    const known = head > 0 ? await chain.block(head - 1) : undefined;
    if (known === undefined) return false;
    const data = this.#view.attestData(known.number, known.hash);
    const rehearsal = await this.#view.rehearse(data);
    if (!rehearsal.ok && !this.#isOfAnotherWindow(rehearsal.revert, place)) return false;
    const purpose = { kind: "attest", block: known.number } as const;
    await this.#learn(
      ground,
      await ground.courier.send({ purpose, to: contracts.nodeRewards, data, gasLimit: ATTEST_GAS }),
    );
    return true;
  }

  /**
   * A rehearsal runs at the last block's time. When no block was made in this window yet, it speaks of the window before:
   * that one being attested says nothing about this one.
   */
  #isOfAnotherWindow(revert: Revert, place: Place): boolean {
    if (revert.name !== "NodeRewardsAlreadyAttested") {
      // The member was suspended or got another node this moment: look again at once.
      this.#lookedAt = undefined;
      this.#diary.noteRevert(revert);
      return false;
    }
    const { epoch, window } = revert.facts;
    const isThis = Number(epoch) === place.epoch && Number(window) === place.window;
    if (isThis) this.#diary.attested = place.ordinal;
    return !isThis;
  }

  async #claimWhenDue(ground: Ground, member: Member, place: Place): Promise<boolean> {
    const found = await ground.claims.next(member, place.epoch, ground.schedule);
    if (found === undefined) return false;
    if (!found.ok) {
      this.#diary.noteRevert(found.revert);
      return false;
    }
    const letter = { ...found.letter, to: this.#parts.contracts.nodeRewards };
    await this.#learn(ground, await ground.courier.send(letter));
    return true;
  }

  async #announceWhenQuiet(ground: Ground, place: Place): Promise<void> {
    const { attestEvery, key, clock } = this.#parts;
    const duty = { node: key.address, every: attestEvery, attested: this.#diary.attested };
    const isActive = this.#membership?.standing === "active";
    const secondsLeft = nextDueAt(ground.schedule, place, duty) - this.#chainClock.now(clock.now());
    if (isActive && secondsLeft < marginSeconds(ground.schedule)) return;
    const found = await this.#parts.following?.announcement(this.#view);
    if (found === undefined) return;
    if (found.ok) await this.#learn(ground, await ground.courier.send(found.letter));
    else this.#diary.noteRevert(found.revert);
  }

  /** What became of the transaction that was in flight. */
  async #learn(ground: Ground, settled: Settled): Promise<void> {
    if (settled.kind === "idle" || settled.kind === "waiting") return;
    this.#lookedAt = undefined;
    const { purpose } = settled;
    if (settled.kind === "lost") {
      this.#diary.note("transaction_lost", `${purpose.kind}: ${settled.why}`);
      return;
    }
    const { blockNumber, transactionHash: transaction, succeeded } = settled.receipt;
    if (!succeeded) {
      this.#diary.note("reverted", `${purpose.kind} was mined in block ${blockNumber} and refused: ${transaction}`);
      return;
    }
    if (purpose.kind === "claim") {
      ground.claims.done(purpose.epochs, BigInt(purpose.alp));
      this.#diary.noteClaim(transaction, purpose.epochs, purpose.alp);
      return;
    }
    if (purpose.kind === "announce") {
      this.#parts.following?.follower.lookAgainFrom(blockNumber);
      this.#parts.log.info({ transaction, enode: purpose.enode }, "announced where the node is reached");
      return;
    }
    // It counts in the window of the block it stands in, which may be later than the one it was sent in.
    const mined = await this.#parts.chain.block(blockNumber);
    const second = mined?.timestamp ?? this.#chainClock.now(this.#parts.clock.now());
    const { ordinal, epoch, window } = placeAt(ground.schedule, second);
    const at = new Date(second * 1_000).toISOString();
    this.#diary.noteAttestation(ordinal, { epoch, window, block: purpose.block, transaction, at });
  }
}

function factsOf(membership: Membership): object {
  if (membership.standing === "notMember") return membership;
  return { standing: membership.standing, memberId: String(membership.memberId) };
}
