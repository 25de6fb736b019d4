/** Where something stands among everything on the chain: block · 1,000,000 + index in the block. The cursor of every list. */

/** More than a block can hold: at 60 million gas it has fewer than 3,000 transactions and 160,000 logs. */
const PLACES_PER_BLOCK = 1_000_000;

export function positionOf(blockNumber: number, index: number): string {
  return String(blockNumber * PLACES_PER_BLOCK + index);
}

export function blockOf(position: string): number {
  return Math.floor(Number(position) / PLACES_PER_BLOCK);
}
