/** One stand-in for a Besu node: files in, a chain with its peers, JSON-RPC out. */
import { existsSync, readFileSync } from "node:fs";
import { BlockStore } from "./chain/block-store.ts";
import { Chain } from "./chain/chain.ts";
import { startEvm } from "./chain/evm.ts";
import type { Evm } from "./chain/evm.ts";
import { readGenesis } from "./chain/genesis-file.ts";
import { Pool } from "./chain/pool.ts";
import { VoteProposals } from "./chain/vote-tally.ts";
import { openAllowFile } from "./cli/allow-file.ts";
import { enodeText, readEnode, readIdentity } from "./cli/identity.ts";
import type { Enode } from "./cli/identity.ts";
import { OptionError } from "./cli/read-options.ts";
import type { Settings } from "./cli/settings.ts";
import { isPortFree } from "../../../scripts/chain/ports.ts";
import { Consensus } from "./consensus/consensus.ts";
import { watchFaults } from "./faults.ts";
import type { FaultSwitches } from "./faults.ts";
import type { Log } from "./log.ts";
import { nodeBackend } from "./node-backend.ts";
import { nodeSamples } from "./node-metrics.ts";
import { Peers } from "./p2p/peers.ts";
import { Sync } from "./p2p/sync.ts";
import { dispatcher } from "./rpc/dispatch.ts";
import { startMetrics } from "./rpc/metrics.ts";
import { isAllowedNode } from "./rpc/node-list.ts";
import { startHttp, startWebSocket } from "./rpc/server.ts";

