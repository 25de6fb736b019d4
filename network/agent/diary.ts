/** What the agent remembers of its own doings, for its health page and its log. */
import type { Clock } from "../../gateway/src/kernel/clock.ts";
import { LedgerError } from "../../gateway/src/kernel/errors.ts";
import { describeFailure } from "../../gateway/src/kernel/failures.ts";
import type { Hex32 } from "../../gateway/src/kernel/ids.ts";
import type { Log } from "../../gateway/src/kernel/log.ts";
import type { Revert } from "../../gateway/src/chain/decode-revert.ts";

export interface LastAttestation {
  readonly epoch: number;
  readonly window: number;
  /** The block whose hash the node knew. */
  readonly block: number;
  readonly transaction: Hex32;
  /** Block time of the attestation itself. */
  readonly at: string;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly at: string;
}

export class Diary {
  readonly #clock: Clock;
  readonly #log: Log;
  /** Rounds that failed in a row. */
  failures = 0;
  /** Ordinal of the last window known to be attested. */
  attested = -1;
  lastAttestation: LastAttestation | undefined;
  problem: Problem | undefined;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  noteFailure(error: unknown): void {
    this.failures += 1;
    this.note(error instanceof LedgerError ? error.code : "unexpected", wordsOf(error));
  }

  /** A refusal of a contract, in both of the alliance's languages. */
  noteRevert({ name, facts }: Revert): void {
    const { en, zh } = describeFailure(name, facts);
    this.note(name, `${en} ${zh}`);
  }

  note(code: string, message: string): void {
    const isNew = this.problem?.code !== code || this.problem.message !== message;
    this.problem = { code, message, at: new Date(this.#clock.now()).toISOString() };
    // The same again is no news: a chain that is away for an hour would fill the log.
    this.#log[isNew ? "warn" : "debug"]({ code }, message);
  }

  noteAttestation(ordinal: number, attestation: LastAttestation): void {
    this.attested = Math.max(this.attested, ordinal);
    this.lastAttestation = attestation;
    this.problem = undefined;
    this.#log.info({ ...attestation }, "attested");
  }

  noteClaim(transaction: Hex32, epochs: readonly number[], alp: string): void {
    this.problem = undefined;
    this.#log.info({ transaction, epochs, alp }, "claimed");
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "something that is no error was thrown";
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
