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
