/** Every hold that is in motion is followed, and every one whose time is over is released: by itself, once. */
import { fetchRedemptionState } from "../../chain/read-redemption.ts";
import { refOf } from "../../chain/text-ref.ts";
import { LedgerError } from "../../kernel/errors.ts";
import { withDatabase } from "../../store/failures.ts";
import type { PointHold } from "../../store/point-holds.ts";
import { claimHolds, postponeHold } from "../../store/point-holds.ts";
import type { Asked } from "../asked.ts";
import { chainNow } from "../chain-time.ts";
import type { Rooms } from "../rooms.ts";
import { followChain, followCommand } from "./follow-hold.ts";
import { carryOut } from "./settle-hold.ts";

/** Who asks for what falls due by itself: a name for it, so that it happens once whoever does it. */
export type AskedFor = (merchantId: number, key: string) => Asked;

/** Longer than one portion takes; if this process dies, another takes over after it. */
export const LEASE_MS = 30_000;
const PORTION = 50;
/** A chain's clock may stand apart from ours and be moved: a long hold is looked at every five minutes all the same. */
const LOOK_MS_MAX = 300_000;
const BACK_OFF_MS = 10_000;

/** True when there may be more to do at once. */
export async function followHolds(rooms: Rooms, askedFor: AskedFor): Promise<boolean> {
  const claim = { now: rooms.clock.now(), leaseMs: LEASE_MS, limit: PORTION };
  const holds = await withDatabase(() => claimHolds(rooms.db, claim));
  if (holds.length === 0) return false;
  const isAnyHeld = holds.some(({ state }) => state === "held");
  const chainTime = isAnyHeld ? await chainNow(rooms) : 0;
  for (const hold of holds) {
    try {
      if (hold.state === "held") await followHeld(rooms, hold, { chainTime, askedFor });
      else await followCommand(rooms, hold);
    } catch (error) {
      // One that can not be followed now keeps nobody else waiting.
      if (!(error instanceof LedgerError)) throw error;
      const problem = { code: error.code, facts: error.facts };
      await postponeHold(rooms.db, hold, { lookAt: rooms.clock.now() + BACK_OFF_MS, problem });
    }
  }
  return holds.length === PORTION;
}

async function followHeld(
  rooms: Rooms,
  hold: PointHold,
  { chainTime, askedFor }: { chainTime: number; askedFor: AskedFor },
): Promise<void> {
  const now = rooms.clock.now();
  const leftMs = (hold.releaseAt - chainTime) * 1_000;
  if (!hold.isReleaseWanted && leftMs > 0)
    return postponeHold(rooms.db, hold, { lookAt: now + Math.min(leftMs, LOOK_MS_MAX) });
  const { token, account: holder, chainRef } = hold;
  const state = await fetchRedemptionState(rooms.chain, { token, holder, ref: refOf(chainRef) });
  if (state !== "held") return followChain(rooms, hold);
  // The command before it is in the name: after one that failed there is another.
  const key = `hold:${hold.id}:release:${hold.settleCommand ?? hold.holdCommand}`;
  await carryOut(rooms, askedFor(hold.merchantId, key), hold, { step: "release" });
}
