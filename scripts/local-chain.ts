/**
 * The chain of `npm start`: anvil on this machine, its state kept on disk, blocks made here. docs/adr/0002 says why.
 *
 * The state is fetched from anvil and written by us, whole or not at all: anvil's own --state file is written in place,
 * so that a power cut in the middle leaves half a file.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AnvilProcess, isAnvilAt, spawnAnvil } from "./chain/anvil.ts";
import { isPortFree } from "./chain/ports.ts";
import { callRpc } from "./chain/rpc.ts";
import { startMiningLoop, type MiningLoop } from "./chain/mining-loop.ts";
import { prepareState, saveState } from "./chain/state-file.ts";
import { SetupError } from "./tooling/setup-error.ts";

export const LOCAL_CHAIN_ID = 20260;
/** Unsaved blocks are what a kill -9 of anvil loses. A save costs 2 kB and 20 µs a transaction (measured). */
const SAVE_INTERVAL_MS = 2_000;
/** A long chain is saved less often, so that saving never takes more than a twentieth of the time. */
const SAVE_SHARE = 20;
/** Empty blocks alone are saved this often: they hold nothing but the passing of time. */
const SAVE_IDLE_INTERVAL_MS = 60_000;

export interface LocalChainOptions {
  /** The ledger's data directory; the chain keeps its files in `chain/` below it. */
  readonly dataDir: string;
  readonly port: number;
  /** Unix seconds of block 0, used when the chain is new. */
  readonly genesisAt: number;
}

export interface LocalChain {
  readonly url: string;
  readonly isNew: boolean;
  readonly mining: MiningLoop;
  /** What became of an earlier chain that had lost its supervisor, in words; undefined when there was none. */
  readonly adopted: string | undefined;
  /** Resolves with the reason when anvil ends without being asked to. */
  readonly died: Promise<string>;
  /** Writes the state to disk now. */
  save(): Promise<void>;
  /** Ends the past that a new chain begins in: from here on, also after a restart, block time is the wall clock's. */
  arriveInPresent(): Promise<void>;
  /**
   * Runs work that makes its own blocks: none are made beside it, and nothing of it is kept on disk until it is done.
   * When it throws or the process is killed, the chain's file is as it was before.
   */
  allOrNothing<T>(work: () => Promise<T>): Promise<T>;
  /** Stops making blocks, saves, ends anvil. May be called twice. */
  stop(): Promise<void>;
}

/** Tells the next start about an anvil that may still run. `isHalfway`: its state is not to be kept. */
interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly isHalfway?: boolean;
}

interface Files {
  readonly state: string;
  readonly pid: string;
  /** Stands as long as the chain lives in the past. */
  readonly past: string;
}

async function prepareFiles(dataDir: string): Promise<Files> {
  const folder = join(dataDir, "chain");
  await mkdir(folder, { recursive: true });
  return { state: join(folder, "state.json"), pid: join(folder, "anvil.json"), past: join(folder, "in-the-past") };
}

/**
 * An anvil whose supervisor was killed still runs and still holds the newest state: that is saved before it is ended.
 * Returns what was done, for people.
 */
async function takeOverOrphan(files: Files, keepState: boolean): Promise<string | undefined> {
  if (!existsSync(files.pid)) return undefined;
  const orphan = JSON.parse(await readFile(files.pid, "utf8").catch(() => "{}")) as Partial<PidFile>;
  await rm(files.pid, { force: true });
  if (orphan.pid === undefined || orphan.port === undefined) return undefined;
  const url = `http://127.0.0.1:${orphan.port}`;
  if (!(await isAnvilAt(url, LOCAL_CHAIN_ID))) return undefined;
  if (keepState && orphan.isHalfway !== true) await saveState(url, files.state);
  await new AnvilProcess(orphan.pid).end();
  return `An earlier chain (process ${orphan.pid}) was still running on its own: its state is saved and it is stopped.`;
}

/** Ends a chain that an earlier start left behind, if there is one, without keeping anything of it. */
export async function discardLeftOverChain(dataDir: string): Promise<void> {
  await takeOverOrphan(await prepareFiles(dataDir), false);
}

