/** Ports for programs that are started, stopped and started again at the same address. */
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below the range from which systems take ports for outgoing connections (Linux 32768, others 49152): a port from there
 * that was free a moment ago is soon somebody's, on a machine with many connections.
 */
const FIRST = 20_000;
const BEYOND = 32_000;

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => {
      resolve(false);
    });
    probe.listen(port, "127.0.0.1", () => {
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
