/** The gateway as a child process: ready when it says so. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PROFILES_DIR } from "../demo/profiles.ts";
import { SetupError } from "../tooling/setup-error.ts";
import { lastWords } from "../tooling/process.ts";
import { startChild, stopLeftOver, type Child } from "./child.ts";

const WEB_DIR = join(import.meta.dirname, "..", "..", "explorer", "dist");
const READY_TIMEOUT_MS = 120_000;
const MAIN = "gateway/src/main.ts";

export interface GatewayOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly chainUrl: string;
  readonly passphraseFile: string;
  readonly databaseUrl: string | undefined;
}

export interface GatewayProcess extends Pick<Child, "died" | "stop"> {
  readonly url: string;
  /** Resolves when it answers that it is ready; throws a SetupError when it ends before or takes too long. */
  readonly ready: Promise<void>;
}

const pidFileOf = (dataDir: string): string => join(dataDir, "gateway.pid");

/** A gateway whose starter was killed still holds the embedded storage. */
export function stopLeftOverGateway(dataDir: string): Promise<boolean> {
  return stopLeftOver({ main: MAIN, pidFile: pidFileOf(dataDir) });
}

export function startGatewayProcess(options: GatewayOptions): GatewayProcess {
  const { dataDir, port } = options;
  const logFile = join(dataDir, "logs", "gateway.log");
  const child = startChild({ main: MAIN, env: environmentOf(options), pidFile: pidFileOf(dataDir), logFile });
  const url = `http://127.0.0.1:${port}`;
  const ready = Promise.race([child.ended, waitUntilReady(url)]).then((outcome) => {
    if (outcome === "ready" || child.isStopping()) return;
    throw new SetupError(`The gateway did not start: ${outcome}. ${lastWords(logFile)} (log: ${logFile})`);
  });
  return { url, ready, died: child.died, stop: () => child.stop() };
}

function environmentOf({ dataDir, port, chainUrl, passphraseFile, databaseUrl }: GatewayOptions): NodeJS.ProcessEnv {
  return {
    HOST: "127.0.0.1",
    PORT: String(port),
    LEDGER_DATA_DIR: dataDir,
    LEDGER_RPC_URL: chainUrl,
    LEDGER_PASSPHRASE_FILE: passphraseFile,
    // Shops and their receivers run on this machine, too.
    LEDGER_OUTWARD_PRIVATE: "true",
    LEDGER_PROFILES_DIR: PROFILES_DIR,
    LEDGER_WEB_DIR: WEB_DIR,
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
