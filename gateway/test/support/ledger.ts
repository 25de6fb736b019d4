/** A real anvil with the real contracts, and merchants with tills on it: one for the whole test process. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Contract, JsonRpcProvider, Wallet } from "ethers";
import { setTimeout as sleep } from "node:timers/promises";
import { spawnAnvil } from "../../../scripts/chain/anvil.ts";
import { startMiningLoop } from "../../../scripts/chain/mining-loop.ts";
import type { MiningLoop } from "../../../scripts/chain/mining-loop.ts";
import { findFreePort } from "../../../scripts/chain/ports.ts";
import { callRpc } from "../../../scripts/chain/rpc.ts";
import { deploy } from "../../../scripts/deploy.ts";
import type { Deployment } from "../../src/chain/deployment.ts";
import { parseDeployment } from "../../src/chain/deployment.ts";
import {
  accessManager,
  allianceToken,
  collateral,
  council,
  merchantPoint,
  merchantRegistry,
} from "../../src/chain/contracts.ts";
import type { Address, HexData } from "../../src/kernel/ids.ts";
import { parseAddress, parseHexData } from "../../src/kernel/ids.ts";

/** Accounts 0, 1 and 2 of the words that every anvil knows. The first deploys and holds nothing afterwards. */
const DEPLOYER_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
/** Represents the founding member, which is the whole council at first. */
export const FOUNDER_KEY = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d" as HexData;
/** Appointed when the ledger starts: REGULATOR of the desk, and the council's guardian. */
export const REGULATOR_KEY = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a" as HexData;
const REGULATOR_ROLE = 2n;
const CHAIN_ID = 20260;
const ALP = 10n ** 18n;

export interface TestMerchant {
  readonly id: number;
  readonly token: Address;
  readonly controllerKey: HexData;
  readonly tillKeys: readonly HexData[];
}

/** The contracts on a chain that somebody else keeps. */
export interface DeployedLedger {
  readonly deployment: Deployment;
  readonly provider: JsonRpcProvider;
  addMerchant(options?: { tills?: number; dailyLimit?: bigint; alp?: bigint }): Promise<TestMerchant>;
  /** Lends any account's name to one transaction, contracts included. */
  actAs(account: Address, to: Address, data: string): Promise<void>;
  /** What a proposal would do once its delay is over. Governance itself is tested by real proposals and votes. */
  asCouncil(to: Address, data: string): Promise<void>;
  /** By the regulator's own key; its powers are those of `RegulatorDesk`. */
  asRegulator(to: Address, data: string): Promise<void>;
  totalIssued(token: Address): Promise<bigint>;
}

export interface TestLedger extends DeployedLedger {
  readonly url: string;
  readonly mining: MiningLoop;
  /** A block to go back to: `loadState` makes the chain forget everything after it. */
  saveState(): Promise<string>;
  loadState(state: string): Promise<void>;
  /** Stops the node's process for a while: nothing answers. */
  pauseNode(): boolean;
  resumeNode(): boolean;
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

/** Alliance-wide delays are 0 unless the test is about them. */
const WITHOUT_DELAYS = { routineDelaySeconds: 0n, dangerousDelaySeconds: 0n };

type Parameters = Readonly<Record<string, bigint | string>>;
type Closable<T, End extends string> = T & Readonly<Record<End, () => Promise<void>>>;

/** A ledger of the test's own, which it stops itself. */
export async function startLedger(parameters: Parameters = {}): Promise<Closable<TestLedger, "stop">> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const anvil = await spawnAnvil({ port, chainId: CHAIN_ID, clockAt: 1_760_000_000 });
  const mining = startMiningLoop(url);
  const { close, ...deployed } = await deployLedger(url, parameters);
  return {
    ...deployed,
    url,
    mining,
    saveState: () => callRpc<string>(url, "evm_snapshot", []),
    async loadState(state) {
      await callRpc(url, "evm_revert", [state]);
    },
    pauseNode: () => process.kill(anvil.pid, "SIGSTOP"),
    resumeNode: () => process.kill(anvil.pid, "SIGCONT"),
    async stop() {
      await mining.stop();
      await close();
      await anvil.end();
    },
  };
}

