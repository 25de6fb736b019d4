/** A real chain with the real contracts, agents as processes of their own, and a hand on the chain's clock. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Contract, Wallet } from "ethers";
import type { Health } from "../../agent/health.ts";
import { alliance as allianceAbi, allianceToken, nodeRewards } from "../../../gateway/src/chain/contracts.ts";
import type { TestLedger } from "../../../gateway/test/support/ledger.ts";
import { startLedger } from "../../../gateway/test/support/ledger.ts";
import type { FaultyNode } from "./faulty-node.ts";
import { startFaultyNode } from "./faulty-node.ts";

/** The demo's schedule: windows of 30 s; 12 of 20 are required. */
export const EPOCH_SECONDS = 600;
export const WINDOW_SECONDS = 30;
export const WINDOWS_REQUIRED = 12;
export const WINDOWS = EPOCH_SECONDS / WINDOW_SECONDS;

const MAIN = new URL("../../agent/main.ts", import.meta.url).pathname;

export interface NodeOnStage {
  readonly wallet: Wallet;
  readonly keyFile: string;
  readonly stateDir: string;
  readonly memberId: number;
  readonly representative: string;
}

export interface AttestedEvent {
  readonly epoch: number;
  readonly window: number;
}

export interface Stage {
  readonly ledger: TestLedger;
  readonly node: FaultyNode;
  readonly directory: string;
  /** Admits a member with a node of its own; its key lies in a file. */
  admit(): Promise<NodeOnStage>;
  /** A node that no member has. */
  makeNode(): Omit<NodeOnStage, "memberId" | "representative">;
  /** Moves the chain's clock to so many seconds after the first of that window. */
  goTo(epoch: number, window: number, second?: number): Promise<void>;
  /** Every attestation of the member, in order. */
  attested(memberId: number): Promise<AttestedEvent[]>;
  claims(memberId: number): Promise<{ readonly epoch: number; readonly amount: bigint }[]>;
  balanceOf(account: string): Promise<bigint>;
  /** Transactions of the key that were mined. */
  minedOf(account: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const ledger = await startLedger({
    rewardEpochSeconds: BigInt(EPOCH_SECONDS),
    rewardWindowSeconds: BigInt(WINDOW_SECONDS),
    rewardWindowsRequired: BigInt(WINDOWS_REQUIRED),
  });
  const { provider, deployment } = ledger;
  const at = deployment.contracts;
  const node = await startFaultyNode(ledger.url);
  const directory = mkdtempSync(join(tmpdir(), "ledger-agent-"));
  writeFileSync(join(directory, "deployment.json"), JSON.stringify(deployment));
  const rewards = new Contract(at.nodeRewards, nodeRewards, provider);
  const members = new Contract(at.alliance, allianceAbi, provider);
  const startedAt = Number((await rewards.getFunction("startedAt")()) as bigint);

  const logsOf = async (event: string, memberId: number) => {
    const logs = await rewards.queryFilter(rewards.getEvent(event)(memberId), 0, "latest");
    return logs.map((log) => nodeRewards.parseLog(log)!.args);
  };
  const makeNode: Stage["makeNode"] = () => {
    const wallet = new Wallet(Wallet.createRandom().privateKey);
    const keyFile = join(directory, `${wallet.address}.key`);
    writeFileSync(keyFile, `${wallet.privateKey.slice(2)}\n`, { mode: 0o600 });
    return { wallet, keyFile, stateDir: join(directory, `state-${wallet.address}`) };
  };
  return {
    ledger,
    node,
    directory,
    makeNode,
    async admit() {
      const made = makeNode();
      const representative = Wallet.createRandom().address;
      const args = ["Org", "data:,", `0x${"11".repeat(32)}`, representative, made.wallet.address] as const;
      await ledger.asCouncil(at.alliance, allianceAbi.encodeFunctionData("admit", [...args]));
      const memberId = Number((await members.getFunction("memberCount")()) as bigint);
      return { ...made, memberId, representative };
    },
    async goTo(epoch, window, second = 0) {
      const target = startedAt + epoch * EPOCH_SECONDS + window * WINDOW_SECONDS + second;
      await ledger.mining.pause();
      const latest = (await provider.getBlock("latest"))!.timestamp;
      if (target > latest) await provider.send("evm_mine", [target]);
      ledger.mining.resume();
    },
    attested: async (memberId) =>
      (await logsOf("Attested", memberId)).map((args) => ({
        epoch: Number(args["epoch"] as bigint),
        window: Number(args["window"] as bigint),
      })),
    claims: async (memberId) =>
      (await logsOf("RewardClaimed", memberId)).map((args) => ({
        epoch: Number(args["epoch"] as bigint),
        amount: args["amount"] as bigint,
      })),
    balanceOf: async (account) =>
      (await new Contract(at.allianceToken, allianceToken, provider).getFunction("balanceOf")(account)) as bigint,
    minedOf: (account) => provider.getTransactionCount(account),
    async stop() {
      await node.close();
      await ledger.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export interface AgentProcess {
  readonly child: ChildProcess;
  /** Base URL of its health page. */
  readonly ready: Promise<string>;
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Everything it printed. */
  output(): string;
  health(): Promise<{ readonly httpStatus: number; readonly body: Health }>;
  stop(): Promise<number | NodeJS.Signals>;
}

export function startAgent(
  stage: Stage,
  of: { keyFile: string; stateDir: string },
  flags: string[] = [],
): AgentProcess {
  return spawnAgent([
    ...["--key-file", of.keyFile, "--state-dir", of.stateDir, "--rpc", stage.node.url],
    ...["--deployment", join(stage.directory, "deployment.json"), "--health-port", "0"],
    ...["--poll-ms", "100", "--timeout-ms", "500", ...flags],
  ]);
}

export function spawnAgent(args: readonly string[], env: Readonly<Record<string, string>> = {}): AgentProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"] ?? "", ...env },
  });
  let output = "";
  const ended = once(child, "close").then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals);
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /"ready":"([^"]+)"/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void ended.then((how) => {
      reject(new Error(`the agent ended (${how}): ${output}`));
    });
  });
  ready.catch(() => undefined);
  return {
    child,
    ready,
    ended,
    output: () => output,
    async health() {
      const response = await fetch(`${await ready}/health`);
      return { httpStatus: response.status, body: (await response.json()) as Health };
    },
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Looks every 20 ms until it is so; the words are for whoever reads why a test failed. */
export async function until(what: string, isSo: () => Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs / 1_000} s: ${what}`);
    await sleep(20);
  }
}
