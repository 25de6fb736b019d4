/** `npm start` as a process of its own group on free ports, as a terminal runs it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../scripts/chain/ports.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FLAGS = ["--disable-warning=ExperimentalWarning"];
const START_TIMEOUT_MS = 240_000;

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** One data directory with its ports, started and stopped as often as a test likes. */
export class LedgerProcess {
  readonly dataDir = mkdtempSync(join(tmpdir(), "ledger-e2e-"));
  readonly port: number;
  readonly chainPort: number;
  #child: ChildProcess | undefined;
  #output = "";

  private constructor(port: number, chainPort: number) {
    this.port = port;
    this.chainPort = chainPort;
  }

  static async create(): Promise<LedgerProcess> {
    return new LedgerProcess(await findFreePort(), await findFreePort());
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get chainUrl(): string {
    return `http://127.0.0.1:${this.chainPort}`;
  }

  /** Resolves when everything runs; rejects with the output when it ends before. */
  async start(...args: string[]): Promise<string> {
    return await this.startUntil("Everything runs.", ...args);
  }

  /** Resolves as soon as the output has these words. */
  async startUntil(words: string, ...args: string[]): Promise<string> {
    const ended = this.#spawn(args);
    const up = this.#waitFor(words);
    const outcome = await Promise.race([ended, up]);
    if (outcome === "found") return this.#output;
    throw new Error(`npm start did not come up:\n${this.#output}`);
  }

  /** Runs a start that is expected to end by itself. */
  async startExpectingEnd(...args: string[]): Promise<Ended> {
    return await this.#spawn(args);
  }

  /** Ctrl-C: the signal goes to the whole process group, as a terminal sends it. */
  async stop(): Promise<Ended> {
    return await this.#end((child) => process.kill(-(child.pid ?? 0), "SIGINT"));
  }

  /** Only the starter dies, as by the kernel's hand; what it started lives on. */
  async killStarter(): Promise<Ended> {
    return await this.#end((child) => child.kill("SIGKILL"));
  }

  killGateway(): void {
    process.kill(Number(readFileSync(join(this.dataDir, "gateway.pid"), "utf8")), "SIGKILL");
  }

  async waitForEnd(): Promise<Ended> {
    return await this.#end(() => undefined);
  }

  /** `npm run demo`, `powers`, `report`, `audit` … against this ledger. */
  async runScript(name: string, ...args: string[]): Promise<Ended> {
    const child = spawn(process.execPath, [...FLAGS, join(ROOT, "scripts", `${name}.ts`), ...args], {
      cwd: ROOT,
      env: {
        ...process.env,
        LEDGER_DATA_DIR: this.dataDir,
        LEDGER_RPC_URL: this.chainUrl,
        LEDGER_URL: this.url,
        LEDGER_API_URL: this.url,
      },
    });
    let output = "";
    const keep = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    return await new Promise((resolve) => {
      child.on("close", (code) => {
        resolve({ code, output });
      });
    });
  }

  async rpc(method: string, ...params: unknown[]): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(this.chainUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return ((await response.json()) as { result: unknown }).result;
  }

  async cleanUp(): Promise<void> {
    if (this.#child?.exitCode === null && this.#child.signalCode === null) await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #spawn(args: readonly string[]): Promise<Ended> {
    const ports = ["--port", String(this.port), "--chain-port", String(this.chainPort), "--data-dir", this.dataDir];
    const child = spawn(process.execPath, [...FLAGS, join(ROOT, "scripts", "start.ts"), ...ports, ...args], {
      cwd: ROOT,
      detached: true,
    });
    this.#output = "";
    const keep = (chunk: Buffer): void => {
      this.#output += chunk.toString("utf8");
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    this.#child = child;
    return new Promise((resolve) => {
      child.on("close", (code) => {
        resolve({ code, output: this.#output });
      });
    });
  }

  async #waitFor(words: string): Promise<"found"> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!this.#output.includes(words)) {
      if (Date.now() > deadline) throw new Error(`no "${words}" within ${START_TIMEOUT_MS} ms:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return "found";
  }

  async #end(ask: (child: ChildProcess) => unknown): Promise<Ended> {
    const child = this.#child;
    if (child === undefined) throw new Error("nothing was started");
    const ended = new Promise<Ended>((resolve) => {
      child.on("exit", (code) => {
        resolve({ code, output: this.#output });
      });
    });
    ask(child);
    return await ended;
  }
}