export async function startLocalChain(options: LocalChainOptions): Promise<LocalChain> {
  const files = await prepareFiles(options.dataDir);
  const adopted = await takeOverOrphan(files, true);
  const lastBlockAt = await prepareState(files.state);
  if (!(await isPortFree(options.port))) {
    throw new SetupError(
      `Port ${options.port} on 127.0.0.1 is taken by another program: stop it, or choose another port for the chain with --chain-port.`,
    );
  }
  const isNew = lastBlockAt === undefined;
  if (isNew) await writeFile(files.past, "");
  const { port, genesisAt } = options;
  // A loaded chain runs by the wall clock, unless told where in the past it was left before its history was played.
  const clock = existsSync(files.past) ? { clockAt: lastBlockAt ?? genesisAt } : {};
  const saved = isNew ? {} : { stateFile: files.state };
  const anvil = await spawnAnvil({ port, chainId: LOCAL_CHAIN_ID, ...saved, ...clock });
  await writePidFile(files, { pid: anvil.pid, port });
  return supervise({ anvil, files, isNew, adopted, port });
}

/** Makes a block at that time, or a second after the last one if that is later; time runs on from there. */
async function mineAt(url: string, seconds: number): Promise<void> {
  const { timestamp } = await callRpc<{ timestamp: string }>(url, "eth_getBlockByNumber", ["latest", false]);
  await callRpc(url, "evm_setNextBlockTimestamp", [Math.max(seconds, Number(timestamp) + 1)]);
  await callRpc(url, "evm_mine", []);
}

function writePidFile(files: Files, content: PidFile): Promise<void> {
  return writeFile(files.pid, JSON.stringify(content));
}

interface Running {
  readonly anvil: AnvilProcess;
  readonly files: Files;
  readonly isNew: boolean;
  readonly adopted: string | undefined;
  readonly port: number;
}

function supervise({ anvil, files, isNew, adopted, port }: Running): LocalChain {
  const url = `http://127.0.0.1:${port}`;
  let isHalfway = false;
  const mining = startMiningLoop(url);
  let saving: Promise<void> | undefined;
  let saved = { transactions: -1, at: 0, tookMs: 0 };
  const save = (): Promise<void> => {
    const transactions = mining.minedTransactions();
    const startedAt = Date.now();
    saving ??= saveState(url, files.state)
      .then(() => {
        saved = { transactions, at: Date.now(), tookMs: Date.now() - startedAt };
      })
      .finally(() => {
        saving = undefined;
      });
    return saving;
  };
  const saver = setInterval(() => {
    if (isHalfway) return;
    const ageMs = Date.now() - saved.at;
    const hasNews = mining.minedTransactions() !== saved.transactions && ageMs > saved.tookMs * SAVE_SHARE;
    const isDue = hasNews || ageMs > SAVE_IDLE_INTERVAL_MS;
    // A failed save is tried again in two seconds; when anvil is gone, `died` says so.
    if (isDue) save().catch(() => undefined);
  }, SAVE_INTERVAL_MS);

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    clearInterval(saver);
    await mining.stop();
    if (anvil.isAlive() && !isHalfway) {
      await saving?.catch(() => undefined);
      await save();
    }
    await anvil.end();
    await rm(files.pid, { force: true });
  };
  const died = new Promise<string>((resolve) => {
    void anvil.ended.then((how) => {
      if (stopping === undefined) resolve(how);
    });
  });
  const allOrNothing = async <T>(work: () => Promise<T>): Promise<T> => {
    await mining.pause();
    await saving?.catch(() => undefined);
    await save();
    isHalfway = true;
    await writePidFile(files, { pid: anvil.pid, port, isHalfway });
    const result = await work();
    await saveState(url, files.state);
    isHalfway = false;
    await writePidFile(files, { pid: anvil.pid, port });
    mining.resume();
    return result;
  };
  const arriveInPresent = async (): Promise<void> => {
    if (!existsSync(files.past)) return;
    await mineAt(url, Math.floor(Date.now() / 1_000));
    await rm(files.past, { force: true });
  };
  return { url, isNew, mining, adopted, died, save, arriveInPresent, allOrNothing, stop: () => (stopping ??= stop()) };
}
