/**
 * The nodes that may serve, and which of them do now. One that fails is set aside for a while and the next takes over;
 * it stays so until that one fails, too, because two nodes are never at quite the same block.
 */
import { LedgerError } from "../kernel/errors.ts";
import type { Hex32 } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { NodeAddress } from "./node-address.ts";
import { parseNodeAddress } from "./node-address.ts";

/** The chain that every node must serve: one of another chain is never asked anything but who it is. */
export interface ChainIdentity {
  readonly chainId: number;
  readonly genesisHash: Hex32;
}

export interface NodeStanding {
  /** Protocol, host and port. */
  readonly node: string;
  readonly state: "serves" | "ready" | "away" | "foreign";
  /** Undefined when it did not say. */
  readonly head: number | undefined;
  /** Why it is away, or which chain it serves. */
  readonly reason: string | undefined;
}

/** Set aside for 1 s after the first failure, doubled with each further one up to a minute. */
const ASIDE_MS_MIN = 1_000;
const ASIDE_MS_MAX = 60_000;

export interface ChainNode extends NodeAddress {
  failures: number;
  /** Milliseconds since 1970. */
  awayUntil: number;
  /** Of the last failure; undefined while all is well. */
  reason: string | undefined;
  /** `unasked` again after each failure: what answers at that address then may be another node. */
  identity: "unasked" | "ours" | "foreign";
}

export class NodeList {
  readonly #nodes: readonly ChainNode[];
  readonly #log: Log;
  readonly #now: () => number;
  #preferred: ChainNode;

  constructor(urls: readonly string[], log: Log, now: () => number = Date.now) {
    this.#nodes = urls.map((url) => ({
      ...parseNodeAddress(url),
      failures: 0,
      awayUntil: 0,
      reason: undefined,
      identity: "unasked",
    }));
    const [first] = this.#nodes;
    if (first === undefined) throw new RangeError("at least one node is needed");
    this.#preferred = first;
    this.#log = log;
    this.#now = now;
  }

  get all(): readonly ChainNode[] {
    return this.#nodes;
  }

  get preferred(): ChainNode {
    return this.#preferred;
  }

  isAway({ awayUntil }: ChainNode): boolean {
    return awayUntil > this.#now();
  }

  /** All, in the order to be asked: the one that serves, those after it, and last those that are set aside. */
  inTurn(): ChainNode[] {
    const start = this.#nodes.indexOf(this.#preferred);
    const ring = [...this.#nodes.slice(start), ...this.#nodes.slice(0, start)];
    const away = ring.filter((node) => this.isAway(node)).sort((one, other) => one.awayUntil - other.awayUntil);
    return [...ring.filter((node) => !this.isAway(node)), ...away];
  }

  /** It is there again, if only for when it is needed. */
  answered(node: ChainNode): void {
    if (node.reason !== undefined) this.#log.info({ node: node.label }, "a chain node is back");
    node.failures = 0;
    node.awayUntil = 0;
    node.reason = undefined;
  }

  served(node: ChainNode): void {
    this.answered(node);
    if (node === this.#preferred) return;
    this.#log.info({ node: node.label, instead: this.#preferred.label }, "another chain node serves now");
    this.#preferred = node;
  }

  /** Requests of one moment that all fail count once. */
  setAside(node: ChainNode, reason: string): void {
    if (node.identity === "ours") node.identity = "unasked";
    if (this.isAway(node)) return;
    const waitMs = Math.min(ASIDE_MS_MAX, ASIDE_MS_MIN * 2 ** node.failures);
    node.failures += 1;
    node.awayUntil = this.#now() + waitMs;
    if (node.reason !== reason) this.#log.warn({ node: node.label, reason, waitMs }, "a chain node is set aside");
    node.reason = reason;
  }

  /** Whether it serves our chain; throws `chain_mismatch` when it serves another. */
  recognise(node: ChainNode, found: ChainIdentity, expected: ChainIdentity): void {
    const isOurs = found.chainId === expected.chainId && found.genesisHash === expected.genesisHash;
    if (isOurs) {
      node.identity = "ours";
      return;
    }
    const which = found.chainId === expected.chainId ? `genesis ${found.genesisHash}` : `chain id ${found.chainId}`;
    const reason = `it serves another chain (${which})`;
    this.setAside(node, reason);
    node.reason = reason;
    if (node.identity !== "foreign")
      this.#log.error({ node: node.label, found: which, expected: expected.chainId }, `${reason}: it is never used`);
    node.identity = "foreign";
    throw new LedgerError("chain_mismatch", {
      stored: `${expected.chainId} ${expected.genesisHash}`,
      found: `${found.chainId} ${found.genesisHash} at ${node.label}`,
    });
  }

  standingOf(node: ChainNode, head: number | undefined): NodeStanding {
    const { label, reason } = node;
    if (node.identity === "foreign") return { node: label, state: "foreign", head, reason };
    if (reason !== undefined || this.isAway(node)) return { node: label, state: "away", head, reason };
    return { node: label, state: node === this.#preferred ? "serves" : "ready", head, reason };
  }
}
