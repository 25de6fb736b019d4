/** The bench's own ledger: deployed by a key that is thrown away, decided by its founding member alone, without delays. */
import { Contract, Interface, JsonRpcProvider, hexlify, randomBytes } from "ethers";
import type { TransactionReceipt, Wallet } from "ethers";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deploy } from "../deploy.ts";
import type { Deployment } from "../deploy.ts";
import { SetupError } from "../tooling/setup-error.ts";

const ARTIFACTS = join(import.meta.dirname, "..", "..", "artifacts", "contracts");
const FILES = {
  council: "alliance/AllianceCouncil",
  allianceToken: "alliance/AllianceToken",
  merchantRegistry: "alliance/MerchantRegistry",
  collateral: "alliance/Collateral",
  exchangePool: "exchange/ExchangePool",
  merchantPoint: "points/MerchantPoint",
} as const;

export type Kind = keyof typeof FILES;

/** Ten blocks of a slow network; a node that falls behind is not waited for. */
const CONFIRM_TIMEOUT_MS = 120_000;
/** Estimates are exact for the state they are made on; what comes before in the same block can cost some more. */
const GAS_MARGIN_PERCENT = 120n;

export type Log = (line: string) => void;

export class BenchLedger {
  readonly provider: JsonRpcProvider;
  readonly #deployment: Deployment;
  readonly #faces: ReadonlyMap<Kind, Interface>;
  readonly #nonces = new Map<string, number>();

  private constructor(provider: JsonRpcProvider, deployment: Deployment, faces: ReadonlyMap<Kind, Interface>) {
    this.provider = provider;
    this.#deployment = deployment;
    this.#faces = faces;
  }

  static async deploy(rpcUrl: string, founder: Wallet, log: Log): Promise<BenchLedger> {
    const dataDir = await mkdtemp(join(tmpdir(), "ledger-bench-"));
    try {
      const parameters = {
        founderRepresentative: founder.address,
        ...{ routineDelaySeconds: 0n, dangerousDelaySeconds: 0n, priceDelaySeconds: 0n },
      };
      const deployment = await deploy({ rpcUrl, dataDir, privateKey: throwAwayKey(), parameters, log });
      const provider = new JsonRpcProvider(rpcUrl, deployment.chainId, { staticNetwork: true, pollingInterval: 200 });
      const faces = Object.keys(FILES).map(async (kind) => [kind as Kind, await readFace(kind as Kind)] as const);
      return new BenchLedger(provider, deployment, new Map(await Promise.all(faces)));
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }

  addressOf(kind: Kind): string {
    return this.#deployment.contracts[kind] ?? "";
  }

  face(kind: Kind): Interface {
    const face = this.#faces.get(kind);
    if (face === undefined) throw new RangeError(`the bench has not read ${kind}`);
    return face;
  }

  at(kind: Kind, address = this.addressOf(kind)): Contract {
    return new Contract(address, this.face(kind), this.provider);
  }

  encode(kind: Kind, method: string, args: readonly unknown[]): string {
    return this.face(kind).encodeFunctionData(method, args);
  }

  async gasOf(from: string, to: string, data: string): Promise<bigint> {
    return ((await this.provider.estimateGas({ from, to, data })) * GAS_MARGIN_PERCENT) / 100n;
  }

  /** Signed and on its way; `confirmed` says when it had its effect. Calls of one wallet may be sent without waiting. */
  async send(wallet: Wallet, to: string, data: string, gasLimit?: bigint): Promise<string> {
    const nonce = this.#nonces.get(wallet.address) ?? (await this.provider.getTransactionCount(wallet.address));
    this.#nonces.set(wallet.address, nonce + 1);
    const { chainId } = this.#deployment;
    const gas = gasLimit ?? (await this.gasOf(wallet.address, to, data));
    const call = { type: 0, chainId, nonce, to, data, gasLimit: gas, gasPrice: 0 };
    return (await this.provider.broadcastTransaction(await wallet.signTransaction(call))).hash;
  }

  async confirmed(hash: string, what: string): Promise<TransactionReceipt> {
    const receipt = await this.provider.waitForTransaction(hash, 1, CONFIRM_TIMEOUT_MS);
    if (receipt?.status === 1) return receipt;
    throw new SetupError(`The bench could not go on: ${what} was refused on the chain (transaction ${hash}).`);
  }

  /** Sends and waits. */
  async act(wallet: Wallet, to: string, data: string, what: string): Promise<TransactionReceipt> {
    return await this.confirmed(await this.send(wallet, to, data), what);
  }

  /** What the founding member decides: proposed, voted for and executed. */
  async decide(founder: Wallet, calls: readonly { to: string; data: string }[], words: string): Promise<void> {
    const council = this.addressOf("council");
    const args = [calls.map(({ to }) => to), calls.map(() => 0n), calls.map(({ data }) => data), words];
    const proposed = await this.act(founder, council, this.encode("council", "propose", args), "the proposal");
    const id = (await this.at("council").getFunction("latestProposalId")()) as bigint;
    await this.#waitForLaterThan(proposed.blockNumber);
    await this.act(founder, council, this.encode("council", "castVote", [id, 1]), "the vote");
    await this.act(founder, council, this.encode("council", "execute(uint256)", [id]), "the decision");
  }

  close(): void {
    this.provider.destroy();
  }

  /** Votes count from the second after the proposal on; a call is tried on the state of the last block. */
  async #waitForLaterThan(blockNumber: number): Promise<void> {
    const { timestamp } = (await this.provider.getBlock(blockNumber)) ?? { timestamp: 0 };
    const until = performance.now() + CONFIRM_TIMEOUT_MS;
    while (performance.now() < until) {
      const latest = await this.provider.getBlock("latest");
      // A chain that makes no empty blocks stands still: there a second of the clock is enough.
      if (latest !== null && latest.timestamp > timestamp) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new SetupError("The chain makes no blocks: see `npm run network -- doctor`.");
  }
}

/** Nobody keeps it. */
export function throwAwayKey(): string {
  return hexlify(randomBytes(32));
}

async function readFace(kind: Kind): Promise<Interface> {
  const path = FILES[kind];
  const file = join(ARTIFACTS, `${path}.sol`, `${path.split("/")[1] ?? ""}.json`);
  return new Interface((JSON.parse(await readFile(file, "utf8")) as { abi: [] }).abi);
}
