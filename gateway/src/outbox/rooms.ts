/** What the worker's parts share. */
import type { ChainClient } from "../chain/client.ts";
import type { HeadBell } from "../chain/head-bell.ts";
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

/** Moments at which a test may end the process. */
export type Moment =
  | "beforeStore"
  | "insideStore"
  | "afterStore"
  | "afterSend"
  | "afterMarkSent"
  | "beforeSettle"
  | "insideSettle"
  | "afterSettle";

export interface OutboxOptions {
  /** Unique among the processes on one database. */
  readonly processId: string;
  /** A process that has not renewed for so long has lost its keys to the others. */
  readonly leaseMs?: number;
  /** Signed and unconfirmed transactions of one key, at most 64: more only wait in a node's memory, and are lost with it. */
  readonly inFlightMax?: number;
  /** Items of one batch; 500 cost about 15 million gas. */
  readonly batchItemsMax?: number;
  /** A node that stands behind is given so long to catch up before its chain is taken for the truth. */
  readonly behindMsMax?: number;
  readonly onMoment?: (moment: Moment) => void;
  /** Rings when there is a new block: then receipts are not asked for in between. */
  readonly bell?: HeadBell | undefined;
}

export interface Settings {
  readonly processId: string;
  readonly leaseMs: number;
  readonly inFlightMax: number;
  readonly batchItemsMax: number;
  readonly behindMsMax: number;
  readonly onMoment: (moment: Moment) => void;
  readonly bell?: HeadBell | undefined;
}

/** What every part of the worker is handed. */
export interface Work extends OutboxRooms {
  readonly settings: Settings;
}
