/**
 * `npm test [-- step …]`: every test there is, step by step, and the sum of what passed and failed as the last line.
 * A step that fails does not keep the others from running: one run tells everything that is wrong.
 */
import { globSync } from "node:fs";
import { PROJECT_ROOT, runStep, type Step } from "./tooling/run-step.ts";

const files = (...patterns: string[]): string[] => globSync(patterns, { cwd: PROJECT_ROOT }).sort();

const HARDHAT_TESTS = files("test/{alliance,exchange,gas,invariants,journeys,points,scripts,supervision}/**/*.test.ts");

/**
 * `lane`: steps of one lane run one after another, the two lanes beside each other. The gateway's tests mostly wait (for
 * blocks, leases, databases) and the contracts' compute: together they take as long as the longer one, on two cores.
 */
interface TestStep extends Step {
  readonly lane: "contracts" | "gateway";
}

const STEPS: readonly TestStep[] = [
  {
    name: "contracts",
    lane: "contracts",
    rule: "every function, refusal and event of the contracts; their invariants in random walks; the deployment",
    command: ["hardhat", "test", "mocha", ...HARDHAT_TESTS],
  },
  {
    name: "invariants",
    lane: "contracts",
    rule: "100,000 random calls on the real contracts: every lot, sum and law holds after each",
    command: ["hardhat", "test", "solidity"],
  },
  {
    name: "errors",
    lane: "contracts",
    rule: "every custom error is raised by the code and expected by a test",
    command: ["node", "scripts/check-errors.ts"],
  },
  {
    name: "gas",
    lane: "contracts",
    rule: "the hot paths stay within the design's bars, measured beside their peers in the same run",
    command: ["node", "scripts/bench-gas.ts"],
  },
  {
    name: "gateway",
    lane: "gateway",
    rule: "the gateway's rooms, on a real chain and on both databases",
    command: ["mocha", "--exit", "--timeout", "120000", ...files("gateway/test/**/*.test.ts")],
  },
  {
    name: "network",
    lane: "gateway",
    rule: "the node agent as a process, on a real chain behind a node that fails, killed and started again",
    command: ["mocha", "--exit", "--timeout", "120000", ...files("network/test/**/*.test.ts")],
  },
  {
    name: "end to end",
    lane: "gateway",
    rule: "npm start, stop, start again, a killed gateway, and the main job through the public API",
    command: ["mocha", "--exit", "--timeout", "300000", ...files("test/e2e/**/*.test.ts")],
  },
];

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
  const steps = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  if (steps.length === 0) {
    console.error(`There is no such step. The steps are: ${STEPS.map(({ name }) => name).join(", ")}.`);
    return 2;
  }
  const results = await Promise.all([
    runLane(steps.filter(({ lane }) => lane === "contracts")),
    runLane(steps.filter(({ lane }) => lane === "gateway")),
  ]);
  const all = results.flat();
  const sum = (part: "passed" | "failed"): number => all.reduce((total, result) => total + result[part], 0);
  console.log(`\n${all.map(({ line }) => line).join("\n")}\n`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") === 0 ? 0 : 1;
}

/** The output of a step comes in one piece when it ends: two lanes at once could not be read otherwise. */
async function runLane(steps: readonly TestStep[]): Promise<(Count & { line: string })[]> {
  const results = [];
  for (const step of steps) {
    console.log(`... ${step.name}: ${step.rule}`);
    const { ok, output, seconds } = await runStep(step, false);
    const count = countOf(output, ok);
    console.log(`\n=== ${step.name}\n${output.trimEnd()}\n`);
    const counts = `${String(count.passed).padStart(5)} passed ${String(count.failed).padStart(3)} failed`;
    const line = `${ok ? "ok  " : "FAIL"} ${step.name.padEnd(11)} ${counts} ${seconds.toFixed(1).padStart(6)} s`;
    results.push({ ...count, line });
  }
  return results;
}

process.exitCode = await test(process.argv.slice(2));