/** Deploys to a chain of the id 20260 that makes blocks and lends accounts their names. */
export async function deployLedger(
  url: string,
  parameters: Parameters = {},
): Promise<Closable<DeployedLedger, "close">> {
  const dataDir = await mkdtemp(join(tmpdir(), "ledger-deploy-"));
  const founderRepresentative = new Wallet(FOUNDER_KEY).address;
  const deployed = await deploy({
    rpcUrl: url,
    dataDir,
    privateKey: DEPLOYER_KEY,
    parameters: { ...WITHOUT_DELAYS, founderRepresentative, ...parameters },
  });
  const deployment = parseDeployment(JSON.stringify(deployed));
  const provider = new JsonRpcProvider(url, CHAIN_ID, { staticNetwork: true, cacheTimeout: -1 });
  const actAs: TestLedger["actAs"] = (account, to, data) => sendAs(provider, { from: account, to, data });
  const asCouncil: TestLedger["asCouncil"] = (to, data) => actAs(deployment.contracts.council, to, data);
  // Where there are delays the council can do nothing at once: then the test appoints it by a proposal.
  if (parameters["dangerousDelaySeconds"] === undefined) await appointRegulator(asCouncil, deployment);
  const regulator = new Wallet(REGULATOR_KEY, provider);
  return {
    deployment,
    provider,
    addMerchant: (options = {}) => addMerchant({ provider, asCouncil, deployment }, options),
    actAs,
    asCouncil,
    asRegulator: (to, data) => sendCall(regulator, to, data),
    async totalIssued(token) {
      const split = (await new Contract(token, merchantPoint, provider).getFunction("supplySplit")()) as {
        issued: bigint;
      };
      return split.issued;
    },
    async close() {
      provider.destroy();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function sendCall(wallet: Wallet, to: Address, data: string): Promise<void> {
  const { hash } = await wallet.sendTransaction({ to, data, gasPrice: 0, type: 0 });
  await mined(wallet.provider as JsonRpcProvider, hash);
}

/**
 * An estimate is made in the latest block, where checkpoints of that block are written over; a block later each is a new
 * slot of 22,100 gas. A change of votes writes two.
 */
const CHECKPOINTS_GAS = 100_000n;

async function sendAs(
  provider: JsonRpcProvider,
  { from, to, data }: { from: Address; to: Address; data: string },
): Promise<void> {
  await provider.send("anvil_impersonateAccount", [from]);
  const gas = (await provider.estimateGas({ from, to, data })) + CHECKPOINTS_GAS;
  const transaction = { from, to, data, gas: `0x${((gas * 4n) / 3n).toString(16)}`, gasPrice: "0x0" };
  await mined(provider, (await provider.send("eth_sendTransaction", [transaction])) as string);
}

/** Asked for here: `wait()` of ethers polls every 4 s at best. */
async function mined(provider: JsonRpcProvider, hash: string): Promise<void> {
  for (;;) {
    const receipt = await provider.getTransactionReceipt(hash);
    if (receipt?.status === 0) throw new Error(`transaction ${hash} was reverted`);
    if (receipt !== null) return;
    await sleep(20);
  }
}

/** As the council would by one proposal: the role of the desk, and the veto. */
async function appointRegulator(asCouncil: TestLedger["asCouncil"], { contracts }: Deployment): Promise<void> {
  const { address } = new Wallet(REGULATOR_KEY);
  const grant = accessManager.encodeFunctionData("grantRole", [REGULATOR_ROLE, address, 0]);
  await asCouncil(contracts.accessManager, grant);
  await asCouncil(contracts.council, council.encodeFunctionData("setProposalGuardian", [address]));
}

interface Stage {
  readonly provider: JsonRpcProvider;
  readonly asCouncil: TestLedger["asCouncil"];
  readonly deployment: Deployment;
}

async function addMerchant(
  { provider, asCouncil, deployment }: Stage,
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
  await asCouncil(at.merchantRegistry, merchantRegistry.encodeFunctionData("approve", [id]));
  const token = parseAddress((await registry.getFunction("tokenOf")(id)) as string);
  const transfer = allianceToken.encodeFunctionData("transfer", [signer.address, alp]);
  await asCouncil(at.allianceToken, transfer);
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
