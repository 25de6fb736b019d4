/** A network as an operator makes one: `init` and `up` of the product's own program, on stand-ins for Besu. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "../../../scripts/chain/ports.ts";
import { callRpc } from "../../../scripts/chain/rpc.ts";
import { networkFolder } from "../../plan/folder.ts";
import type { NetworkFolder } from "../../plan/folder.ts";
import { nodeOf, nodesHere, readNetworkFile } from "../../plan/network-file.ts";
import type { NetworkFile, ValidatorSelection } from "../../plan/plan.ts";

const MAIN = join(import.meta.dirname, "../../cli/main.ts");
/** A folder with bin/besu, as BESU_HOME names it. */
export const STAND_IN_HOME = join(import.meta.dirname, "../stand-in");

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliNetworkOptions {
  /** One organisation each: org-1 with node org-1-1, and so on. */
  readonly validators: number;
  /** Nodes observer-1 … of the first organisation. */
  readonly observers?: number;
  readonly validatorSelection?: ValidatorSelection;
  readonly blockPeriodSeconds?: number;
  readonly requestTimeoutSeconds?: number;
  readonly epochLength?: number;
}

export class CliNetwork {
  readonly base: string;
  /** What every command gets beside its flags. */
  readonly env: Record<string, string> = { BESU_HOME: STAND_IN_HOME };
  readonly folder: NetworkFolder;

  private constructor(base: string) {
    this.base = base;
    this.folder = networkFolder(join(base, ".network"));
  }

  /** Made by `init`, not started. */
  static async make(options: CliNetworkOptions): Promise<CliNetwork> {
    const made = new CliNetwork(mkdtempSync(join(tmpdir(), "network-")));
    writeFileSync(join(made.base, "network.yaml"), JSON.stringify(await planOf(options)));
    await made.do("init", "network.yaml");
    return made;
  }

  get network(): NetworkFile {
    return readNetworkFile(this.folder);
  }

  rpcUrl(nodeId: string): string {
    return `http://127.0.0.1:${nodeOf(this.network, nodeId).ports.rpc}`;
  }

  /** Whatever comes of it. */
  run(...args: string[]): Promise<Outcome> {
    return this.runWith({}, ...args);
  }

  runWith(env: Record<string, string | undefined>, ...args: string[]): Promise<Outcome> {
    const options = { cwd: this.base, env: { ...process.env, ...this.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    const command = ["--disable-warning=ExperimentalWarning", MAIN, ...args];
    return new Promise((resolve) => {
      execFile(process.execPath, command, options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : -1, stdout, stderr });
      });
    });
  }

  /** Throws with everything it said unless it succeeds. Returns what it printed. */
  async do(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code !== 0) throw new Error(`network ${args.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  async head(nodeId: string): Promise<number> {
    return Number(await callRpc<string>(this.rpcUrl(nodeId), "eth_blockNumber", []));
  }

  /** Asks again until it is so: a node that does not answer yet is asked again too. */
  async until(what: string, isSo: () => Promise<boolean> | boolean, timeoutMs = 120_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      try {
        if (await isSo()) return;
      } catch {
        // Not yet.
      }
      await sleep(100);
    }
    throw new Error(`Within ${timeoutMs / 1_000} s it did not happen that ${what}. Logs: ${this.folder.root}`);
  }

  async close(): Promise<void> {
    if (existsSync(this.folder.network) && nodesHere(this.folder, this.network).length > 0) await this.run("down");
    rmSync(this.base, { recursive: true, force: true });
  }
}

async function planOf(options: CliNetworkOptions): Promise<object> {
  const { validators, observers = 0, validatorSelection = "blockheader" } = options;
  const { blockPeriodSeconds = 1, requestTimeoutSeconds = 4, epochLength } = options;
  const ports = await distinctPorts(4 * (validators + observers));
  const take = () => ({ p2p: ports.pop(), rpc: ports.pop(), ws: ports.pop(), metrics: ports.pop() });
  return {
    ...{
      name: "test-network",
      chainId: 20_260,
      blockPeriodSeconds,
      requestTimeoutSeconds,
      validatorSelection,
      epochLength,
    },
    organisations: Array.from({ length: validators }, (_, index) => ({
      slug: `org-${index + 1}`,
      name: `Organisation ${index + 1}`,
      host: "127.0.0.1",
      nodes: [
        { id: `org-${index + 1}-1`, role: "validator", ports: take(), heapMb: 512 },
        ...Array.from({ length: index === 0 ? observers : 0 }, (__, extra) => ({
          ...{ id: `observer-${extra + 1}`, role: "observer", ports: take(), heapMb: 512 },
        })),
      ],
    })),
  };
}

async function distinctPorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) found.add(await findFreePort());
  return [...found];
}
