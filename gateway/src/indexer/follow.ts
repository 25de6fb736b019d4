/** Follows the chain's head: one step fetches and applies one range, or finds out why it may not. */
import type { ChainClient } from "../chain/client.ts";
import type { LogDecoder } from "../chain/decode-logs.ts";
import { createLogDecoder } from "../chain/decode-logs.ts";
import type { Deployment } from "../chain/deployment.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import type { Database } from "../store/database.ts";
import type { Cursor } from "../store/ledger-cursor.ts";
import { clearLedger, readCursor } from "../store/ledger-cursor.ts";
import { readBlockHash, readTokenAddresses } from "../store/ledger-read.ts";
import { applyRange } from "./apply.ts";
import { fetchRange } from "./fetch.ts";

/** Besu refuses wider log queries by default (5,000); half of it leaves room for lower settings. */
const BLOCKS_MAX = 2_000;
/** The first range; each one without many events doubles it. */
const BLOCKS_AT_FIRST = 250;
/** A range aims at this many events: more keep the database transaction open for seconds, fewer cost round trips. */
const EVENTS_AIM = 10_000;

export interface FollowRooms {
  readonly db: Database;
  readonly chain: ChainClient;
  readonly deployment: Deployment;
  readonly log: Log;
}

/** What a step came to. */
export type Step =
  | { readonly did: "applied"; readonly cursor: Cursor; readonly head: number; readonly events: number }
  | { readonly did: "nothing"; readonly cursor: Cursor | undefined; readonly head: number }
  | { readonly did: "rebuild"; readonly why: string };

export class Follower {
  readonly #rooms: FollowRooms;
  #decoder: LogDecoder | undefined;
  #blocks = BLOCKS_AT_FIRST;
  #isChainChecked = false;

  constructor(rooms: FollowRooms) {
    this.#rooms = rooms;
  }

  /** Throws `chain_mismatch` for another chain and `chain_unreachable` without one. */
  async step(): Promise<Step> {
    const { db, chain, deployment } = this.#rooms;
    if (!this.#isChainChecked) await this.#checkChain();
    const head = await chain.headNumber();
    const cursor = await readCursor(db);
    if (cursor !== undefined && cursor.genesisHash !== deployment.genesisHash)
      throw new LedgerError("chain_mismatch", { stored: cursor.genesisHash, found: deployment.genesisHash });
    const stood = cursor ?? (await this.#beforeFirst());
    const strayed = await this.#findStrayed(stood, head);
    if (strayed !== undefined) return this.#rebuild(strayed);
    if (head <= stood.blockNumber) return { did: "nothing", cursor, head };

    this.#decoder ??= createLogDecoder(deployment, await readTokenAddresses(db));
    const to = Math.min(head, stood.blockNumber + this.#blocks);
    const range = await fetchRange({ chain, deployment, decoder: this.#decoder }, stood.blockNumber + 1, to);
    // A block taken back between two answers shows as a gap; the next step finds out what happened.
    if (range.blocks.at(-1)?.number !== to) return { did: "nothing", cursor, head };
    const after = await applyRange(db, range, stood);
    this.#blocks = nextRange(this.#blocks, range.events.length);
    return { did: "applied", cursor: after, head, events: range.events.length };
  }

  /** After an error nothing remembered is trusted. */
  forget(): void {
    this.#decoder = undefined;
    this.#isChainChecked = false;
  }

  async #checkChain(): Promise<void> {
    const { chain, deployment } = this.#rooms;
    const [chainId, genesis] = await Promise.all([chain.chainId(), chain.block(0)]);
    if (chainId !== deployment.chainId)
      throw new LedgerError("chain_mismatch", { stored: deployment.chainId, found: chainId });
    if (genesis !== undefined && genesis.hash !== deployment.genesisHash)
      throw new LedgerError("chain_mismatch", { stored: deployment.genesisHash, found: genesis.hash });
    this.#isChainChecked = true;
  }

  /** Nothing of ours lies before the deployment, so the ledger begins with the block before it. */
  async #beforeFirst(): Promise<Cursor> {
    const { chain, deployment } = this.#rooms;
    const number = Math.max(0, deployment.deployedAtBlock - 1);
    const block = await chain.block(number);
    if (block === undefined)
      throw new LedgerError("chain_mismatch", {
        stored: `deployment at block ${number + 1}`,
        found: "a shorter chain",
      });
    return {
      chainId: deployment.chainId,
      genesisHash: deployment.genesisHash,
      blockNumber: number,
      blockHash: block.hash,
      timestamp: block.timestamp,
      transactionCount: 0,
      transferCount: 0,
      swapCount: 0,
      accountCount: 0,
    };
  }

  /**
   * Whether the chain is still the one we followed: the stored block must be the node's. A node whose head lies before
   * it may only be catching up, so there the block at its head decides.
   */
  async #findStrayed(cursor: Cursor, head: number): Promise<string | undefined> {
    const number = Math.min(head, cursor.blockNumber);
    const stored = number === cursor.blockNumber ? cursor.blockHash : await readBlockHash(this.#rooms.db, number);
    if (stored === undefined) return undefined;
    const block = await this.#rooms.chain.block(number);
    if (block === undefined || block.hash === stored) return undefined;
    // A single node with another history is that node's trouble, as long as any other still has ours.
    if (await this.#rooms.chain.isHeldSomewhere(number, stored)) return undefined;
    return `block ${number} was ${stored} and is ${block.hash}`;
  }

  /** Rolling back would need every row's past; re-reading the chain needs nothing (docs/adr/0009). */
  async #rebuild(why: string): Promise<Step> {
    this.#rooms.log.warn({ why }, "the chain was set back: the read side is built again from it");
    await clearLedger(this.#rooms.db);
    this.forget();
    return { did: "rebuild", why };
  }
}

function nextRange(blocks: number, events: number): number {
  if (events > EVENTS_AIM) return Math.max(1, Math.floor((blocks * EVENTS_AIM) / events));
  return Math.min(BLOCKS_MAX, blocks * 2);
}
