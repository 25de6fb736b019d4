/** Rooms over the shared test chain, as app.ts makes them. */
import { connectChain } from "../../src/chain/json-rpc.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { HexData } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openSigners } from "../../src/signer/open.ts";
import type { Store } from "../../src/store/database.ts";
import { sharedLedger, stopLedger } from "./ledger.ts";
import { stopStores } from "./stores.ts";

/** The first account of anvil's public test words: the platform of every test chain. */
export const PLATFORM_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80" as HexData;
const RELAYER_KEY = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a" as HexData;
const PASSPHRASE = "a passphrase of the tests";

after(() => Promise.all([stopStores(), stopLedger()]));

/** Rooms as app.ts makes them, on the shared chain; the platform's and one relayer's keys are in the vault. */
export async function roomsOn(store: Store, rpcUrl?: string): Promise<Rooms> {
  const { url, deployment } = await sharedLedger();
  const signers = await openSigners(store.db, PASSPHRASE);
  await signers.importKey(PLATFORM_KEY, { purpose: "platform" });
  await signers.importKey(RELAYER_KEY, { purpose: "relayer" });
  const chain = connectChain(rpcUrl ?? url, { timeoutMs: 3_000 });
  return { db: store.db, engine: store.engine, chain, signers, clock: wallClock, log: silentLog, deployment };
}

/** An address where no node answers: refused at once. */
export const NO_NODE = "http://127.0.0.1:1";
