/** Command line, then environment, then --config-file, then profile: the first that names an option wins, as in Besu. */
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { OPTION_KINDS } from "./option-names.ts";
import type { OptionKind } from "./option-names.ts";

export type OptionValue = boolean | number | string | readonly string[];
export type Options = ReadonlyMap<string, OptionValue>;

/** What Besu prints before it ends with code 1. */
export class OptionError extends Error {}

const ENTERPRISE: readonly [string, OptionValue][] = [
  ["sync-mode", "FULL"],
  ["data-storage-format", "FOREST"],
  ["sync-min-peers", 1],
  ["remote-connections-limit-enabled", false],
  ["tx-pool", "SEQUENCED"],
  ["tx-pool-no-local-priority", true],
  ["tx-pool-limit-by-account-percentage", 0.15],
  ["rpc-http-max-active-connections", 300],
  ["min-gas-price", 0],
  ["bonsai-limit-trie-logs-enabled", false],
];

export function readOptions(argv: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const given = readArguments(argv);
  const named = (name: string): OptionValue | undefined => given.get(name) ?? fromEnvironment(name, environment);
  const file = named("config-file");
  const toml = typeof file === "string" ? readToml(file) : new Map<string, OptionValue>();
  const profile = named("profile") ?? toml.get("profile");
  const merged = new Map<string, OptionValue>(profileValues(profile));
  for (const [name, value] of toml) merged.set(name, value);
  for (const name of OPTION_KINDS.keys()) {
    const value = named(name);
    if (value !== undefined) merged.set(name, value);
  }
  return merged;
}

function profileValues(profile: OptionValue | undefined): readonly [string, OptionValue][] {
  if (profile === undefined) return [];
  if (/^(enterprise|private)$/i.test(String(profile))) return ENTERPRISE;
  throw new OptionError(`Unable to load profile '${String(profile)}': the stand-in knows ENTERPRISE and PRIVATE.`);
}

function readArguments(argv: readonly string[]): Map<string, OptionValue> {
  const given = new Map<string, OptionValue>();
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at] ?? "";
    const [, name, inline] = /^--([A-Za-z][A-Za-z0-9-]*)(?:=(.*))?$/s.exec(argument) ?? [];
    const kind = OPTION_KINDS.get(name ?? "");
    if (name === undefined || kind === undefined) throw new OptionError(`Unknown option: '${argument}'`);
    if (given.has(name)) throw new OptionError(`option '--${name}' should be specified only once`);
    let text = inline;
    if (text === undefined && kind === "flag" && !/^(true|false)$/.test(argv[at + 1] ?? "")) text = "true";
    if (text === undefined) {
      at += 1;
      text = argv[at];
    }
    if (text === undefined) throw new OptionError(`Missing required parameter for option '--${name}'`);
    given.set(name, fromText(name, kind, text));
  }
  return given;
}

function fromEnvironment(name: string, environment: NodeJS.ProcessEnv): OptionValue | undefined {
  const text = environment[`BESU_${name.toUpperCase().replaceAll("-", "_")}`];
  return text === undefined ? undefined : fromText(name, OPTION_KINDS.get(name) ?? "text", text);
}

function fromText(name: string, kind: OptionKind, text: string): OptionValue {
  if (kind === "list") return text.split(",").map((one) => one.trim());
  if (kind === "number" && !/^-?\d+(\.\d+)?$/.test(text))
    throw new OptionError(`Invalid value for option '--${name}': '${text}' is not a number`);
  if (kind === "number") return Number(text);
  if (kind === "text") return text;
  if (text !== "true" && text !== "false")
    throw new OptionError(`Invalid value for option '--${name}': '${text}' is not a boolean`);
  return text === "true";
}

function readToml(path: string): Map<string, OptionValue> {
  let json: Record<string, unknown>;
  try {
    json = parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new OptionError(`Unable to read TOML configuration, file ${path}: ${(error as Error).message}`);
  }
  const values = new Map<string, OptionValue>();
  // Sections only group: Besu reads the keys below them as if they stood at the top.
  for (const [name, value] of flattened(json)) {
    const kind = OPTION_KINDS.get(name);
    if (kind === undefined) throw new OptionError(`Unknown option in TOML configuration file: ${name}`);
    values.set(name, fromToml(name, kind, value));
  }
  return values;
}

function flattened(json: Record<string, unknown>): [string, unknown][] {
  return Object.entries(json).flatMap(([name, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? flattened(value as Record<string, unknown>)
      : [[name, value] as [string, unknown]],
  );
}

function fromToml(name: string, kind: OptionKind, value: unknown): OptionValue {
  const isRight = {
    flag: typeof value === "boolean",
    list: Array.isArray(value) && value.every((one) => typeof one === "string"),
    number: typeof value === "number",
    text: typeof value === "string",
  }[kind];
  if (!isRight) throw new OptionError(`Invalid value for option '--${name}' in the TOML file: it must be a ${kind}`);
  return value as OptionValue;
}
