/** Blocks, transactions and receipts, from a node that has them all. */
import { LedgerError } from "../kernel/errors.ts";
import type { Hex32 } from "../kernel/ids.ts";
import type { ChainClient, ChainTransaction, Receipt } from "./client.ts";
import type { IsWhole, RpcRequest, RpcTransport } from "./rpc-transport.ts";
import { parseBlock, parseReceipt, parseTransaction, quantity } from "./rpc-shapes.ts";

/** A node that is behind answers null for what it does not have yet. */
const hasAll: IsWhole = (answers) => answers.every((answer) => !answer.ok || answer.result !== null);

/** Nodes answer pending transactions too, without a block. */
function isMined(json: unknown): boolean {
  return json !== null && typeof (json as { blockNumber?: unknown }).blockNumber === "string";
}

/** One request for each block of the range. */
function blockRequests(from: number, to: number, withTransactions: boolean): RpcRequest[] {
  const length = Math.max(0, to - from + 1);
  const params = (index: number) => [quantity(from + index), withTransactions];
  return Array.from({ length }, (_, index) => ({ method: "eth_getBlockByNumber", params: params(index) }));
}

type MinedReads = Pick<ChainClient, "blocks" | "transactions" | "transactionsOf" | "receipt" | "receipts">;

export function minedReads(rpc: RpcTransport): MinedReads {
  return {
    async blocks(from, to) {
      const json = await rpc.getAll(blockRequests(from, to, false), hasAll);
      return json.filter((block) => block !== null).map(parseBlock);
    },
    async transactions(hashes) {
      const json = await rpc.getAll(hashes.map((hash) => ({ method: "eth_getTransactionByHash", params: [hash] })));
      return json.filter(isMined).map(parseTransaction);
    },
    async transactionsOf(from, to) {
      const found: ChainTransaction[] = [];
      for (const json of await rpc.getAll(blockRequests(from, to, true), hasAll)) {
        if (json === null) throw new LedgerError("not_ready", { detail: `the node does not have block ${to} yet` });
        found.push(...(json as { transactions: unknown[] }).transactions.map(parseTransaction));
      }
      return found;
    },
    async receipt(hash) {
      const json = await rpc.get("eth_getTransactionReceipt", [hash]);
      return isMined(json) ? parseReceipt(json) : undefined;
    },
    async receipts(hashes) {
      const requests = hashes.map((hash) => ({ method: "eth_getTransactionReceipt", params: [hash] }));
      const mined = (await rpc.getAll(requests, hasAll)).filter(isMined).map(parseReceipt);
      return new Map<Hex32, Receipt>(mined.map((receipt) => [receipt.transactionHash, receipt]));
    },
  };
}
