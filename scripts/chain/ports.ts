/** Ports for programs that are started, stopped and started again at the same address. */
import { randomInt } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Below the range from which systems take ports for outgoing connections (Linux 32768, others 49152): a port from there
 * that was free a moment ago is soon somebody's, on a machine with many connections.
 */
const FIRST = 20_000;
const BEYOND = 32_000;

/** Whether a program could listen there now. A host that is not this computer's own (NAT) is asked on all of its own. */
export function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRNOTAVAIL" && host !== "0.0.0.0") void isPortFree(port, "0.0.0.0").then(resolve);
      else resolve(false);
    });
    probe.listen(port, host, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

/** Who took which port, one file each: a port whose program is down for a moment is not another's. */
const TAKEN_DIR = join(tmpdir(), "ledger-ports");
const taken: string[] = [];

/** One that nothing listens on, and that no other call here or in another process is given while this process lives. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, BEYOND);
    if (await takeFreePort(port)) return port;
  }
}

/** This one, if nothing listens on it and nobody took it. */
export async function takeFreePort(port: number): Promise<boolean> {
  return takePort(port) && (await isPortFree(port));
}

function takePort(port: number): boolean {
  const file = join(TAKEN_DIR, String(port));
  try {
    mkdirSync(TAKEN_DIR, { recursive: true });
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch {
    dropIfOrphan(file);
    return false;
  }
  if (taken.length === 0) process.once("exit", giveBack);
  taken.push(file);
  return true;
}

function giveBack(): void {
  for (const file of taken) rmSync(file, { force: true });
}

/** Left by a process that was killed: free for the next who asks. */
function dropIfOrphan(file: string): void {
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
  } catch (error) {
    if ((error as { code?: string }).code === "ESRCH") rmSync(file, { force: true });
  }
}
