/**
 * `npm run coverage`: statement coverage of contracts/ (mocks apart) is 100 %. Runs the contracts' tests on instrumented
 * contracts, reads what Hardhat left in coverage/lcov.info and names each line that no test reached. Hardhat counts a line as reached only when every
 * statement on it is; it measures no branches.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { measuredTests } from "./tooling/measured-tests.ts";
import { PROJECT_ROOT as ROOT, runStep } from "./tooling/run-step.ts";

/** Enough to see where to begin. */
const LINES_SHOWN_MAX = 60;
const REPORT = join("coverage", "lcov.info");

/** One source file of the report. */
interface FileCoverage {
  readonly path: string;
  readonly reached: number;
  readonly unreached: readonly number[];
}

function parseLcov(text: string): FileCoverage[] {
  return text
    .split("end_of_record")
    .filter((section) => section.includes("SF:"))
    .map((section) => {
      const path = (/^SF:(.+)$/m.exec(section)?.[1] ?? "").replaceAll("\\", "/");
      const lines = [...section.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, count]) => [Number(line), Number(count)]);
      const unreached = lines.flatMap(([line, count]) => (line !== undefined && count === 0 ? [line] : []));
      return { path, reached: lines.length - unreached.length, unreached };
    });
}

async function report(): Promise<number> {
  if (!existsSync(join(ROOT, REPORT))) {
    console.error(`There is no ${REPORT}: the coverage run left nothing behind.`);
    return 1;
  }
  const files = parseLcov(await readFile(join(ROOT, REPORT), "utf8")).filter(
    ({ path }) => path.startsWith("contracts/") && !path.startsWith("contracts/mocks/"),
  );
  if (files.length === 0) {
    console.error(`${REPORT} names no contract: the coverage run did not instrument them.`);
    return 1;
  }
  const missing = files.flatMap(({ path, unreached }) => unreached.map((line) => ({ path, line })));
  for (const { path, line } of missing.slice(0, LINES_SHOWN_MAX)) {
    const source = (await readFile(join(ROOT, path.split("/").join(sep)), "utf8")).split("\n");
    console.error(`${path}:${line}: no test reaches  ${source[line - 1]?.trim() ?? ""}`);
  }
  if (missing.length > LINES_SHOWN_MAX) console.error(`… and ${missing.length - LINES_SHOWN_MAX} lines more`);
  const reached = files.reduce((sum, file) => sum + file.reached, 0);
  console.log(
    `coverage of contracts/: ${reached} of ${reached + missing.length} lines in ${files.length} files; all are wanted`,
  );
  return missing.length === 0 ? 0 : 1;
}

const tests = await runStep(
  {
    name: "coverage",
    rule: "every statement of the contracts is reached by a test",
    command: ["hardhat", "--coverage", "test", "mocha", ...measuredTests()],
    env: { LEDGER_COVERAGE: "1" },
  },
  false,
);
// What mocha says of the tests is the caller's to count; all of it only when something is wrong.
console.log(tests.ok ? (/^ *\d+ passing.*$/m.exec(tests.output)?.[0] ?? "") : tests.output);
process.exitCode = tests.ok ? await report() : 1;
