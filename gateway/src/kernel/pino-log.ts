/** The log of a running gateway: JSON lines of pino, with every field that could hold a secret cut out. */
import { pino, stdSerializers } from "pino";
import type { DestinationStream } from "pino";
import type { Log } from "./log.ts";

/** Names under which secrets travel, at the top and one or two levels down (pino's paths are exact). */
const SECRET_NAMES = [
  "authorization",
  "apiKey",
  "secret",
  "passphrase",
  "password",
  "privateKey",
  "signature",
  "raw",
  "connectionString",
  "databaseUrl",
  "cookie",
];
const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/pk_[0-9a-f]{16}_[0-9A-Za-z]{10,}/g, "pk_[cut]"],
  [/(postgres(?:ql)?:\/\/[^:/\s]*):[^@\s]*@/g, "$1:[cut]@"],
  // A signed transaction or a key is long hex; hashes and addresses (64 digits and fewer) may stay, except after a name.
  [/0x[0-9a-fA-F]{130,}/g, "0x[cut]"],
  [/((?:private ?key|passphrase|password|secret)["']?\s*[:=]\s*["']?)[^\s"',}]+/gi, "$1[cut]"],
];

/** Cuts what looks like a secret out of any text, error messages of libraries included. */
export function cutSecrets(text: string): string {
  return SECRET_SHAPES.reduce((left, [shape, instead]) => left.replace(shape, instead), text);
}

export function createPinoLog(options: { level: string; destination?: DestinationStream }): Log {
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: stdSerializers.err },
    redact: {
      paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: "[cut]",
    },
    hooks: { streamWrite: cutSecrets },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}
