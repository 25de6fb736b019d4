/**
 * `npm run bench:network -- --rpc URL[,URL …]`: how many issues and swaps a second the nodes given confirm, beside the
 * number of nodes and validators and the period of blocks. Nothing counts that is not in a block with its event.
 */
import { Measurement } from "./bench/measure.ts";
import { openMarket } from "./bench/market.ts";
import { BenchNodes } from "./bench/nodes.ts";
import { HELP, readBenchOptions } from "./bench/options.ts";
import type { BenchOptions } from "./bench/options.ts";
import { issuePhase, swapPhase } from "./bench/phases.ts";
import { toBenchJson, toBenchTable } from "./bench/print.ts";
import { Sender } from "./bench/sender.ts";
import { SetupError } from "./tooling/setup-error.ts";

/** Progress goes where it does not mix with `--json`. */
const tell = (line: string): void => console.error(line);

async function bench(options: BenchOptions): Promise<void> {
  const nodes = new BenchNodes(options.urls);
  const facts = await nodes.facts();
  const senders = Array.from({ length: options.keys }, () => new Sender(facts.chainId));
  tell(`bench: chain ${facts.chainId}, ${facts.validators} validators; deploying a ledger of its own`);
  const market = await openMarket(options.urls[0], senders, tell);
  try {
    const outcomes = [];
    for (const phaseOf of [issuePhase, swapPhase]) {
      const phase = await phaseOf(market, senders, options);
      tell(`bench: ${phase.name} by ${senders.length} keys for ${options.seconds} s`);
      outcomes.push(await new Measurement(nodes, phase).run(tell));
    }
    console.log(options.json ? toBenchJson(facts, outcomes) : toBenchTable(facts, outcomes));
  } finally {
    market.ledger.close();
  }
}

let options: BenchOptions | undefined;
try {
  options = readBenchOptions(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
if (options === undefined) {
  if (process.exitCode === undefined) console.log(HELP);
} else {
  try {
    await bench(options);
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}
