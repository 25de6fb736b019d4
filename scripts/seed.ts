/**
 * Fills a fresh local chain with the demo alliance: 4 members, 4 merchants and 6 customers with four months of history.
 * It makes its own blocks at its own times; the caller keeps the state only when all of it went well, so a seed that is
 * cut short leaves nothing behind.
 */
import type { Deployment } from "./deploy.ts";
import { MERCHANTS } from "./demo/alliance-data.ts";
import { admitMembers, admitMerchants } from "./demo/admissions.ts";
import { monthStart, playHistory } from "./demo/history.ts";
import { LedgerHand } from "./demo/ledger-hand.ts";
import { SetupError } from "./tooling/setup-error.ts";

const MONTHS_OF_HISTORY = 4;

/** Unix seconds at which the chain of a demo must begin, so that its history fits. */
export function demoGenesisAt(now: number): number {
  return monthStart(now, MONTHS_OF_HISTORY) + 8 * 3_600;
}

export async function isSeeded(url: string, deployment: Deployment): Promise<boolean> {
  const hand = new LedgerHand(url, deployment);
  try {
    return Number(await hand.at("merchantRegistry").getFunction("merchantCount")()) >= MERCHANTS.length;
  } finally {
    hand.close();
  }
}

/** The chain's own blocks must be paused. Afterwards its time is the wall clock's again. */
export async function seedAlliance(url: string, deployment: Deployment): Promise<void> {
  const now = Math.floor(Date.now() / 1_000);
  const hand = new LedgerHand(url, deployment);
  try {
    if ((await hand.blockTime()) > monthStart(now, MONTHS_OF_HISTORY - 1)) {
      throw new SetupError("This chain is too young to hold the demo's history: begin anew with npm start -- --fresh.");
    }
    await admitMembers(hand);
    const tokens = await admitMerchants(hand);
    await playHistory(hand, tokens, now);
    hand.goTo(Math.floor(Date.now() / 1_000));
    await hand.pass();
  } finally {
    hand.close();
  }
}

/** Addresses of the demo merchants' tokens, in the order of the data. */
export async function readTokens(url: string, deployment: Deployment): Promise<string[]> {
  const hand = new LedgerHand(url, deployment);
  try {
    const tokenOf = hand.at("merchantRegistry").getFunction("tokenOf");
    return await Promise.all(MERCHANTS.map(async (_, index) => (await tokenOf(index + 1)) as string));
  } finally {
    hand.close();
  }
}
