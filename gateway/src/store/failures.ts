/** What a database error means: the database is away, two transactions met, or it is our bug. */
import { LedgerError } from "../kernel/errors.ts";

/** Attempts after a deadlock or a serialization failure; the sixth would hide a design fault. */
const ATTEMPTS_MAX = 5;

interface Coded {
  readonly code?: unknown;
  readonly message?: unknown;
}

function codeOf(error: unknown): string {
  const code = (error as Coded | null)?.code;
  return typeof code === "string" ? code : "";
}

export function isDatabaseAway(error: unknown): boolean {
  // Class 08: connection; 57P01–03: shut down, crashed, starting; 53300: no connection left; the rest is Node's.
  if (/^(08...|57P0[1-3]|53300|E(CONNREFUSED|CONNRESET|PIPE|NOENT|TIMEDOUT|NOTFOUND))$/.test(codeOf(error)))
    return true;
  const message = (error as Coded | null)?.message;
  return (
    typeof message === "string" &&
    /connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|not queryable/i.test(
      message,
    )
  );
}

const isCollision = (error: unknown): boolean => /^(40001|40P01)$/.test(codeOf(error));

/** Runs a piece of work that may be run again: collisions are tried again, an absent database is named as such. */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (isCollision(error) && attempt < ATTEMPTS_MAX) continue;
      if (isDatabaseAway(error)) throw new LedgerError("database_unavailable", {}, error);
      throw error;
    }
  }
}
