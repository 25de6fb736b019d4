/** Reads the chain's logs from the deployment on and plays them into the model, up to one block. */
import type { ChainClient } from "../chain/client.ts";
import type { LogDecoder } from "../chain/decode-logs.ts";
import { createLogDecoder } from "../chain/decode-logs.ts";
import type { Deployment } from "../chain/deployment.ts";
import { fetchTerms } from "../chain/read-contracts.ts";
import type { LedgerEvent } from "../kernel/events.ts";
import { LedgerModel } from "./model.ts";

const BLOCKS_MAX = 2_000;

/** Hears of each transaction after the model has taken it in. */
export type Listener = (events: readonly LedgerEvent[], time: number) => void;

export class Replay {
  readonly model = new LedgerModel();
  readonly #chain: ChainClient;
  readonly #deployment: Deployment;
  readonly #decoder: LogDecoder;
  readonly #listen: Listener;
  #block: number;
  events = 0;

  constructor(chain: ChainClient, deployment: Deployment, listen: Listener = () => undefined) {
    this.#listen = listen;
    this.#chain = chain;
    this.#deployment = deployment;
    this.#decoder = createLogDecoder(deployment, []);
    this.#block = Math.max(0, deployment.deployedAtBlock - 1);
  }

  get block(): number {
    return this.#block;
  }

  /** Goes on to `target`; `tell` hears how far it has come. */
  async playTo(target: number, tell: (block: number) => void = () => undefined): Promise<void> {
    while (this.#block < target) {
      const to = Math.min(target, this.#block + BLOCKS_MAX);
      await this.#playRange(this.#block + 1, to);
      this.#block = to;
      tell(to);
    }
  }

  async #playRange(from: number, to: number): Promise<void> {
    const [blocks, logs] = await Promise.all([this.#chain.blocks(from, to), this.#chain.logs(from, to)]);
    const times = new Map(blocks.map(({ number, timestamp }) => [number, timestamp]));
    for (const events of byTransaction(this.#decoder.decode(logs))) {
      const time = times.get(events[0]?.blockNumber ?? -1);
      if (time === undefined) throw new Error(`the node gave logs of a block that it does not have`);
      this.model.advanceTo(time);
      await this.#announce(events, time);
      this.model.apply(events);
      this.#listen(events, time);
      this.events += events.length;
    }
    this.model.advanceTo(times.get(to) ?? 0);
  }

  async #announce(events: readonly LedgerEvent[], time: number): Promise<void> {
    for (const event of events) {
      if (event.type !== "registry.MerchantApproved") continue;
      const { token, merchantId } = event;
      const terms = await fetchTerms(this.#chain, this.#deployment.contracts.merchantRegistry, merchantId);
      this.model.announce(token, { merchantId, terms }, time);
    }
  }
}

function byTransaction(events: readonly LedgerEvent[]): LedgerEvent[][] {
  const groups: LedgerEvent[][] = [];
  let last = "";
  for (const event of events) {
    if (event.transactionHash !== last) groups.push([]);
    last = event.transactionHash;
    groups.at(-1)?.push(event);
  }
  return groups;
}
