/** What `npm start` can be told, by flags first and the environment second. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { SetupError } from "../tooling/setup-error.ts";

export const HELP = `npm start [-- options]   runs the whole ledger on this computer until Ctrl-C

  --fresh             begin anew: empties the data directory first
  --port N            port of the gateway (PORT, default 8080)
  --chain-port N      port of the local chain (LEDGER_CHAIN_PORT, default 8545)
  --data-dir PATH     where chain, keys and embedded storage are kept (LEDGER_DATA_DIR, default .data)
  --help              this text

DATABASE_URL=postgres://… stores the read side and the outbox in PostgreSQL instead of the embedded storage.`;

export interface StartOptions {
  readonly isFresh: boolean;
  readonly wantsHelp: boolean;
  readonly port: number;
  readonly chainPort: number;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

function portOf(text: string, name: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new SetupError(`${name} must be a port number from 1 to 65535, not "${text}".`);
}

function parseFlags(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  try {
    const options = { fresh: flag, help: flag, port: text, "chain-port": text, "data-dir": text };
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    throw new SetupError(`${(error as Error).message.split(".")[0] ?? ""}. See npm start -- --help.`);
  }
}

export function readStartOptions(args: readonly string[], env: Environment): StartOptions {
  const flags = parseFlags(args);
  const { PORT, LEDGER_CHAIN_PORT, LEDGER_DATA_DIR, DATABASE_URL } = env as Record<string, string>;
  return {
    isFresh: flags.fresh,
    wantsHelp: flags.help,
    port: portOf(flags.port ?? (PORT || "8080"), "--port"),
    chainPort: portOf(flags["chain-port"] ?? (LEDGER_CHAIN_PORT || "8545"), "--chain-port"),
    dataDir: resolve(flags["data-dir"] ?? (LEDGER_DATA_DIR || ".data")),
    databaseUrl: DATABASE_URL || undefined,
  };
}
