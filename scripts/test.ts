/**
 * `npm test [-- step …]`: every test there is, step by step, and the sum of what passed and failed as the last line.
 * A step that fails does not keep the others from running: one run tells everything that is wrong.
 */
import { globSync } from "node:fs";
import { PROJECT_ROOT, runStep, type Step } from "./tooling/run-step.ts";

const files = (...patterns: string[]): string[] => globSync(patterns, { cwd: PROJECT_ROOT }).sort();

const HARDHAT_TESTS = files("test/{alliance,exchange,gas,invariants,journeys,points,scripts}/**/*.test.ts");

const STEPS: readonly Step[] = [
  {
    name: "contracts",
    rule: "every function, refusal and event of the contracts; their invariants in random walks; the deployment",
    command: ["hardhat", "test", "mocha", ...HARDHAT_TESTS],
  },
  {
    name: "invariants",
    rule: "100,000 random calls on the real contracts: every lot, sum and law holds after each",
    command: ["hardhat", "test", "solidity"],
  },
  {
    name: "errors",
    rule: "every custom error is raised by the code and expected by a test",
    command: ["node", "scripts/check-errors.ts"],
  },
  {
    name: "gas",
    rule: "the hot paths stay within the design's bars, measured beside their peers in the same run",
    command: ["node", "scripts/bench-gas.ts"],
  },
  {
    name: "gateway",
    rule: "the gateway's rooms, on a real chain and on both databases",
    command: ["mocha", "--exit", "--timeout", "120000", ...files("gateway/test/**/*.test.ts")],
  },
  {
    name: "end to end",
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
  const summary: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const step of steps) {
    console.log(`\n=== ${step.name}: ${step.rule}`);
    const { ok, output, seconds } = await runStep(step, true);
    const count = countOf(output, ok);
    passed += count.passed;
    failed += count.failed;
    const counts = `${String(count.passed).padStart(5)} passed ${String(count.failed).padStart(3)} failed`;
    summary.push(`${ok ? "ok  " : "FAIL"} ${step.name.padEnd(11)} ${counts} ${seconds.toFixed(1).padStart(6)} s`);
  }
  console.log(`\n${summary.join("\n")}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await test(process.argv.slice(2));
