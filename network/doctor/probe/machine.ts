/** What this computer says of itself: clock, disks, ports. Nothing is written, not even to try. */
import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { nodePorts } from "../../plan/node-ports.ts";
import type { NetworkNode } from "../../plan/plan.ts";
import type { DiskFacts } from "../facts.ts";

const CONNECT_TIMEOUT_MS = 1_000;
const CLOCK_TIMEOUT_MS = 3_000;

/** As the kernel was told by whatever sets the clock, chrony or systemd. Undefined where nobody can say (containers). */
export function isClockSynchronised(): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const asked = ["show", "--property=NTPSynchronized", "--value"];
    execFile("timedatectl", asked, { timeout: CLOCK_TIMEOUT_MS }, (error, stdout) => {
      const answer = stdout.trim();
      resolve(error !== null || !["yes", "no"].includes(answer) ? undefined : answer === "yes");
    });
  });
}

/** Of the folder or, before the first start, of the nearest one above that exists. */
export function diskOf(data: string): DiskFacts | undefined {
  let path = data;
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path);
  try {
    const { bavail, blocks, bsize } = statfsSync(path);
    return { path: data, freeBytes: bavail * bsize, totalBytes: blocks * bsize, isWritable: isWritable(path) };
  } catch {
    return undefined;
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Those of a node's ports at which somebody listens. */
export async function listeningPorts(node: NetworkNode): Promise<number[]> {
  const asked = nodePorts(node);
  const open = await Promise.all(asked.map(({ host, port }) => isOpen(host, port)));
  return asked.filter((_, index) => open[index]).map(({ port }) => port);
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => end(false));
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}

export function userName(): string {
  return userInfo().username;
}
