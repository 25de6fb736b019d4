/** Values from JSON schemas: a valid one, and ones that a hostile or careless caller would send. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly example?: Json;
  readonly default?: Json;
  readonly minLength?: number;
}

/** A number in [0, 1) that depends on the seed alone. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");

function uuid(random: Random): string {
  return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`;
}

/** Strings by what the pattern allows; the patterns of this API are few. */
function sampleString(schema: Schema, random: Random): string {
  const pattern = schema.pattern ?? "";
  if (schema.format === "uuid") return uuid(random);
  if (pattern.includes("{40}")) return `0x${hex(random, 40)}`;
  if (pattern.includes("[0-9a-fA-F]{64}")) return `0x${hex(random, 64)}`;
  if (pattern.includes("{16}$") && pattern.includes("0-9a-f")) return hex(random, 16);
  if (pattern.includes("){2})*") || pattern.includes("{2})*$")) return `0x${hex(random, 130)}`;
  if (pattern.endsWith("0{6}$")) return `${1 + Math.floor(random() * 10_000)}000000`;
  if (/\[1-9\]|\\d/.test(pattern)) return String(1 + Math.floor(random() * 10_000));
  return `s${hex(random, 6)}`;
}

export class Sampler {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #random: Random;

  constructor(schemas: Readonly<Record<string, Schema>>, random: Random) {
    this.#schemas = schemas;
    this.#random = random;
  }

  resolve(schema: Schema): Schema {
    const name = schema.$ref?.split("/").at(-1);
    return name === undefined ? schema : this.resolve(this.#schemas[name] ?? {});
  }

  /** A value that the schema accepts; optional fields are there half of the time. */
  valid(given: Schema): Json {
    const schema = this.resolve(given);
    const random = this.#random;
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return pick(random, schema.enum);
    const options = schema.anyOf ?? schema.oneOf;
    if (options !== undefined) return this.valid(pick(random, options));
    switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
      case "object":
        return this.#object(schema);
      case "array":
        return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => this.valid(schema.items ?? {}));
      case "integer":
      case "number":
        return Math.floor(random() * 100) * 60 + Math.max(0, schema.minimum ?? 0);
      case "boolean":
        return random() < 0.5;
      default:
        return sampleString(schema, random);
    }
  }

  #object(schema: Schema): Json {
    const required = new Set(schema.required ?? []);
    const names = Object.keys(schema.properties ?? {}).filter((name) => required.has(name) || this.#random() < 0.5);
    return Object.fromEntries(names.map((name) => [name, this.valid(schema.properties![name]!)]));
  }

  /** The value with one place spoilt. */
  spoil(value: Json): Json {
    const random = this.#random;
    if (typeof value === "object" && value !== null && random() < 0.85) {
      if (Array.isArray(value)) {
        if (value.length === 0 || random() < 0.1) return pick(random, [[], hostile(random), Array(6_000).fill(1)]);
        const at = Math.floor(random() * value.length);
        return value.map((item, index) => (index === at ? this.spoil(item) : item));
      }
      const names = Object.keys(value);
      const choice = random();
      if (choice < 0.15) return { ...value, [pick(random, STRANGE_NAMES)]: hostile(random) };
      if (names.length === 0) return hostile(random);
      const name = pick(random, names);
      if (choice < 0.3) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
      return { ...value, [name]: this.spoil(value[name]!) };
    }
    return hostile(random);
  }
}

const STRANGE_NAMES = ["constructor", "toString", "admin", "role", "", "a".repeat(300), "$ne", "merchantId", "\u0000"];

function nested(depth: number): Json {
  return depth === 0 ? 1 : { n: nested(depth - 1) };
}

/** What should never get through anywhere. */
export function hostile(random: Random): Json {
  return pick<() => Json>(random, [
    () => null,
    () => true,
    () => -1,
    () => 0,
    () => 1.5,
    () => 2 ** 53 + 2,
    () => 1e308,
    () => "",
    () => "0",
    () => "-1",
    () => "1e18",
    () => "0x",
    () => "9".repeat(100),
    () => "115792089237316195423570985008687907853269984665640564039457584007913129639936",
    () => "\u0000",
    () => "\ud800",
    () => "‮𝕏é\u0301",
    () => "' or 1=1; drop table command; --",
    () => "../../etc/passwd",
    () => "${7*7}{{7*7}}",
    () => "x".repeat(3_000),
    () => [],
    () => ({}),
    () => nested(25),
    () => [[[[1]]]],
    () => `0x${"f".repeat(40)}`,
    () => `0x${"0".repeat(40)}`,
    () => `0x${"0".repeat(64)}`,
  ])();
}
