/** The one way to ask: an answer, or the problem thrown. */
import type { Problem } from "./generated/types.gen.ts";

/** What the gateway refused, with its code and facts. */
export class LedgerProblem extends Error {
  override readonly name = "LedgerProblem";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail} · ${problem.detailZh}`);
    this.problem = problem;
  }
}

/** What the generated functions give: data or error, never both. */
export interface Answered<T> {
  readonly data?: T | undefined;
  readonly error?: unknown;
  readonly response?: Response | undefined;
}

/** The answer of a call, or its problem thrown. */
export async function answerOf<T>(call: Promise<Answered<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await call;
  if (response?.ok === true && data !== undefined && data !== null) return data;
  if (typeof error === "object" && error !== null && "code" in error) throw new LedgerProblem(error as Problem);
  throw new Error("the gateway does not answer: is it running?", { cause: error });
}

/** Headers of a write: its own name, and how long to wait for the chain. */
export function writeAs(name: string, waitSeconds = 30): { "Idempotency-Key": string; Prefer: string } {
  return { "Idempotency-Key": name, Prefer: `wait=${waitSeconds}` };
}
