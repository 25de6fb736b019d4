/** A program of ours as a child process: started, watched, stopped, and found again when its starter was killed. */
import { join } from "node:path";
import { endOf, endProcess, lastWords, removePid, runningProcess, spawnApart } from "../tooling/process.ts";
import { PROJECT_ROOT } from "../tooling/run-step.ts";

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
  const isRunning = (): boolean => runningProcess(pidFile, main) === pid;
  await endProcess(pid, { patienceMs: STOP_TIMEOUT_MS, isRunning });
  return true;
}

export function startChild(program: Program): Child {
  const { main, args = [], env, pidFile, logFile } = program;
  const child = spawnApart({
    command: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", join(PROJECT_ROOT, main), ...args],
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...env },
    ...{ pidFile, logFile },
  });
  let isStopping = false;
  const ended = endOf(child);
  const died = new Promise<string>((resolve) => {
    void ended.then((how) => {
      if (!isStopping) resolve(`${how}. ${lastWords(logFile)} (log: ${logFile})`);
    });
  });
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<void> => {
    isStopping = true;
    if (child.pid !== undefined) await endProcess(child.pid, { patienceMs: STOP_TIMEOUT_MS, isRunning });
    await ended;
    removePid(pidFile);
  };
  return { ended, died, isStopping: () => isStopping, stop };
}
