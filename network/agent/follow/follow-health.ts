/** What the health page says about following the alliance. */
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import type { Problem } from "../diary.ts";
import type { OpenChange } from "./ballot.ts";

/**
 * ok, or what keeps it: starting (the node has not answered), syncing (the node is catching up), reading (votes of the
 * epoch are being read), otherNode (`--node-rpc` is not this key's node), failing (three rounds in a row).
 */
export type FollowStatus = "ok" | "starting" | "syncing" | "reading" | "otherNode" | "failing";

export interface FollowHealth {
  readonly status: FollowStatus;
  readonly lastBlock: number | undefined;
  /** `contract`: the chain asks a contract for its validators, and nobody votes. */
  readonly selection: "votes" | "contract";
  /** Those who may make the next block. */
  readonly validators: readonly Address[];
  /** Those the alliance wants. */
  readonly wanted: readonly Address[];
  readonly floor: number | undefined;
  /** Every difference between the two, and what it waits for. */
  readonly changes: readonly OpenChange[];
  /** What this node votes for now; at most one. */
  readonly standing: readonly { readonly node: Address; readonly change: "in" | "out" }[];
  readonly votesReadTo: number | undefined;
  /** Entries of the node's allow-list; undefined when it runs without one, and talks with everybody. */
  readonly allowed: number | undefined;
  /** Entries that nobody wants any more and Besu keeps until it restarts: its static-nodes.json named them then. */
  readonly keptUntilRestart: readonly string[];
  /** Nodes that it should be connected with, and is not. */
  readonly notConnected: readonly Address[];
  readonly enode: string | undefined;
  /** What NodeDirectory says of this node. */
  readonly announced: string | undefined;
  readonly lastProblem: Problem | undefined;
}
