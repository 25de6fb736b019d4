/** What a node says of transactions and their receipts, for rows that the store holds in short. */
import { LedgerError } from "../kernel/errors.ts";
import type { Hex32 } from "../kernel/ids.ts";
import type { EtherscanRooms } from "./answer.ts";

export interface NodeTransaction {
  readonly hash: Hex32;
  readonly blockHash: Hex32;
  readonly blockNumber: string;
  readonly transactionIndex: string;
  readonly nonce: string;
  readonly from: string;
  readonly to: string | null;
  readonly value: string;
  readonly gas: string;
  readonly gasPrice: string;
  readonly input: string;
}

export interface NodeReceipt {
  readonly transactionHash: Hex32;
  readonly status: string;
  readonly gasUsed: string;
  readonly cumulativeGasUsed: string;
  readonly contractAddress: string | null;
}

interface WholeTransaction {
  readonly sent: NodeTransaction;
  readonly receipt: NodeReceipt;
}

/** Decimal text of a node's quantity. */
export const decimal = (quantity: string): string => BigInt(quantity).toString();

/** By hash; throws when the node has not all of them: it is behind the store. */
export async function fetchWhole(
  { chain }: Pick<EtherscanRooms, "chain">,
  hashes: readonly Hex32[],
): Promise<(hash: Hex32) => WholeTransaction> {
  const unique = [...new Set(hashes)];
  const answers = await chain.ask(
    unique.flatMap((hash) => [
      { method: "eth_getTransactionByHash", params: [hash] },
      { method: "eth_getTransactionReceipt", params: [hash] },
    ]),
  );
  const results = answers.map((answer) => (answer.ok ? answer.result : null));
  const found = new Map<Hex32, WholeTransaction>();
  for (const [index, hash] of unique.entries()) {
    const [sent, receipt] = results.slice(index * 2, index * 2 + 2);
    if (sent === null || receipt === null)
      throw new LedgerError("not_ready", { detail: `the node does not have transaction ${hash} yet` });
    found.set(hash, { sent: sent as NodeTransaction, receipt: receipt as NodeReceipt });
  }
  return (hash) => {
    const whole = found.get(hash);
    if (whole === undefined) throw new RangeError(`${hash} was not asked for`);
    return whole;
  };
}

/** One question of which the answer must be a result. */
export async function askNode(
  { chain }: Pick<EtherscanRooms, "chain">,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  const [answer] = await chain.ask([{ method, params }]);
  if (answer?.ok === true) return answer.result;
  throw new LedgerError("chain_refused", { reason: `${method}: ${answer?.error.message ?? "no answer"}` });
}
