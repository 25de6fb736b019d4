/**
 * Besu's JSON-RPC in front of any anvil, inside the test's own process: what only Besu knows is written by the test and
 * can be changed at any time; what the EVM knows comes from the anvil, with Besu's limits, refusals and dress.
 *
 *   const besu = await startStandIn(anvilUrl);
 *   besu.script.sealersOf = (block) => (block < 5 ? [a, b] : [a, b, c]);
 *   besu.faults.lagBlocks = 3;
 */
import { EvmClient } from "./chain/evm.ts";
import { Pool } from "./chain/pool.ts";
import type { AdminBackend, AllowList, Backend, PeerAnswer, PoolBackend } from "./rpc/backend.ts";
import { dispatcher } from "./rpc/dispatch.ts";
import type { Dispatch } from "./rpc/dispatch.ts";
import { startMetrics } from "./rpc/metrics.ts";
import type { Sample } from "./rpc/metrics.ts";
import { RpcRefusal } from "./rpc/rpc-errors.ts";
import type { RpcErrorName } from "./rpc/rpc-errors.ts";
import { startHttp, startWebSocket } from "./rpc/server.ts";
import { CLIENT_NAME } from "./version.ts";

const GROUPS = ["ETH", "NET", "WEB3", "QBFT", "TXPOOL", "ADMIN", "PERM"];
const LOOK_EVERY_MS = 50;

/** What the test says that Besu would know. */
export interface Script {
  clientVersion: string;
  isContractMode: boolean;
  /** Those who may seal that block, lower case. `qbft_getValidators…` answers from it, off by one with a contract. */
  sealersOf: (block: number) => readonly string[];
  proposerOf: (block: number) => string | undefined;
  /** This node's standing votes; `qbft_proposeValidatorVote` writes here. */
  readonly votes: Map<string, boolean>;
  requestTimeoutSeconds: number;
  enode: string;
  peers: readonly PeerAnswer[];
  /** Static nodes and bootnodes. */
  fixedNodes: readonly string[];
  /** Undefined: the node runs without the list. `perm_…` writes here. */
  nodesAllowlist: string[] | undefined;
  accountsAllowlist: string[] | undefined;
  /** Enodes that admin_addPeer was called with. */
  readonly addedPeers: string[];
  syncTarget: number | undefined;
  maxLogsRange: number;
  metrics: readonly Sample[];
}

export interface ScriptedFaults {
  /** The node stands so many blocks behind the anvil: it knows nothing of the later ones. */
  lagBlocks: number;
  /** Sent transactions are answered for and lost. */
  dropTransactions: boolean;
  answerDelayMs: number;
  /** Asked for each request: an error to answer instead; undefined lets it pass. */
  refuse: (method: string, params: readonly unknown[]) => RpcErrorName | undefined;
}

export interface StandIn {
  readonly url: string;
  readonly wsUrl: string;
  readonly metricsUrl: string;
  readonly script: Script;
  readonly faults: ScriptedFaults;
  /** Every request so far. */
  readonly asked: { readonly method: string; readonly params: readonly unknown[] }[];
  /** Cuts every open WebSocket, as a node that restarts does. */
  dropSockets(): void;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly groups?: readonly string[];
  /** Zero, as free gas wants it. */
  readonly minGasPrice?: bigint;
  readonly poolPerSender?: number;
  readonly maxBatchSize?: number;
  readonly script?: Partial<Script>;
}

export async function startStandIn(evmUrl: string, options: StandInOptions = {}): Promise<StandIn> {
  const evm = new EvmClient(evmUrl);
  const script = newScript(options.script ?? {});
  const faults: ScriptedFaults = {
    lagBlocks: 0,
    dropTransactions: false,
    answerDelayMs: 0,
    refuse: () => undefined,
  };
  const heads = new Heads(evm, faults);
  await heads.open();
  const chainId = Number(await evm.get<string>("eth_chainId"));
  const { gasLimit } = await evm.get<{ gasLimit: string }>("eth_getBlockByNumber", ["latest", false]);
  const pool = new Pool(evm, {
    chainId,
    blockGasLimit: Number(gasLimit),
    minGasPrice: options.minGasPrice ?? 0n,
    size: 20_000,
    perSender: options.poolPerSender ?? 20_000,
    isSenderAllowed: (address) => script.accountsAllowlist?.some((one) => one.toLowerCase() === address) ?? true,
    isDropped: () => faults.dropTransactions,
  });
  heads.listen(() => void pool.prune().catch(() => undefined));
  const backend = scriptedBackend({ script, evm, chainId, heads, pool });
  const asked: StandIn["asked"] = [];
  const dispatch = listening(dispatcher(backend, options.groups ?? GROUPS), faults, asked);
  const server = {
    host: "127.0.0.1",
    port: 0,
    hostAllowlist: ["localhost", "127.0.0.1"],
    maxBatchSize: options.maxBatchSize ?? 1_024,
    dispatch,
    backend,
    delayMs: () => faults.answerDelayMs,
  };
  const [http, ws] = [await startHttp(server), await startWebSocket(server)];
  const metrics = await startMetrics({ host: "127.0.0.1", port: 0 }, () => script.metrics);
  return {
    url: `http://127.0.0.1:${http.port}`,
    wsUrl: `ws://127.0.0.1:${ws.port}`,
    metricsUrl: `http://127.0.0.1:${metrics.port}/metrics`,
    script,
    faults,
    asked,
    dropSockets: ws.dropSockets,
    close: async () => {
      heads.stop();
      await Promise.all([http.close(), ws.close(), metrics.close()]);
      evm.close();
    },
  };
}

