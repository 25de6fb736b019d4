/** Waiting for what comes, instead of for time. */
import { setTimeout as sleep } from "node:timers/promises";

/** Looks every 20 ms until it is so; the words are for whoever reads why a test failed. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, timeoutMs = 120_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs / 1_000} s: ${what}`);
    await sleep(20);
  }
}
