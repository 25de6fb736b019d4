/**
 * `npm run lottery -- verify <id>`: a draw recomputed from the chain's logs: who committed when, the tickets and the holds
 * that paid for them, secrets, entropy, seed, winning numbers, their owners, and where every prize and ticket went. Exits
 * non-zero at the first difference.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readDeployment } from "../gateway/src/chain/deployment.ts";
import { connectChain } from "../gateway/src/chain/json-rpc.ts";
import { LedgerError } from "../gateway/src/kernel/errors.ts";
import { Difference } from "./audit/check.ts";
import type { Draw } from "./lottery/draw.ts";
import { ownerOf, prizesOf, readDraw, stateOf } from "./lottery/draw.ts";
import { recompute } from "./lottery/recompute.ts";
import { readRecord } from "./lottery/record.ts";

const HELP = `npm run lottery -- verify ID [options]   recomputes a draw from the chain's logs and compares
npm run lottery -- list [options]        the draws there are

  --rpc URL          the chain node (LEDGER_RPC_URL, default http://127.0.0.1:8545): your own node is best
  --data-dir PATH    where deployment.json is (LEDGER_DATA_DIR, default .data)
  --help             this text

Exits 0 when everything agrees, 1 at the first difference, 2 when it could not be done.`;

interface Options {
  readonly rpc: string;
  readonly dataDir: string;
  /** Undefined = list. */
  readonly drawId: bigint | undefined;
}

function readOptions(): Options | undefined {
  const text = { type: "string" } as const;
  const options = { rpc: text, "data-dir": text, help: { type: "boolean" } as const };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help === true) return undefined;
  const [word, id, ...rest] = positionals;
  const isVerify = word === "verify" && id !== undefined && /^[1-9][0-9]{0,17}$/.test(id);
  if ((!isVerify && (word !== "list" || id !== undefined)) || rest.length > 0)
    throw new Error("say `verify` and the number of a draw, or `list`; --help tells more");
  const { LEDGER_RPC_URL, LEDGER_DATA_DIR } = process.env as Record<string, string>;
  return {
    rpc: values.rpc ?? (LEDGER_RPC_URL || "http://127.0.0.1:8545"),
    dataDir: resolve(values["data-dir"] ?? (LEDGER_DATA_DIR || ".data")),
    drawId: isVerify ? BigInt(id) : undefined,
  };
}

async function run({ rpc, dataDir, drawId }: Options): Promise<void> {
  const deployment = await readDeployment(join(dataDir, "deployment.json"));
  const chain = connectChain(rpc);
  try {
    const genesis = await chain.block(0);
    if (genesis?.hash !== deployment.genesisHash)
      throw new LedgerError("chain_mismatch", { stored: deployment.genesisHash, found: genesis?.hash ?? "nothing" });
    if (drawId === undefined) {
      const record = await readRecord(chain, deployment, await chain.headNumber());
      for (const id of record.draws.keys()) console.log(summaryOf(readDraw(record, id)).join("\n  "));
      return;
    }
    const { draw, checks, events, block } = await recompute(chain, deployment, drawId);
    console.log(summaryOf(draw).join("\n  "));
    console.log(`\nequal at block ${block}:\n${checks.table().join("\n")}`);
    console.log(`\n${checks.total} facts of draw ${drawId} agree: ${events} events read.`);
  } finally {
    chain.close();
  }
}

/** What a reader wants to know first. */
function summaryOf(draw: Draw): string[] {
  const { drawId, terms, tickets, closings, witnessed, drawn } = draw;
  const sold = tickets.reduce((sum, { count }) => sum + count, 0n);
  const lines = [
    `draw ${drawId} of ${terms.token}: ${stateOf(draw)}`,
    `merchant ${draw.announced.merchant}, witness ${witnessed?.witness ?? "none yet"}`,
    `${sold} of ${terms.ticketsMax} numbers sold in ${tickets.length} purchases, ${prizesOf(draw)} prizes`,
  ];
  if (closings.length > 1) lines.push(`closed ${closings.length} times: the hash of the entropy block had been lost`);
  for (const [index, number] of (drawn?.numbers ?? []).entries())
    lines.push(`prize ${index}: number ${number}, ${ownerOf(draw, number) ?? "not sold"}`);
  return lines;
}

try {
  const options = readOptions();
  if (options === undefined) console.log(HELP);
  else await run(options);
} catch (error) {
  const isDifference = error instanceof Difference;
  console.error(`\n${isDifference ? "DIFFERENCE" : "the draw could not be verified"}: ${(error as Error).message}`);
  process.exitCode = isDifference ? 1 : 2;
}
