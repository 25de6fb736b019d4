/** A program of ours as a child process: started, watched, stopped, and found again when its starter was killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PROJECT_ROOT } from "../tooling/run-step.ts";
import { removePid, runningProcess, writePid } from "./process-files.ts";

const STOP_TIMEOUT_MS = 20_000;

export interface Program {
  /** Its file below the project; also how a process left over is recognised. */
  readonly main: string;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly pidFile: string;
  readonly logFile: string;
}

export interface Child {
  /** Resolves with words about how it ended, asked to or not. */
  readonly ended: Promise<string>;
  /** Resolves with words, and the last ones of its log, when it ends without being asked to. */
  readonly died: Promise<string>;
  isStopping(): boolean;
  stop(): Promise<void>;
}

/** A child whose starter was killed still holds what is its own: it is asked to stop. */
export async function stopLeftOver({ pidFile, main }: Pick<Program, "pidFile" | "main">): Promise<boolean> {
  const pid = runningProcess(pidFile, main);
  if (pid === undefined) return false;
  process.kill(pid, "SIGTERM");
  for (let waitedMs = 0; waitedMs < STOP_TIMEOUT_MS; waitedMs += 100) {
    if (runningProcess(pidFile, main) === undefined) return true;
    await sleep(100);
  }
  process.kill(pid, "SIGKILL");
  return true;
}

export async function startChild(program: Program): Promise<Child> {
  const { main, args = [], env, pidFile, logFile } = program;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a");
  const command = ["--disable-warning=ExperimentalWarning", join(PROJECT_ROOT, main), ...args];
  // A process group of its own: Ctrl-C reaches the starter alone, which stops things in order.
  const child = spawn(process.execPath, command, {
    cwd: PROJECT_ROOT,
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, ...env },
  });
  closeSync(log);
  await writePid(pidFile, child.pid ?? 0);
  let isStopping = false;
  const ended = new Promise<string>((resolve) => {
    child.on("exit", (code, signal) => {
      resolve(signal === null ? `it ended with code ${String(code)}` : `it was ended by ${signal}`);
    });
  });
  const died = new Promise<string>((resolve) => {
    void ended.then((how) => {
      if (!isStopping) resolve(`${how}. ${lastWords(logFile)} (log: ${logFile})`);
    });
  });
  const stop = async (): Promise<void> => {
    isStopping = true;
    await stopChild(child, ended);
    await removePid(pidFile);
  };
  return { ended, died, isStopping: () => isStopping, stop };
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timeout = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timeout);
}

/** The last line of a log that is a sentence and not part of a stack: there a failed start says why. */
export function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, "utf8").trim().split("\n");
  return (lines.findLast((line) => !/^(\s|Node\.js v|[}\]])|^$/.test(line)) ?? "").slice(0, 500);
}
