/**
 * The EVM of one stand-in: an anvil of its own, which executes what the stand-ins agreed on. Equal transactions, proposer
 * and timestamp give equal blocks: two anvils fed the same answer with the same hashes (measured).
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Agent, request } from "node:http";

/** Blocks whose state can still be read; each costs the size of the state in memory. */
const STATES_KEPT = 128;
const START_TIMEOUT_MS = 60_000;

export interface EvmError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export type EvmAnswer =
  { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: EvmError };

/** JSON-RPC to an anvil, over connections that stay open: a replay asks thousands of times. */
export class EvmClient {
  readonly url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  #id = 0;

  constructor(url: string) {
    this.url = url;
  }

  async ask(method: string, params: readonly unknown[]): Promise<EvmAnswer> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: (this.#id += 1), method, params });
    const { result, error } = JSON.parse(await this.#post(body)) as { result: unknown; error?: EvmError };
    return error === undefined ? { ok: true, result } : { ok: false, error };
  }

  async get<T>(method: string, params: readonly unknown[] = []): Promise<T> {
    const answer = await this.ask(method, params);
    if (answer.ok) return answer.result as T;
    throw new Error(`The stand-in's EVM refused ${method}: ${answer.error.message}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(body: string): Promise<string> {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const asked = request(this.url, { method: "POST", agent: this.#agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
        response.on("error", reject);
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }
}

export interface EvmOptions {
  /** As anvil's --init reads it: only state, chain id and timestamp come from it. */
  readonly genesisFile: string;
  readonly chainId: number;
  readonly gasLimit: number;
}

export interface Evm {
  readonly client: EvmClient;
  /** Resolves when the process is gone, wanted or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

function anvilBinary(): string {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`;
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), "bin", "anvil");
}

function anvilArguments({ genesisFile, chainId, gasLimit }: EvmOptions): string[] {
  return [
    ...["--host", "127.0.0.1", "--port", "0", "--chain-id", String(chainId), "--init", genesisFile],
    ...["--no-mining", "--order", "fifo", "--hardfork", "cancun", "--gas-limit", String(gasLimit)],
    ...["--gas-price", "0", "--block-base-fee-per-gas", "0", "--disable-min-priority-fee"],
    ...["--prune-history", String(STATES_KEPT), "--no-request-size-limit"],
    ...["--accounts", "1", "--balance", "0", "--disable-default-create2-deployer"],
  ];
}

/**
 * A shell stands between: it ends the anvil when its standard input closes, so that none is left behind even when the
 * stand-in is killed with SIGKILL, where no handler runs.
 */
const KEEPER = 'exec 3<&0; "$@" </dev/null & pid=$!; exec >/dev/null; read -r _ <&3; kill -9 $pid; wait $pid';

export async function startEvm(options: EvmOptions): Promise<Evm> {
  const child = spawn("/bin/sh", ["-c", KEEPER, "keeper", anvilBinary(), ...anvilArguments(options)], {
    detached: true, // Ctrl-C in a terminal reaches the stand-in alone, which then closes in order
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints = (complaints + chunk.toString("utf8")).slice(-2_000)));
  const lines = createInterface({ input: child.stdout });
  const ended = new Promise<void>((resolve) => lines.once("close", () => resolve()));
  const port = new Promise<string>((resolve, reject) => {
    lines.on("line", (line) => {
      const found = /Listening on 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("error", reject);
    void ended.then(() => reject(new Error(`The stand-in's EVM did not start: ${complaints}`)));
    setTimeout(() => reject(new Error("The stand-in's EVM did not start in time.")), START_TIMEOUT_MS).unref();
  });
  try {
    const client = new EvmClient(`http://127.0.0.1:${await port}`);
    const stop = async (): Promise<void> => {
      client.close();
      child.stdin.end();
      await ended;
    };
    return { client, ended, stop };
  } catch (error) {
    child.stdin.end();
    throw error;
  }
}
