/** What only a Besu node answers: its validators and votes, its allow-lists, its peers. All else is the chain client's. */
import { RpcTransport } from "../../gateway/src/chain/rpc-transport.ts";
import type { RpcError } from "../../gateway/src/chain/rpc-transport.ts";
import { parseNumber, quantity } from "../../gateway/src/chain/rpc-shapes.ts";
import { parseAddress } from "../../gateway/src/kernel/ids.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { NetworkError } from "../plan/network-error.ts";
import { changeList, isListOff } from "./allow-list.ts";
import type { ListNode } from "./allow-list.ts";
import { addressOfPublicKey, enodeUrl, parseEnode, parsePublicKey } from "./enode.ts";
import { parseHeader } from "./header-vote.ts";
import type { HeaderVote } from "./header-vote.ts";

export interface Peer {
  /** From its node id: keccak-256 of the public key. */
  readonly address: Address;
  readonly enode: string;
  readonly isInbound: boolean;
}

/** Blocks proposed in a range, and the last one. */
export interface SignerMetric {
  readonly address: Address;
  readonly proposedBlocks: number;
  /** 0 when it proposed none in that range. */
  readonly lastProposedBlock: number;
}

/**
 * Every method throws `LedgerError("chain_unreachable")` when the node does not answer in time, and
 * `NetworkError("network")` with the node's words when it answers and refuses.
 */
export interface BesuNode {
  readonly url: string;
  /**
   * Those who may seal the block after `latest`, in ascending order. The same in both ways of selection, which
   * `qbft_getValidatorsByBlockNumber` is not: with a contract it answers for the block after the one asked.
   */
  nextValidators(): Promise<Address[]>;
  /** Those who may seal `block` (1 or later), in either way of selection. */
  sealersOf(block: number, selection: "blockheader" | "contract"): Promise<Address[]>;
  /** This node's own standing votes: true lets in, false puts out. Undefined with a validator contract. */
  pendingVotes(): Promise<ReadonlyMap<Address, boolean> | undefined>;
  /** False with a validator contract, where Besu has no such method. */
  proposeVote(node: Address, isIn: boolean): Promise<boolean>;
  discardVote(node: Address): Promise<boolean>;
  /** Who proposed each block, and the vote in its header; both ends inclusive, no block beyond the head. */
  headerVotes(fromBlock: number, toBlock: number): Promise<HeaderVote[]>;
  /** A range beyond the head ends there; the last block of the chain itself is never in it (Besu's `to` is exclusive). */
  signerMetrics(fromBlock: number, toBlockExclusive: number): Promise<SignerMetric[]>;
  /** Undefined when the node runs without the list. */
  nodesAllowlist(): Promise<string[] | undefined>;
  /** What is on the list already stays, without an error. */
  allowNodes(enodes: readonly string[]): Promise<void>;
  /** What is not on the list is left out, without an error. Throws when one of them is in the node's static-nodes.json. */
  disallowNodes(enodes: readonly string[]): Promise<void>;
  accountsAllowlist(): Promise<Address[] | undefined>;
  allowAccounts(accounts: readonly Address[]): Promise<void>;
  disallowAccounts(accounts: readonly Address[]): Promise<void>;
  peers(): Promise<Peer[]>;
  /** The node dials it until it is connected, and again when it is lost. Not remembered by the node over a restart. */
  addPeer(enode: string): Promise<void>;
  /** The node's own, as others should dial it. */
  enode(): Promise<string>;
  clientVersion(): Promise<string>;
}

/** The method's group is not in --rpc-http-api; for votes also: a contract selects the validators. */
const NOT_ENABLED = -32604;
const NOT_FOUND = -32601;

