/** The ledger's contracts on a network's chain: the same Ignition module as everywhere, sent by a key without power. */
import { existsSync } from "node:fs";
import { makeNodeKey } from "../besu/enode.ts";
import { readKeyFile, writeKeyFile } from "../files/key-file.ts";
import { startAgents } from "../nodes/bring-up.ts";
import { rpcUrlOf } from "../nodes/running-node.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodesHere } from "../plan/network-file.ts";
import type { NetworkFile } from "../plan/plan.ts";
import { deploy } from "../../scripts/deploy.ts";
import { readParameters } from "../../scripts/deployment/parameters.ts";
import type { Parameters } from "../../scripts/deployment/parameters.ts";
import { SetupError } from "../../scripts/tooling/setup-error.ts";
import { wallClock } from "../../gateway/src/kernel/clock.ts";
import { candidateOf } from "./admit.ts";
import { openChain, representativesHere } from "./ledger.ts";
import { waitFor } from "./patience.ts";

export interface DeployLedger {
  readonly folder: NetworkFolder;
  readonly network: NetworkFile;
  /** Instead of the nodes of this folder. */
  readonly rpc?: string | undefined;
  /** JSON of the module's parameters: delays, epochs and so on. */
  readonly parameters?: string | undefined;
  readonly say: (line: string) => void;
}

/** Fifteen blocks of two seconds, with a round or two that fails. */
const BLOCKS_WITHIN_SECONDS = 60;

/** Can be run again at any time: what is deployed stays, what was cut short goes on from Ignition's journal. */
export async function deployLedger({ folder, network, rpc, parameters, say }: DeployLedger): Promise<void> {
  const rpcUrl = await answeringUrl(folder, network, rpc);
  await seeBlocks(folder, network, rpcUrl, say);
  const deployer = existsSync(folder.deployerKey) ? readKeyFile(folder.deployerKey) : makeNodeKey();
  writeKeyFile(folder.deployerKey, deployer);
  const given = parameters === undefined ? {} : await readGiven(parameters);
  const rules = { ...founderOf(folder, network), ...given };
  try {
    await deploy({ rpcUrl, dataDir: folder.root, privateKey: deployer.privateKey, parameters: rules, log: say });
  } catch (cause) {
    throw stopped(cause);
  }
  // A node of somebody else's: nothing of ours runs beside it.
  if (rpc === undefined) await startAgents(folder, nodesHere(folder, network), say);
}

/** Ignition gives up when its node is away for a moment; its journal knows what was sent. */
function stopped(cause: unknown): unknown {
  if (cause instanceof SetupError) return cause;
  const words = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
  return new NetworkError(
    "network",
    `The deployment stopped (${words ?? ""}). Look with status whether the chain moves, then run deploy again: it goes on from where it was.`,
    { cause },
  );
}

/** The network's first organisation; the others come by the council's decision. */
function founderOf(folder: NetworkFolder, network: NetworkFile): Parameters {
  const [founder] = network.organisations;
  const [representative] = representativesHere(folder, network, founder?.slug);
  if (founder === undefined || representative === undefined)
    throw new NetworkError(
      "input",
      `The first organisation of the network (${String(founder?.slug)}) deploys, since it is the founding member: its representative's key is not in ${folder.root}. Run deploy there, and copy deployment.json to the others.`,
    );
  const { name, profileUri, profileHash, node } = candidateOf(network, representative);
  return {
    founderName: name,
    founderProfileUri: profileUri,
    founderProfileHash: profileHash,
    founderRepresentative: representative.key.address,
    founderNode: node,
  };
}

async function readGiven(path: string): Promise<Parameters> {
  if (!existsSync(path)) throw new NetworkError("input", `--parameters: there is no file ${path}.`);
  return readParameters(path);
}

/** Ignition talks to one node. */
async function answeringUrl(folder: NetworkFolder, network: NetworkFile, rpc?: string): Promise<string> {
  const urls = rpc === undefined ? nodesHere(folder, network).map(rpcUrlOf) : rpc.split(",");
  for (const url of urls) {
    const chain = await openChain(folder, network, url).catch((error: unknown) => {
      if (error instanceof NetworkError && error.code === "network") return undefined;
      throw error;
    });
    if (chain !== undefined) return url;
  }
  throw new NetworkError("network", `No node answers at ${urls.join(", ") || folder.root}: run up first.`);
}

async function seeBlocks(folder: NetworkFolder, network: NetworkFile, rpcUrl: string, say: (line: string) => void) {
  const chain = await openChain(folder, network, rpcUrl);
  const first = await chain.headNumber();
  const waiter = { clock: wallClock, say, patienceSeconds: BLOCKS_WITHIN_SECONDS };
  const awaited = { what: "the chain to make a block", otherwise: "Run doctor: it says why there are none." };
  await waitFor(waiter, awaited, async () => ((await chain.headNumber()) > first ? true : undefined));
}
