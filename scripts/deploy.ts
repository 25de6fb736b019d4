/**
 * Deploys what is not deployed yet and writes `<data dir>/deployment.json`, which the gateway and every tool read.
 * Killed half-way it goes on where it was; on a chain that it does not know it says so and changes nothing.
 *
 * As a command: `LEDGER_RPC_URL=… [LEDGER_DATA_DIR=.data] [LEDGER_PLATFORM_KEY=0x…] [LEDGER_DEPLOY_PARAMETERS=file.json]
 * node scripts/deploy.ts`. The key deploys and has no power afterwards; the file names the founding member and the rules.
 */
import type { DeploymentResult, EIP1193Provider, ExecutionEventListener } from "@nomicfoundation/ignition-core";

import { deploy as deployModule, DeploymentResultType } from "@nomicfoundation/ignition-core";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import Ledger from "../ignition/modules/Ledger.ts";
import { createArtifactResolver } from "./deployment/artifacts.ts";
import { createChainProvider } from "./deployment/chain-provider.ts";
import { journalDirOf, readChainMark, repairJournal, writeChainMark, writeWhole } from "./deployment/journal.ts";
import type { ChainMark } from "./deployment/journal.ts";
import { readParameters } from "./deployment/parameters.ts";
import type { Parameters } from "./deployment/parameters.ts";
import { SetupError } from "./tooling/setup-error.ts";

export interface DeployOptions {
  readonly rpcUrl: string;
  /** Holds Ignition's journal (`ignition/`) and the result (`deployment.json`). */
  readonly dataDir: string;
  /** The deployer's key, which has no power afterwards; without it the node signs for its first account. */
  readonly privateKey?: string | undefined;
  /** Parameters of the module Ledger that differ from its defaults. */
  readonly parameters?: Parameters;
  /** Takes one line of progress. */
  readonly log?: (line: string) => void;
}

export interface Deployment {
  readonly chainId: number;
  readonly genesisHash: string;
  readonly deployedAtBlock: number;
  readonly contracts: Readonly<Record<string, string>>;
}

/** Blocks of the local chain come about 100 ms after a transaction; a consortium's every 2 s or so. */
const BLOCK_POLLING_MS = 100;

export async function deploy(options: DeployOptions): Promise<Deployment> {
  const { rpcUrl, dataDir, log = () => undefined } = options;
  const provider = createChainProvider(rpcUrl, options.privateKey);
  const chain = await fetchChain(provider, rpcUrl);
  const mark = await readChainMark(dataDir);
  if (mark !== undefined) assertSameChain(mark, chain, dataDir);

  const done = await readDone(dataDir, provider, chain);
  if (done !== undefined) {
    log(`contracts: all deployed before, since block ${done.deployedAtBlock}`);
    return done;
  }
  if (mark === undefined) await writeChainMark(dataDir, { ...chain, startBlock: chain.startBlock });

  const [sender] = (await provider.request({ method: "eth_accounts", params: [] })) as string[];
  if (sender === undefined) {
    throw new SetupError(`The node at ${rpcUrl} signs for nobody: give the platform's key in LEDGER_PLATFORM_KEY.`);
  }
  log(`contracts: ${mark === undefined ? "deploying" : "going on deploying"} to chain ${chain.chainId} as ${sender}`);
  await repairJournal(dataDir, provider, sender);
  const result = await deployModule({
    ignitionModule: Ledger,
    provider,
    artifactResolver: createArtifactResolver(join(import.meta.dirname, "..", "artifacts")),
    deploymentDir: journalDirOf(dataDir),
    deploymentParameters: { Ledger: { ...options.parameters } },
    accounts: [sender],
    defaultSender: sender,
    config: { requiredConfirmations: 1, blockPollingInterval: BLOCK_POLLING_MS, disableFeeBumping: true },
    executionEventListener: createProgress(log),
  });
  const deployment = {
    chainId: chain.chainId,
    genesisHash: chain.genesisHash,
    deployedAtBlock: mark?.startBlock ?? chain.startBlock,
    contracts: toAddresses(result, dataDir),
  };
  await mkdir(dataDir, { recursive: true });
  await writeWhole(join(dataDir, "deployment.json"), JSON.stringify(deployment, null, 2) + "\n");
  log(`contracts: deployed, addresses in ${join(dataDir, "deployment.json")}`);
  return deployment;
}