/** @param url The node's own JSON-RPC with the groups QBFT, PERM and ADMIN: loopback only. */
export function connectBesu(url: string, options: { readonly timeoutMs?: number } = {}): BesuNode {
  const rpc = new RpcTransport({ urls: [url], timeoutMs: options.timeoutMs ?? 10_000 });
  const ask = (method: string, params: readonly unknown[]) => rpc.ask(method, params);
  const refuse = (method: string, error: RpcError): NetworkError => refusal(url, method, error);
  const get = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const answer = await ask(method, params);
    if (answer.ok) return answer.result;
    throw refuse(method, answer.error);
  };
  const validators = async (tag: string): Promise<Address[]> => {
    const found = await get("qbft_getValidatorsByBlockNumber", [tag]);
    if (found === null) throw new NetworkError("network", `The node at ${url} has no block ${tag} yet.`);
    return addressesOf(found).sort();
  };
  /** Besu says "not enabled" both for a group that is off and for votes where a contract selects: QBFT tells them apart. */
  const vote = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const answer = await ask(method, params);
    if (answer.ok) return answer.result;
    if (answer.error.code !== NOT_ENABLED) throw refuse(method, answer.error);
    await validators("pending");
    return undefined;
  };

  return {
    url,
    // Besu's "pending" is the set after the head in both ways; "latest" is with votes the set that sealed the head.
    nextValidators: () => validators("pending"),
    sealersOf: (block, selection) => validators(quantity(selection === "contract" ? block - 1 : block)),
    async pendingVotes() {
      const votes = await vote("qbft_getPendingVotes", []);
      if (votes === undefined) return undefined;
      return new Map(Object.entries(votes as object).map(([node, isIn]) => [parseAddress(node), isIn === true]));
    },
    proposeVote: async (node, isIn) => (await vote("qbft_proposeValidatorVote", [node, isIn])) === true,
    discardVote: async (node) => (await vote("qbft_discardValidatorVote", [node])) === true,
    async headerVotes(fromBlock, toBlock) {
      const numbers = Array.from({ length: Math.max(0, toBlock - fromBlock + 1) }, (_, index) => fromBlock + index);
      const params = numbers.map((number) => [quantity(number), false]);
      const headers = await rpc.getAll(params.map((each) => ({ method: "eth_getBlockByNumber", params: each })));
      return headers.filter((header) => header !== null).map(parseHeader);
    },
    async signerMetrics(fromBlock, toBlockExclusive) {
      const found = await get("qbft_getSignerMetrics", [quantity(fromBlock), quantity(toBlockExclusive)]);
      return (found as Record<string, string>[]).map((entry) => ({
        address: parseAddress(entry["address"] ?? ""),
        proposedBlocks: parseNumber(entry["proposedBlockCount"]),
        lastProposedBlock: parseNumber(entry["lastProposedBlockNumber"]),
      }));
    },
    ...listsOf({ ask, refuse }),
    peers: async () => ((await get("admin_peers", [])) as PeerJson[]).map(peerOf),
    async addPeer(enode) {
      await get("admin_addPeer", [enode]);
    },
    async enode() {
      // With discovery off Besu adds ?discport=0, which others need not know.
      const { enode } = (await get("admin_nodeInfo", [])) as { enode: string };
      return enodeUrl(parseEnode(enode));
    },
    clientVersion: async () => String(await get("web3_clientVersion", [])),
  };
}

function addressesOf(list: unknown): Address[] {
  return (list as string[]).map((text) => parseAddress(text));
}

/** The node's lists: of the nodes it talks with, of the accounts whose transactions it takes. */
function listsOf(node: ListNode) {
  const list = async (of: "Nodes" | "Accounts"): Promise<string[] | undefined> => {
    const method = `perm_get${of}Allowlist`;
    const answer = await node.ask(method, []);
    if (answer.ok) return answer.result as string[];
    if (isListOff(answer.error)) return undefined;
    throw node.refuse(method, answer.error);
  };
  const change = (of: "Nodes" | "Accounts", verb: "add" | "remove") => (entries: readonly string[]) =>
    changeList(node, { of, change: verb, entries });
  return {
    nodesAllowlist: () => list("Nodes"),
    allowNodes: change("Nodes", "add"),
    disallowNodes: change("Nodes", "remove"),
    accountsAllowlist: async () => (await list("Accounts"))?.map((text) => parseAddress(text)),
    allowAccounts: change("Accounts", "add"),
    disallowAccounts: change("Accounts", "remove"),
  };
}

interface PeerJson {
  /** 0x and 128 hex digits. */
  readonly id: string;
  /** A peer that dialled us and does not listen has port 0 in it. */
  readonly enode: string;
  readonly network?: { readonly inbound?: boolean };
}

function peerOf({ id, enode, network }: PeerJson): Peer {
  const address = addressOfPublicKey(parsePublicKey(id, "admin_peers"));
  return { address, enode: enode.replace(/\?discport=\d+$/, ""), isInbound: network?.inbound === true };
}

function refusal(url: string, method: string, error: RpcError): NetworkError {
  const [group = ""] = method.split("_");
  const words = `The node at ${url} refused ${method}: ${error.message} (${error.code}).`;
  const isOff = error.code === NOT_ENABLED || error.code === NOT_FOUND;
  const advice = isOff ? ` Name ${group.toUpperCase()} in the node's rpc-http-api and restart it.` : "";
  return new NetworkError("network", words + advice);
}
