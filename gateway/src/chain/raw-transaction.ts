/** A transaction as the node has it, with what our contracts' ABIs say of its call and its logs. */
import type { EventFragment, FunctionFragment, Interface, ParamType, Result } from "ethers";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { ChainClient } from "./client.ts";
import * as contracts from "./contracts.ts";
import { decodeRevert } from "./decode-revert.ts";
import type { ContractName, Deployment } from "./deployment.ts";
import { parseLog, parseReceipt } from "./rpc-shapes.ts";

/** A value as text: whole numbers in decimal, lists and structs as JSON. */
export interface NamedValue {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** A call or an event in the words of the ABI. */
export interface DecodedCall {
  readonly name: string;
  /** `transfer(address,uint256)`. */
  readonly signature: string;
  readonly values: NamedValue[];
}

export interface RawLog {
  readonly index: number;
  readonly address: Address;
  /** Of the contract that said it; null when it is none of the alliance's. */
  readonly contract: string | null;
  readonly topics: Hex32[];
  readonly data: HexData;
  readonly decoded: DecodedCall | null;
}

export interface RawTransaction {
  /** The node's own JSON, every field as it came. */
  readonly transaction: Record<string, unknown>;
  readonly receipt: Record<string, unknown>;
  readonly contract: string | null;
  readonly call: DecodedCall | null;
  /** Why it failed, from nodes that keep it. */
  readonly revert: { readonly name: string; readonly facts: Record<string, string | number> } | null;
  readonly logs: RawLog[];
}

const ABIS: Readonly<Partial<Record<ContractName, Interface>>> = {
  accessManager: contracts.accessManager,
  alliance: contracts.alliance,
  allianceToken: contracts.allianceToken,
  collateral: contracts.collateral,
  consentRelay: contracts.consentRelay,
  council: contracts.council,
  exchangePool: contracts.exchangePool,
  lottery: contracts.lottery,
  merchantRegistry: contracts.merchantRegistry,
  nodeDirectory: contracts.nodeDirectory,
  nodeRewards: contracts.nodeRewards,
  regulatorDesk: contracts.regulatorDesk,
  ruleBooks: contracts.ruleBooks,
  sharingProgram: contracts.sharingProgram,
};

export interface KnownContracts {
  readonly deployment: Deployment;
  readonly isToken: (address: Address) => boolean;
}

type Json = Record<string, unknown>;

/** Undefined when no node has it in a block. */
export async function readRawTransaction(
  chain: ChainClient,
  hash: Hex32,
  known: KnownContracts,
): Promise<RawTransaction | undefined> {
  const [sent, mined] = await chain.ask([
    { method: "eth_getTransactionByHash", params: [hash] },
    { method: "eth_getTransactionReceipt", params: [hash] },
  ]);
  const transaction = sent?.ok === true ? (sent.result as Json | null) : null;
  const receipt = mined?.ok === true ? (mined.result as (Json & { logs: unknown[] }) | null) : null;
  if (transaction === null || receipt === null || typeof receipt["blockNumber"] !== "string") return undefined;
  const speakerOf = speakers(known);
  const to = typeof transaction["to"] === "string" ? (transaction["to"].toLowerCase() as Address) : null;
  const called = to === null ? undefined : speakerOf(to);
  const { revertData } = parseReceipt(receipt);
  return {
    transaction,
    receipt: Object.fromEntries(Object.entries(receipt).filter(([name]) => name !== "logs" && name !== "logsBloom")),
    contract: called?.name ?? null,
    call: called === undefined ? null : readCall(called.abi, String(transaction["input"])),
    revert: revertData === undefined ? null : decodeRevert(revertData),
    logs: receipt.logs.map((json) => {
      const { address, topics, data, logIndex } = parseLog(json);
      const speaker = speakerOf(address);
      const decoded = speaker === undefined ? null : readEvent(speaker.abi, topics, data);
      return { index: logIndex, address, contract: speaker?.name ?? null, topics: [...topics], data, decoded };
    }),
  };
}

interface Speaker {
  readonly name: string;
  readonly abi: Interface;
}

function speakers({ deployment, isToken }: KnownContracts): (address: Address) => Speaker | undefined {
  const byAddress = new Map<Address, Speaker>();
  for (const [name, address] of Object.entries(deployment.contracts)) {
    const abi = ABIS[name as ContractName];
    if (abi !== undefined) byAddress.set(address, { name, abi });
  }
  const point: Speaker = { name: "merchantPoint", abi: contracts.merchantPoint };
  return (address) => byAddress.get(address) ?? (isToken(address) ? point : undefined);
}

function readCall(abi: Interface, data: string): DecodedCall | null {
  try {
    const parsed = abi.parseTransaction({ data });
    return parsed === null ? null : describe(parsed.fragment, parsed.args);
  } catch {
    // A call of a function that it does not have, or with too few bytes: shown as it is.
    return null;
  }
}

function readEvent(abi: Interface, topics: readonly Hex32[], data: HexData): DecodedCall | null {
  try {
    const parsed = abi.parseLog({ topics, data });
    return parsed === null ? null : describe(parsed.fragment, parsed.args);
  } catch {
    return null;
  }
}

function describe(fragment: FunctionFragment | EventFragment, args: Result): DecodedCall {
  return {
    name: fragment.name,
    signature: fragment.format("sighash"),
    values: fragment.inputs.map((param, index) => ({
      name: param.name === "" ? String(index) : param.name,
      type: param.type,
      value: showText(param, args[index]),
    })),
  };
}

function showText(param: ParamType, value: unknown): string {
  const plain = toPlain(param, value);
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}

/** Addresses in lower case as everywhere in the API; texts and bytes as they are. */
function toPlain(param: ParamType, value: unknown): unknown {
  const { type, arrayChildren, components } = param;
  if (arrayChildren !== null) return [...(value as Iterable<unknown>)].map((item) => toPlain(arrayChildren, item));
  if (components !== null)
    return Object.fromEntries(components.map((part, index) => [part.name, toPlain(part, (value as Result)[index])]));
  return type === "address" ? String(value).toLowerCase() : String(value);
}
