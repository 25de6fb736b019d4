/** A real anvil as the local chain runs it: no automine, zero gas price, a block soon after a transaction. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const MINE_EVERY_MS = 50;

export interface Anvil {
  readonly rpcUrl: string;
  call(method: string, params?: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts an anvil on a free port; it mines while `isMining` says so. */
export async function startAnvil(isMining: () => boolean = () => true): Promise<Anvil> {
  const bin = join(dirname(createRequire(import.meta.url).resolve("@foundry-rs/anvil/package.json")), "bin.mjs");
  const flags = ["--port", "0", "--no-mining", "--gas-price", "0", "--base-fee", "0", "--chain-id", "20260"];
  const child = spawn(process.execPath, [bin, ...flags, "--disable-block-gas-limit"], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const rpcUrl = await readUrl(child);
  const call = async (method: string, params: readonly unknown[] = []) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(rpcUrl, { method: "POST", headers: { "content-type": "application/json" }, body });
    return ((await response.json()) as { result?: unknown }).result;
  };
  const timer = setInterval(() => {
    if (isMining()) call("evm_mine").catch(() => undefined);
  }, MINE_EVERY_MS);
  return {
    rpcUrl,
    call,
    stop: () =>
      new Promise((resolve) => {
        clearInterval(timer);
        child.once("exit", () => resolve());
        // The npm launcher starts the binary as a child of its own: the group holds both.
        process.kill(-child.pid!, "SIGKILL");
      }),
  };
}

function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("exit", (code) => reject(new Error(`anvil ended at once (${String(code)}): ${text}`)));
    child.stdout!.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = /Listening on ([\d.]+:\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(`http://${found}`);
    });
  });
}
