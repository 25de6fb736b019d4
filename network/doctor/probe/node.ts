/** What one node answers, each question by itself: a method that is off or a node that just ends leaves the others. */
import { RpcTransport } from "../../../gateway/src/chain/rpc-transport.ts";
import { parseNumber, quantity } from "../../../gateway/src/chain/rpc-shapes.ts";
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import { parseAddress, parseHex32 } from "../../../gateway/src/kernel/ids.ts";
import { connectBesu } from "../../besu/besu-node.ts";
import { parseEnode } from "../../besu/enode.ts";
import { decodeExtraData } from "../../genesis/extra-data.ts";
import type { ValidatorSelection } from "../../plan/plan.ts";
import type { NonceGap, PoolFacts, RpcFacts, Sealed } from "../facts.ts";

/** Long enough for a busy node, short enough for an operator who waits for five that are down. */
const TIMEOUT_MS = 5_000;
/** Blocks looked at: five turns of each validator, at least and at most so many. */
const RECENT = { turns: 5, min: 20, max: 150 };
/** Each carries its data; a pool that is fuller is not judged for gaps. */
const PENDING_MAX = 2_000;

/** Undefined when nothing answers at that address. */
export async function askNode(url: string, selection: ValidatorSelection): Promise<RpcFacts | undefined> {
  const rpc = new RpcTransport({ urls: [url], timeoutMs: TIMEOUT_MS });
  const besu = connectBesu(url, { timeoutMs: TIMEOUT_MS });
  const chainId = await attempt(async () => parseNumber(await rpc.get("eth_chainId", [])));
  if (chainId === undefined) return undefined;
  const head = await attempt(() => sealed(rpc, "latest"));
  const validators = await attempt(() => besu.nextValidators());
  const recent = head === undefined ? [] : await lastBlocks(rpc, head, validators?.length ?? 0);
  const oldest = recent[0]?.number ?? 0;
  return {
    chainId,
    head,
    validators,
    recent,
    seated: oldest === 0 ? undefined : await attempt(() => besu.sealersOf(oldest, selection)),
    publicKey: await attempt(async () => parseEnode(await besu.enode()).publicKey),
    clientVersion: await attempt(() => besu.clientVersion()),
    genesisHash: await attempt(async () => parseHex32(textOf(await header(rpc, "0x0"), "hash"))),
    peers: await attempt(async () => (await besu.peers()).map(({ address }) => address)),
    allowlist: await attempt(() => besu.nodesAllowlist()),
    isSyncing: await attempt(async () => (await rpc.get("eth_syncing", [])) !== false),
    pool: await attempt(() => askPool(rpc)),
  };
}

/** The newest block of a node: whether the chain moves is seen by asking twice. */
export function askHead(url: string): Promise<Sealed | undefined> {
  return attempt(() => sealed(new RpcTransport({ urls: [url], timeoutMs: TIMEOUT_MS }), "latest"));
}

/** Prometheus text; undefined when nothing answers. */
export function askMetrics(port: number): Promise<string | undefined> {
  return attempt(async () => {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? response.text() : undefined;
  });
}

async function attempt<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch {
    return undefined;
  }
}

type Header = Readonly<Record<string, unknown>>;

async function header(rpc: RpcTransport, tag: string): Promise<Header> {
  const json = await rpc.get("eth_getBlockByNumber", [tag, false]);
  if (json === null) throw new TypeError(`no block ${tag}`);
  return json as Header;
}

async function sealed(rpc: RpcTransport, tag: string): Promise<Sealed> {
  return sealedOf(await header(rpc, tag));
}

async function lastBlocks(rpc: RpcTransport, head: Sealed, validators: number): Promise<Sealed[]> {
  const count = Math.min(Math.max(RECENT.turns * validators, RECENT.min), RECENT.max, head.number);
  const from = head.number - count + 1;
  const requests = Array.from({ length: count }, (_, index) => ({
    method: "eth_getBlockByNumber",
    params: [quantity(from + index), false],
  }));
  return (await attempt(async () => (await rpc.getAll(requests)).map((json) => sealedOf(json as Header)))) ?? [];
}

function sealedOf(json: Header): Sealed {
  return {
    number: parseNumber(json["number"]),
    timestamp: parseNumber(json["timestamp"]),
    miner: parseAddress(textOf(json, "miner")),
    round: roundOf(textOf(json, "extraData")),
  };
}

/** A node of another consensus answers too; it has no round. */
function roundOf(extraData: string): number | undefined {
  try {
    return decodeExtraData(extraData).round;
  } catch {
    return undefined;
  }
}

function textOf(json: Header, key: string): string {
  return String(json[key]);
}

async function askPool(rpc: RpcTransport): Promise<PoolFacts> {
  const statistics = (await rpc.get("txpool_besuStatistics", [])) as Readonly<Record<string, number>>;
  const count = Number(statistics["localCount"]) + Number(statistics["remoteCount"]);
  const max = Number(statistics["maxSize"]);
  const isWhole = count <= PENDING_MAX;
  const pending = isWhole ? ((await rpc.get("txpool_besuPendingTransactions", [PENDING_MAX])) as Header[]) : [];
  return { max, count, gaps: await gapsOf(rpc, pending) };
}

async function gapsOf(rpc: RpcTransport, pending: readonly Header[]): Promise<NonceGap[]> {
  const waiting = new Map<Address, number[]>();
  for (const transaction of pending) {
    const sender = parseAddress(textOf(transaction, "from"));
    waiting.set(sender, [...(waiting.get(sender) ?? []), parseNumber(transaction["nonce"])]);
  }
  const senders = [...waiting.keys()];
  const counts = await rpc.getAll(
    senders.map((sender) => ({ method: "eth_getTransactionCount", params: [sender, "latest"] })),
  );
  return senders.flatMap((sender, index) => {
    const gap = firstGap(waiting.get(sender) ?? [], parseNumber(counts[index]));
    return gap === undefined ? [] : [{ sender, ...gap }];
  });
}

/** The first nonce that is missing before one that waits; those below `next` were mined while we asked. */
export function firstGap(waiting: readonly number[], next: number): Omit<NonceGap, "sender"> | undefined {
  let expected = next;
  while (waiting.includes(expected)) expected += 1;
  const behind = waiting.filter((nonce) => nonce > expected);
  return behind.length === 0 ? undefined : { next: expected, lowest: Math.min(...behind), count: behind.length };
}
