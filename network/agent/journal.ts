/**
 * What must survive a `kill -9`: the one transaction that may be on its way, and how far rewards were claimed. One small
 * file for each node key; it is replaced whole, so it is never half written.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Address, Hex32, HexData } from "../../gateway/src/kernel/ids.ts";

/** A signed transaction, written down before it is sent. What it is for is told when it is mined. */
export interface InFlight {
  readonly nonce: number;
  readonly raw: HexData;
  readonly hash: Hex32;
  readonly purpose: Purpose;
}

export type Purpose =
  | { readonly kind: "attest"; readonly block: number }
  | { readonly kind: "announce"; readonly enode: string }
  /** `alp`: wei that the claim mints, as a decimal string. */
  | { readonly kind: "claim"; readonly epochs: readonly number[]; readonly alp: string };

export interface JournalPage {
  /** The contract these notes are about: on another chain they are worth nothing. */
  readonly ledger: string;
  readonly inFlight?: InFlight;
  /** Epochs before this one hold nothing to claim any more. */
  readonly claimedBefore: number;
  /** Claimed by this agent, wei as a decimal string. */
  readonly claimedAlp: string;
  readonly claimedEpochs: number;
}

export class Journal {
  readonly #path: string;
  #page: JournalPage;

  /** @param ledger Chain id and address of the contract: notes about another one are not taken over. */
  constructor(directory: string, node: Address, ledger: string) {
    mkdirSync(directory, { recursive: true });
    this.#path = join(directory, `agent-${node}.json`);
    const found = readPage(this.#path);
    this.#page = found?.ledger === ledger ? found : { ledger, claimedBefore: 0, claimedAlp: "0", claimedEpochs: 0 };
  }

  get page(): JournalPage {
    return this.#page;
  }

  /** On disk when it returns. */
  write(changes: Partial<Omit<JournalPage, "inFlight">> & { inFlight?: InFlight | null }): void {
    const { inFlight, ...rest } = { ...this.#page, ...changes };
    this.#page = inFlight === null || inFlight === undefined ? rest : { ...rest, inFlight };
    const next = `${this.#path}.next`;
    const file = openSync(next, "w", 0o600);
    try {
      writeSync(file, JSON.stringify(this.#page));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(next, this.#path);
  }
}

/** Nothing there, or nothing readable: the chain is asked anyway, so it begins anew. */
function readPage(path: string): JournalPage | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as JournalPage;
  } catch {
    return undefined;
  }
}
