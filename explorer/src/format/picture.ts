/** The last step before a picture, and the only one at which an amount may turn into a number that is not exact. */
export const numberForPicture = (base: string, decimals: number): number => Number(base) / 10 ** decimals;

/** Parts of a whole in percent, for the widths of a picture; nothing of nothing is nothing. */
export function percentForPicture(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 10_000n) / whole) / 100;
}
