/**
 * `npm test [-- step …]`: every test there is, two steps at a time, and the sum of what passed and failed as the last line.
 * A step that fails does not keep the others from running: one run tells everything that is wrong.
 */
import { globSync } from "node:fs";
import { join } from "node:path";
import { measuredTests } from "./tooling/measured-tests.ts";
import { PROJECT_ROOT, runStep, type Step } from "./tooling/run-step.ts";

const files = (...patterns: string[]): string[] => globSync(patterns, { cwd: PROJECT_ROOT }).sort();

const isAll = process.argv.includes("--all");

/** With coverage asked for, it runs what it can measure; what is left is run here. No test runs twice. */
const MEASURED = new Set(measuredTests());
const HARDHAT_TESTS = files("test/*/**/*.test.ts").filter(
  (file) => !file.startsWith(join("test", "e2e")) && !(isAll && MEASURED.has(file)),
);

const NETWORK_TESTS = files("network/test/**/*.test.ts");

/** The system and the browser that the web's tests share end with the last of them. */
const WEB_HOOKS = "./explorer/test/support/root-hooks.ts";

/** About how long a step takes alone, on two cores: the long ones begin first, so that none is left over at the end. */
interface TestStep extends Step {
  readonly seconds: number;
  /** Left out of a plain `npm test`. */
  readonly isExtra?: true;
}

const STEPS: readonly TestStep[] = [
  {
    name: "contracts",
    seconds: isAll ? 200 : 330,
    rule: "every function, refusal and event of the contracts; their invariants in random walks; the deployment",
    command: ["hardhat", "test", "mocha", ...HARDHAT_TESTS],
  },
  {
    name: "invariants",
    seconds: 80,
    rule: "100,000 random calls on the real contracts: every lot, sum and law holds after each",
    command: ["hardhat", "test", "solidity"],
  },
  {
    name: "errors",
    seconds: 1,
    rule: "every custom error is raised by the code and expected by a test",
    command: ["node", "scripts/check-errors.ts"],
  },
  {
    name: "gas",
    seconds: 6,
    rule: "the hot paths stay within the design's bars, measured beside their peers in the same run",
    command: ["node", "scripts/bench-gas.ts"],
  },
  {
    name: "gateway",
    seconds: 750,
    rule: "the gateway's rooms, on a real chain and on both databases",
    command: ["mocha", "--exit", "--timeout", "120000", ...files("gateway/test/**/*.test.ts")],
  },
  {
    name: "network",
    seconds: 350,
    rule: "the network program and the node agent as processes, on a real chain, behind nodes that fail",
    // They wait for blocks and rounds most of the time: one file after another took 14 minutes, with a core idle.
    command: ["mocha", "--exit", "--parallel", "--jobs", "3", "--timeout", "300000", ...NETWORK_TESTS],
  },
  {
    name: "end to end",
    seconds: 300,
    rule: "npm start, stop, start again, a killed gateway, and the main job through the public API",
    command: ["mocha", "--exit", "--timeout", "300000", ...files("test/e2e/**/*.test.ts")],
  },
  {
    name: "web",
    seconds: 240,
    rule: "every page in a real browser, in both languages, on a phone and on a desk, and each console's main job",
    command: ["mocha", "--exit", "--require", WEB_HOOKS, "--timeout", "300000", ...files("explorer/test/**/*.test.ts")],
  },
  {
    name: "street",
    seconds: 130,
    rule: "a day of a shopping street through the API: the gateway's books, the chain and the merchants' inboxes agree",
    command: ["node", "scripts/demo-loyalty.ts"],
  },
  {
    name: "coverage",
    seconds: 400,
    isExtra: true,
    rule: "the contracts' tests on contracts that count their lines: every statement is reached",
    command: ["node", "scripts/check-coverage.ts"],
  },
];

/** Most steps wait for blocks, leases and databases as long as they compute. */
const AT_ONCE = 2;

interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Mocha says `12 passing` and `1 failing`; a step without such words is one test of its own. */
function countOf(output: string, ok: boolean): Count {
  const sum = (word: string): number =>
    [...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, "gm"))].reduce((total, [, n]) => total + Number(n), 0);
  const passed = sum("passing");
  const failed = sum("failing");
  if (passed + failed === 0) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  return { passed, failed: ok ? failed : Math.max(failed, 1) };
}

async function test(wanted: readonly string[]): Promise<number> {
  const isWanted = ({ name, isExtra }: TestStep): boolean =>
    isAll || (wanted.length === 0 ? isExtra !== true : wanted.includes(name));
  const steps = STEPS.filter(isWanted);
  if (steps.length === 0) {
    console.error(`There is no such step. The steps are: ${STEPS.map(({ name }) => name).join(", ")}; --all is all.`);
    return 2;
  }
  const queue = steps.toSorted((a, b) => b.seconds - a.seconds);
  const results = new Map<string, Result>();
  const drain = async (): Promise<void> => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) results.set(step.name, await run(step));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, drain));

  const all = steps.flatMap(({ name }) => results.get(name) ?? []);
  const sum = (part: "passed" | "failed"): number => all.reduce((total, result) => total + result[part], 0);
  // Once more at the end: whoever sees only the last lines of a long log must see what failed.
  for (const { failures } of all) if (failures !== "") console.log(failures);
  console.log(`\n${all.map(({ line }) => line).join("\n")}\n`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") === 0 ? 0 : 1;
}

interface Result extends Count {
  readonly line: string;
  /** What mocha says of failed tests, or the last words of another step; empty when all is well. */
  readonly failures: string;
}

const FAILURE_LINES_MAX = 60;

/** The output of a step comes in one piece when it ends: two at once could not be read otherwise. */
async function run(step: TestStep): Promise<Result> {
  console.log(`... ${step.name}: ${step.rule}`);
  const { ok, output, seconds } = await runStep(step, false);
  const count = countOf(output, ok);
  console.log(`\n=== ${step.name}\n${output.trimEnd()}\n`);
  const counts = `${String(count.passed).padStart(5)} passed ${String(count.failed).padStart(3)} failed`;
  const line = `${ok ? "ok  " : "FAIL"} ${step.name.padEnd(11)} ${counts} ${seconds.toFixed(1).padStart(6)} s`;
  return { ...count, line, failures: ok ? "" : `--- what failed in ${step.name}\n${failuresOf(output)}\n` };
}

function failuresOf(output: string): string {
  const lines = output.trimEnd().split("\n");
  const begin = lines.findIndex((line) => /^\s*\d+ failing\b/.test(line));
  return (begin < 0 ? lines.slice(-FAILURE_LINES_MAX) : lines.slice(begin, begin + FAILURE_LINES_MAX)).join("\n");
}

process.exitCode = await test(process.argv.slice(2));
