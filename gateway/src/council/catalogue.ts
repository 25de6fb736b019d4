/** Every named action: from names to the calls of a proposal, and back from anybody's calls to names. */
import { callOf } from "../chain/contracts.ts";
import { parseAddress } from "../kernel/ids.ts";
import { roleId, roleName } from "../kernel/roles.ts";
import type { ActionSpec, CallSpec, Contracts, CouncilCall } from "./action.ts";
import { memberActions } from "./actions/members.ts";
import { merchantActions } from "./actions/merchants.ts";
import { moneyActions } from "./actions/money.ts";
import { powerActions } from "./actions/powers.ts";
import { sharingActions } from "./actions/sharing.ts";
import { supervisionActions } from "./actions/supervision.ts";
import type { Field, Value, Values } from "./fields.ts";
import { plainValue } from "./fields.ts";
import { describeUnknown } from "./unknown-call.ts";
import type { Words } from "./words.ts";

/** What they are about, in the order in which people are shown them. */
export const ACTION_SUBJECTS = ["members", "merchants", "money", "supervision", "powers", "sharing"] as const;
type ActionSubject = (typeof ACTION_SUBJECTS)[number];

const BY_SUBJECT: Readonly<Record<ActionSubject, readonly ActionSpec[]>> = {
  members: memberActions,
  merchants: merchantActions,
  money: moneyActions,
  supervision: supervisionActions,
  powers: powerActions,
  sharing: sharingActions,
};

export const ACTION_SPECS: readonly ActionSpec[] = ACTION_SUBJECTS.flatMap((subject) => BY_SUBJECT[subject]);

export function subjectOf(spec: ActionSpec): ActionSubject {
  return ACTION_SUBJECTS.find((subject) => BY_SUBJECT[subject].includes(spec)) ?? "powers";
}

export interface NamedAction {
  readonly action: string;
  readonly values: Values;
}

/** An action of a proposal, whoever made it. `unknown-call`: nothing that has a name here; read its data with care. */
export interface DecodedAction extends Words {
  readonly action: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
  /** How many of the proposal's calls it is. */
  readonly calls: number;
}

export function specOf(name: string): ActionSpec | undefined {
  return ACTION_SPECS.find((spec) => spec.name === name);
}

/** The calls of one action. The name must be one of the catalogue. */
export function encodeAction({ action, values }: NamedAction, at: Contracts): CouncilCall[] {
  const spec = specOf(action);
  if (spec === undefined) throw new RangeError(`the catalogue has no action ${action}`);
  return spec.calls.map((call) => encodeCall(spec, call, values, at));
}

export function encodeActions(actions: readonly NamedAction[], at: Contracts): CouncilCall[] {
  return actions.flatMap((action) => encodeAction(action, at));
}

function encodeCall(
  spec: ActionSpec,
  { contract, abi, method, args }: CallSpec<string>,
  values: Values,
  at: Contracts,
) {
  const valueOf = (name: string) => (spec.fields[name]?.kind === "role" ? roleId(String(values[name])) : values[name]);
  const encoded = args.map((arg) => {
    if (typeof arg === "string") return valueOf(arg);
    if ("struct" in arg) return arg.struct.map(valueOf);
    return "addressOf" in arg ? at[arg.addressOf] : arg.is;
  });
  const { to, data } = callOf(at[contract], abi.encodeFunctionData(method, encoded));
  return { target: to, value: 0n, data };
}

/** The longest action that the calls begin with, again and again. What has no name here is shown as it is. */
export function decodeCalls(calls: readonly CouncilCall[], at: Contracts): DecodedAction[] {
  const decoded: DecodedAction[] = [];
  for (let index = 0; index < calls.length;) {
    const found = decodeFirst(calls.slice(index), at) ?? describeUnknown(calls[index] as CouncilCall, at);
    decoded.push(found);
    index += found.calls;
  }
  return decoded;
}

/** The names and values of the calls; undefined when a part has no name here. */
export function nameCalls(calls: readonly CouncilCall[], at: Contracts): NamedAction[] | undefined {
  const named: NamedAction[] = [];
  for (let index = 0; index < calls.length;) {
    const found = findAction(calls.slice(index), at);
    if (found === undefined) return undefined;
    named.push({ action: found.spec.name, values: found.values });
    index += found.spec.calls.length;
  }
  return named;
}

const LONGEST_FIRST = [...ACTION_SPECS].sort((one, other) => other.calls.length - one.calls.length);

function findAction(calls: readonly CouncilCall[], at: Contracts): { spec: ActionSpec; values: Values } | undefined {
  for (const spec of LONGEST_FIRST) {
    const values = readValues(spec, calls, at);
    if (values !== undefined) return { spec, values };
  }
  return undefined;
}

function decodeFirst(calls: readonly CouncilCall[], at: Contracts): DecodedAction | undefined {
  const found = findAction(calls, at);
  if (found === undefined) return undefined;
  const { spec, values } = found;
  const plain = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plainValue(value)]));
  return { action: spec.name, values: plain, calls: spec.calls.length, ...spec.say(values) };
}

/** Undefined unless encoding the values again gives exactly these calls: what is shown is what will run. */
function readValues(spec: ActionSpec, calls: readonly CouncilCall[], at: Contracts): Values | undefined {
  if (calls.length < spec.calls.length) return undefined;
  const values: Record<string, Value> = {};
  for (const [index, call] of spec.calls.entries()) {
    const given = calls[index] as CouncilCall;
    const isIt = given.target === at[call.contract] && given.data.startsWith(selectorOf(call));
    if (!isIt || !readArguments(spec, call, given, values)) return undefined;
  }
  const again = encodeAction({ action: spec.name, values }, at);
  const isSame = again.every(({ data }, index) => calls[index]?.data === data && calls[index].value === 0n);
  return isSame ? values : undefined;
}

function selectorOf({ abi, method }: CallSpec<string>): string {
  return abi.getFunction(method)?.selector ?? "";
}

function readArguments(
  spec: ActionSpec,
  { abi, method, args }: CallSpec<string>,
  { data }: CouncilCall,
  into: Record<string, Value>,
): boolean {
  let found: readonly unknown[];
  try {
    found = [...abi.decodeFunctionData(method, data)];
  } catch {
    return false;
  }
  const read = (name: string, given: unknown): boolean => {
    const field = spec.fields[name];
    const value = field && readValue(field, given);
    if (value === undefined) return false;
    into[name] = value;
    return true;
  };
  return args.every((arg, index) => {
    if (typeof arg === "string") return read(arg, found[index]);
    if (!("struct" in arg)) return true; // compared when it is encoded again
    const parts = found[index] as readonly unknown[];
    return arg.struct.every((name, part) => read(name, parts[part]));
  });
}

/** A value of the chain as the field's kind; undefined for one that the kind can not hold. */
function readValue({ kind }: Field, value: unknown): Value | undefined {
  switch (kind) {
    case "address":
      return parseAddress(String(value));
    case "case":
    case "hash":
      return String(value).toLowerCase();
    case "role":
      return roleName(value as bigint);
    case "id":
    case "bps":
    case "seconds":
    case "validators":
    case "multiple":
      return (value as bigint) > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value);
    case "alp":
    case "price":
    case "shares":
    case "flag":
    case "text":
    case "uri":
      return value as Value;
  }
}
