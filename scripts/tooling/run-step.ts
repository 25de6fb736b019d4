/**
 * One step of `npm run check` or `npm test`: a command, the rule it stands for, and how long it took.
 */
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

export const PROJECT_ROOT = join(import.meta.dirname, "..", "..");

export interface Step {
  readonly name: string;
  /** What a reader learns from this step passing. */
  readonly rule: string;
  /** Program and arguments; programs are looked for in node_modules/.bin first. */
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly ok: boolean;
  readonly output: string;
  readonly seconds: number;
}

/** Runs a step. With `live` its output is shown as it comes, otherwise it is kept for the case that it fails. */
export async function runStep(step: Step, live: boolean): Promise<StepResult> {
  const startedAt = performance.now();
  const [program, ...args] = step.command;
  const path = [join(PROJECT_ROOT, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);
  const child = spawn(program === "node" ? process.execPath : program, args, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...step.env, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  const chunks: Buffer[] = [];
  const keep = (to: NodeJS.WriteStream) => (chunk: Buffer) => {
    chunks.push(chunk);
    if (live) to.write(chunk);
  };
  child.stdout.on("data", keep(process.stdout));
  child.stderr.on("data", keep(process.stderr));
  const forward = (signal: NodeJS.Signals): boolean => child.kill(signal);
  process.on("SIGINT", forward).on("SIGTERM", forward);
  const ok = await new Promise<boolean>((resolve) => {
    child.on("error", (error) => {
      chunks.push(Buffer.from(`${program} could not be started: ${error.message}\n`));
      resolve(false);
    });
    child.on("close", (code) => {
      resolve(code === 0);
    });
  });
  process.off("SIGINT", forward).off("SIGTERM", forward);
  return { ok, output: Buffer.concat(chunks).toString("utf8"), seconds: (performance.now() - startedAt) / 1000 };
}
