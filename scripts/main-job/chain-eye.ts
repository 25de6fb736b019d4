/** Looks at the chain directly, past the gateway: every number of the demo is compared with what this sees. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Contract, Interface, JsonRpcProvider } from "ethers";
import type { InterfaceAbi } from "ethers";
import type { Deployment } from "../../gateway/src/chain/deployment.ts";

const ARTIFACTS = join(import.meta.dirname, "..", "..", "artifacts", "contracts");

const abis = new Map<string, Interface>();

/** Read once each: a street asks five thousand times. */
function abiOf(path: string): Interface {
  const known = abis.get(path);
  if (known !== undefined) return known;
  const name = path.split("/").at(-1) ?? "";
  const text = readFileSync(join(ARTIFACTS, `${path}.sol`, `${name}.json`), "utf8");
  const abi = new Interface((JSON.parse(text) as { abi: InterfaceAbi }).abi);
  abis.set(path, abi);
  return abi;
}

type Named = Record<string, bigint>;

export class ChainEye {
  readonly provider: JsonRpcProvider;
  readonly #deployment: Deployment;

  constructor(rpcUrl: string, deployment: Deployment) {
    this.provider = new JsonRpcProvider(rpcUrl, deployment.chainId, { staticNetwork: true, cacheTimeout: -1 });
    this.#deployment = deployment;
  }

  async #call<T>(
    contract: { address: string; abi: string },
    method: string,
    args: unknown[],
    block?: number,
  ): Promise<T> {
    const eye = new Contract(contract.address, abiOf(contract.abi), this.provider);
    return (await eye.getFunction(method).staticCall(...args, { blockTag: block ?? "latest" })) as T;
  }

  #token(address: string): { address: string; abi: string } {
    return { address, abi: "points/IMerchantPoint" };
  }

  #council(): { address: string; abi: string } {
    return { address: this.#deployment.contracts.council, abi: "alliance/AllianceCouncil" };
  }

  balanceOf(token: string, account: string, block?: number): Promise<bigint> {
    return this.#call(this.#token(token), "balanceOf", [account], block);
  }

  debtOf(token: string, account: string): Promise<bigint> {
    return this.#call(this.#token(token), "debtOf", [account]);
  }

  supplySplit(token: string, block?: number): Promise<Named> {
    return this.#call(this.#token(token), "supplySplit", [], block);
  }

  redemptionState(token: string, holder: string, ref: string): Promise<bigint> {
    return this.#call<Named>(this.#token(token), "redemptionOf", [holder, ref]).then(({ state }) => state ?? 0n);
  }

  nextExpiryOf(token: string, account: string, block?: number): Promise<[expiresAt: bigint, points: bigint]> {
    return this.#call(this.#token(token), "nextExpiryOf", [account], block);
  }

  pool(token: string, block?: number): Promise<Named & { prices: Named; nextPrices: Named }> {
    const address = this.#deployment.contracts.exchangePool;
    return this.#call({ address, abi: "exchange/IExchangePool" }, "poolOf", [token], block);
  }

  quote(
    account: string,
    pair: { tokenIn: string; tokenOut: string },
    amountIn: bigint,
    block?: number,
  ): Promise<Named> {
    const address = this.#deployment.contracts.exchangePool;
    const args = [account, pair.tokenIn, pair.tokenOut, amountIn, false];
    return this.#call({ address, abi: "exchange/IExchangePool" }, "quote", args, block);
  }

  depositOf(merchantId: number): Promise<bigint> {
    const address = this.#deployment.contracts.collateral;
    return this.#call({ address, abi: "alliance/ICollateral" }, "depositOf", [merchantId]);
  }

  threshold(): Promise<bigint> {
    return this.#call(this.#council(), "threshold", []);
  }

  votesFor(proposalId: number): Promise<bigint> {
    return this.#call<Named>(this.#council(), "proposalVotes", [proposalId]).then(({ forVotes }) => forVotes ?? 0n);
  }

  proposalState(proposalId: number): Promise<bigint> {
    return this.#call(this.#council(), "state", [proposalId]);
  }

  /** ALP wei of an account. */
  alpOf(account: string): Promise<bigint> {
    const address = this.#deployment.contracts.allianceToken;
    return this.#call({ address, abi: "alliance/IAllianceToken" }, "balanceOf", [account]);
  }

  async merchant(merchantId: number): Promise<{ status: bigint; token: string; controller: string }> {
    const address = this.#deployment.contracts.merchantRegistry;
    const abi = "alliance/IMerchantRegistry";
    return this.#call({ address, abi }, "merchantOf", [merchantId]);
  }

  close(): void {
    this.provider.destroy();
  }
}
