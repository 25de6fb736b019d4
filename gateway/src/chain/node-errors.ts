/**
 * What it means when a node answers a request with an error. Codes overlap between clients and methods, so most are
 * told by their text; Besu's are those of its RpcErrorType (26.8), word for word in the tests.
 */
import type { HexData } from "../kernel/ids.ts";
import { parseHexData } from "../kernel/ids.ts";
import type { RpcError } from "./rpc-transport.ts";

/**
 * Why this node can not serve what another may:
 * `lags`: it does not have that block or state yet (or any more);
 * `unready`: it serves nobody now: it is not in sync, has no pool, or does not let us in. It is set aside for a while;
 * `troubled`: something went wrong inside it, this time.
 */
export type NodeFault = "lags" | "unready" | "troubled";

interface Meaning {
  readonly fault: NodeFault;
  readonly codes?: readonly number[];
  readonly texts?: readonly RegExp[];
  /** Only for these methods; left out: for all. */
  readonly methods?: readonly string[];
}

const READS_OF_STATE = ["eth_call", "eth_estimateGas", "eth_getCode", "eth_getTransactionCount"];

/** In this order; the first that fits. */
const MEANINGS: readonly Meaning[] = [
  {
    fault: "lags",
    texts: [
      /unknown block|block not found|header not found|block param \(block not found\)/i, // Besu, geth
      /BlockOutOfRange|beyond (the )?(current )?head|past head|exceeds head/i, // anvil, others
      /world ?state (is )?(unavailable|not available)|missing trie node|pruned history/i, // a Bonsai or pruned node
    ],
  },
  // Besu and most others say no more than "Invalid params" of a range whose end they do not have yet.
  { fault: "lags", codes: [-32602], methods: ["eth_getLogs"] },
  {
    fault: "unready",
    codes: [-32601, -32604, -40100], // method not found, not enabled, unauthorized
    texts: [
      /initial sync is still in progress|transaction pool not enabled/i,
      /method not (found|enabled)|unauthorized|host not authorized/i,
    ],
  },
  {
    fault: "troubled",
    texts: [/timeout expired|timed out|rate limit|too many (requests|connections)|max batch size/i],
  },
  { fault: "troubled", codes: [-32603] }, // "Internal error", of Besu also a call that halts: see `run-call.ts`
  // Each node has its own floor for gas prices: Besu's is 0 by our files only.
  { fault: "troubled", texts: [/gas price (is )?(too low|below)/i], methods: ["eth_sendRawTransaction"] },
  { fault: "troubled", texts: [/plugin has marked/i], methods: ["eth_sendRawTransaction"] },
];

/** Undefined: the answer is the chain's own, and every node would give it. */
export function faultOf(method: string, error: RpcError): NodeFault | undefined {
  if (READS_OF_STATE.includes(method) && revertOf(error) !== undefined) return undefined;
  if (isRangeRefused(error)) return undefined;
  return MEANINGS.find(
    ({ methods, codes, texts }) =>
      (methods === undefined || methods.includes(method)) &&
      (codes?.includes(error.code) === true || texts?.some((text) => text.test(error.message)) === true),
  )?.fault;
}

/** The node has all of it, but not for one answer: half of the range may pass. */
export function isRangeRefused({ message }: RpcError): boolean {
  return (
    /range (exceeds|is too (large|wide))|exceeds? .*range|(block )?range (too )?(large|wide)/i.test(message) ||
    /more than \d+ (results|logs)|response (size )?(exceeded|too large)|too many (logs|results)/i.test(message)
  );
}

/** What a call was reverted with; undefined when the node did not run it to its end. */
export function revertOf(error: RpcError): { data: HexData; message: string } | undefined {
  const nested = error.data as { data?: unknown; result?: unknown } | string | null | undefined;
  const candidates = typeof nested === "object" && nested !== null ? [nested.data, nested.result] : [nested];
  const data = candidates.find(
    (entry): entry is string => typeof entry === "string" && /^0x([0-9a-f]{2})*$/i.test(entry),
  );
  const isRun =
    error.code === 3 ||
    data !== undefined ||
    /revert|out of gas|invalid opcode|EvmError|could not be completed due to an exception/i.test(error.message);
  return isRun ? { data: parseHexData(data ?? "0x"), message: error.message } : undefined;
}
