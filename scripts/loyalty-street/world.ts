/** A ledger of its own for the street: a chain, the contracts, a gateway on embedded storage, all on free ports, all thrown away. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Wallet } from "ethers";
import { parseDeployment, type Deployment } from "../../gateway/src/chain/deployment.ts";
import type { Role } from "../../gateway/src/kernel/caller.ts";
import { parseHexData } from "../../gateway/src/kernel/ids.ts";
import { openSigners } from "../../gateway/src/signer/open.ts";
import { createApiKey } from "../../gateway/src/store/access-keys.ts";
import { openEmbedded, type Database } from "../../gateway/src/store/database.ts";
import { migrate } from "../../gateway/src/store/migrate.ts";
import { spawnAnvil } from "../chain/anvil.ts";
import { startMiningLoop } from "../chain/mining-loop.ts";
import { findFreePort } from "../chain/ports.ts";
import { deployer, representativeOf } from "../demo/cast.ts";
import { demoParameters } from "../demo/parameters.ts";
import { deploy } from "../deploy.ts";
import { startChild } from "../start/child.ts";
import { lastWords } from "../tooling/process.ts";
import { SetupError } from "../tooling/setup-error.ts";

const CHAIN_ID = 20_260;
const READY_TIMEOUT_MS = 300_000;
const MAIN = "gateway/src/main.ts";
/** The founding member is alone in the council and decides at once: how a council decides is shown by `npm run demo`. */
const AT_ONCE = { routineDelaySeconds: 0n, dangerousDelaySeconds: 0n };
const FOUNDER = 1;
/** Keys that carry signed orders to the chain, one transaction of each under way: a busy street needs some. */
const RELAYERS = 8;

export interface World {
  readonly url: string;
  readonly rpcUrl: string;
  /** Holds deployment.json. */
  readonly dataDir: string;
  readonly deployment: Deployment;
  readonly keys: { readonly operator: string; readonly founder: string };
  stop(): Promise<void>;
}

/** What was started, in order; taken down in the opposite one, whatever happened. */
type Undo = (() => Promise<void>)[];

export async function openWorld(say: (text: string) => void): Promise<World> {
  const undo: Undo = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    return { ...(await open(undo, say)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(undo: Undo, say: (text: string) => void): Promise<Omit<World, "stop">> {
  const dataDir = await mkdtemp(join(tmpdir(), "loyalty-street-"));
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  const chainPort = await findFreePort();
  const rpcUrl = `http://127.0.0.1:${chainPort}`;
  const anvil = await spawnAnvil({ port: chainPort, chainId: CHAIN_ID });
  undo.push(() => anvil.end());
  const mining = startMiningLoop(rpcUrl);
  undo.push(() => mining.stop());
  const parameters = { ...demoParameters(), ...AT_ONCE };
  const deployed = await deploy({ rpcUrl, dataDir, privateKey: deployer.privateKey, parameters });
  say(`the contracts are deployed, since block ${deployed.deployedAtBlock}`);
  const passphrase = randomBytes(32).toString("hex");
  const passphraseFile = join(dataDir, "passphrase");
  await writeFile(passphraseFile, passphrase, { mode: 0o600 });
  const keys = await handOver(dataDir, passphrase);
  const url = await startGateway(undo, { dataDir, rpcUrl, passphraseFile });
  say(`the gateway is ready at ${url}`);
  return { url, rpcUrl, dataDir, deployment: parseDeployment(JSON.stringify(deployed)), keys };
}

/** The founding member's key and the relayers' into the vault; keys of the API for the operator and the member. */
async function handOver(dataDir: string, passphrase: string): Promise<World["keys"]> {
  const store = await openEmbedded(join(dataDir, "store"));
  try {
    await migrate(store.db);
    const signers = await openSigners(store.db, passphrase);
    const founder = representativeOf(FOUNDER);
    await signers.importKey(parseHexData(founder.privateKey), { purpose: "representative", memberId: FOUNDER });
    for (let index = 0; index < RELAYERS; index += 1)
      await signers.importKey(parseHexData(Wallet.createRandom().privateKey), { purpose: "relayer" });
    return {
      operator: await apiKey(store.db, "operator", {}),
      founder: await apiKey(store.db, "member", { memberId: FOUNDER }),
    };
  } finally {
    await store.close();
  }
}

async function apiKey(db: Database, role: Role, speaksFor: { memberId?: number }): Promise<string> {
  const asked = { organisation: "alliance-office", role, label: `street ${role}`, now: Date.now(), ...speaksFor };
  const { secret } = await createApiKey(db, asked);
  if (secret === null) throw new Error(`the key of the ${role} was not made`);
  return secret;
}

async function startGateway(
  undo: Undo,
  { dataDir, rpcUrl, passphraseFile }: { dataDir: string; rpcUrl: string; passphraseFile: string },
): Promise<string> {
  const port = await findFreePort();
  const logFile = join(dataDir, "gateway.log");
  const env = {
    HOST: "127.0.0.1",
    PORT: String(port),
    LEDGER_DATA_DIR: dataDir,
    LEDGER_RPC_URL: rpcUrl,
    LEDGER_PASSPHRASE_FILE: passphraseFile,
    LEDGER_LOG_LEVEL: "warn",
    // The receiver of webhooks is on this computer.
    LEDGER_OUTWARD_PRIVATE: "true",
    LEDGER_RATE_PER_KEY: "1000000",
    LEDGER_RATE_PER_ADDRESS: "1000000",
  };
  const child = startChild({ main: MAIN, env, pidFile: join(dataDir, "gateway.pid"), logFile });
  undo.push(() => child.stop());
  undo.push(() => {
    tellTrouble(logFile);
    return Promise.resolve();
  });
  const url = `http://127.0.0.1:${port}`;
  const outcome = await Promise.race([child.ended, untilReady(url)]);
  if (outcome !== "ready") throw new SetupError(`The gateway did not start: ${outcome}. ${lastWords(logFile)}`);
  return url;
}

/** The gateway only writes what went wrong: the first reader of that is whoever runs the demo. */
function tellTrouble(logFile: string): void {
  const words = lastWords(logFile);
  if (words !== "") console.log(`\nthe gateway's last words: ${words}`);
}

async function untilReady(url: string): Promise<string> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const isReady = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return "ready";
    await sleep(100);
  }
  return `not ready within ${READY_TIMEOUT_MS / 1_000} s`;
}
