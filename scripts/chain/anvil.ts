/** Starting, finding and ending anvil processes. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endOf, endProcess, isAlive } from "../tooling/process.ts";
import { SetupError } from "../tooling/setup-error.ts";
import { callRpc } from "./rpc.ts";

/** Enough for reads at a block of the last minutes; each costs the size of the state in memory. */
const STATES_KEPT = 256;
const START_TIMEOUT_MS = 30_000;
const END_TIMEOUT_MS = 5_000;

export interface AnvilOptions {
  readonly port: number;
  readonly chainId: number;
  /** A saved state to go on from; otherwise a new chain begins. */
  readonly stateFile?: string;
  /** Unix seconds at which its clock starts: block 0 of a new chain. Otherwise it is the wall clock. */
  readonly clockAt?: number;
}

/** npm's `anvil` is a script that starts the platform's binary; without it there is one process less to lose. */
function anvilBinary(): string {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), "bin", process.platform === "win32" ? "anvil.exe" : "anvil");
  } catch {
    throw new SetupError(`The package ${name} is not installed: run npm ci without --omit=optional.`);
  }
}

function anvilArguments({ port, chainId, stateFile, clockAt }: AnvilOptions): string[] {
  return [
    ...["--host", "127.0.0.1", "--port", String(port), "--chain-id", String(chainId), "--quiet"],
    ...["--no-mining", "--order", "fifo", "--hardfork", "cancun", "--gas-limit", "60000000"],
    ...["--gas-price", "0", "--block-base-fee-per-gas", "0", "--disable-min-priority-fee"],
    // Without this anvil writes the state of every block below the home directory: 4 GB in 1,000 blocks (measured).
    ...["--prune-history", String(STATES_KEPT)],
    // Only local demonstrations run here. Every key of it is derived from the words below, which everybody knows.
    ...["--accounts", "1", "--no-request-size-limit"],
    ...(stateFile === undefined ? [] : ["--load-state", stateFile]),
    ...(clockAt === undefined ? [] : ["--timestamp", String(clockAt)]),
  ];
}

/** A running anvil, ours or one found again by its process id. */
export class AnvilProcess {
  readonly pid: number;
  /** Resolves with words about how it ended; never for one that was not started here. */
  readonly ended: Promise<string>;

  constructor(pid: number, ended: Promise<string> = new Promise(() => undefined)) {
    this.pid = pid;
    this.ended = ended;
  }

  isAlive(): boolean {
    return isAlive(this.pid);
  }

  /** Asks it to end and waits; insists after five seconds. */
  async end(): Promise<void> {
    await endProcess(this.pid, { signal: "SIGINT", patienceMs: END_TIMEOUT_MS });
  }
}

export async function spawnAnvil(options: AnvilOptions): Promise<AnvilProcess> {
  // A process group of its own: Ctrl-C in the terminal must not reach it before its state is saved.
  const child = spawn(anvilBinary(), anvilArguments(options), { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaints = (complaints + chunk.toString("utf8")).slice(-2_000);
  });
  const ended = endOf(child).then((how) => `${how}. ${complaints}`.trim());
  const anvil = new AnvilProcess(child.pid ?? -1, ended);
  const url = `http://127.0.0.1:${options.port}`;
  const outcome = await Promise.race([ended, waitUntilAnswering(url, options.chainId)]);
  if (outcome === "answering") return anvil;
  await anvil.end();
  throw new SetupError(`The local chain did not start: ${outcome}`);
}

async function waitUntilAnswering(url: string, chainId: number): Promise<string> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (await isAnvilAt(url, chainId)) return "answering";
    await sleep(50);
  }
  return `no answer at ${url} within ${START_TIMEOUT_MS / 1000} s`;
}

/** Whether an anvil of this chain id answers there. */
export async function isAnvilAt(url: string, chainId: number): Promise<boolean> {
  try {
    const client = await callRpc<string>(url, "web3_clientVersion", [], 2_000);
    return client.startsWith("anvil/") && Number(await callRpc<string>(url, "eth_chainId", [], 2_000)) === chainId;
  } catch {
    return false;
  }
}
