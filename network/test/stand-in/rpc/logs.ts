/** eth_getLogs with Besu's limits: a range of blocks that is too long, that runs backwards or past the head is refused. */
import type { Backend } from "./backend.ts";
import { readBlockChoice, readBlockNumber, readHash } from "./parameters.ts";
import { RpcRefusal } from "./rpc-errors.ts";

interface Filter {
  readonly fromBlock?: unknown;
  readonly toBlock?: unknown;
  readonly blockHash?: unknown;
  readonly address?: unknown;
  readonly topics?: unknown;
}

export async function readLogs(backend: Backend, asked: unknown): Promise<unknown> {
  if (typeof asked !== "object" || asked === null) throw new RpcRefusal("INVALID_FILTER_PARAMS");
  const { fromBlock, toBlock, blockHash, address, topics } = asked as Filter;
  const which = { ...(address === undefined ? {} : { address }), ...(topics === undefined ? {} : { topics }) };
  if (blockHash !== undefined && blockHash !== null) {
    if (fromBlock !== undefined || toBlock !== undefined) throw new RpcRefusal("INVALID_FILTER_PARAMS");
    const hash = readHash(blockHash, "INVALID_FILTER_PARAMS");
    if (hash === backend.genesisHash) return [];
    return backend.evm.get("eth_getLogs", [{ blockHash: hash, ...which }]);
  }
  const from = await edge(backend, fromBlock);
  const to = await edge(backend, toBlock);
  if (from > to || to > (await backend.head())) throw new RpcRefusal("INVALID_PARAMS");
  if (backend.maxLogsRange > 0 && to - from > backend.maxLogsRange) throw new RpcRefusal("EXCEEDS_RPC_MAX_BLOCK_RANGE");
  const range = { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` };
  return backend.evm.get("eth_getLogs", [{ ...range, ...which }]);
}

/** Here `finalized` and `safe` are not an unknown block but an invalid parameter. */
async function edge(backend: Backend, asked: unknown): Promise<number> {
  const choice = readBlockChoice(asked ?? "latest", "INVALID_FILTER_PARAMS");
  if (choice.kind === "tag" && (choice.tag === "finalized" || choice.tag === "safe"))
    throw new RpcRefusal("INVALID_BLOCK_NUMBER_PARAMS");
  return readBlockNumber(backend, choice);
}
