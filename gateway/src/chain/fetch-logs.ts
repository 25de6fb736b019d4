/** Logs of a range of blocks from a node that has all of them, in as many requests as its limits ask for. */
import { LedgerError } from "../kernel/errors.ts";
import type { ChainLog } from "./client.ts";
import { isRangeRefused } from "./node-errors.ts";
import type { IsWhole, RpcTransport } from "./rpc-transport.ts";
import { parseLog, quantity } from "./rpc-shapes.ts";

/** Besu's `--rpc-max-logs-range` is 5,000 unless set lower; with 2,000 few are refused. */
const BLOCKS_MAX = 2_000;

/** Older nodes answer a range beyond their head with what they have: the last block, asked for with it, tells. */
const hasLastBlock: IsWhole = ([logs, last]) => logs?.ok !== true || (last?.ok === true && last.result !== null);

export class LogFetcher {
  readonly #rpc: RpcTransport;
  /** Halved when a node refuses, and never raised again: a limit is a setting. */
  #blocksMax = BLOCKS_MAX;

  constructor(rpc: RpcTransport) {
    this.#rpc = rpc;
  }

  /** Both ends inclusive. Throws `chain_unreachable` when no node has the last block. */
  async fetch(from: number, to: number): Promise<ChainLog[]> {
    const found: ChainLog[] = [];
    for (let first = from; first <= to;) {
      const last = Math.min(to, first + this.#blocksMax - 1);
      const part = await this.#fetchPart(first, last);
      if (part === undefined) {
        this.#blocksMax = Math.max(1, (last - first + 1) >> 1);
        continue;
      }
      found.push(...part);
      first = last + 1;
    }
    return found;
  }

  /** Undefined when the node will not answer so much at once, and less can be asked for. */
  async #fetchPart(first: number, last: number): Promise<ChainLog[] | undefined> {
    const requests = [
      { method: "eth_getLogs", params: [{ fromBlock: quantity(first), toBlock: quantity(last) }] },
      { method: "eth_getBlockByNumber", params: [quantity(last), false] },
    ];
    const answers = await this.#rpc.askAll(requests, hasLastBlock);
    const [logs, block] = answers;
    if (logs?.ok === false && last > first && isRangeRefused(logs.error)) return undefined;
    const json = logs === undefined ? [] : this.#rpc.resultOf(logs);
    if (!hasLastBlock(answers) || block === undefined)
      throw new LedgerError("not_ready", { detail: `the node does not have block ${last} yet` });
    return (json as unknown[]).map(parseLog);
  }
}
