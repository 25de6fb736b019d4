/**
 * `npm run check`: everything that can be judged without running the product, cheapest first, stopping at the first
 * failure. CONTRIBUTING.md explains the rules.
 */
import { runStep, type Step } from "./tooling/run-step.ts";

const STEPS: readonly Step[] = [
  {
    name: "format",
    rule: "one layout for every file: nobody argues about it (fix: npx prettier --write .)",
    command: ["prettier", "--check", "--log-level", "warn", "."],
  },
  {
    name: "lint:ts",
    rule: "no floating promise, no unsafe any, no barrel, functions of 70 lines at most",
    command: ["eslint", "--max-warnings", "0", "--cache", "--cache-location", "cache/eslint", "."],
  },
  {
    name: "lint:sol",
    rule: "ordered contracts, named mappings and imports, functions of 50 lines and complexity 8 at most",
    command: ["solhint", "--noPoster", "--disc", "--max-warnings", "0", "contracts/**/*.sol"],
  },
  { name: "typecheck", rule: "strict TypeScript with every extra check on", command: ["tsc", "--noEmit"] },
  {
    name: "types:web",
    rule: "the same for what runs in a browser, the keys of its words included",
    command: ["tsc", "--noEmit", "--project", "explorer"],
  },
  {
    name: "boundaries",
    rule: "rooms look down only, libraries belong to one room, no circles",
    command: ["depcruise", "--config", ".dependency-cruiser.cjs", "."],
  },
  {
    name: "room graph",
    rule: "docs/architecture.md shows the rooms as they are (fix: node scripts/room-graph.ts --write)",
    command: ["node", "scripts/room-graph.ts"],
  },
  { name: "unused", rule: "no unused file, export or dependency", command: ["knip", "--no-progress"] },
  {
    name: "tidy",
    rule: "short files, no barrels, no stray marks, one title per document",
    command: ["node", "scripts/tidy.ts"],
  },
  {
    name: "build",
    rule: "the contracts compile without a warning",
    command: ["hardhat", "build", "--quiet"],
  },
];

/** Runs only the steps named on the command line, or all of them. */
async function check(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.find((name) => !STEPS.some((step) => step.name === name));
  if (unknown !== undefined) {
    console.error(`There is no step "${unknown}". The steps are: ${STEPS.map((step) => step.name).join(", ")}.`);
    return 2;
  }
  for (const step of STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const { ok, output, seconds } = await runStep(step, false);
    console.log(`${ok ? "ok  " : "FAIL"} ${step.name.padEnd(11)} ${seconds.toFixed(1).padStart(5)} s  ${step.rule}`);
    if (!ok) {
      console.error(output.trimEnd());
      return 1;
    }
  }
  return 0;
}

process.exitCode = await check(process.argv.slice(2));
