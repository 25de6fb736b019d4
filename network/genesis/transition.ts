/**
 * Validators set by the genesis file from one block on, whatever votes or a contract say: the way out when so many are lost
 * for good that nobody can vote any more. Block 0 does not hold `config.transitions`, so it stays the same block.
 */
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { NetworkError } from "../plan/network-error.ts";

export interface Transition {
  readonly block: number;
  readonly validators: readonly Address[];
}

interface QbftTransition {
  readonly block: number;
  readonly [key: string]: unknown;
}

interface Genesis {
  config: { transitions?: { qbft?: QbftTransition[] } & Record<string, unknown> } & Record<string, unknown>;
}

/** The same text in gives the same bytes out, so that organisations can compare digests. */
export function withTransition(genesisText: string, { block, validators }: Transition): string {
  const genesis = JSON.parse(genesisText) as Genesis;
  const present = genesis.config.transitions?.qbft ?? [];
  const later = present.find((entry) => entry.block >= block);
  if (later !== undefined)
    throw new NetworkError(
      "input",
      `genesis.json has a transition at block ${later.block} already: a new one must come after it.`,
    );
  const entry = {
    block,
    // Also where votes select: it costs nothing there, and with a contract it is what ends its say.
    validatorselectionmode: "blockheader",
    validators: [...validators].sort(),
  };
  genesis.config.transitions = { ...genesis.config.transitions, qbft: [...present, entry] };
  return `${JSON.stringify(genesis, null, 2)}\n`;
}

export interface ChainPosition {
  /** The highest block that any node has. */
  readonly head: number;
  /** Whether blocks are still made. */
  readonly isMoving: boolean;
}

/** Time to change the file and restart everywhere before the block comes, when the chain moves. */
const LEAD_SECONDS_MIN = 300;

/**
 * Where the transition has to stand: a chain that stands still never gets past its next block under the old validators, and
 * one that moves must not reach the block before every node has the new file.
 */
export function checkTransitionBlock(
  block: number | undefined,
  { head, isMoving }: ChainPosition,
  blockPeriodSeconds: number,
): number {
  if (!isMoving) {
    if (block === undefined || block === head + 1) return head + 1;
    throw new NetworkError(
      "input",
      `The chain stands at block ${head}: under the old validators it never reaches block ${block}, and what is there already can not be changed. Leave --block out or say ${head + 1}.`,
    );
  }
  const first = head + Math.ceil(LEAD_SECONDS_MIN / blockPeriodSeconds);
  if (block !== undefined && block >= first) return block;
  const why = `the chain moves (block ${head}), and every node must have the new file before the block comes`;
  throw new NetworkError("input", `--block must be ${first} or later: ${why}. Agree on one with all organisations.`);
}

/** Throws `NetworkError("input")` on none, the same twice, or zero. */
export function checkTransitionValidators(validators: readonly Address[]): void {
  if (validators.length === 0) throw new NetworkError("input", "--validators: name at least one, better four.");
  const double = validators.find((one, index) => validators.indexOf(one) !== index);
  // Besu does not remove doubles: they would raise the quorum with nobody to fill it.
  if (double !== undefined) throw new NetworkError("input", `--validators: ${double} stands there twice.`);
  if (validators.some((one) => /^0x0+$/.test(one)))
    throw new NetworkError("input", "--validators: the zero address can not seal.");
}
