/** Rooms over the shared test chain, as app.ts makes them. */
import { connectChain } from "../../src/chain/json-rpc.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { HexData } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openOutward } from "../../src/outward/outward.ts";
import { ANYWHERE } from "../../src/outward/policy.ts";
import { openSigners } from "../../src/signer/open.ts";
import type { Store } from "../../src/store/database.ts";
import { FOUNDER_KEY, REGULATOR_KEY, sharedLedger, stopLedger } from "./ledger.ts";
import type { TestLedger } from "./ledger.ts";
import { stopStores } from "./stores.ts";

/** The member that exists from the first block. */
export const FOUNDER = 1;
const RELAYER_KEY = "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6" as HexData;
const PASSPHRASE = "a passphrase of the tests";

after(() => Promise.all([stopStores(), stopLedger()]));

/** Rooms as app.ts makes them, on the shared chain; keys of founder, regulator and one relayer are in the vault. */
export async function roomsOn(store: Store, rpcUrl?: string, ledger?: TestLedger): Promise<Rooms> {
  const { url, deployment } = ledger ?? (await sharedLedger());
  const signers = await openSigners(store.db, PASSPHRASE);
  await signers.importKey(FOUNDER_KEY, { purpose: "representative", memberId: FOUNDER });
  await signers.importKey(REGULATOR_KEY, { purpose: "regulator" });
  await signers.importKey(RELAYER_KEY, { purpose: "relayer" });
  const chain = connectChain(rpcUrl ?? url, { timeoutMs: 15_000 });
  const outward = openOutward(ANYWHERE);
  return { db: store.db, engine: store.engine, chain, signers, clock: wallClock, log: silentLog, deployment, outward };
}

/** An address where no node answers: refused at once. */
export const NO_NODE = "http://127.0.0.1:1";
