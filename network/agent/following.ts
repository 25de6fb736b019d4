/** Between the follower, which sends nothing, and the agent, which sends one transaction at a time. */
import type { Revert } from "../../gateway/src/chain/decode-revert.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import type { Letter } from "./courier.ts";
import { announceData } from "./follow/endpoint.ts";
import type { Follower } from "./follow/follower.ts";
import type { RewardsView } from "./rewards-view.ts";
import type { Schedule } from "./schedule.ts";

/** Measured: 145,000 for a node's first word, 48,000 for the next one. Gas is free here; this is a limit, not a price. */
const ANNOUNCE_GAS = 500_000n;
/** A transaction is mined within two blocks of a few seconds, and a window of a minute or less leaves a fifth of it. */
const MARGIN_SECONDS_MAX = 60;
const MARGIN_WINDOWS = 0.2;

type Announcement = { readonly ok: true; readonly letter: Letter } | { readonly ok: false; readonly revert: Revert };

export class Following {
  readonly follower: Follower;
  readonly #nodeDirectory: Address;

  constructor(follower: Follower, nodeDirectory: Address) {
    this.follower = follower;
    this.#nodeDirectory = nodeDirectory;
  }

  /** Undefined when the directory says what is so. */
  async announcement(view: RewardsView): Promise<Announcement | undefined> {
    const enode = this.follower.toAnnounce();
    if (enode === undefined) return undefined;
    const data = announceData(enode);
    const to = this.#nodeDirectory;
    const rehearsal = await view.rehearse(data, { to });
    if (!rehearsal.ok) return rehearsal;
    return { ok: true, letter: { purpose: { kind: "announce", enode }, to, data, gasLimit: ANNOUNCE_GAS } };
  }
}

/** So long before an attestation is due nothing else is begun: an attestation never waits for an announcement. */
export function marginSeconds({ windowSeconds }: Schedule): number {
  return Math.min(windowSeconds * MARGIN_WINDOWS, MARGIN_SECONDS_MAX);
}
