/** Where on the chain something happened. */
import type { Hex32 } from "../kernel/ids.ts";
import { blockOf } from "../kernel/position.ts";

export interface PlaceView {
  readonly blockNumber: number;
  readonly transactionHash: Hex32;
  readonly timestamp: number;
}

export function placeOf(row: { position: string; transaction_hash: Hex32; time: string }): PlaceView {
  return {
    blockNumber: blockOf(row.position),
    transactionHash: row.transaction_hash,
    timestamp: Number(row.time),
  };
}
