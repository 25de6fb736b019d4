/** Deadlines are judged by block time, so they are counted from it: a chain's clock may stand apart from ours. */
import { LedgerError } from "../kernel/errors.ts";
import type { Rooms } from "./rooms.ts";

/** Unix seconds of the newest block; our own clock while no node answers. */
export async function chainNow({ chain, clock }: Pick<Rooms, "chain" | "clock">): Promise<number> {
  const ours = Math.floor(clock.now() / 1000);
  try {
    return (await chain.block("latest"))?.timestamp ?? ours;
  } catch (error) {
    if (error instanceof LedgerError && error.code === "chain_unreachable") return ours;
    throw error;
  }
}

/** Longest time that a command waits for a block: the local chain makes one every 10 s when nothing happens. */
const WAIT_SECONDS_MAX = 15;
const LOOK_MS = 200;

/**
 * Waits until the newest block is of `time` or later, so that what is tried there is judged by a clock that has come so
 * far. Does not wait for what lies further ahead than a block or two: then the chain's own refusal tells when.
 */
export async function waitForChainTime(rooms: Pick<Rooms, "chain" | "clock">, time: number): Promise<void> {
  const until = rooms.clock.now() + WAIT_SECONDS_MAX * 1000;
  for (;;) {
    const head = (await rooms.chain.block("latest"))?.timestamp ?? 0;
    if (head >= time || head + WAIT_SECONDS_MAX < time || rooms.clock.now() >= until) return;
    await rooms.clock.sleep(LOOK_MS);
  }
}
