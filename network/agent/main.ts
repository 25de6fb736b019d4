/** The agent's process: flags and files in, signals in, exit code out. Everything else is agent.ts. */
import { readFileSync, statSync } from "node:fs";
import { parseDeployment } from "../../gateway/src/chain/deployment.ts";
import { connectChain } from "../../gateway/src/chain/json-rpc.ts";
import { openLocalKey } from "../../gateway/src/chain/local-key.ts";
import type { LocalKey } from "../../gateway/src/chain/local-key.ts";
import { wallClock } from "../../gateway/src/kernel/clock.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import type { Log } from "../../gateway/src/kernel/log.ts";
import { createPinoLog, cutSecrets } from "../../gateway/src/kernel/pino-log.ts";
import { connectBesu } from "../besu/besu-node.ts";
import { forgetStaticNodes } from "../besu/static-nodes.ts";
import { readAcceptedNodes } from "../plan/accepted-node.ts";
import { networkFolder } from "../plan/folder.ts";
import { readNetworkFile } from "../plan/network-file.ts";
import { Agent } from "./agent.ts";
import { AgentStop } from "./agent-stop.ts";
import { Follower } from "./follow/follower.ts";
import type { AgreedNetwork } from "./follow/follower.ts";
import { Following } from "./following.ts";
import { serveHealth } from "./health.ts";
import { HELP, readOptions } from "./options.ts";
import type { AgentOptions } from "./options.ts";
import type { RewardContracts } from "./rewards-view.ts";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === "help") {
    process.stdout.write(HELP);
    return;
  }
  const log = createPinoLog({ level: options.logLevel });
  const key = readKey(options.keyFile, log);
  // Each address three times: a request that fails is asked again at once, and only a node that is away ends a round.
  const tries = [...options.rpcUrls, ...options.rpcUrls, ...options.rpcUrls];
  const chain = connectChain(tries, { timeoutMs: options.timeoutMs });
  const { contracts, chainId, nodeDirectory } = readContracts(options.contracts);
  const { stateDir, attestEvery, claims, pollMs } = options;
  const follow = followingOf(options, { contracts, nodeDirectory }, { self: key.address, log });
  const agent = new Agent({
    ...{ chain, contracts, chainId, key, stateDir, attestEvery, claims, pollMs },
    ...{ clock: wallClock, log, ...follow },
  });
  const server = await serveHealth(options.healthPort, () => agent.health());
  // Not a log line: whoever started this process waits for it.
  process.stdout.write(`${JSON.stringify({ ready: server.url, node: key.address })}\n`);
  try {
    await agent.run(signalOf(log));
  } finally {
    await server.close();
    chain.close();
  }
}

function readKey(path: string, log: Log): LocalKey {
  const content = readText(path, "key file");
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
    log.warn(
      { path },
      "others on this computer may read the key file: chmod 600. 密钥文件可被他人读取，请执行 chmod 600",
    );
  try {
    return openLocalKey(content);
  } catch (error) {
    throw new AgentStop("options", `The key file ${path}: ${(error as Error).message}.`);
  }
}

interface Contracts {
  readonly contracts: RewardContracts;
  readonly chainId: number | undefined;
  readonly nodeDirectory: Address | undefined;
}

function readContracts(from: AgentOptions["contracts"]): Contracts {
  if (!("file" in from)) return { contracts: from, chainId: undefined, nodeDirectory: undefined };
  try {
    const { chainId, contracts } = parseDeployment(readText(from.file, "deployment file"));
    return { contracts, chainId, nodeDirectory: contracts.nodeDirectory };
  } catch (error) {
    if (error instanceof AgentStop) throw error;
    throw new AgentStop("options", `The deployment file ${from.file} is none: ${(error as Error).message}`);
  }
}

/** Nothing without `--network-dir`: a local chain has neither lists nor votes. */
function followingOf(
  { follow, timeoutMs, pollMs }: AgentOptions,
  { contracts, nodeDirectory }: Pick<Contracts, "contracts" | "nodeDirectory">,
  of: { readonly self: Address; readonly log: Log },
): { following?: Following } {
  if (follow === undefined) return {};
  if (nodeDirectory === undefined)
    throw new AgentStop("options", "--network-dir needs --deployment: the file names every contract that is followed.");
  const folder = networkFolder(follow.networkDir);
  const agreed = (): AgreedNetwork => {
    const { chain, nodes } = readNetworkFile(folder);
    return { epochLength: chain.epochLength, nodes: [...nodes, ...readAcceptedNodes(folder)] };
  };
  try {
    agreed();
  } catch (error) {
    throw new AgentStop("options", (error as Error).message);
  }
  const follower = new Follower({
    besu: connectBesu(follow.nodeRpc, { timeoutMs }),
    chain: connectChain(follow.nodeRpc, { timeoutMs }),
    contracts: { alliance: contracts.alliance, nodeDirectory },
    forget: (gone) => forgetStaticNodes(folder.staticNodes, gone),
    ...{ agreed, settleBlocks: follow.settleBlocks, pollMs, clock: wallClock, ...of },
  });
  return { following: new Following(follower, nodeDirectory) };
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code = "" } = error as { code?: string };
    throw new AgentStop("options", `The ${what} ${path} can not be read (${code}).`);
  }
}

/** The first signal ends the round that runs; a second one means it. What is in flight is written down. */
function signalOf(log: Log): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(1);
      log.info({ signal: name }, "stopping");
      controller.abort();
    });
  return controller.signal;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const isForeseen = error instanceof AgentStop;
    const words = isForeseen ? error.message : ((error as { stack?: string }).stack ?? String(error));
    process.stderr.write(`${cutSecrets(words)}\n`);
    process.exit(isForeseen ? error.exitCode : 1);
  },
);
