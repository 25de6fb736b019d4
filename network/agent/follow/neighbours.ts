/** Keeps the node's allow-list as `decideAllowed` says, and lets the node dial those it has lost. */
import type { Clock } from "../../../gateway/src/kernel/clock.ts";
import type { Log } from "../../../gateway/src/kernel/log.ts";
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import type { BesuNode, Peer } from "../../besu/besu-node.ts";
import { NetworkError } from "../../plan/network-error.ts";
import { sameEntry } from "../../besu/allow-list.ts";
import { decideAllowed } from "./allowed.ts";
import type { AllowScene } from "./allowed.ts";

/** The node itself dials again and again; it only forgets whom when it restarts. */
const DIAL_AGAIN_MS = 60_000;

export interface NeighboursParts {
  readonly besu: BesuNode;
  /** Takes nodes out of the node's static-nodes.json, which counts from its next start on. */
  readonly forget: (gone: ReadonlySet<Address>) => void;
  readonly settleBlocks: number;
  readonly clock: Clock;
  readonly log: Log;
}

export class Neighbours {
  readonly #parts: NeighboursParts;
  #unwanted: ReadonlyMap<string, number> = new Map();
  readonly #dialledAt = new Map<string, number>();
  /** Entries on the node's list; undefined when it runs without one. */
  entries: number | undefined;
  /** Nodes that it should be connected with, and is not. */
  missing: readonly Address[] = [];
  /** Entries that Besu keeps until it restarts, because its static-nodes.json named them when it started. */
  kept: readonly string[] = [];

  constructor(parts: NeighboursParts) {
    this.#parts = parts;
  }

  async tend(scene: Omit<AllowScene, "listed">, peers: readonly Peer[]): Promise<void> {
    const { besu, settleBlocks, log, forget } = this.#parts;
    const listed = await besu.nodesAllowlist();
    const decision = decideAllowed({ ...scene, listed: listed ?? [] }, this.#unwanted, settleBlocks);
    this.#unwanted = decision.unwanted;
    const connected = new Set(peers.map(({ address }) => address));
    const missing = decision.wanted.filter(({ address }) => !connected.has(address));
    this.missing = [...new Set(missing.map(({ address }) => address))].sort();
    this.entries = listed?.length;

    // What one member says of itself must not keep the others out: each step is tried, the first failure is told last.
    const failures: unknown[] = [];
    const step = async (work: () => Promise<void> | void): Promise<void> => {
      try {
        await work();
      } catch (error) {
        failures.push(error);
      }
    };
    if (listed !== undefined)
      for (const enode of decision.add)
        await step(async () => {
          await besu.allowNodes([enode]);
          log.info({ enode }, "let a node in");
        });
    for (const { enode } of missing) await step(() => this.#dial(enode));
    await step(() => {
      forget(decision.gone);
    });
    await step(() => this.#takeOff(decision.remove));
    if (failures.length > 0) throw failures[0] as Error;
  }

  async #takeOff(entries: readonly string[]): Promise<void> {
    const { besu, log } = this.#parts;
    const kept: string[] = [];
    for (const enode of entries)
      try {
        await besu.disallowNodes([enode]);
        log.info({ enode }, "took a node off the list");
      } catch (error) {
        if (!(error instanceof NetworkError && /fixed node/i.test(error.message))) throw error;
        kept.push(enode);
        if (!this.kept.includes(enode)) log.warn({ enode }, "it stays on the list until the node restarts");
      }
    this.kept = kept;
  }

  async #dial(enode: string): Promise<void> {
    const { besu, clock } = this.#parts;
    const key = sameEntry(enode);
    if (clock.now() - (this.#dialledAt.get(key) ?? Number.NEGATIVE_INFINITY) < DIAL_AGAIN_MS) return;
    this.#dialledAt.set(key, clock.now());
    await besu.addPeer(enode);
  }
}
