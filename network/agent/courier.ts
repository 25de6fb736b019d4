/**
 * Brings one transaction at a time onto the chain. It is signed and written down before it is sent; whatever happens on
 * the way, the same bytes are sent again until the chain shows what became of their nonce.
 */
import type { ChainClient, Receipt } from "../../gateway/src/chain/client.ts";
import type { LocalKey } from "../../gateway/src/chain/local-key.ts";
import type { Clock } from "../../gateway/src/kernel/clock.ts";
import type { Address, HexData } from "../../gateway/src/kernel/ids.ts";
import type { InFlight, Journal, Purpose } from "./journal.ts";

/** After so long without a receipt the bytes are sent again: three blocks of a busy chain. */
const RESEND_MS = 6_000;
/** So often must the chain show another nonce than ours before we believe it: nodes behind one address may differ. */
const MISSES_MAX = 5;
/** A transaction of this key that we know nothing of (our notes were lost) has so long to be mined. */
const STRANGER_MS = 60_000;

export type Settled =
  | { readonly kind: "idle" }
  | { readonly kind: "waiting" }
  | { readonly kind: "mined"; readonly purpose: Purpose; readonly receipt: Receipt }
  /** Its nonce was used by another transaction, or the chain has gone back behind it, or no node takes it. */
  | { readonly kind: "lost"; readonly purpose: Purpose; readonly why: string };

export interface Letter {
  readonly purpose: Purpose;
  readonly to: Address;
  readonly data: HexData;
  readonly gasLimit: bigint;
}

export interface CourierParts {
  readonly chain: ChainClient;
  readonly chainId: number;
  readonly key: LocalKey;
  readonly journal: Journal;
  readonly clock: Clock;
}

export class Courier {
  readonly #parts: CourierParts;
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #misses = 0;
  #strangerSinceMs: number | undefined;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  get inFlight(): InFlight | undefined {
    return this.#parts.journal.page.inFlight;
  }

  /** Nothing else may be in flight. Idle: a transaction of this key waits that we do not know; try again later. */
  async send({ purpose, to, data, gasLimit }: Letter): Promise<Settled> {
    const { chain, chainId, key, journal } = this.#parts;
    const nonce = await chain.nonceOf(key.address, "latest");
    if (await this.#isStrangerWaiting(nonce)) return { kind: "idle" };
    journal.write({ inFlight: { ...key.sign({ chainId, nonce, to, data, gasLimit }), nonce, purpose } });
    this.#misses = 0;
    this.#sentAtMs = Number.NEGATIVE_INFINITY;
    return this.settle();
  }

  /** Sends what is in flight when it is time to, and looks what became of it. */
  async settle(): Promise<Settled> {
    const letter = this.inFlight;
    if (letter === undefined) return { kind: "idle" };
    const { chain, key, clock } = this.#parts;

    // The nonce first: a block that comes between the two questions then shows the receipt.
    const nonce = await chain.nonceOf(key.address, "latest");
    const receipt = await chain.receipt(letter.hash);
    if (receipt !== undefined) return this.#end({ kind: "mined", purpose: letter.purpose, receipt });
    if (nonce !== letter.nonce) {
      this.#misses += 1;
      if (this.#misses < MISSES_MAX) return { kind: "waiting" };
      return this.#lose(letter, `nonce ${letter.nonce} is not its own any more: the chain stands at ${nonce}`);
    }
    this.#misses = 0;
    if (clock.now() - this.#sentAtMs < RESEND_MS) return { kind: "waiting" };
    this.#sentAtMs = clock.now();
    const outcome = await chain.send(letter.raw);
    // It may have arrived or not: sent again in the next round, a node that has it says so.
    if (outcome.kind === "unknown") this.#sentAtMs = Number.NEGATIVE_INFINITY;
    return outcome.kind === "refused" ? this.#lose(letter, outcome.message) : { kind: "waiting" };
  }

  #lose({ purpose }: InFlight, why: string): Settled {
    return this.#end({ kind: "lost", purpose, why });
  }

  #end(settled: Settled): Settled {
    this.#parts.journal.write({ inFlight: null });
    return settled;
  }

  async #isStrangerWaiting(nonce: number): Promise<boolean> {
    const { chain, key, clock } = this.#parts;
    if ((await chain.nonceOf(key.address, "pending")) <= nonce) {
      this.#strangerSinceMs = undefined;
      return false;
    }
    this.#strangerSinceMs ??= clock.now();
    return clock.now() - this.#strangerSinceMs < STRANGER_MS;
  }
}