export interface RunningNode {
  /** Resolves with the reason when it can not go on: the EVM is gone, or the disk is full. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

export async function startNode(settings: Settings, log: Log, faultsText: string | undefined): Promise<RunningNode> {
  const genesis = readGenesis(settings.genesisFile);
  const identity = readIdentity(settings.keyFile);
  const fixed = fixedNodes(settings);
  const faults = watchFaults(settings.dataPath, faultsText);
  const store = new BlockStore(settings.dataPath, genesis.hash, () => faults.current.diskFull);
  const self: Enode = { nodeId: identity.nodeId, host: settings.p2p.host, port: settings.p2p.port };
  log.info("Besu", `Node address ${identity.address}`);
  log.info("DefaultP2PNetwork", `Enode URL ${enodeText(self)}`);
  const { chainId, gasLimit } = genesis;
  await refuseTakenPorts(settings);
  const evm = await startEvm({ genesisFile: settings.genesisFile, chainId, gasLimit });
  try {
    const full = new Promise<string>((resolve) => (store.onFull = () => resolve("a full disk")));
    const stop = await compose({ settings, log, genesis, identity, fixed, faults, store, self, evm });
    return { broken: Promise.race([full, evm.ended.then(() => "the end of its EVM")]), stop };
  } catch (error) {
    await evm.stop();
    store.close();
    throw error;
  }
}

/** Before anything is started, as Besu does, and in its words. */
async function refuseTakenPorts({ p2p, http, ws, metrics }: Settings): Promise<void> {
  const ports = [p2p.port, ...[http, ws, metrics].flatMap(({ isEnabled, port }) => (isEnabled ? [port] : []))];
  const free = await Promise.all(ports.map((port) => isPortFree(port)));
  const taken = ports.filter((_port, at) => free[at] === false);
  if (taken.length > 0)
    throw new Error(`Port(s) '[${taken.join(", ")}]' already in use. Check for other processes using the port(s).`);
}

interface Parts {
  readonly settings: Settings;
  readonly log: Log;
  readonly genesis: ReturnType<typeof readGenesis>;
  readonly identity: ReturnType<typeof readIdentity>;
  readonly fixed: readonly Enode[];
  readonly faults: FaultSwitches;
  readonly store: BlockStore;
  readonly self: Enode;
  readonly evm: Evm;
}

async function compose(parts: Parts): Promise<() => Promise<void>> {
  const { settings, log, genesis, identity, fixed, faults, store, self, evm } = parts;
  const nowMs = (): number => Date.now() + faults.current.clockOffsetSeconds * 1_000;
  const changed = (): void => peers.recheck();
  const nodes =
    settings.nodesAllowFile === undefined
      ? undefined
      : openAllowFile(settings.nodesAllowFile, "nodes-allowlist", changed);
  const accounts =
    settings.accountsAllowFile === undefined
      ? undefined
      : openAllowFile(settings.accountsAllowFile, "accounts-allowlist", () => undefined);
  for (const enode of fixed)
    if (!isAllowedNode(nodes?.all(), enodeText(enode)))
      throw new OptionError(`Specified node(s) not in nodes-allowlist [${enodeText(enode)}]`);
  const chain = new Chain(genesis, evm.client, store, nowMs);
  await chain.open();
  log.info("BesuController", `Chain head #${chain.head} (${chain.headHash}), genesis ${genesis.hash}`);
  const pool = new Pool(evm.client, {
    chainId: genesis.chainId,
    blockGasLimit: genesis.gasLimit,
    minGasPrice: settings.minGasPrice,
    size: settings.poolSize,
    perSender: settings.poolPerSender,
    isSenderAllowed: (address) => accounts?.all().some((one) => one.toLowerCase() === address) ?? true,
    isDropped: () => faults.current.dropTransactions,
  });
  chain.onBlock(() => void pool.prune());
  const peers = new Peers({
    self,
    identity,
    interface: settings.p2p.interface,
    genesis: genesis.hash,
    chainId: genesis.chainId,
    maxPeers: settings.p2p.maxPeers,
    isAllowed: (enode) => isAllowedNode(nodes?.all(), enodeText(enode)),
    log,
  });
  const votes = new VoteProposals();
  const consensus = new Consensus({
    chain,
    identity,
    votes,
    selectTransactions: () => pool.select(),
    broadcast: (envelope) => sync.say(envelope),
    nowMs,
    log,
  });
  const sync = new Sync({ chain, pool, peers, consensus, log });
  const backend = nodeBackend({ settings, chain, pool, peers, votes, sync, nodes, accounts, fixed, self });
  const server = { hostAllowlist: settings.hostAllowlist, maxBatchSize: settings.maxBatchSize, backend };
  const delayMs = (): number => faults.current.answerDelayMs;
  const closers: (() => Promise<void>)[] = [];
  if (settings.http.isEnabled) {
    const http = { ...server, ...settings.http, delayMs, dispatch: dispatcher(backend, settings.http.groups) };
    closers.push((await startHttp(http)).close);
    log.info(
      "JsonRpcHttpService",
      `JSON-RPC service started and listening on ${settings.http.host}:${settings.http.port}`,
    );
  }
  if (settings.ws.isEnabled) {
    const ws = { ...server, ...settings.ws, delayMs, dispatch: dispatcher(backend, settings.ws.groups) };
    closers.push((await startWebSocket(ws)).close);
  }
  if (settings.metrics.isEnabled)
    closers.push(
      (await startMetrics(settings.metrics, () => nodeSamples({ chain, pool, peers, sync, consensus }))).close,
    );
  await peers.listen();
  for (const enode of fixed) peers.maintain(enode);
  consensus.start();
  log.info("Runner", "Ethereum main loop is up.");
  return async () => {
    faults.close();
    consensus.stop();
    sync.stop();
    await Promise.all([peers.close(), ...closers.map((close) => close())]);
    await evm.stop();
    store.close();
  };
}

function fixedNodes({ staticNodesFile, bootnodes }: Settings): Enode[] {
  const listed = existsSync(staticNodesFile) ? (JSON.parse(readFileSync(staticNodesFile, "utf8")) as string[]) : [];
  return [...listed, ...bootnodes].map((text) => {
    const enode = readEnode(text);
    if (enode === undefined) throw new OptionError(`Failed to parse static nodes: invalid enode ${text}`);
    return enode;
  });
}