async function fetchChain(provider: EIP1193Provider, rpcUrl: string): Promise<ChainMark> {
  try {
    const chainId = Number(await provider.request({ method: "eth_chainId", params: [] }));
    const genesis = (await provider.request({ method: "eth_getBlockByNumber", params: ["0x0", false] })) as {
      hash: string;
    };
    const latest = Number(await provider.request({ method: "eth_blockNumber", params: [] }));
    return { chainId, genesisHash: genesis.hash, startBlock: latest + 1 };
  } catch (cause) {
    throw new SetupError(`No chain answers at ${rpcUrl}: start it, or correct LEDGER_RPC_URL.`, { cause });
  }
}

function assertSameChain(mark: ChainMark, chain: ChainMark, dataDir: string): void {
  if (mark.chainId === chain.chainId && mark.genesisHash === chain.genesisHash) return;
  throw new SetupError(
    `The deployment in ${dataDir} belongs to another chain (id ${mark.chainId}, genesis ${mark.genesisHash}; this is ` +
      `id ${chain.chainId}, genesis ${chain.genesisHash}): start that chain, or begin anew with \`npm start -- --fresh\`.`,
  );
}

/** The result of an earlier run, if the chain still knows its contracts. */
async function readDone(dataDir: string, provider: EIP1193Provider, chain: ChainMark): Promise<Deployment | undefined> {
  const path = join(dataDir, "deployment.json");
  if (!existsSync(path)) return undefined;
  const deployment = JSON.parse(await readFile(path, "utf8")) as Deployment;
  assertSameChain({ ...deployment, startBlock: 0 }, chain, dataDir);
  const missing = Object.keys(Ledger.results).find((name) => !(name in deployment.contracts));
  if (missing !== undefined) {
    throw new SetupError(
      `The contracts in ${dataDir} are those of an earlier version, which had no ${missing}: begin anew with ` +
        "`npm start -- --fresh`.",
    );
  }
  for (const [name, address] of Object.entries(deployment.contracts)) {
    const code: unknown = await provider.request({ method: "eth_getCode", params: [address, "latest"] });
    if (code === "0x") {
      throw new SetupError(
        `The chain has lost ${name} at ${address}, which ${path} names: restore the chain's state, or begin anew with ` +
          "`npm start -- --fresh`.",
      );
    }
  }
  return deployment;
}

function toAddresses(result: DeploymentResult, dataDir: string): Record<string, string> {
  if (result.type !== DeploymentResultType.SUCCESSFUL_DEPLOYMENT) {
    const { type, ...details } = result;
    throw new SetupError(
      `The deployment stopped (${type}: ${JSON.stringify(details)}): mend the cause and run it again; it goes on from ` +
        `its journal in ${journalDirOf(dataDir)}.`,
    );
  }
  const entries = Object.entries(Ledger.results).map(([name, future]) => {
    const address = result.contracts[future.id]?.address;
    if (address === undefined) throw new SetupError(`The deployment left no address of ${name} in ${dataDir}.`);
    return [name, address] as const;
  });
  return Object.fromEntries(entries);
}

/** Ignition tells of 29 kinds of event; two of them are progress. */
function createProgress(log: (line: string) => void): ExecutionEventListener {
  const tell = (what: string) => {
    log(`contracts: ${what}`);
    return Promise.resolve();
  };
  const told: Partial<ExecutionEventListener> = {
    deploymentExecutionStateComplete: ({ futureId }) => tell(`${futureId} deployed`),
    callExecutionStateComplete: ({ futureId }) => tell(`${futureId} set`),
  };
  const ignore = () => Promise.resolve();
  return new Proxy(told, {
    get: (target, name) => (Reflect.get(target, name) as unknown) ?? ignore,
  }) as ExecutionEventListener;
}

if (process.argv[1] === import.meta.filename) {
  try {
    const path = process.env["LEDGER_DEPLOY_PARAMETERS"];
    await deploy({
      ...(path === undefined ? {} : { parameters: await readParameters(path) }),
      rpcUrl: process.env["LEDGER_RPC_URL"] ?? "http://127.0.0.1:8545",
      dataDir: process.env["LEDGER_DATA_DIR"] ?? ".data",
      privateKey: process.env["LEDGER_PLATFORM_KEY"],
      log: (line) => console.log(line),
    });
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}
