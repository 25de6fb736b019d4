/** Root-level `after(stopShared)` in every file that uses the shared chain or stores: mocha runs them when all is done. */
import { stopLedger } from "./ledger.ts";
import { stopStores } from "./stores.ts";

export async function stopShared(this: Mocha.Context): Promise<void> {
  this.timeout(240_000);
  await Promise.all([stopStores(), stopLedger()]);
}
