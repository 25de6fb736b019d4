/** Drains the outbox onto the chain. */
import type { ChainClient } from "../chain/client.ts";
import type { Deployment } from "../chain/deployment.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { Signers } from "../signer/signers.ts";
import type { Database } from "../store/database.ts";

export interface OutboxRooms {
  readonly db: Database;
  readonly chain: ChainClient;
  readonly signers: Signers;
  readonly clock: Clock;
  readonly log: Log;
  readonly deployment: Deployment;
}

export interface OutboxOptions {
  /** Unique among the processes on one database. */
  readonly processId: string;
  /** A process that has not renewed for so long has lost its keys to the others. */
  readonly leaseMs?: number;
  /** Signed and unconfirmed transactions of one key; Besu's pools take 4 to 200 from one sender. */
  readonly inFlightMax?: number;
}

export interface Outbox {
  /** How many transactions wait for the chain, and how many commands for a transaction. */
  depth(): Promise<{ queuedItems: number; queuedSteps: number; inFlight: number }>;
  stop(): Promise<void>;
}

export function startOutbox(_rooms: OutboxRooms, _options: OutboxOptions): Outbox {
  throw new Error("lands next");
}
