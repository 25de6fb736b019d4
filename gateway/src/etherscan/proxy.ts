/** `module=proxy`: a node's methods by name, in a node's own shape. Only those listed here reach a node. */
import type { Action, Fields, ProxyAnswer } from "./answer.ts";
import { Refused } from "./answer.ts";
import { addressIn, hashIn, tagIn } from "./fields.ts";

const HEX = /^0x[0-9a-fA-F]*$/;

function hexIn(fields: Fields, name: string, fallback?: string): string {
  const text = fields[name] ?? fallback ?? "";
  if (!HEX.test(text)) throw new Refused(`Error! Invalid ${name}: it must be hexadecimal`);
  return text;
}

/** A storage slot or an index: clients send decimal and hexadecimal numbers of up to 256 bits. */
function quantityIn(fields: Fields, name: string): string {
  const text = fields[name] ?? "";
  if (!/^(0x[0-9a-fA-F]{1,64}|[0-9]{1,78})$/.test(text)) throw new Refused(`Error! Invalid ${name}`);
  return `0x${BigInt(text).toString(16)}`;
}

/** Both names of the gas limit are in use. */
const CALL_FIELDS: readonly (readonly [field: string, name: string])[] = [
  ["from", "from"],
  ["gas", "gas"],
  ["gasLimit", "gas"],
  ["gasPrice", "gasPrice"],
  ["maxFeePerGas", "maxFeePerGas"],
  ["maxPriorityFeePerGas", "maxPriorityFeePerGas"],
  ["value", "value"],
  ["data", "data"],
];

function callIn(fields: Fields): object {
  const given = CALL_FIELDS.filter(([field]) => (fields[field] ?? "") !== "");
  const call = Object.fromEntries(given.map(([field, name]) => [name, hexIn(fields, field)]));
  return (fields["to"] ?? "") === "" ? call : { to: addressIn(fields, "to"), ...call };
}

type Params = (fields: Fields) => readonly unknown[];

const METHODS: Readonly<Record<string, Params>> = {
  eth_blockNumber: () => [],
  eth_gasPrice: () => [],
  eth_chainId: () => [],
  eth_getBalance: (fields) => [addressIn(fields), tagIn(fields)],
  eth_getTransactionCount: (fields) => [addressIn(fields), tagIn(fields)],
  eth_getCode: (fields) => [addressIn(fields), tagIn(fields)],
  eth_getStorageAt: (fields) => [addressIn(fields), quantityIn(fields, "position"), tagIn(fields)],
  eth_getBlockByNumber: (fields) => [tagIn(fields), fields["boolean"] === "true"],
  eth_getBlockTransactionCountByNumber: (fields) => [tagIn(fields)],
  eth_getTransactionByBlockNumberAndIndex: (fields) => [tagIn(fields), quantityIn(fields, "index")],
  eth_getTransactionByHash: (fields) => [hashIn(fields)],
  eth_getTransactionReceipt: (fields) => [hashIn(fields)],
  eth_call: (fields) => [callIn(fields), tagIn(fields)],
  eth_estimateGas: (fields) => [callIn(fields)],
  eth_sendRawTransaction: (fields) => [hexIn(fields, "hex")],
};

const refusal = (code: number, message: string): ProxyAnswer => ({ jsonrpc: "2.0", id: 1, error: { code, message } });

function actionOf(method: string, paramsOf: Params): Action {
  return async ({ chain }, fields) => {
    let params;
    try {
      params = paramsOf(fields);
    } catch (error) {
      if (error instanceof Refused) return refusal(-32602, error.message);
      throw error;
    }
    const [answer] = await chain.ask([{ method, params }]);
    if (answer?.ok === true) return { jsonrpc: "2.0", id: 1, result: answer.result };
    return answer === undefined
      ? refusal(-32603, "the node gave no answer")
      : { jsonrpc: "2.0", id: 1, error: answer.error };
  };
}

/** By lower case, like the actions of the other modules. */
export const proxyActions: Readonly<Record<string, Action>> = Object.fromEntries(
  Object.entries(METHODS).map(([method, paramsOf]) => [method.toLowerCase(), actionOf(method, paramsOf)]),
);