function newScript(given: Partial<Script>): Script {
  const enode = `enode://${"1".repeat(128)}@127.0.0.1:30303`;
  return {
    clientVersion: CLIENT_NAME,
    isContractMode: false,
    sealersOf: () => [`0x${"a1".repeat(20)}`],
    proposerOf: (block) => (block === 0 ? undefined : `0x${"a1".repeat(20)}`),
    votes: new Map(),
    requestTimeoutSeconds: 4,
    enode,
    peers: [],
    fixedNodes: [],
    nodesAllowlist: [enode],
    accountsAllowlist: undefined,
    addedPeers: [],
    syncTarget: undefined,
    maxLogsRange: 5_000,
    metrics: [],
    ...given,
  };
}

function listening(dispatch: Dispatch, faults: ScriptedFaults, asked: StandIn["asked"]): Dispatch {
  return async (request) => {
    const { id, method, params } = request;
    const entry = { method: String(method), params: (params ?? []) as unknown[] };
    asked.push(entry);
    const name = faults.refuse(entry.method, entry.params);
    if (name === undefined) return dispatch(request);
    return { jsonrpc: "2.0", id: id ?? null, error: new RpcRefusal(name).json };
  };
}

/** The anvil's head less the lag, looked at often: an anvil tells nobody over HTTP. */
class Heads {
  readonly #evm: EvmClient;
  readonly #faults: ScriptedFaults;
  readonly #listeners = new Set<(block: number) => void>();
  #timer: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(evm: EvmClient, faults: ScriptedFaults) {
    this.#evm = evm;
    this.#faults = faults;
  }

  /** What is mined from here on is told of. */
  async open(): Promise<void> {
    this.#last = await this.now();
    this.#timer = setInterval(() => void this.#look().catch(() => undefined), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async now(): Promise<number> {
    const head = Number(await this.#evm.get<string>("eth_blockNumber"));
    return Math.max(0, head - this.#faults.lagBlocks);
  }

  listen(listener: (block: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const head = await this.now();
    const last = this.#last;
    this.#last = head;
    for (let block = last + 1; block <= head; block += 1) for (const listener of this.#listeners) listener(block);
  }
}

interface ScriptedParts {
  readonly script: Script;
  readonly evm: EvmClient;
  readonly chainId: number;
  readonly heads: Heads;
  readonly pool: Pool;
}

function scriptedBackend({ script, evm, chainId, heads, pool }: ScriptedParts): Backend {
  const list = (key: "nodesAllowlist" | "accountsAllowlist"): AllowList<string> => ({
    all: () => script[key] ?? [],
    add: (more) => (script[key] = [...(script[key] ?? []), ...more]),
    remove: (gone) => (script[key] = (script[key] ?? []).filter((entry) => !gone.includes(entry))),
    reload: () => undefined,
  });
  return {
    evm,
    chainId,
    genesisHash: undefined,
    isRevertReasonKept: true,
    get maxLogsRange() {
      return script.maxLogsRange;
    },
    get syncTarget() {
      return script.syncTarget;
    },
    head: () => heads.now(),
    headerFacts: (block) => {
      const miner = script.proposerOf(block);
      return miner === undefined ? {} : { miner };
    },
    qbft: {
      get requestTimeoutSeconds() {
        return script.requestTimeoutSeconds;
      },
      validatorsAt: (block) => script.sealersOf(script.isContractMode ? block + 1 : block),
      sealersOf: (block) => script.sealersOf(block),
      proposerOf: (block) => script.proposerOf(block),
      get votes() {
        if (script.isContractMode) return undefined;
        return {
          all: script.votes,
          propose: (recipient: string, isIn: boolean) => void script.votes.set(recipient, isIn),
          discard: (recipient: string) => void script.votes.delete(recipient),
        };
      },
    },
    get nodesAllowlist() {
      return script.nodesAllowlist === undefined ? undefined : list("nodesAllowlist");
    },
    get accountsAllowlist() {
      return script.accountsAllowlist === undefined ? undefined : list("accountsAllowlist");
    },
    admin: scriptedAdmin(script),
    pool: scriptedPool(evm, pool),
    onHead: (listener) => heads.listen(listener),
  };
}

function scriptedAdmin(script: Script): AdminBackend {
  return {
    get enode() {
      return script.enode;
    },
    get clientName() {
      return script.clientVersion;
    },
    peers: () => script.peers,
    addPeer: (enode) => script.addedPeers.push(enode) > 0,
    removePeer: (enode) => script.peers.some((peer) => peer.enode === enode),
    fixedNodes: () => script.fixedNodes,
  };
}

/**
 * The anvil mines what waits here: a transaction is handed on once those before it are there, a replaced one taken back
 * first. Behind a gap an anvil would keep both of one nonce.
 */
function scriptedPool(evm: EvmClient, pool: Pool): PoolBackend {
  const handedOn = new Set<string>();
  pool.onAdded(async ({ from }) => {
    for (const { hash, bytes } of await pool.ready(from)) {
      if (handedOn.has(hash)) continue;
      handedOn.add(hash);
      await evm.ask("eth_sendRawTransaction", [bytes]);
    }
  });
  pool.onReplaced(({ hash }) => evm.ask("anvil_dropTransaction", [hash]));
  return {
    add: (bytes) => pool.add(bytes, true),
    get all() {
      return pool.all;
    },
    find: (hash) => pool.find(hash),
    nextNonce: (sender) => pool.nextNonce(sender),
    maxSize: 20_000,
  };
}
