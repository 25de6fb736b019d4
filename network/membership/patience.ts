/** Waiting that says what for, and that ends: with the thing itself, or with a sentence on how to go on later. */
import { LedgerError } from "../../gateway/src/kernel/errors.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { Ledger } from "./ledger.ts";

const LOOK_EVERY_MS = 500;
const TELL_EVERY_MS = 10_000;

export interface Awaited {
  /** "the node to have peers": what is being waited for. */
  readonly what: string;
  /** A sentence for when it does not come. */
  readonly otherwise: string;
}

type Waiter = Pick<Ledger, "clock" | "say" | "patienceSeconds">;

/** Looks twice a second until `look` finds something. A node that is away is no answer; any other error ends the wait. */
export async function waitFor<T>(
  { clock, say, patienceSeconds }: Waiter,
  { what, otherwise }: Awaited,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const startedAt = clock.now();
  let toldAt: number | undefined;
  for (;;) {
    const found = await orAway(look());
    if (found !== undefined) return found;
    const now = clock.now();
    const passed = Math.floor((now - startedAt) / 1_000);
    if (passed >= patienceSeconds)
      throw new NetworkError("network", `Waited ${passed} s for ${what} in vain. ${otherwise}`);
    if (toldAt === undefined || now - toldAt >= TELL_EVERY_MS) {
      say(`waiting for ${what}${toldAt === undefined ? "" : ` (${passed} of at most ${patienceSeconds} s)`}`);
      toldAt = now;
    }
    await clock.sleep(LOOK_EVERY_MS);
  }
}

/** Undefined while no node answers: what is waited for may come all the same. */
export async function orAway<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof LedgerError && error.code === "chain_unreachable") return undefined;
    throw error;
  }
}

/** "2026-11-25 04:00:10 UTC by the chain's clock, in 1 d 23 h". */
export function moment(seconds: number, now: number): string {
  const at = new Date(seconds * 1_000)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, " UTC");
  return `${at} by the chain's clock, ${seconds > now ? `in ${span(seconds - now)}` : `${span(now - seconds)} ago`}`;
}

function span(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [Math.floor(seconds) % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return "0 s";
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}
