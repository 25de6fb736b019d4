/** Starts the process under fault and listens to it. */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { ItemCounts } from "../../src/outbox/command.ts";
import type { Plan } from "./plan.ts";

export interface Settled {
  readonly state: string;
  readonly items: ItemCounts;
}

export interface UnderFault {
  readonly child: ChildProcess;
  readonly started: Promise<void>;
  /** Undefined when it died before. */
  readonly settled: Promise<readonly Settled[] | undefined>;
  readonly ended: Promise<NodeJS.Signals | number>;
  kill(): void;
}

export function startUnderFault(plan: Plan, killAt?: string): UnderFault {
  const child = fork(new URL("outbox-process.ts", import.meta.url), {
    env: { ...process.env, PLAN: JSON.stringify(plan), ...(killAt === undefined ? {} : { KILL_AT: killAt }) },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(([code, signal]) => (signal ?? code) as NodeJS.Signals | number);
  const heard = <T>(field: string): Promise<T | undefined> =>
    new Promise((resolve) => {
      child.on("message", (message) => {
        const value = (message as Record<string, T>)[field];
        if (value !== undefined) resolve(value);
      });
      void ended.then(() => resolve(undefined));
    });
  return {
    child,
    started: heard<boolean>("started").then(() => undefined),
    settled: heard<readonly Settled[]>("settled"),
    ended,
    kill: () => child.kill("SIGKILL"),
  };
}
