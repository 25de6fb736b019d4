/**
 * An example of every body, made from the schemas that check it: what a field says of itself (`example`) wins, then what
 * its kind looks like. So an operation is never documented by an example that it would refuse (a test validates each).
 */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The part of JSON Schema that this API's schemas use. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly default?: Json;
  readonly example?: Json;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
}

type Schemas = Readonly<Record<string, Schema>>;
interface Media {
  readonly schema: Schema;
  example?: Json;
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
  readonly parameters?: readonly { readonly schema: Schema; readonly in: string; example?: Json }[];
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Schemas };
}

/** 22 September 2026. */
const SOME_TIME = 1_790_064_000;
const ADDRESS = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const HEX_32 = `0x${"5b".repeat(32)}`;
const UUID = "0b9f4c1e-6f0c-4f0e-8f54-0d6c4fd6a001";

/** A customer whose key is kept here needs none of these: an example shows one way of consenting. */
const OF_OWN_WALLETS = new Set(["account", "signature", "signatures", "deadline", "nonce"]);

/** What common words of answers look like; everything else is told by its schema. */
const WORDS: Readonly<Record<string, string | number | null>> = {
  en: "3,200 points were issued.",
  zh: "已发行 3,200 积分。",
  detail: "3,200 points were issued.",
  legalName: "重庆乡村基餐饮有限公司",
  name: "乡村基积分",
  symbol: "XCJ",
  tokenName: "乡村基积分",
  tokenSymbol: "XCJ",
  category: "restaurant",
  organisation: "xiangcunji",
  label: "till 1",
  reason: "birthday",
  description: "Admit a merchant",
  profileUri: "/profiles/xiangcunji.json",
  sku: "BK-8801",
  utcOffsetSeconds: 28_800,
  decimals: 2,
  pointsPerYuan: 100,
  nextCursor: null,
  settledAt: null,
  error: null,
  refusal: null,
  failure: null,
};

const TIME = /(At|Until|From|timestamp|deadline|^at|^from|^until|^since|^eta|^snapshot)$/;

/** Writes an example into each request body, 2xx answer and parameter of the document. */
export function addExamples(document: object): void {
  const { paths, components } = document as Document;
  const maker = new ExampleMaker(components.schemas);
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
    for (const [, { content = {} }] of answers)
      for (const media of Object.values(content)) media.example ??= maker.of(media.schema, "");
    for (const media of Object.values(operation.requestBody?.content ?? {}))
      media.example ??= maker.of(media.schema, "", true);
    for (const parameter of operation.parameters ?? [])
      if (parameter.in === "path") parameter.example ??= maker.of(parameter.schema, "");
  }
}

class ExampleMaker {
  readonly #schemas: Schemas;

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  /** `isAsked`: of a request, where what is optional may stand for one of several ways. */
  of(given: Schema, name: string, isAsked = false): Json {
    const schema = this.#resolve(given);
    if (given.example !== undefined) return given.example;
    if (schema.example !== undefined) return schema.example;
    if (schema.const !== undefined) return schema.const;
    if (schema.enum?.[0] !== undefined) return schema.enum[0];
    if (schema.default !== undefined) return schema.default;
    const options = schema.anyOf ?? schema.oneOf ?? [];
    const option = options.find((one) => this.#resolve(one).type !== "null") ?? options[0];
    if (option !== undefined) return this.#optional(option, name, isAsked);
    const type =
      typeof schema.type === "string" ? schema.type : (schema.type?.find((one) => one !== "null") ?? "object");
    switch (type) {
      case "object":
        return this.#object(schema, isAsked);
      case "array": {
        const item = this.of(schema.items ?? {}, name.replace(/s$/, ""), isAsked);
        return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => item);
      }
      case "integer":
      case "number":
        return numberOf(schema, name);
      case "boolean":
        return true;
      default:
        return textOf(schema, name);
    }
  }

  /** A field that may be null shows null only where that is the usual case. */
  #optional(option: Schema, name: string, isAsked: boolean): Json {
    return WORDS[name] === null ? null : this.of(option, name, isAsked);
  }

  #object(schema: Schema, isAsked: boolean): Json {
    const properties = schema.properties ?? {};
    const required = new Set(schema.required ?? []);
    const hasManaged = isAsked && "customerId" in properties;
    const names = Object.keys(properties).filter(
      (name) => required.has(name) || !(hasManaged && OF_OWN_WALLETS.has(name)),
    );
    return Object.fromEntries(names.map((name) => [name, this.of(properties[name] ?? {}, name, isAsked)]));
  }

  #resolve(schema: Schema): Schema {
    if (schema.allOf !== undefined)
      return Object.assign({}, ...schema.allOf.map((one) => this.#resolve(one)), schema) as Schema;
    const name = schema.$ref?.split("/").at(-1);
    return name === undefined ? schema : this.#resolve(this.#schemas[name] ?? {});
  }
}

function numberOf({ minimum, maximum, multipleOf }: Schema, name: string): number {
  const wanted = WORDS[name] ?? (TIME.test(name) ? SOME_TIME : 1);
  const bounded = Math.min(Math.max(Number(wanted), minimum ?? 0), maximum ?? Number.MAX_SAFE_INTEGER);
  return multipleOf === undefined ? bounded : Math.ceil(bounded / multipleOf) * multipleOf;
}

/** The first of these that the schema's own pattern takes. */
const TEXTS = [
  "10000",
  ADDRESS,
  HEX_32,
  "5b".repeat(32),
  "order-20260501-17",
  "1000000",
  "2027-0042",
  "0123456789abcdef",
  "2026-09-22",
  "0x5b5b",
  "1",
];

function textOf(schema: Schema, name: string): string {
  if (schema.format === "uuid") return UUID;
  if (schema.pattern === undefined)
    return String(WORDS[name] ?? (/Id$/.test(name) ? "17" : name === "" ? "text" : name));
  const pattern = new RegExp(schema.pattern);
  const word = WORDS[name];
  if (typeof word === "string" && pattern.test(word)) return word;
  return TEXTS.find((text) => pattern.test(text)) ?? name;
}
