/** `npm run report`: writes a report bundle of a period, from a chain node alone. `npm run audit -- verify` checks it. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readDeployment } from "../gateway/src/chain/deployment.ts";
import { connectChain } from "../gateway/src/chain/json-rpc.ts";
import { makeBundle } from "../gateway/src/reports/bundle.ts";
import { collect } from "../gateway/src/reports/collect.ts";
import type { Edge } from "../gateway/src/reports/period.ts";
import { resolvePeriod } from "../gateway/src/reports/period.ts";

const HELP = `npm run report -- --out DIR [options]   writes a report bundle of a period

  --from EDGE        first block (a number), or a moment (2027-01-01, or 2027-01-01T00:00:00+08:00); default: the beginning
  --to EDGE          last block, or a moment that is not part of the period any more; default: the newest block
  --out DIR          a directory that is empty or does not exist yet
  --rpc URL          the chain node (LEDGER_RPC_URL, default http://127.0.0.1:8545)
  --data-dir PATH    where deployment.json is (LEDGER_DATA_DIR, default .data)
  --help             this text`;

function edgeOf(name: string, text: string | undefined): Edge | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,9}$/.test(text)) return { block: Number(text) };
  const ms = Date.parse(text);
  if (!/^[0-9]{4}-/.test(text) || Number.isNaN(ms)) throw new Error(`--${name} must be a block number or a date`);
  return { time: Math.floor(ms / 1_000) };
}

async function report(): Promise<void> {
  const text = { type: "string" } as const;
  const options = { from: text, to: text, out: text, rpc: text, "data-dir": text, help: { type: "boolean" } as const };
  const { values } = parseArgs({ options, allowPositionals: false });
  if (values.help === true || values.out === undefined) {
    console.log(HELP);
    if (values.help !== true) process.exitCode = 2;
    return;
  }
  const { LEDGER_RPC_URL, LEDGER_DATA_DIR } = process.env;
  const out = resolve(values.out);
  await mkdir(out, { recursive: true });
  if ((await readdir(out)).length > 0) throw new Error(`${out} is not empty`);
  const deployment = await readDeployment(
    join(resolve(values["data-dir"] ?? (LEDGER_DATA_DIR || ".data")), "deployment.json"),
  );
  const chain = connectChain(values.rpc ?? (LEDGER_RPC_URL || "http://127.0.0.1:8545"));
  try {
    const asked = { from: edgeOf("from", values.from), to: edgeOf("to", values.to) };
    const period = await resolvePeriod(chain, deployment.deployedAtBlock, asked);
    const files = makeBundle(await collect(chain, deployment, period));
    for (const [name, content] of files) await writeFile(join(out, name), content);
    console.log(`${files.size} files for blocks ${period.from} to ${period.to} in ${out}`);
  } finally {
    chain.close();
  }
}

try {
  await report();
} catch (error) {
  console.error(`the report could not be made: ${(error as Error).message}`);
  process.exitCode = 2;
}
