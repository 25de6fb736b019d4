/** What a node's JSON means. Each parser checks the fields it reads, so that a foreign answer can not slip in. */
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import { parseAddress, parseHex32, parseHexData } from "../kernel/ids.ts";
import type { Block, ChainLog, ChainTransaction, Receipt } from "./client.ts";

type Json = Record<string, unknown>;

function text(json: Json, field: string): string {
  const value = json[field];
  if (typeof value !== "string") throw new TypeError(`the node's answer has no ${field}`);
  return value;
}

export function parseQuantity(value: unknown): bigint {
  if (typeof value !== "string" || !/^0x[0-9a-fA-F]+$/.test(value))
    throw new TypeError("the node's answer is no quantity");
  return BigInt(value);
}

export const parseNumber = (value: unknown): number => Number(parseQuantity(value));
export const quantity = (value: number | bigint): string => `0x${value.toString(16)}`;

const number = (json: Json, field: string): number => parseNumber(json[field]);
const hash = (json: Json, field: string): Hex32 => parseHex32(text(json, field), field);
const address = (json: Json, field: string): Address => parseAddress(text(json, field), field);
const bytes = (json: Json, field: string): HexData => parseHexData(text(json, field), field);

export function parseBlock(value: unknown): Block {
  const json = value as Json;
  const transactions = json["transactions"] as (string | Json)[];
  return {
    number: number(json, "number"),
    hash: hash(json, "hash"),
    parentHash: hash(json, "parentHash"),
    timestamp: number(json, "timestamp"),
    miner: address(json, "miner"),
    gasUsed: parseQuantity(json["gasUsed"]),
    transactions: transactions.map((entry) => (typeof entry === "string" ? parseHex32(entry) : hash(entry, "hash"))),
  };
}

export function parseTransaction(value: unknown): ChainTransaction {
  const json = value as Json;
  return {
    hash: hash(json, "hash"),
    from: address(json, "from"),
    nonce: number(json, "nonce"),
    ...(typeof json["to"] === "string" ? { to: address(json, "to") } : {}),
    data: bytes(json, "input"),
    blockNumber: number(json, "blockNumber"),
    blockHash: hash(json, "blockHash"),
    transactionIndex: number(json, "transactionIndex"),
  };
}

export function parseLog(value: unknown): ChainLog {
  const json = value as Json;
  return {
    blockNumber: number(json, "blockNumber"),
    blockHash: hash(json, "blockHash"),
    transactionHash: hash(json, "transactionHash"),
    transactionIndex: number(json, "transactionIndex"),
    logIndex: number(json, "logIndex"),
    address: address(json, "address"),
    topics: (json["topics"] as string[]).map((topic) => parseHex32(topic, "topic")),
    data: bytes(json, "data"),
  };
}

export function parseReceipt(value: unknown): Receipt {
  const json = value as Json;
  const hasReason = typeof json["revertReason"] === "string" && json["revertReason"] !== "0x";
  return {
    transactionHash: hash(json, "transactionHash"),
    blockNumber: number(json, "blockNumber"),
    blockHash: hash(json, "blockHash"),
    ...(hasReason ? { revertData: bytes(json, "revertReason") } : {}),
    succeeded: parseQuantity(json["status"]) === 1n,
    gasUsed: parseQuantity(json["gasUsed"]),
  };
}
