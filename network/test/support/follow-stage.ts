/**
 * A network of stand-ins, the contracts that agents follow, agents as processes of their own, and a council of one key:
 * what the council decides is the test's, how the nodes follow is the agents'.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ContractFactory, Interface, JsonRpcProvider, Wallet } from "ethers";
import type { InterfaceAbi } from "ethers";
import { CONTRACT_NAMES } from "../../../gateway/src/chain/deployment.ts";
import { alliance as allianceAbi } from "../../../gateway/src/chain/contracts.ts";
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import { connectBesu } from "../../besu/besu-node.ts";
import type { BesuNode } from "../../besu/besu-node.ts";
import type { FollowHealth } from "../../agent/follow/follow-health.ts";
import type { Health } from "../../agent/health.ts";
import { nodeOf } from "../../plan/network-file.ts";
import { CliNetwork } from "./cli-network.ts";
import type { CliNetworkOptions } from "./cli-network.ts";
import { spawnAgent } from "./stage.ts";
import type { AgentProcess } from "./stage.ts";

const ARTIFACTS = new URL("../../../artifacts/contracts/alliance/", import.meta.url);
const HASH = `0x${"11".repeat(32)}`;
/** Half an hour of windows: attesting goes on beside following, and no test waits for it. */
const [EPOCH_SECONDS, WINDOW_SECONDS, WINDOWS_REQUIRED] = [600, 30, 12];
const GAS = { gasLimit: 25_000_000, gasPrice: 0 };

export class FollowStage {
  readonly network: CliNetwork;
  readonly #council: Wallet;
  readonly #agents = new Map<string, AgentProcess>();
  #alliance = "";

  private constructor(network: CliNetwork, council: Wallet) {
    this.network = network;
    this.#council = council;
  }

  /** Node org-1-1 is the founder's; the other validators' nodes are those of members too. */
  static async start(options: CliNetworkOptions): Promise<FollowStage> {
    const network = await CliNetwork.make(options);
    try {
      await network.do("up");
      const provider = new JsonRpcProvider(network.rpcUrl("org-1-1"), undefined, { cacheTimeout: -1 });
      const stage = new FollowStage(network, new Wallet(Wallet.createRandom().privateKey, provider));
      await stage.#deploy();
      for (const { id, role } of network.network.nodes)
        if (role === "validator" && id !== "org-1-1") await stage.admit(id);
      return stage;
    } catch (error) {
      await network.close();
      throw error;
    }
  }

  addressOf(nodeId: string): Address {
    return nodeOf(this.network.network, nodeId).address;
  }

  besu(nodeId: string): BesuNode {
    return connectBesu(this.network.rpcUrl(nodeId));
  }

  admit(nodeId: string): Promise<void> {
    const representative = Wallet.createRandom().address;
    return this.decide("admit", ["Organisation", "data:,", HASH, representative, this.addressOf(nodeId)]);
  }

  async memberIdOf(nodeId: string): Promise<bigint> {
    const data = allianceAbi.encodeFunctionData("memberIdOfNode", [this.addressOf(nodeId)]);
    return BigInt(await this.#provider.call({ to: this.#alliance, data }));
  }

  async expel(nodeId: string): Promise<void> {
    await this.decide("expel", [await this.memberIdOf(nodeId)]);
  }

  /** The council does it, in a block. */
  async decide(method: "admit" | "expel" | "setValidatorFloor", args: readonly unknown[]): Promise<void> {
    const data = allianceAbi.encodeFunctionData(method as "expel", args as [bigint]);
    const sent = await this.#council.sendTransaction({ to: this.#alliance, data, ...GAS });
    await this.#provider.waitForTransaction(sent.hash);
  }

  /** The agent of that node, with its key. */
  async startAgent(nodeId: string): Promise<AgentProcess> {
    const { folder } = this.network;
    const rpc = this.network.rpcUrl(nodeId);
    const { key, agentState } = folder.node(nodeId);
    const agent = spawnAgent([
      ...["--key-file", key, "--state-dir", agentState, "--rpc", rpc, "--deployment", this.#deploymentFile],
      ...["--network-dir", folder.root, "--node-rpc", rpc, "--settle-blocks", "3"],
      ...["--health-port", "0", "--poll-ms", "200"],
    ]);
    this.#agents.set(nodeId, agent);
    await agent.ready;
    return agent;
  }

  async stopAgent(nodeId: string): Promise<void> {
    const agent = this.#agents.get(nodeId);
    this.#agents.delete(nodeId);
    await agent?.stop();
  }

  async health(nodeId: string): Promise<Health & { readonly follow: FollowHealth }> {
    const found = (await this.#agents.get(nodeId)!.health()).body;
    return { ...found, follow: found.follow! };
  }

  /** Node ids of those who may make the next block, as a node says that is one of them. */
  async validators(asked = "org-1-1"): Promise<string[]> {
    const addresses = await this.besu(asked).nextValidators();
    const { nodes } = this.network.network;
    return addresses.map((address) => nodes.find((node) => node.address === address)!.id).sort();
  }

  untilValidatorsAre(ids: readonly string[], asked?: string): Promise<void> {
    const wanted = [...ids].sort().join();
    return this.network.until(
      `the validators are ${wanted}`,
      async () => (await this.validators(asked)).join() === wanted,
    );
  }

  async pass(blocks: number): Promise<void> {
    const target = (await this.network.head("org-1-1")) + blocks;
    await this.network.until(`block ${target} is made`, async () => (await this.network.head("org-1-1")) >= target);
  }

  async stop(): Promise<void> {
    this.#provider.destroy();
    await Promise.all([...this.#agents.keys()].map((id) => this.stopAgent(id)));
    await this.network.close();
  }

  get #provider(): JsonRpcProvider {
    return this.#council.provider as JsonRpcProvider;
  }

  /** Not in the network's folder: `up` would start agents of its own. */
  get #deploymentFile(): string {
    return join(this.network.base, "deployment.json");
  }

  async #deploy(): Promise<void> {
    const council = this.#council.address;
    const access = await this.#deployOne("AllianceAccess", [council]);
    const first = { name: "First", profileUri: "data:,", profileHash: HASH, status: 0, since: 0 };
    const founder = { ...first, representative: Wallet.createRandom().address, node: this.addressOf("org-1-1") };
    const alliance = await this.#deployOne("Alliance", [access, founder]);
    const token = await this.#deployOne("AllianceToken", [access, alliance, council, 0, 0]);
    const schedule = [EPOCH_SECONDS, WINDOW_SECONDS, WINDOWS_REQUIRED];
    const nodeRewards = await this.#deployOne("NodeRewards", [alliance, token, ...schedule]);
    const nodeDirectory = await this.#deployOne("NodeDirectory", [alliance]);
    this.#alliance = alliance;
    const others = Object.fromEntries(CONTRACT_NAMES.map((name) => [name, alliance]));
    const deployment = {
      ...{ chainId: 20_260, genesisHash: HASH, deployedAtBlock: 0 },
      contracts: { ...others, alliance, nodeRewards, nodeDirectory },
    };
    writeFileSync(this.#deploymentFile, JSON.stringify(deployment));
  }

  async #deployOne(name: string, args: readonly unknown[]): Promise<string> {
    const { abi, bytecode } = JSON.parse(readFileSync(new URL(`${name}.sol/${name}.json`, ARTIFACTS), "utf8")) as {
      abi: InterfaceAbi;
      bytecode: string;
    };
    const contract = await new ContractFactory(new Interface(abi), bytecode, this.#council).deploy(...args, GAS);
    await contract.waitForDeployment();
    return await contract.getAddress();
  }
}
