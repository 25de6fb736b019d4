/**
 * Rules about the contracts that no linter knows:
 * every custom error is raised by the code and expected, by its name, by some test;
 * nothing reads `prevrandao` or `difficulty`, which are constants under QBFT and so no source of chance.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");

interface Source {
  readonly path: string;
  readonly text: string;
}

async function readSources(folder: string, isWanted: (path: string) => boolean): Promise<Source[]> {
  const paths = (await readdir(join(ROOT, folder), { recursive: true })).map((path) => join(folder, path));
  return await Promise.all(
    paths.filter(isWanted).map(async (path) => ({ path, text: await readFile(join(ROOT, path), "utf8") })),
  );
}

/** Solidity without its comments, which may name what the code must not. Lines stay where they are. */
function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
}

function findErrors(contracts: readonly Source[], tests: readonly Source[]): string[] {
  const code = contracts.map(({ text }) => text).join("\n");
  const expected = tests.map(({ text }) => text).join("\n");
  const findings: string[] = [];
  for (const { path, text } of contracts) {
    for (const { 1: name = "", index } of text.matchAll(/\berror (\w+)\s*\(/g)) {
      const at = `${path}:${text.slice(0, index).split("\n").length}`;
      if (!new RegExp(`\\brevert (\\w+\\.)?${name}\\b`).test(code)) findings.push(`${at}: nothing raises ${name}`);
      // By its name in a matcher or a table of a TypeScript test, by its selector in a Solidity test.
      const isExpected = new RegExp(`["'\`]${name}["'\`]|\\b${name}\\.selector\\b`).test(expected);
      if (!isExpected) findings.push(`${at}: no test expects ${name}`);
    }
  }
  return findings;
}

function findChance(contracts: readonly Source[]): string[] {
  return contracts.flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, index) =>
        /\b(prevrandao|difficulty)\b/.test(line) ? [`${path}:${index + 1}: a constant under QBFT, not chance`] : [],
      ),
  );
}

const contracts = (await readSources("contracts", (path) => path.endsWith(".sol")))
  .filter(({ path }) => !path.startsWith(join("contracts", "mocks")))
  .map(({ path, text }) => ({ path, text: stripComments(text) }));
const tests = await readSources(
  "test",
  (path) => /\.test\.ts$|\.t\.sol$|behaviors|invariants|support/.test(path) && /\.(ts|sol)$/.test(path),
);

const findings = [...findErrors(contracts, tests), ...findChance(contracts)];
for (const finding of findings) console.error(finding);
if (findings.length > 0) process.exitCode = 1;
else console.log(`every custom error of ${contracts.length} contract files is raised and expected by a test`);
