/**
 * Carries a run out: sends its parts, a few under way at a time, and follows each until the chain has decided. Lives
 * beside the pages, so that the run goes on while the merchant looks elsewhere. Every step is on the shelf before the next.
 */
import { problemOf } from "../../../api/problem.ts";
import type { WebProblem } from "../../../api/problem.ts";
import { readCommand, readItems, sendRows } from "./gateway.ts";
import { accepted, foundBefore, isFinished, openRows, partKey, partsOf, settled } from "./run.ts";
import type { BatchRun, Part } from "./run.ts";
import { forgetRun, loadRun, savePart, saveRun } from "./shelf.ts";

/** The gateway works on several at once; more would only wait there. */
const UNDER_WAY_MAX = 4;
const LOOK_EVERY_MS = 700;
const PATIENCE_MS = 3_000;

/** `waiting`: the gateway is away or asks to wait; the run goes on by itself. `elsewhere`: another tab has it. */
export type Mood = "running" | "waiting" | "paused" | "refused" | "finished" | "elsewhere";

export interface Progress {
  readonly run: BatchRun;
  readonly parts: readonly Part[];
  readonly mood: Mood;
  readonly problem?: unknown;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Not answered, too many requests, not signed in any more, or a gateway that is just starting: later it will be. */
const passes = ({ status }: WebProblem): boolean => status === 0 || status === 401 || status === 429 || status >= 500;

export class Runner {
  readonly #token: string;
  readonly #listeners = new Set<() => void>();
  #progress: Progress | undefined;
  #isLoaded = false;
  #isWanted = false;
  #isWorking = false;

  constructor(token: string) {
    this.#token = token;
  }

  readonly progress = (): Progress | undefined => this.#progress;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** What was begun before the page was closed goes on. */
  async wake(): Promise<void> {
    if (this.#isLoaded) return;
    this.#isLoaded = true;
    const found = await loadRun(this.#token);
    if (found === undefined || this.#progress !== undefined) return;
    this.#tell({ ...found, mood: isFinished(found.parts) ? "finished" : "paused" });
    if (!isFinished(found.parts)) this.goOn();
  }

  async begin(run: BatchRun): Promise<void> {
    const parts = partsOf(run);
    await saveRun(run, parts);
    this.#tell({ run, parts, mood: "paused" });
    this.goOn();
  }

  goOn(): void {
    this.#isWanted = true;
    if (!this.#isWorking) void this.#workAlone();
  }

  pause(): void {
    this.#isWanted = false;
  }

  async putAway(): Promise<void> {
    this.pause();
    await forgetRun(this.#token);
    this.#progress = undefined;
    for (const listener of this.#listeners) listener();
  }

  /** One tab at a time: two would do nothing twice, but show half of it each. */
  async #workAlone(): Promise<void> {
    this.#isWorking = true;
    try {
      await navigator.locks.request(`ledger-batch-${this.#token}`, { ifAvailable: true }, async (lock) => {
        if (lock === null) this.#mood("elsewhere");
        else await this.#work();
      });
    } finally {
      this.#isWorking = false;
    }
  }

  async #work(): Promise<void> {
    while (this.#isWanted && this.#progress !== undefined && !isFinished(this.#progress.parts)) {
      try {
        this.#mood("running");
        await this.#step();
        await sleep(LOOK_EVERY_MS);
      } catch (error) {
        // Put away in the middle of a step: there is nothing left to tell of.
        if (this.progress() === undefined) return;
        if (!passes(problemOf(error))) {
          this.#isWanted = false;
          this.#mood("refused", error);
          return;
        }
        this.#mood("waiting", error);
        await sleep(PATIENCE_MS);
      }
    }
    if (this.#progress !== undefined) this.#mood(isFinished(this.#progress.parts) ? "finished" : "paused");
  }

  /** Looks after what is under way, then sends what there is room for. */
  async #step(): Promise<void> {
    for (const part of this.#parts()) if (part.commandId !== undefined && !part.isSettled) await this.#follow(part);
    for (const part of this.#parts()) {
      const underWay = this.#parts().filter(({ commandId, isSettled }) => commandId !== undefined && !isSettled).length;
      if (underWay >= UNDER_WAY_MAX || !this.#isWanted) return;
      if (part.commandId === undefined && !part.isSettled) await this.#send(part);
    }
  }

  async #follow(part: Part): Promise<void> {
    const { run } = this.#need();
    const { id, state } = await readCommand(part.commandId ?? "");
    if (state !== "confirmed" && state !== "failed") return;
    await this.#put(settled(run, part, await readItems(id)));
  }

  async #send(part: Part): Promise<void> {
    const { run } = this.#need();
    const rows = openRows(run, part);
    if (rows.length === 0) {
      await this.#put({ ...part, isSettled: true });
      return;
    }
    try {
      const { id } = await sendRows(run.token, rows, partKey(run, part));
      await this.#put(accepted(run, part, id));
    } catch (error) {
      const { code, facts } = problemOf(error);
      if (code !== "order_already_issued" || typeof facts["commandId"] !== "string") throw error;
      await this.#leaveOut(part, facts["commandId"], error);
    }
  }

  /** Some of these orders are in another command: they are not sent again, and their rows say what became of them. */
  async #leaveOut(part: Part, commandId: string, error: unknown): Promise<void> {
    const { run } = this.#need();
    const { state } = await readCommand(commandId);
    if (state !== "confirmed" && state !== "failed") return;
    const next = foundBefore(run, part, await readItems(commandId));
    if (openRows(run, next).length === openRows(run, part).length) throw error;
    await this.#put(next);
  }

  async #put(part: Part): Promise<void> {
    const { run, parts } = this.#need();
    await savePart(run, part);
    const progress = this.#need();
    this.#tell({ ...progress, parts: parts.map((one) => (one.from === part.from ? part : one)) });
  }

  #parts(): readonly Part[] {
    return this.#progress?.parts ?? [];
  }

  #need(): Progress {
    if (this.#progress === undefined) throw new Error("the run was put away");
    return this.#progress;
  }

  #mood(mood: Mood, problem?: unknown): void {
    const { run, parts } = this.#need();
    if (mood === this.#progress?.mood && problem === undefined) return;
    this.#tell({ run, parts, mood, ...(problem === undefined ? {} : { problem }) });
  }

  #tell(progress: Progress): void {
    this.#progress = progress;
    for (const listener of this.#listeners) listener();
  }
}

const runners = new Map<string, Runner>();

/** One a token, for as long as the tab is open. */
export function runnerOf(token: string): Runner {
  const runner = runners.get(token) ?? new Runner(token);
  runners.set(token, runner);
  return runner;
}
