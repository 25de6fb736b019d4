/**
 * One process a directory: two that open the same embedded store both seem to work, and the commits of one are silently
 * gone later. The lock is a file beside the directory with the holder's process id; a dead holder's is taken over.
 */
import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
// The room may not know its process otherwise; a lock is about nothing else.
import { kill, pid as ownPid } from "node:process";
import { LedgerError } from "../kernel/errors.ts";

interface Holder {
  readonly pid: number;
  /** Clock ticks since boot at which the process began, where the system tells: a reused id has another one. */
  readonly startedAt: string | undefined;
}

async function readStart(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold spaces; field 22 is the 20th after it, and Z is a process that is dead already.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "dead" : fields[19];
  } catch {
    return undefined;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as { code?: string }).code === "EPERM";
  }
  return holder.startedAt === undefined || (await readStart(holder.pid)) === holder.startedAt;
}

/** Written aside and linked into place: nobody ever sees a lock without its holder. */
async function tryCreate(path: string, holder: Holder): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, startedAt } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === "number" ? { pid, startedAt } : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the lock of a directory, or throws `store_in_use` with the holder's process id. Gives the way to free it. */
export async function lockEmbedded(directory: string): Promise<() => Promise<void>> {
  const path = `${directory}.lock`;
  await mkdir(dirname(path), { recursive: true });
  const self: Holder = { pid: ownPid, startedAt: await readStart(ownPid) };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await tryCreate(path, self)) return () => rm(path, { force: true });
    const text = await readFile(path, "utf8").catch(() => "");
    const holder = parseHolder(text);
    if (holder !== undefined && (await isAlive(holder)))
      throw new LedgerError("store_in_use", { directory, pid: holder.pid });
    // Moved aside before it is removed: of two that find a dead lock only one moves it.
    const aside = `${path}.${randomUUID()}`;
    await rename(path, aside).catch(() => undefined);
    await rm(aside, { force: true });
  }
  throw new LedgerError("store_in_use", { directory, pid: "unknown" });
}
