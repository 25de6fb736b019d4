/**
 * A hand on the contracts of a local chain: sends one transaction, makes its block at the time the story is at, and
 * reads the result. Only for a chain whose blocks nobody else makes meanwhile.
 */
import { Contract, type HDNodeWallet, Interface, JsonRpcProvider, Transaction } from "ethers";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "../deploy.ts";
import { SetupError } from "../tooling/setup-error.ts";

/** A proposal that approves two merchants deploys two tokens, the dearest call of all: about 9 million gas. */
const GAS_LIMIT = 24_000_000n;
const ARTIFACTS = join(import.meta.dirname, "..", "..", "artifacts", "contracts");

export const ABI_FILES = {
  alliance: "alliance/Alliance",
  council: "alliance/AllianceCouncil",
  accessManager: "alliance/AllianceAccess",
  allianceToken: "alliance/AllianceToken",
  merchantRegistry: "alliance/MerchantRegistry",
  collateral: "alliance/Collateral",
  exchangePool: "exchange/ExchangePool",
  merchantPoint: "points/MerchantPoint",
} as const;

export type ContractKind = keyof typeof ABI_FILES;

function readAbi(kind: ContractKind): Interface {
  const path = ABI_FILES[kind];
  const file = join(ARTIFACTS, `${path}.sol`, `${path.split("/")[1] ?? ""}.json`);
  return new Interface((JSON.parse(readFileSync(file, "utf8")) as { abi: [] }).abi);
}

export class LedgerHand {
  readonly #provider: JsonRpcProvider;
  readonly #deployment: Deployment;
  readonly #abis = new Map<ContractKind, Interface>();
  readonly #nonces = new Map<string, number>();
  #now = 0;

  constructor(url: string, deployment: Deployment) {
    this.#provider = new JsonRpcProvider(url, deployment.chainId, { staticNetwork: true });
    this.#deployment = deployment;
  }

  /** Block time of the next transaction, unix seconds; time never goes back. */
  goTo(seconds: number): void {
    this.#now = Math.max(this.#now, seconds);
  }

  get now(): number {
    return this.#now;
  }

  addressOf(name: string): string {
    const address = this.#deployment.contracts[name];
    if (address === undefined)
      throw new SetupError(`The deployment names no ${name}: begin anew with npm start -- --fresh.`);
    return address;
  }

  /** A contract to read from. `address` is needed for merchant points only. */
  at(kind: ContractKind, address = this.addressOf(kind)): Contract {
    return new Contract(address, this.#abi(kind), this.#provider);
  }

  /** Calls `kind.method(...)` as `wallet` in a block of its own; throws with the contract's own words when refused. */
  async send(
    wallet: HDNodeWallet,
    to: readonly [ContractKind, (string | undefined)?],
    method: string,
    args: readonly unknown[],
  ) {
    const [kind, address = this.addressOf(kind)] = to;
    const abi = this.#abi(kind);
    const data = abi.encodeFunctionData(method, args);
    const nonce = this.#nonces.get(wallet.address) ?? (await this.#provider.getTransactionCount(wallet.address));
    const { chainId } = this.#deployment;
    const unsigned = Transaction.from({ type: 0, chainId, nonce, to: address, data, gasLimit: GAS_LIMIT, gasPrice: 0 });
    const hash = (await this.#provider.send("eth_sendRawTransaction", [
      await wallet.signTransaction(unsigned),
    ])) as string;
    this.#nonces.set(wallet.address, nonce + 1);
    await this.#makeBlock();
    const receipt = (await this.#provider.send("eth_getTransactionReceipt", [hash])) as { status: string } | null;
    if (receipt?.status !== "0x1") throw await this.#refusal(wallet, { address, data, abi, method });
  }

  /** The same call for somebody else to make: where it goes and its data. */
  encode(kind: ContractKind, method: string, args: readonly unknown[]): { target: string; data: string } {
    return { target: this.addressOf(kind), data: this.#abi(kind).encodeFunctionData(method, args) };
  }

  get chainId(): number {
    return this.#deployment.chainId;
  }

  /** An empty block at the story's time. */
  async pass(): Promise<void> {
    await this.#makeBlock();
  }

  async blockTime(): Promise<number> {
    const block = (await this.#provider.send("eth_getBlockByNumber", ["latest", false])) as { timestamp: string };
    return Number(block.timestamp);
  }

  close(): void {
    this.#provider.destroy();
  }

  #abi(kind: ContractKind): Interface {
    const known = this.#abis.get(kind) ?? readAbi(kind);
    this.#abis.set(kind, known);
    return known;
  }

  async #makeBlock(): Promise<void> {
    // A chain may stand later than the story wants to be: then the story is late.
    this.#now = Math.max(this.#now, (await this.blockTime()) + 1);
    await this.#provider.send("evm_setNextBlockTimestamp", [this.#now]);
    await this.#provider.send("evm_mine", []);
    this.#now += 1;
  }

  async #refusal(wallet: HDNodeWallet, call: { address: string; data: string; abi: Interface; method: string }) {
    const request = { from: wallet.address, to: call.address, data: call.data };
    const error: unknown = await this.#provider.call(request).catch((caught: unknown) => caught);
    const data = (error as { data?: string }).data ?? "0x";
    const parsed = data === "0x" ? null : call.abi.parseError(data);
    const words = parsed === null ? data : `${parsed.name}(${parsed.args.map(String).join(", ")})`;
    return new SetupError(`Seeding stopped: ${call.method} was refused by the contract (${words}).`);
  }
}
