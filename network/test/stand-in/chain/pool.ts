/** Transactions that wait, as Besu's sequenced pool keeps them: by sender and nonce, and a gap holds up what follows. */
import { Transaction } from "ethers";
import type { EvmClient } from "./evm.ts";

export interface Waiting {
  readonly bytes: string;
  readonly hash: string;
  readonly from: string;
  readonly nonce: number;
  readonly gasLimit: bigint;
  readonly isLocal: boolean;
  /** Order of arrival. */
  readonly seq: number;
  readonly addedAt: string;
}

/** Names of RpcErrorType. */
export type Refusal =
  | "INVALID_PARAMS"
  | "WRONG_CHAIN_ID"
  | "GAS_PRICE_TOO_LOW"
  | "EXCEEDS_BLOCK_GAS_LIMIT"
  | "INTRINSIC_GAS_EXCEEDS_LIMIT"
  | "NONCE_TOO_LOW"
  | "NONCE_TOO_FAR_IN_FUTURE_FOR_SENDER"
  | "TRANSACTION_UPFRONT_COST_EXCEEDS_BALANCE"
  | "TX_SENDER_NOT_AUTHORIZED"
  | "ETH_SEND_TX_ALREADY_KNOWN";

export type Admission = { readonly hash: string } | { readonly refusal: Refusal };

export interface PoolRules {
  readonly chainId: number;
  readonly blockGasLimit: number;
  readonly minGasPrice: bigint;
  readonly size: number;
  readonly perSender: number;
  /** Undefined list: everybody. */
  readonly isSenderAllowed: (address: string) => boolean;
  /** A drill's switch: the transaction is answered for, and lost. */
  readonly isDropped: () => boolean;
}

/** A block may try this many times its gas limit of transactions: most use less than they allow themselves. */
const GAS_TRIED = 4n;

export class Pool {
  readonly #evm: EvmClient;
  readonly #rules: PoolRules;
  readonly #bySender = new Map<string, Map<number, Waiting>>();
  #seq = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #heard: ((waiting: Waiting) => unknown)[] = [];
  #replaced: ((waiting: Waiting) => unknown)[] = [];

  constructor(evm: EvmClient, rules: PoolRules) {
    this.#evm = evm;
    this.#rules = rules;
  }

