/** The contracts' tests whose coverage is measured. Gas is left out: instrumented contracts cost more. So is the deployment,
 * which takes the contracts as they were built. */
import { globSync } from "node:fs";
import { PROJECT_ROOT } from "./run-step.ts";

const NOT_MEASURED = /^test[\\/](e2e|gas|scripts)[\\/]/;

export function measuredTests(): string[] {
  return globSync("test/*/**/*.test.ts", { cwd: PROJECT_ROOT })
    .filter((file) => !NOT_MEASURED.test(file))
    .sort();
}
