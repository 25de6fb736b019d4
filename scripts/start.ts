/**
 * `npm start`: the whole ledger on this computer. Local chain → contracts → demo alliance → gateway and agents, each only as far as
 * it is not there yet; Ctrl-C takes them down in the opposite order and the next start goes on from there.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isPortFree } from "./chain/ports.ts";
import { deployer } from "./demo/cast.ts";
import { handOver, readDemoKeys, writeDemoKeys, type DemoKeys } from "./demo/hand-over.ts";
import { openShops } from "./demo/open-shops.ts";
import { demoParameters } from "./demo/parameters.ts";
import { deploy } from "./deploy.ts";
import { discardLeftOverChain, startLocalChain, type LocalChain } from "./local-chain.ts";
import { demoGenesisAt, isSeeded, readTokens, seedAlliance } from "./seed.ts";
import { startAgents, stopLeftOverAgents, type AgentEntry, type AgentProcesses } from "./start/agents.ts";
import { announce } from "./start/announce.ts";
import { startGatewayProcess, stopLeftOverGateway, type GatewayProcess } from "./start/gateway.ts";
import { HELP, readStartOptions, type StartOptions } from "./start/options.ts";
import { removePid, runningProcess, writePid } from "./tooling/process.ts";
import { SetupError } from "./tooling/setup-error.ts";

/** What runs, in the order it was started. */
interface Running {
  chain?: LocalChain;
  gateway?: GatewayProcess;
  agents?: AgentProcesses;
  isStopping: boolean;
}

const never = new Promise<never>(() => undefined);
const startedAt = performance.now();
const say = (text: string): void => {
  console.log(`[${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(5)} s] ${text}`);
};

async function claimDataDir({ dataDir, isFresh, databaseUrl }: StartOptions): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const pidFile = join(dataDir, "start.pid");
  const other = runningProcess(pidFile, "start.ts");
  if (other !== undefined) {
    throw new SetupError(`Another npm start (process ${other}) uses ${dataDir}: stop it first (Ctrl-C in its window).`);
  }
  if (await stopLeftOverGateway(dataDir)) say("A gateway of an earlier start was still running: it is stopped.");
  if (await stopLeftOverAgents(dataDir)) say("Agents of an earlier start were still running: they are stopped.");
  if (isFresh) {
    await discardLeftOverChain(dataDir);
    for (const entry of await readdir(dataDir)) await rm(join(dataDir, entry), { recursive: true, force: true });
    const note = databaseUrl === undefined ? "" : " The database at DATABASE_URL is not ours to empty: give a new one.";
    say(`Beginning anew: the data directory is empty.${note}`);
  }
  writePid(pidFile, process.pid);
  return pidFile;
}

