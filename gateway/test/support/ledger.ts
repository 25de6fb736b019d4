/** A real anvil with the real contracts, and merchants with tills on it: one for the whole test process. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Contract, JsonRpcProvider, Wallet } from "ethers";
import { setTimeout as sleep } from "node:timers/promises";
import { spawnAnvil } from "../../../scripts/chain/anvil.ts";
import { startMiningLoop } from "../../../scripts/chain/mining-loop.ts";
import type { MiningLoop } from "../../../scripts/chain/mining-loop.ts";
import { callRpc } from "../../../scripts/chain/rpc.ts";
import { deploy } from "../../../scripts/deploy.ts";
import type { Deployment } from "../../src/chain/deployment.ts";
import { parseDeployment } from "../../src/chain/deployment.ts";
import { allianceToken, collateral, merchantPoint, merchantRegistry } from "../../src/chain/contracts.ts";
import type { Address, HexData } from "../../src/kernel/ids.ts";
import { parseAddress, parseHexData } from "../../src/kernel/ids.ts";

/** Account 0 of the words that every anvil knows. */
const PLATFORM_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const CHAIN_ID = 20260;
const ALP = 10n ** 18n;

export interface TestMerchant {
  readonly id: number;
  readonly token: Address;
  readonly controllerKey: HexData;
  readonly tillKeys: readonly HexData[];
}

export interface TestLedger {
  readonly url: string;
  readonly deployment: Deployment;
  readonly mining: MiningLoop;
  readonly provider: JsonRpcProvider;
  addMerchant(options?: { tills?: number; dailyLimit?: bigint; alp?: bigint }): Promise<TestMerchant>;
  /** As the platform: freeze, pause, halt. */
  asPlatform(to: Address, data: string): Promise<void>;
  totalIssued(token: Address): Promise<bigint>;
  /** A block to go back to: `loadState` makes the chain forget everything after it. */
  saveState(): Promise<string>;
  loadState(state: string): Promise<void>;
  /** Stops the node's process for a while: nothing answers. */
  pauseNode(): boolean;
  resumeNode(): boolean;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

let ledger: Promise<TestLedger & { stop(): Promise<void> }> | undefined;

export function sharedLedger(): Promise<TestLedger> {
  ledger ??= startLedger();
  return ledger;
}

/** Root-level `after(stopLedger)` in every file that uses this: the last one does the work. */
export async function stopLedger(): Promise<void> {
  const running = ledger;
  ledger = undefined;
  await (await running)?.stop();
}

async function startLedger(): Promise<TestLedger & { stop(): Promise<void> }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const anvil = await spawnAnvil({ port, chainId: CHAIN_ID, clockAt: 1_760_000_000 });
  const mining = startMiningLoop(url);
  const dataDir = await mkdtemp(join(tmpdir(), "ledger-deploy-"));
  const deployment = parseDeployment(JSON.stringify(await deploy({ rpcUrl: url, dataDir, privateKey: PLATFORM_KEY })));
  const provider = new JsonRpcProvider(url, CHAIN_ID, { staticNetwork: true, cacheTimeout: -1 });
  const platform = new Wallet(PLATFORM_KEY, provider);
  return {
    url,
    deployment,
    mining,
    provider,
    addMerchant: (options = {}) => addMerchant({ provider, platform, deployment }, options),
    asPlatform: (to, data) => sendCall(platform, to, data),
    async totalIssued(token) {
      const split = (await new Contract(token, merchantPoint, provider).getFunction("supplySplit")()) as {
        issued: bigint;
      };
      return split.issued;
    },
    saveState: () => callRpc<string>(url, "evm_snapshot", []),
    async loadState(state) {
      await callRpc(url, "evm_revert", [state]);
    },
    pauseNode: () => process.kill(anvil.pid, "SIGSTOP"),
    resumeNode: () => process.kill(anvil.pid, "SIGCONT"),
    async stop() {
      await mining.stop();
      provider.destroy();
      await anvil.end();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function sendCall(wallet: Wallet, to: Address, data: string): Promise<void> {
  const { hash } = await wallet.sendTransaction({ to, data, gasPrice: 0, type: 0 });
  // Asked for here: `wait()` of ethers polls every 4 s at best.
  for (;;) {
    const receipt = await wallet.provider!.getTransactionReceipt(hash);
    if (receipt?.status === 0) throw new Error(`transaction ${hash} was reverted`);
    if (receipt !== null) return;
    await sleep(20);
  }
}

interface Stage {
  readonly provider: JsonRpcProvider;
  readonly platform: Wallet;
  readonly deployment: Deployment;
}

async function addMerchant(
  { provider, platform, deployment }: Stage,
  { tills = 2, dailyLimit = 10n ** 12n, alp = 1_000_000n * ALP }: { tills?: number; dailyLimit?: bigint; alp?: bigint },
): Promise<TestMerchant> {
  const at = deployment.contracts;
  const controller = Wallet.createRandom(provider);
  const signer = new Wallet(controller.privateKey, provider);
  const terms = {
    legalName: "Test merchant",
    tokenName: "Test point",
    tokenSymbol: "TEST",
    category: "catering",
    pointsPerYuan: 100,
    calendar: 4,
    utcOffsetSeconds: 28_800,
  };
  const apply = merchantRegistry.encodeFunctionData("applyFor", [terms, "data:,", `0x${"11".repeat(32)}`]);
  await sendCall(signer, at.merchantRegistry, apply);
  const registry = new Contract(at.merchantRegistry, merchantRegistry, provider);
  const id = Number(await (registry.getFunction("merchantCount")() as Promise<bigint>));
  await sendCall(platform, at.merchantRegistry, merchantRegistry.encodeFunctionData("approve", [id]));
  const token = parseAddress((await registry.getFunction("tokenOf")(id)) as string);
  const transfer = allianceToken.encodeFunctionData("transfer", [signer.address, alp]);
  await sendCall(platform, at.allianceToken, transfer);
  await sendCall(signer, at.allianceToken, allianceToken.encodeFunctionData("approve", [at.collateral, alp]));
  await sendCall(signer, at.collateral, collateral.encodeFunctionData("deposit", [id, alp]));
  const tillKeys: HexData[] = [];
  for (let index = 0; index < tills; index += 1) {
    const till = Wallet.createRandom();
    await sendCall(signer, token, merchantPoint.encodeFunctionData("setTill", [till.address, dailyLimit]));
    tillKeys.push(parseHexData(till.privateKey));
  }
  return { id, token, controllerKey: parseHexData(controller.privateKey), tillKeys };
}
