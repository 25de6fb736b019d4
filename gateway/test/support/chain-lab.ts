/**
 * A real chain with the real contracts, and hands to play with it: transactions are sent blind (a refused one is mined
 * as reverted, like on any chain) and blocks are made when the test says so, at the second it says.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMiningLoop } from "../../../scripts/chain/mining-loop.ts";
import { deploy } from "../../../scripts/deploy.ts";
import type { ChainClient } from "../../src/chain/client.ts";
import * as abi from "../../src/chain/contracts.ts";
import type { Deployment } from "../../src/chain/deployment.ts";
import { parseDeployment } from "../../src/chain/deployment.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import { parseHexData } from "../../src/kernel/ids.ts";
import { startAnvil } from "./anvil.ts";

export const ALP = 10n ** 18n;
const GAS = "0x1c9c380";

export interface MerchantInLab {
  readonly id: bigint;
  readonly controller: Address;
  readonly till: Address;
  readonly token: Address;
}

export interface ChainLab {
  readonly url: string;
  /** Holds deployment.json. */
  readonly dataDir: string;
  readonly chain: ChainClient;
  readonly deployment: Deployment;
  readonly accounts: readonly Address[];
  rpc(method: string, params?: readonly unknown[]): Promise<unknown>;
  /** Puts a transaction into the pool. */
  send(from: Address, to: Address, data: string): Promise<Hex32>;
  /** Makes a block, `seconds` after the last one. */
  mine(seconds?: number): Promise<void>;
  /** Sends, mines, and throws when it was refused. */
  must(from: Address, to: Address, data: string): Promise<void>;
  /** Does at once what the council would decide by a proposal. */
  asCouncil(to: Address, data: string): Promise<void>;
  /** Holds the regulator's role; in the lab it is the founder's address, too. */
  readonly regulator: Address;
  admitMerchant(terms: { name: string; calendar: number; controller: Address; till: Address }): Promise<MerchantInLab>;
  stop(): Promise<void>;
}

/** The council acts at once in tests that are not about how it decides. */
const WITHOUT_DELAYS = { routineDelaySeconds: 0n, dangerousDelaySeconds: 0n };

/** @param overrides Parameters of the deployment that differ from its defaults. */
export async function startChainLab(
  overrides: Readonly<Record<string, bigint>> = {},
  chainId?: number,
): Promise<ChainLab> {
  const anvil = await startAnvil(chainId);
  const dataDir = await mkdtemp(join(tmpdir(), "ledger-lab-"));
  const mining = startMiningLoop(anvil.url);
  const accounts = ((await anvil.rpc("eth_accounts")) as string[]).map((text) => text.toLowerCase() as Address);
  const [founder] = accounts as [Address];
  const parameters = { ...WITHOUT_DELAYS, founderRepresentative: founder, ...overrides };
  const deployed = await deploy({ rpcUrl: anvil.url, dataDir, parameters });
  await mining.stop();
  const deployment = parseDeployment(JSON.stringify(deployed));
  const chain = connectChain(anvil.url);
  const { council } = deployment.contracts;
  await anvil.rpc("anvil_impersonateAccount", [council]);
  await anvil.rpc("anvil_setBalance", [council, "0xde0b6b3a7640000"]);

  const lab: ChainLab = {
    url: anvil.url,
    dataDir,
    chain,
    deployment,
    accounts,
    rpc: (method, params = []) => anvil.rpc(method, params),
    send: async (from, to, data) => (await anvil.rpc("eth_sendTransaction", [{ from, to, data, gas: GAS }])) as Hex32,
    async mine(seconds = 1) {
      const last = await chain.block("latest");
      await anvil.rpc("evm_mine", [(last?.timestamp ?? 0) + seconds]);
    },
    async must(from, to, data) {
      const hash = await lab.send(from, to, data);
      await lab.mine();
      const receipt = await chain.receipt(hash);
      if (receipt?.succeeded === true) return;
      const call = await chain.call({ from, to, data: parseHexData(data) });
      throw new Error(`the chain refused ${data.slice(0, 10)} to ${to}: ${JSON.stringify(call)}`);
    },
    asCouncil: (to, data) => lab.must(council, to, data),
    regulator: founder,
    admitMerchant: (terms) => admitMerchant(lab, terms),
    async stop() {
      chain.close();
      await anvil.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await lab.asCouncil(
    deployment.contracts.accessManager,
    abi.accessManager.encodeFunctionData("grantRole", [REGULATOR_ROLE, lab.regulator, 0]),
  );
  return lab;
}

/** contracts/alliance/Roles.sol */
const REGULATOR_ROLE = 2;

async function admitMerchant(
  lab: ChainLab,
  { name, calendar, controller, till }: Parameters<ChainLab["admitMerchant"]>[0],
): Promise<MerchantInLab> {
  const { merchantRegistry, allianceToken, collateral, exchangePool } = lab.deployment.contracts;
  const terms = {
    legalName: `${name}餐饮有限公司`,
    tokenName: `${name}积分`,
    tokenSymbol: `P${name.charCodeAt(0)}`,
    category: "restaurant",
    pointsPerYuan: 100,
    calendar,
    utcOffsetSeconds: 28_800,
  };
  const profileHash = `0x${"12".repeat(32)}`;
  await lab.must(
    controller,
    merchantRegistry,
    abi.merchantRegistry.encodeFunctionData("applyFor", [terms, "https://example.org/profile.json", profileHash]),
  );
  const ask = abi.merchantRegistry.encodeFunctionData("merchantIdOfController", [controller]);
  const asked = await lab.chain.call({ to: merchantRegistry, data: parseHexData(ask) });
  const id = BigInt(asked.data);
  await lab.asCouncil(merchantRegistry, abi.merchantRegistry.encodeFunctionData("approve", [id]));
  const tokenAsk = abi.merchantRegistry.encodeFunctionData("tokenOf", [id]);
  const token =
    `0x${(await lab.chain.call({ to: merchantRegistry, data: parseHexData(tokenAsk) })).data.slice(26)}` as Address;

  const alp = 1_000_000n * ALP;
  const approve = (to: Address): string => abi.allianceToken.encodeFunctionData("approve", [to, alp]);
  await lab.asCouncil(allianceToken, abi.allianceToken.encodeFunctionData("transfer", [controller, alp]));
  await lab.must(controller, allianceToken, approve(collateral));
  await lab.must(controller, allianceToken, approve(exchangePool));
  await lab.must(controller, collateral, abi.collateral.encodeFunctionData("deposit", [id, 400_000n * ALP]));
  await lab.must(controller, token, abi.merchantPoint.encodeFunctionData("setTill", [till, 10n ** 12n]));
  const prices = { accept: 9n * 10n ** 13n, release: 10n ** 14n };
  const limits = { poolDaily: 10n ** 9n, accountDaily: 10n ** 8n };
  await lab.must(controller, exchangePool, abi.exchangePool.encodeFunctionData("open", [token, prices, limits]));
  const ref = `0x${id.toString(16).padStart(64, "f")}`;
  await lab.must(controller, exchangePool, abi.exchangePool.encodeFunctionData("fundPoints", [token, ref, 10n ** 8n]));
  await lab.must(controller, exchangePool, abi.exchangePool.encodeFunctionData("fundAlp", [token, 100_000n * ALP]));
  return { id, controller, till, token };
}
