/**
 * Statement coverage of contracts/ (mocks apart) is 100 %: reads what `hardhat --coverage test mocha` left in
 * coverage/lcov.info and names each line that no test reached. Hardhat counts a line as reached only when every
 * statement on it is; it measures no branches.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";

const ROOT = join(import.meta.dirname, "..");
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
    console.error(`There is no ${REPORT}: run \`npx hardhat --coverage test mocha\` first.`);
    return 1;
  }
  const files = parseLcov(await readFile(join(ROOT, REPORT), "utf8")).filter(
    ({ path }) => path.startsWith("contracts/") && !path.startsWith("contracts/mocks/"),
  );
  if (files.length === 0) {
    console.error(`${REPORT} names no contract: run \`npx hardhat --coverage test mocha\` again.`);
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

process.exitCode = await report();
