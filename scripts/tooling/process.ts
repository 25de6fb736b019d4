/** Processes that outlive whoever started them: set apart, found again by a file that names them, ended in order. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_MS = 50;
/** A process that was killed is gone within a second or so, unless its disk hangs. */
const KILL_TIMEOUT_MS = 10_000;

/** The command line of a process, empty when there is none or it is a zombie. Arguments end with a space each. */
export function commandOf(pid: number): string {
  try {
    const file = `/proc/${pid}/cmdline`;
    if (existsSync("/proc/self/cmdline")) return readFileSync(file, "utf8").replaceAll("\0", " ");
    // Twice "w": a Java program's class path alone is longer than ps likes to print.
    return `${execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" }).trim()} `;
  } catch {
    return "";
  }
}

export function isAlive(pid: number): boolean {
  // Zero and below name whole groups of processes.
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    // An orphan stays in the process table as a zombie until process 1 takes notice, which can last.
    return !existsSync("/proc/self/stat") || !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** The id in `file` if that process still runs and its command line contains `words`: process ids are used again. */
export function runningProcess(file: string, words: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8"));
  return pid > 0 && pid !== process.pid && commandOf(pid).includes(words) ? pid : undefined;
}

export function writePid(file: string, pid: number): void {
  writeFileSync(file, String(pid));
}

export function removePid(file: string): void {
  rmSync(file, { force: true });
}

export interface ProgramApart {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of it: nothing is handed on by itself. */
  readonly env: NodeJS.ProcessEnv;
  readonly pidFile: string;
  /** Takes what the program writes, after what stands there. */
  readonly logFile: string;
}

/** A process group of its own: Ctrl-C reaches the starter alone, which stops things in order or leaves them. */
export function spawnApart({ command, args, cwd, env, pidFile, logFile }: ProgramApart): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a");
  try {
    const stdio = ["ignore", log, log] as const;
    const child = spawn(command, args, { cwd, detached: true, stdio: [...stdio], env });
    writePid(pidFile, child.pid ?? 0);
    return child;
  } finally {
    closeSync(log);
  }
}

/** How a child ended, in words; when it could not be started, that. */
export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on("error", (error) => {
      resolve(`it could not be started: ${error.message}`);
    });
    child.on("exit", (code, signal) => {
      resolve(signal === null ? `it ended with code ${String(code)}` : `it was ended by ${signal}`);
    });
  });
}

export interface Patience {
  /** Asks kindly; SIGTERM unless said otherwise. */
  readonly signal?: NodeJS.Signals;
  /** How long it may take before it is killed. */
  readonly patienceMs: number;
  /** Whether it still is the process that was meant. */
  readonly isRunning?: () => boolean;
}

/** Asks a process to end and waits; insists when its time is over. Tells which of the two it took. */
export async function endProcess(pid: number, options: Patience): Promise<"asked" | "killed"> {
  const { signal = "SIGTERM", patienceMs, isRunning = () => isAlive(pid) } = options;
  if (await signalUntilGone(pid, signal, { patienceMs, isRunning })) return "asked";
  await signalUntilGone(pid, "SIGKILL", { patienceMs: KILL_TIMEOUT_MS, isRunning });
  return "killed";
}

async function signalUntilGone(
  pid: number,
  signal: NodeJS.Signals,
  { patienceMs, isRunning }: Required<Omit<Patience, "signal">>,
): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  if (!isRunning()) return true;
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
  while (performance.now() < deadline) {
    if (!isRunning()) return true;
    await sleep(LOOK_MS);
  }
  return !isRunning();
}

/** The last line of a log that is a sentence and not part of a stack: there a failed start says why. */
export function lastWords(logFile: string): string {
  if (!existsSync(logFile)) return "";
  const lines = readFileSync(logFile, "utf8").trim().split("\n");
  return (lines.findLast((line) => !/^(\s|Node\.js v|[}\]])|^$/.test(line)) ?? "").slice(0, 500);
}
