/** What the gateway is told from outside: one schema over the environment; every wrong variable is named at once. */
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import type { Thresholds } from "./regulator/thresholds.ts";
import { DEFAULT_THRESHOLDS, parseThresholds } from "./regulator/thresholds.ts";

const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number")
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be ${min} to ${max}`);
const isAddress = (text: string): boolean => URL.canParse(text);
const httpUrl = z
  .string()
  .regex(/^https?:\/\/[^\s]+$/, "must be http:// or https://")
  .refine(isAddress, "is no address");

const wsUrl = z
  .string()
  .regex(/^wss?:\/\/[^\s]+$/, "must be ws:// or wss://")
  .refine(isAddress, "is no address");

const schema = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("development"),
  HOST: z.string().min(1).default("127.0.0.1"),
  /** 0 takes any free port. */
  PORT: whole(0, 65_535).default(8_080),
  /** Holds deployment.json, the embedded store and the demo's secrets. */
  LEDGER_DATA_DIR: z.string().min(1).default(".data"),
  /** Left out: the embedded store in the data directory. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres:// or postgresql://")
    .optional(),
  /** One or more nodes of one chain, separated by commas: one serves until it fails, then the next. */
  LEDGER_RPC_URL: list.pipe(z.array(httpUrl).min(1)).default(["http://127.0.0.1:8545"]),
  /** WebSocket addresses of nodes, separated by commas: new blocks are then announced instead of asked for. */
  LEDGER_WS_URL: list.pipe(z.array(wsUrl)).default([]),
  /** Opens the signing keys. */
  LEDGER_PASSPHRASE: z.string().min(12, "must have at least 12 characters").optional(),
  /** Lets NODE_ENV=production run on the embedded store, which does not survive a power cut. */
  LEDGER_ALLOW_EMBEDDED: flag.default(false),
  /** false demands a key for reads too. */
  LEDGER_PUBLIC_READS: flag.default(true),
  /** true lets webhooks and connectors go to private addresses and without TLS: for one machine that plays every part. */
  LEDGER_OUTWARD_PRIVATE: flag.default(false),
  /** Where browsers reach the web, without a path: links to customers' wallets begin with it, and wallets sign its host. */
  LEDGER_PUBLIC_URL: httpUrl
    .transform((text) => text.replace(/\/$/, ""))
    .refine(
      (text) => URL.canParse(text) && new URL(text).origin === text,
      "must be a scheme and a host, without a path",
    )
    .optional(),
  LEDGER_CORS_ORIGINS: list.pipe(z.array(httpUrl)).default([]),
  /** Proxies in front whose X-Forwarded-For is believed. */
  LEDGER_PROXY_HOPS: whole(0, 10).default(0),
  LEDGER_RATE_PER_KEY: whole(1, 10_000_000).default(30_000),
  LEDGER_RATE_PER_ADDRESS: whole(1, 10_000_000).default(12_000),
  LEDGER_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  /** Directory of profile documents, served under /profiles. */
  LEDGER_PROFILES_DIR: z.string().min(1).optional(),
  /** Directory of the built web; left out: explorer/dist, where the set-up builds it. "none" serves the API alone. */
  LEDGER_WEB_DIR: z.string().min(1).default("explorer/dist"),
  /** JSON with the thresholds of the regulator's alert rules (regulator/thresholds.ts); left out: the defaults. */
  LEDGER_ALERTS_FILE: z.string().min(1).optional(),
});

export interface Config {
  readonly isProduction: boolean;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly rpcUrls: readonly string[];
  readonly wsUrls: readonly string[];
  readonly passphrase: string;
  readonly allowEmbedded: boolean;
  readonly publicReads: boolean;
  readonly outwardPrivate: boolean;
  /** Undefined: wherever a request came to; then only wallets on this very machine can sign in. */
  readonly publicUrl: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly proxyHops: number;
  readonly ratePerKey: number;
  readonly ratePerAddress: number;
  readonly logLevel: string;
  readonly profilesDir: string;
  /** Undefined: only the API is served. */
  readonly webDir: string | undefined;
  readonly alerts: Thresholds;
}

/** Something that whoever starts the gateway must put right; the message is the whole sentence. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** Secrets may come from files, so that they are in no process list: X_FILE stands for X. */
const SECRETS = ["DATABASE_URL", "LEDGER_PASSPHRASE"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

function withSecretFiles(env: Environment, readText: (path: string) => string, problems: string[]): Environment {
  const filled: Record<string, string | undefined> = { ...env };
  for (const name of SECRETS) {
    const path = env[`${name}_FILE`];
    if (path === undefined || path === "") continue;
    if ((env[name] ?? "") !== "") problems.push(`${name} and ${name}_FILE: give one of them`);
    try {
      filled[name] = readText(path).trim();
    } catch {
      problems.push(`${name}_FILE: ${path} can not be read`);
    }
  }
  return filled;
}

/** Throws one StartError that names every variable that is wrong or missing. */
export function readConfig(env: Environment, readText: (path: string) => string): Config {
  const problems: string[] = [];
  const filled = withSecretFiles(env, readText, problems);
  // An empty variable is one that was not set.
  const given = Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
  if (problems.length === 0 && given["LEDGER_PASSPHRASE"] === undefined)
    problems.push("LEDGER_PASSPHRASE_FILE: name the file that holds the passphrase of the signing keys");
  const alerts = readAlerts(given["LEDGER_ALERTS_FILE"], readText, problems);
  if (!parsed.success || problems.length > 0)
    throw new StartError(`The configuration is not usable: ${problems.join("; ")}.`);
  return { ...configOf(parsed.data), alerts };
}

function readAlerts(path: string | undefined, readText: (path: string) => string, problems: string[]): Thresholds {
  if (path === undefined) return DEFAULT_THRESHOLDS;
  try {
    return parseThresholds(readText(path));
  } catch (error) {
    const why = error instanceof RangeError ? error.message : "can not be read";
    problems.push(`LEDGER_ALERTS_FILE: ${path}: ${why}`);
    return DEFAULT_THRESHOLDS;
  }
}

function configOf(values: z.output<typeof schema>): Omit<Config, "alerts"> {
  const dataDir = resolve(values.LEDGER_DATA_DIR);
  const profiles = values.LEDGER_PROFILES_DIR ?? "profiles";
  return {
    isProduction: values.NODE_ENV === "production",
    host: values.HOST,
    port: values.PORT,
    dataDir,
    databaseUrl: values.DATABASE_URL,
    rpcUrls: values.LEDGER_RPC_URL,
    wsUrls: values.LEDGER_WS_URL,
    passphrase: values.LEDGER_PASSPHRASE ?? "",
    allowEmbedded: values.LEDGER_ALLOW_EMBEDDED,
    publicReads: values.LEDGER_PUBLIC_READS,
    outwardPrivate: values.LEDGER_OUTWARD_PRIVATE,
    publicUrl: values.LEDGER_PUBLIC_URL,
    corsOrigins: values.LEDGER_CORS_ORIGINS,
    proxyHops: values.LEDGER_PROXY_HOPS,
    ratePerKey: values.LEDGER_RATE_PER_KEY,
    ratePerAddress: values.LEDGER_RATE_PER_ADDRESS,
    logLevel: values.LEDGER_LOG_LEVEL,
    webDir: values.LEDGER_WEB_DIR === "none" ? undefined : resolve(values.LEDGER_WEB_DIR),
    profilesDir: isAbsolute(profiles) ? profiles : join(dataDir, profiles),
  };
}
