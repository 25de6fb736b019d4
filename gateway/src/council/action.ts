/** What the council can be asked to do by name. An action is data: its fields, the calls they go into, words, and views. */
import type { ContractAbi, Decoded } from "../chain/contracts.ts";
import type { ContractName, Deployment } from "../chain/deployment.ts";
import type { Address, HexData } from "../kernel/ids.ts";
import { parseHexData } from "../kernel/ids.ts";
import type { Fields, Values, ValuesOf } from "./fields.ts";
import type { Words } from "./words.ts";

export type Contracts = Deployment["contracts"];

export interface CouncilCall {
  readonly target: Address;
  readonly value: bigint;
  readonly data: HexData;
}

/** A view that the action changes, and how to show its answer. */
export interface Probe {
  readonly what: Words;
  readonly target: Address;
  readonly data: HexData;
  /** As JSON shows it: numbers are decimal strings, enums are words, addresses lower case. */
  read(answer: HexData): string;
}

/** An argument: a field by its name; a struct of fields; one of our contracts; or the one value that makes the call this action's. */
export type Argument<Name extends string> =
  | Name
  | { readonly struct: readonly Name[] }
  | { readonly addressOf: ContractName }
  | { readonly is: bigint | boolean | Address };

/** One call of one of our contracts, its arguments in their order. */
export interface CallSpec<Name extends string> {
  readonly contract: ContractName;
  readonly abi: ContractAbi;
  readonly method: string;
  readonly args: readonly Argument<Name>[];
}

/** An action whose types were checked where it is defined and are forgotten. */
export interface ActionSpec {
  readonly name: string;
  readonly summary: Words;
  readonly fields: Fields;
  readonly calls: readonly CallSpec<string>[];
  /** One sentence in each language. */
  say(values: Values): Words;
  probes(values: Values, at: Contracts): readonly Probe[];
}

interface TypedSpec<F extends Fields> {
  readonly name: string;
  readonly summary: Words;
  readonly fields: F;
  readonly calls: readonly CallSpec<keyof F & string>[];
  say(values: ValuesOf<F>): Words;
  probes(values: ValuesOf<F>, at: Contracts): readonly Probe[];
}

export function action<const F extends Fields>(spec: TypedSpec<F>): ActionSpec {
  return spec;
}

interface View {
  readonly of: Address;
  readonly abi: ContractAbi;
  readonly method: string;
  readonly args?: readonly unknown[];
}

/** A probe of one view; shown as its first value unless `show` says otherwise. */
export function probe(
  what: Words,
  { of, abi, method, args = [] }: View,
  show: (answer: Decoded) => string = ([first]) => showValue(first),
): Probe {
  return {
    what,
    target: of,
    data: parseHexData(abi.encodeFunctionData(method, args)),
    read: (answer) => show(abi.decodeFunctionResult(method, answer)),
  };
}

/** Texts stay as they are, but for addresses, which have one spelling here. */
export function showValue(value: unknown): string {
  const text = String(value);
  return text.startsWith("0x") ? text.toLowerCase() : text;
}
