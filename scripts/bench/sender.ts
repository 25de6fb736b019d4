/** One key of the bench: signs in the order of its nonces, keeps what is on its way, and sends it again if it is stuck. */
import { SigningKey, Transaction, computeAddress, hexlify, randomBytes } from "ethers";

/** More would wait in the nodes' pools without being any faster: a block of 60 million gas holds about 750 swaps. */
const ON_THE_WAY_MAX = 25;

interface OnTheWay {
  readonly nonce: number;
  readonly raw: string;
  readonly sentAt: number;
}

/** A call that every transaction of a phase makes; only its data differs. */
export interface Call {
  readonly to: string;
  readonly data: string;
  readonly gasLimit: bigint;
}

export class Sender {
  readonly #key = new SigningKey(hexlify(randomBytes(32)));
  readonly #chainId: number;
  readonly address: string;
  readonly #onTheWay: OnTheWay[] = [];
  #nonce = 0;
  /** Time, in ms, at which something of it was last confirmed, or it began to wait. */
  #movedAt = 0;
  /** Transactions that were mined and had no effect. */
  refused = 0;

  constructor(chainId: number) {
    this.#chainId = chainId;
    this.address = computeAddress(this.#key);
  }

  get room(): number {
    return ON_THE_WAY_MAX - this.#onTheWay.length;
  }

  get isIdle(): boolean {
    return this.#onTheWay.length === 0;
  }

  sign({ to, data, gasLimit }: Call, now: number): string {
    if (this.isIdle) this.#movedAt = now;
    const nonce = this.#nonce++;
    const chainId = this.#chainId;
    const transaction = Transaction.from({ type: 0, chainId, nonce, to, data, gasLimit, gasPrice: 0 });
    transaction.signature = this.#key.sign(transaction.unsignedHash);
    this.#onTheWay.push({ nonce, raw: transaction.serialized, sentAt: now });
    return transaction.serialized;
  }

  /** Its oldest transaction had its effect; gives how long that took, in ms. */
  confirm(now: number): number {
    this.#movedAt = now;
    const done = this.#onTheWay.shift();
    return done === undefined ? 0 : now - done.sentAt;
  }

  isStuck(now: number, patienceMs: number): boolean {
    return !this.isIdle && now - this.#movedAt > patienceMs;
  }

  /** What to send again, given how many the chain has taken; what it took without an effect was refused. */
  remaining(taken: number, now: number): string[] {
    this.#movedAt = now;
    while ((this.#onTheWay[0]?.nonce ?? taken) < taken) {
      this.#onTheWay.shift();
      this.refused += 1;
    }
    return this.#onTheWay.map(({ raw }) => raw);
  }
}