/** The secret that opens the signing keys. Random, once, for its owner's eyes only. */
async function passphraseOf(dataDir: string): Promise<{ file: string; passphrase: string }> {
  const file = join(dataDir, "passphrase");
  if (!existsSync(file)) await writeFile(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return { file, passphrase: (await readFile(file, "utf8")).trim() };
}

interface Up {
  readonly url: string;
  readonly keys: DemoKeys;
  readonly agents: readonly AgentEntry[];
}

async function bringUp(options: StartOptions, running: Running): Promise<Up> {
  const { dataDir, databaseUrl, port } = options;
  if (!(await isPortFree(port))) {
    throw new SetupError(
      `Port ${port} on 127.0.0.1 is taken by another program: stop it, or choose another with npm start -- --port N.`,
    );
  }
  const genesisAt = demoGenesisAt(Math.floor(Date.now() / 1_000));
  const chain = await startLocalChain({ dataDir, port: options.chainPort, genesisAt });
  running.chain = chain;
  if (chain.adopted !== undefined) say(chain.adopted);
  say(chain.isNew ? "A new local chain runs." : "The local chain goes on where it stopped.");

  const deployment = await deploy({
    rpcUrl: chain.url,
    dataDir,
    privateKey: deployer.privateKey,
    parameters: demoParameters(),
  });
  await chain.save();
  say(`The contracts are there, since block ${deployment.deployedAtBlock}.`);

  if (!(await isSeeded(chain.url, deployment))) {
    say(
      "Playing the demo alliance: handed over to 4 members by proposals, then 4 months of 4 merchants, 6 customers …",
    );
    await chain.allOrNothing(() => seedAlliance(chain.url, deployment));
  }
  await chain.arriveInPresent();
  const { file: passphraseFile, passphrase } = await passphraseOf(dataDir);
  const gatewayUrl = `http://127.0.0.1:${port}`;
  let keys = await readDemoKeys(dataDir, databaseUrl);
  if (keys === undefined) {
    say("Handing keys and customers over to the gateway …");
    const tokens = await readTokens(chain.url, deployment);
    keys = await handOver({ dataDir, databaseUrl, passphrase, gatewayUrl, tokens });
  } else if (keys.gateway !== gatewayUrl) {
    await writeDemoKeys(dataDir, { ...keys, gateway: gatewayUrl });
  }
  // Ctrl-C may have come while the steps above were under way.
  if (running.isStopping) return never;
  say(`Starting the gateway on ${databaseUrl === undefined ? "embedded storage" : "PostgreSQL"} …`);
  running.gateway = startGatewayProcess({ dataDir, port, chainUrl: chain.url, passphraseFile, databaseUrl });
  running.agents = await startAgents({ dataDir, chainUrl: chain.url, onDeath: say });
  await running.gateway.ready;
  keys = await openShopsOnce(dataDir, keys);
  return { url: running.gateway.url, keys, agents: running.agents.entries };
}

/** What was cut short is done again with the same times, and so with the same words: nothing of it happens twice. */
async function openShopsOnce(dataDir: string, keys: DemoKeys): Promise<DemoKeys> {
  if (keys.shops?.areOpen === true) return keys;
  say("Filling the merchants' windows: rules, shops, offers, goods, a draw …");
  const at = keys.shops?.at ?? Math.floor(Date.now() / 1_000);
  await writeDemoKeys(dataDir, { ...keys, shops: { at, areOpen: false } });
  await openShops(keys, at);
  const open = { ...keys, shops: { at, areOpen: true } };
  await writeDemoKeys(dataDir, open);
  return open;
}

async function takeDown(running: Running, pidFile: string | undefined): Promise<void> {
  running.isStopping = true;
  const { agents, gateway, chain } = running;
  await agents?.stop();
  await gateway?.stop();
  await chain?.stop();
  if (pidFile !== undefined) removePid(pidFile);
}

/** Resolves when the user asks to stop. Asking again changes nothing: a terminal and npm both pass Ctrl-C on. */
function stopAsked(): Promise<"asked"> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        resolve("asked");
      });
    }
  });
}

/** Runs until asked to stop or until a part dies; gives the exit code. */
async function runUntilStopped(options: StartOptions): Promise<number> {
  const running: Running = { isStopping: false };
  const asked = stopAsked();
  let pidFile: string | undefined;
  try {
    pidFile = await claimDataDir(options);
    const up = await Promise.race([bringUp(options, running), asked]);
    if (up !== "asked") {
      say("Everything runs.");
      announce(up);
    }
    const end = await Promise.race([
      asked,
      running.chain?.died.then((how) => `The local chain ended: ${how}`) ?? never,
      running.gateway?.died.then((how) => `The gateway ended: ${how}`) ?? never,
    ]);
    if (end !== "asked") throw new SetupError(`${end} Everything else is stopped; npm start goes on from here.`);
    say("Stopping …");
    return 0;
  } finally {
    await takeDown(running, pidFile);
    say("Stopped.");
  }
}

async function main(): Promise<number> {
  try {
    const options = readStartOptions(process.argv.slice(2), process.env);
    if (options.wantsHelp) {
      console.log(HELP);
      return 0;
    }
    return await runUntilStopped(options);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    return 1;
  }
}

process.exit(await main());
