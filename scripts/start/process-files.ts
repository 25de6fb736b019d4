/** Files that name a running process, so that a later start finds what an earlier one left behind. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";

/** The command line of a process; empty when there is none. Process ids are used again, so the words must fit too. */
function commandOf(pid: number): string {
  try {
    const file = `/proc/${pid}/cmdline`;
    if (existsSync("/proc/self/cmdline")) return readFileSync(file, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** The id in `file` if that process still runs and its command line contains `word`. */
export function runningProcess(file: string, word: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8"));
  return pid > 0 && pid !== process.pid && commandOf(pid).includes(word) ? pid : undefined;
}

export async function writePid(file: string, pid: number): Promise<void> {
  await writeFile(file, String(pid));
}

export async function removePid(file: string): Promise<void> {
  await rm(file, { force: true });
}
