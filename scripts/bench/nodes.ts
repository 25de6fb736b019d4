/** The nodes that the bench sends through, and what they say about the network. */
import { callRpc } from "../chain/rpc.ts";
import { SetupError } from "../tooling/setup-error.ts";

const REQUEST_TIMEOUT_MS = 15_000;

export interface NetworkFacts {
  readonly chainId: number;
  /** Of the first node, itself included. */
  readonly nodes: number;
  readonly validators: number;
  readonly endpoints: number;
  readonly gasLimit: number;
  readonly client: string;
}

interface Header {
  readonly number: string;
  readonly timestamp: string;
  readonly gasUsed: string;
  readonly gasLimit: string;
}

export interface BlockFacts {
  readonly number: number;
  /** Unix seconds. */
  readonly time: number;
  readonly gasUsed: number;
  readonly gasLimit: number;
}

export interface EventLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

export class BenchNodes {
  readonly #urls: readonly string[];
  /** The node that is read from; another one when it fails. */
  #reading = 0;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  get count(): number {
    return this.#urls.length;
  }

  async read<T>(method: string, params: readonly unknown[]): Promise<T> {
    let last: unknown;
    for (let tried = 0; tried < this.#urls.length; tried++) {
      try {
        return await callRpc<T>(this.#url(this.#reading), method, params, REQUEST_TIMEOUT_MS);
      } catch (error) {
        last = error;
        this.#reading += 1;
      }
    }
    throw new SetupError(`No node answered ${method}: ${(last as Error).message}`, { cause: last });
  }

  async block(which: number | "latest"): Promise<BlockFacts> {
    const tag = which === "latest" ? which : `0x${which.toString(16)}`;
    const header = await this.read<Header>("eth_getBlockByNumber", [tag, false]);
    const { number, timestamp, gasUsed, gasLimit } = header;
    return { number: Number(number), time: Number(timestamp), gasUsed: Number(gasUsed), gasLimit: Number(gasLimit) };
  }

  /**
   * Hands signed transactions to node `index`, in one request, in their order. What the node refuses or does not answer
   * is sent again when its key does not get on (see Sender), so nobody waits for it here.
   */
  async hand(index: number, raws: readonly string[]): Promise<void> {
    const body = raws.map((raw, id) => ({ jsonrpc: "2.0", id, method: "eth_sendRawTransaction", params: [raw] }));
    await fetch(this.#url(index), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    })
      .then((response) => response.text())
      .catch(() => undefined);
  }

  async facts(): Promise<NetworkFacts> {
    const chainId = Number(await this.read<string>("eth_chainId", []));
    const { gasLimit } = await this.block("latest");
    const peers = Number(await this.#readOr<string>("net_peerCount", [], "0x0"));
    const validators = await this.#readOr<readonly string[]>("qbft_getValidatorsByBlockNumber", ["latest"], ["one"]);
    const client = await this.#readOr<string>("web3_clientVersion", [], "unknown");
    const nodes = Math.max(peers + 1, 1);
    return { chainId, nodes, validators: validators.length, endpoints: this.count, gasLimit, client };
  }

  /** A node that is no Besu does not know all methods. */
  async #readOr<T>(method: string, params: readonly unknown[], otherwise: T): Promise<T> {
    try {
      return await this.read<T>(method, params);
    } catch {
      return otherwise;
    }
  }

  #url(index: number): string {
    return this.#urls[index % this.#urls.length] ?? "";
  }
}
