/** The arithmetic of QBFT's rounds: whose turn it is, how long a round lasts. */

export interface RoundTimes {
  readonly blockPeriodSeconds: number;
  readonly requestTimeoutSeconds: number;
}

/** Each round lasts twice the one before, without an end: round 10 of a 4 s timeout lasts 68 minutes. */
export function roundSeconds(round: number, { requestTimeoutSeconds }: RoundTimes): number {
  return requestTimeoutSeconds * 2 ** round;
}

/** The round in which a validator stands that has waited for a block so long; the period passes before round 0 begins. */
export function roundAfter(seconds: number, times: RoundTimes): number {
  const inRounds = Math.max(0, seconds - times.blockPeriodSeconds);
  return Math.floor(Math.log2(inRounds / times.requestTimeoutSeconds + 1));
}

/**
 * Those whose turn passed before a block of round `round`: the proposer moves on by one with each block and each round.
 * @param validators In ascending order, as Besu sorts them.
 */
export function missedTurns(validators: readonly string[], previousMiner: string, round: number): string[] {
  const before = validators.findIndex((validator) => validator >= previousMiner);
  const from = before === -1 ? 0 : validators[before] === previousMiner ? before + 1 : before;
  return Array.from({ length: round }, (_, turn) => validators[(from + turn) % validators.length]).filter(
    (validator) => validator !== undefined,
  );
}

/** Everybody whose turn passed in these blocks, as often as it did. */
export function missedIn(
  recent: readonly { readonly miner: string; readonly round: number | undefined }[],
  validators: readonly string[],
): string[] {
  return recent.flatMap(({ round }, index) => {
    const previous = recent[index - 1];
    return previous === undefined || round === undefined ? [] : missedTurns(validators, previous.miner, round);
  });
}
