/** A bare anvil for tests that make their own blocks: ten unlocked accounts, no gas price, nothing mined by itself. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface Anvil {
  readonly url: string;
  rpc(method: string, params?: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startAnvil(chainId = 20260): Promise<Anvil> {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const manifest = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${process.platform}-${arch}/package.json`);
  const flags = ["--port", "0", "--no-mining", "--gas-price", "0", "--base-fee", "0", "--chain-id", String(chainId)];
  // 2,000 states: tests ask the contracts at the block the store stands at, which may lie behind.
  const child = spawn(
    join(dirname(manifest), "bin", "anvil"),
    [...flags, "--disable-block-gas-limit", "--order", "fifo", "--prune-history", "2000"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.once("exit", (code) => {
      reject(new Error(`anvil ended at once (${String(code)}): ${text}`));
    });
    child.stdout.on("data", (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-2_000);
      const found = /Listening on ([\d.]+:\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(`http://${found}`);
    });
  });
  return {
    url,
    async rpc(method, params = []) {
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
      const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
      const answer = (await response.json()) as { result?: unknown; error?: { message: string } };
      if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
      return answer.result;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => {
          resolve();
        });
        child.kill("SIGKILL");
      }),
  };
}
