/** Parameters as Besu reads them: hex with 0x, tags in lower case, a block by number, tag or hash. */
import type { Backend } from "./backend.ts";
import { RpcRefusal } from "./rpc-errors.ts";
import type { RpcErrorName } from "./rpc-errors.ts";

/** Block numbers and hashes without 0x are refused since 26.6.0. */
const QUANTITY = /^0x[0-9a-fA-F]+$/;
const HASH = /^0x[0-9a-fA-F]{64}$/;
const ADDRESS = /^(0x)?[0-9a-fA-F]{40}$/;

export type BlockChoice =
  { readonly kind: "number"; readonly number: number } | { readonly kind: "tag"; readonly tag: string };

export function readBlockChoice(value: unknown, refusal: RpcErrorName = "INVALID_BLOCK_NUMBER_PARAMS"): BlockChoice {
  if (typeof value !== "string") throw new RpcRefusal(refusal);
  const tag = value.toLowerCase();
  if (["earliest", "latest", "pending", "finalized", "safe"].includes(tag)) return { kind: "tag", tag };
  if (!QUANTITY.test(value)) throw new RpcRefusal(refusal);
  return { kind: "number", number: Number(BigInt(value)) };
}

/** A number, which may lie beyond the head. QBFT knows no `finalized` and no `safe` block. */
export async function readBlockNumber(backend: Backend, choice: BlockChoice): Promise<number> {
  if (choice.kind === "number") return choice.number;
  if (choice.tag === "earliest") return 0;
  if (choice.tag === "finalized" || choice.tag === "safe") throw new RpcRefusal("UNKNOWN_BLOCK");
  return backend.head();
}

/** What the EVM is asked with; the block must be there. */
export async function readStateBlock(backend: Backend, value: unknown): Promise<string> {
  const hash = typeof value === "object" && value !== null ? (value as { blockHash?: unknown }).blockHash : value;
  if (typeof hash === "string" && HASH.test(hash)) return `0x${(await numberOfHash(backend, hash)).toString(16)}`;
  const given = typeof value === "object" && value !== null ? (value as { blockNumber?: unknown }).blockNumber : value;
  const number = await readBlockNumber(backend, readBlockChoice(given, "INVALID_BLOCK_PARAMS"));
  if (number > (await backend.head())) throw new RpcRefusal("BLOCK_NOT_FOUND");
  return `0x${number.toString(16)}`;
}

async function numberOfHash(backend: Backend, hash: string): Promise<number> {
  if (hash.toLowerCase() === backend.genesisHash) return 0;
  const block = await backend.evm.get<{ number: string } | null>("eth_getBlockByHash", [hash, false]);
  if (block === null || Number(block.number) > (await backend.head())) throw new RpcRefusal("BLOCK_NOT_FOUND");
  return Number(block.number);
}

export function readHash(value: unknown, refusal: RpcErrorName): string {
  if (typeof value !== "string" || !HASH.test(value)) throw new RpcRefusal(refusal);
  return value.toLowerCase();
}

export function readAddress(value: unknown): string {
  if (typeof value !== "string" || !ADDRESS.test(value)) throw new RpcRefusal("INVALID_ADDRESS_PARAMS");
  const hex = value.toLowerCase();
  return hex.startsWith("0x") ? hex : `0x${hex}`;
}

export function readBoolean(value: unknown, refusal: RpcErrorName = "INVALID_PARAMS"): boolean {
  if (typeof value !== "boolean") throw new RpcRefusal(refusal);
  return value;
}

export function readTexts(value: unknown): string[] {
  if (!Array.isArray(value) || value.some((one) => typeof one !== "string")) throw new RpcRefusal("INVALID_PARAMS");
  return value as string[];
}