  get all(): Waiting[] {
    return [...this.#bySender.values()].flatMap((queue) => [...queue.values()]).sort((a, b) => a.seq - b.seq);
  }

  find(hash: string): Waiting | undefined {
    return this.all.find((waiting) => waiting.hash === hash);
  }

  /** The answer to who sent it waits for the listeners. */
  onAdded(listener: (waiting: Waiting) => unknown): void {
    this.#heard = [...this.#heard, listener];
  }

  /** Called with the one that is gone, before the new one is announced. */
  onReplaced(listener: (waiting: Waiting) => unknown): void {
    this.#replaced = [...this.#replaced, listener];
  }

  /** The transaction's hash, or why it is refused. */
  add(bytes: string, isLocal: boolean): Promise<Admission> {
    // One after another: of two with one nonce the last to arrive wins, not the last to be checked.
    const admission = this.#turn.then(() => this.#admit(bytes, isLocal));
    this.#turn = admission.catch(() => undefined);
    return admission;
  }

  async #admit(bytes: string, isLocal: boolean): Promise<Admission> {
    let transaction: Transaction;
    try {
      transaction = Transaction.from(bytes);
    } catch {
      return { refusal: "INVALID_PARAMS" };
    }
    const { hash, from } = transaction;
    if (hash === null || from === null) return { refusal: "INVALID_PARAMS" };
    const refusal = await this.#refusalOf(transaction, from.toLowerCase(), hash);
    if (refusal !== undefined) return { refusal };
    if (!this.#rules.isDropped()) await this.#keep(transaction, from.toLowerCase(), { bytes, hash, isLocal });
    return { hash };
  }

  /** A sender's transactions up to the first gap. */
  async ready(sender: string): Promise<Waiting[]> {
    const queue = this.#bySender.get(sender);
    const run: Waiting[] = [];
    let nonce = await this.#nonceOf(sender);
    for (let next = queue?.get(nonce); next !== undefined; next = queue?.get((nonce += 1))) run.push(next);
    return run;
  }

  /** What the next block tries, each sender's in the order of their nonces. */
  async select(): Promise<string[]> {
    const runs = await Promise.all([...this.#bySender.keys()].map((sender) => this.ready(sender)));
    // One comes no earlier than those of its sender before it.
    const ranked = runs.flatMap((run) => {
      let rank = 0;
      return run.map((waiting) => ({ waiting, rank: (rank = Math.max(rank, waiting.seq)) }));
    });
    ranked.sort((a, b) => a.rank - b.rank || a.waiting.nonce - b.waiting.nonce);
    let gas = GAS_TRIED * BigInt(this.#rules.blockGasLimit);
    return ranked.filter(({ waiting }) => (gas -= waiting.gasLimit) >= 0n).map(({ waiting }) => waiting.bytes);
  }

  /** Forgets what the head has overtaken. */
  async prune(): Promise<void> {
    for (const [sender, queue] of this.#bySender) {
      const nonce = await this.#nonceOf(sender);
      for (const waiting of queue.keys()) if (waiting < nonce) queue.delete(waiting);
      if (queue.size === 0) this.#bySender.delete(sender);
    }
  }

  /** The nonce after those that wait without a gap; undefined when none waits. */
  nextNonce(sender: string): number | undefined {
    const queue = this.#bySender.get(sender);
    if (queue === undefined || queue.size === 0) return undefined;
    let nonce = Math.min(...queue.keys());
    while (queue.has(nonce)) nonce += 1;
    return nonce;
  }

  clear(): void {
    this.#bySender.clear();
  }

  async #keep(
    transaction: Transaction,
    from: string,
    rest: Pick<Waiting, "bytes" | "hash" | "isLocal">,
  ): Promise<void> {
    const queue = this.#bySender.get(from) ?? new Map<number, Waiting>();
    const old = queue.get(transaction.nonce);
    // A full pool drops the one of least priority, which at equal prices is the newest. Nobody is told.
    if (old === undefined && this.all.length >= this.#rules.size) return;
    this.#bySender.set(from, queue);
    const { nonce, gasLimit } = transaction;
    const waiting = { ...rest, from, nonce, gasLimit, seq: (this.#seq += 1), addedAt: new Date().toISOString() };
    queue.set(nonce, waiting);
    // At a price bump of zero, which free gas forces, the last one wins, whatever it pays.
    if (old !== undefined) for (const listener of this.#replaced) await listener(old);
    for (const listener of this.#heard) await listener(waiting);
  }

  async #refusalOf(transaction: Transaction, from: string, hash: string): Promise<Refusal | undefined> {
    const { chainId, gasLimit, nonce, value } = transaction;
    if (chainId !== 0n && chainId !== BigInt(this.#rules.chainId)) return "WRONG_CHAIN_ID";
    if (!this.#rules.isSenderAllowed(from)) return "TX_SENDER_NOT_AUTHORIZED";
    const price = transaction.maxFeePerGas ?? transaction.gasPrice ?? 0n;
    if (price < this.#rules.minGasPrice) return "GAS_PRICE_TOO_LOW";
    if (gasLimit < intrinsicGasOf(transaction)) return "INTRINSIC_GAS_EXCEEDS_LIMIT";
    if (gasLimit > BigInt(this.#rules.blockGasLimit)) return "EXCEEDS_BLOCK_GAS_LIMIT";
    const current = await this.#nonceOf(from);
    if (nonce < current) return "NONCE_TOO_LOW";
    if (this.find(hash) !== undefined) return "ETH_SEND_TX_ALREADY_KNOWN";
    if (nonce - current >= this.#rules.perSender) return "NONCE_TOO_FAR_IN_FUTURE_FOR_SENDER";
    const cost = value + price * gasLimit;
    if (cost > 0n && BigInt(await this.#evm.get<string>("eth_getBalance", [from, "latest"])) < cost)
      return "TRANSACTION_UPFRONT_COST_EXCEEDS_BALANCE";
    return undefined;
  }

  async #nonceOf(sender: string): Promise<number> {
    return Number(await this.#evm.get<string>("eth_getTransactionCount", [sender, "latest"]));
  }
}

/** From Shanghai on: 21,000, 16 or 4 a byte, 32,000 and 2 a word for a contract's creation. */
function intrinsicGasOf({ data, to, accessList }: Transaction): bigint {
  const bytes = Buffer.from(data.slice(2), "hex");
  let gas = 21_000;
  for (const byte of bytes) gas += byte === 0 ? 4 : 16;
  if (to === null) gas += 32_000 + 2 * Math.ceil(bytes.length / 32);
  for (const entry of accessList ?? []) gas += 2_400 + 1_900 * entry.storageKeys.length;
  return BigInt(gas);
}
