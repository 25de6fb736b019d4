/**
 * `npm run audit`: replays every log of the chain in a model of its own and compares each balance, lot, supply, reserve
 * and redemption with the contracts and with the gateway's API, at one block. Exits non-zero at the first difference.
 * `npm run audit -- verify <bundle>` does the same with a report bundle.
 */
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { readDeployment } from "../gateway/src/chain/deployment.ts";
import { connectChain } from "../gateway/src/chain/json-rpc.ts";
import { LedgerError } from "../gateway/src/kernel/errors.ts";
import { BundleDiffers, BundleRefused } from "../gateway/src/reports/verify.ts";
import { Checks, Difference } from "./audit/check.ts";
import { askApi, compareApi, Moved } from "./audit/compare-api.ts";
import { compareContracts } from "./audit/compare-contracts.ts";
import { verify } from "./audit/verify.ts";
import { Replay } from "../gateway/src/reports/replay.ts";

const HELP = `npm run audit [-- options]   recomputes the ledger from the chain and compares
npm run audit -- verify BUNDLE [--rpc URL] [--data-dir PATH]
                     recomputes every number of a report bundle (a directory) from the chain alone

  --rpc URL          the chain node (LEDGER_RPC_URL, default http://127.0.0.1:8545): an observer's own node is best
  --api URL          the gateway (LEDGER_API_URL, default http://127.0.0.1:8080); --api none leaves it out
  --key KEY          API key, where reads ask for one (LEDGER_API_KEY)
  --data-dir PATH    where deployment.json is (LEDGER_DATA_DIR, default .data)
  --block N          audit at block N instead of the newest; the API, which speaks of its newest block, is left out
  --help             this text

Exits 0 when everything agrees, 1 at the first difference or when a bundle is refused, 2 when it could not be done.`;

/** How often the API may move on to another block while it is being compared. */
const TRIES_MAX = 20;

interface Options {
  readonly rpc: string;
  readonly api: string | undefined;
  readonly key: string | undefined;
  readonly dataDir: string;
  readonly block: number | undefined;
  /** Directory of the bundle to verify. */
  readonly bundle: string | undefined;
}

function readOptions(): Options | undefined {
  const text = { type: "string" } as const;
  const options = {
    rpc: text,
    api: text,
    key: text,
    "data-dir": text,
    block: text,
    help: { type: "boolean" } as const,
  };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help === true) return undefined;
  const { LEDGER_RPC_URL, LEDGER_API_URL, LEDGER_API_KEY, LEDGER_DATA_DIR } = process.env as Record<string, string>;
  if (values.block !== undefined && !/^[0-9]{1,9}$/.test(values.block))
    throw new Error("--block must be a block number");
  const [word, bundle, ...rest] = positionals;
  if (word !== undefined && (word !== "verify" || bundle === undefined || rest.length > 0))
    throw new Error("the only command is verify, followed by the directory of a bundle");
  const api = values.api ?? (LEDGER_API_URL || "http://127.0.0.1:8080");
  return {
    rpc: values.rpc ?? (LEDGER_RPC_URL || "http://127.0.0.1:8545"),
    api: api === "none" || values.block !== undefined ? undefined : api.replace(/\/$/, ""),
    key: values.key ?? (LEDGER_API_KEY || undefined),
    dataDir: resolve(values["data-dir"] ?? (LEDGER_DATA_DIR || ".data")),
    block: values.block === undefined ? undefined : Number(values.block),
    bundle,
  };
}

async function audit(options: Options): Promise<void> {
  const startedAt = performance.now();
  const deployment = await readDeployment(join(options.dataDir, "deployment.json"));
  const chain = connectChain(options.rpc);
  try {
    const genesis = await chain.block(0);
    if (genesis?.hash !== deployment.genesisHash)
      throw new LedgerError("chain_mismatch", { stored: deployment.genesisHash, found: genesis?.hash ?? "nothing" });
    const replay = new Replay(chain, deployment);
    const checks = new Checks();
    const side = { chain, deployment, checks };
    for (let tries = 1; ; tries += 1) {
      const block = options.block ?? (await newestOf(options)) ?? (await chain.headNumber());
      await replay.playTo(block, (at) => {
        console.log(`replayed to block ${at} of ${block}: ${replay.events} events`);
      });
      try {
        if (options.api !== undefined)
          await compareApi(replay.model, { api: options.api, key: options.key, block, checks });
        await compareContracts(replay.model, { ...side, block });
        break;
      } catch (error) {
        if (!(error instanceof Moved) || tries === TRIES_MAX) throw error;
        checks.forget("");
        console.log(`the chain went on meanwhile (${error.message}): comparing again`);
        await sleep(50);
      }
    }
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const where = options.api === undefined ? "the contracts" : "the contracts and the API";
    console.log(`\nequal at block ${replay.block}:\n${checks.table().join("\n")}`);
    console.log(`\n${checks.total} numbers agree with ${where}: ${replay.events} events replayed, ${seconds} s.`);
  } finally {
    chain.close();
  }
}

/** The block that the API stands at. */
async function newestOf({ api, key }: Options): Promise<number | undefined> {
  if (api === undefined) return undefined;
  return (await askApi<{ block: { number: number } }>({ api, key }, "/v1/status")).block.number;
}

try {
  const options = readOptions();
  if (options === undefined) console.log(HELP);
  else if (options.bundle === undefined) await audit(options);
  else await verify({ ...options, bundle: options.bundle });
} catch (error) {
  const isDifference = error instanceof Difference || error instanceof BundleDiffers;
  const isRefused = error instanceof BundleRefused;
  const what = isDifference ? "DIFFERENCE" : isRefused ? "REFUSED" : "the audit could not be done";
  console.error(`\n${what}: ${(error as Error).message}`);
  process.exitCode = isDifference || isRefused ? 1 : 2;
}
