/** Ports for programs that are started, stopped and started again at the same address. */
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

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

/** One that nothing listens on, and that stays free until it is used. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, BEYOND);
    if (await isPortFree(port)) return port;
  }
}
