/** What the rules look at, as plain values: no rule knows a table. */
import type { Address, Hex32 } from "../kernel/ids.ts";

export interface TokenFacts {
  readonly address: Address;
  readonly merchantId: number;
  readonly symbol: string;
  readonly pointsPerYuan: number;
  readonly calendar: string;
  readonly utcOffsetSeconds: number;
  /** Unix seconds. */
  readonly createdAt: number;
}

/** Where and when something happened. */
export interface Place {
  readonly position: string;
  readonly time: number;
  readonly transactionHash: Hex32;
}

/** The block that states (not acts) are true at. */
export interface Now {
  readonly blockNumber: number;
  readonly time: number;
}
