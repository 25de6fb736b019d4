/** The gateway as a child process: started, watched, stopped. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PROFILES_DIR } from "../demo/admissions.ts";
import { PROJECT_ROOT } from "../tooling/run-step.ts";
import { SetupError } from "../tooling/setup-error.ts";
import { removePid, runningProcess, writePid } from "./process-files.ts";

const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 20_000;
const MAIN = "gateway/src/main.ts";

export interface GatewayOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly chainUrl: string;
  readonly passphraseFile: string;
  readonly databaseUrl: string | undefined;
}

export interface GatewayProcess {
  readonly url: string;
  readonly logFile: string;
  /** Resolves when it answers that it is ready; throws a SetupError when it ends before or takes too long. */
  readonly ready: Promise<void>;
  /** Resolves with words when it ends without being asked to. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

const pidFileOf = (dataDir: string): string => join(dataDir, "gateway.pid");

/** A gateway whose starter was killed still holds the embedded storage: it is asked to stop. */
export async function stopLeftOverGateway(dataDir: string): Promise<boolean> {
  const pid = runningProcess(pidFileOf(dataDir), MAIN);
  if (pid === undefined) return false;
  process.kill(pid, "SIGTERM");
  for (let waitedMs = 0; waitedMs < STOP_TIMEOUT_MS; waitedMs += 100) {
    if (runningProcess(pidFileOf(dataDir), MAIN) === undefined) return true;
    await sleep(100);
  }
  process.kill(pid, "SIGKILL");
  return true;
}

export async function startGatewayProcess(options: GatewayOptions): Promise<GatewayProcess> {
  const { dataDir, port } = options;
  const logFile = join(dataDir, "logs", "gateway.log");
  mkdirSync(join(dataDir, "logs"), { recursive: true });
  const log = openSync(logFile, "a");
  // A process group of its own: Ctrl-C reaches the starter alone, which stops things in order.
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(PROJECT_ROOT, MAIN)], {
    cwd: PROJECT_ROOT,
    detached: true,
    stdio: ["ignore", log, log],
    env: environmentOf(options),
  });
  closeSync(log);
  await writePid(pidFileOf(dataDir), child.pid ?? 0);
  let isStopping = false;
  const ended = new Promise<string>((resolve) => {
    child.on("exit", (code, signal) => {
      resolve(signal === null ? `it ended with code ${String(code)}` : `it was ended by ${signal}`);
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    isStopping = true;
    await stopChild(child, ended);
    await removePid(pidFileOf(dataDir));
  };
  const ready = Promise.race([ended, waitUntilReady(url)]).then((outcome) => {
    if (outcome === "ready" || isStopping) return;
    throw new SetupError(`The gateway did not start: ${outcome}. ${lastWords(logFile)} (log: ${logFile})`);
  });
  const died = new Promise<string>((resolve) => {
    void ended.then((how) => {
      if (!isStopping) resolve(`${how}. ${lastWords(logFile)} (log: ${logFile})`);
    });
  });
  return { url, logFile, ready, died, stop };
}

function environmentOf({ dataDir, port, chainUrl, passphraseFile, databaseUrl }: GatewayOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOST: "127.0.0.1",
    PORT: String(port),
    LEDGER_DATA_DIR: dataDir,
    LEDGER_RPC_URL: chainUrl,
    LEDGER_PASSPHRASE_FILE: passphraseFile,
    LEDGER_PROFILES_DIR: PROFILES_DIR,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
}

async function waitUntilReady(url: string): Promise<string> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  let last = "no answer yet";
  while (Date.now() < deadline) {
    try {
      const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
      if (response.ok) return "ready";
      last = `/readyz answers ${response.status}: ${(await response.text()).slice(0, 300)}`;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  return `it was not ready within ${READY_TIMEOUT_MS / 1_000} s (${last})`;
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timeout = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timeout);
}

/** The last line of the log that is a sentence and not part of a stack: there a failed start says why. */
function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, "utf8").trim().split("\n");
  return (lines.findLast((line) => !/^(\s|Node\.js v|[}\]])|^$/.test(line)) ?? "").slice(0, 500);
}
