/** A real chain with the whole ledger on it, once for the test process, and rooms over it for a store. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deploy } from "../../../scripts/deploy.ts";
import type { Anvil } from "../../../test/support/anvil.ts";
import { startAnvil } from "../../../test/support/anvil.ts";
import type { Deployment } from "../../src/chain/deployment.ts";
import { readDeployment } from "../../src/chain/deployment.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { HexData } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openSigners } from "../../src/signer/open.ts";
import type { Store } from "../../src/store/database.ts";

/** The first account of anvil's public test words: the platform of every test chain. */
export const PLATFORM_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80" as HexData;
const RELAYER_KEY = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a" as HexData;
const PASSPHRASE = "a passphrase of the tests";

export interface TestChain {
  readonly anvil: Anvil;
  readonly deployment: Deployment;
}

let shared: Promise<TestChain & { directory: string }> | undefined;

async function start(): Promise<TestChain & { directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), "ledger-world-"));
  const anvil = await startAnvil();
  await deploy({ rpcUrl: anvil.rpcUrl, dataDir: directory });
  return { anvil, directory, deployment: await readDeployment(join(directory, "deployment.json")) };
}

export function sharedChain(): Promise<TestChain> {
  shared ??= start();
  return shared;
}

after(async function () {
  this.timeout(20_000);
  if (shared === undefined) return;
  const { anvil, directory } = await shared;
  await anvil.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Rooms as app.ts makes them, on the shared chain; the platform's and one relayer's keys are in the vault. */
export async function roomsOn(store: Store, rpcUrl?: string): Promise<Rooms> {
  const { anvil, deployment } = await sharedChain();
  const signers = await openSigners(store.db, PASSPHRASE);
  await signers.importKey(PLATFORM_KEY, { purpose: "platform" });
  await signers.importKey(RELAYER_KEY, { purpose: "relayer" });
  const chain = connectChain(rpcUrl ?? anvil.rpcUrl, { timeoutMs: 3_000 });
  return { db: store.db, engine: store.engine, chain, signers, clock: wallClock, log: silentLog, deployment };
}

/** An address where no node answers: refused at once. */
export const NO_NODE = "http://127.0.0.1:1";
