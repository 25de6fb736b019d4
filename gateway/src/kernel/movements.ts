/**
 * Which lots each `Transfer` of a transaction moved. A plain movement takes the oldest first; one in another order is
 * named by a later event of the same transaction (IMerchantPoint, "Ages"). Pure: both the indexer and the audit read
 * transactions through it, so it is checked against the contracts lane by lane.
 */
import type { EventOf, LedgerEvent } from "./events.ts";
import type { Address } from "./ids.ts";
import { ZERO_ADDRESS } from "./ids.ts";
import type { Lots } from "./lots.ts";
import { parseLots, totalOf } from "./lots.ts";

/** Why points moved, in the words of the business. */
export const MOVEMENT_KINDS = [
  "issue",
  "transfer",
  "swapIn",
  "swapOut",
  "hold",
  "redeem",
  "release",
  "refund",
  "reverse",
  "forced",
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** How the lots are found. */
export type LotsOrder =
  | { readonly by: "oldest" }
  | { readonly by: "epoch"; readonly epoch: number }
  | { readonly by: "lots"; readonly lots: Lots };

/** One `Transfer` of a point token with what the rest of its transaction says of it. */
export interface Movement {
  readonly transfer: EventOf<"point.Transfer">;
  readonly kind: MovementKind;
  readonly order: LotsOrder;
}

const OLDEST: LotsOrder = { by: "oldest" };

type Waiting = Map<Address, EventOf<"point.Transfer">[]>;
type Fits = (transfer: EventOf<"point.Transfer">) => boolean;

/** `events` are those of one transaction, in order. The answer is keyed by the transfer's log index. */
export function readMovements(events: readonly LedgerEvent[]): Map<number, Movement> {
  const movements = new Map<number, Movement>();
  const waiting: Waiting = new Map();
  const settle = (transfer: EventOf<"point.Transfer">, kind: MovementKind, order: LotsOrder): void => {
    movements.set(transfer.logIndex, { transfer, kind, order });
  };
  for (const event of events) {
    if (event.type === "point.Transfer") {
      const list = waiting.get(event.address);
      if (list === undefined) waiting.set(event.address, [event]);
      else list.push(event);
    } else nameTransfers(event, waiting, settle);
  }
  for (const list of waiting.values()) for (const transfer of list) settle(transfer, "transfer", OLDEST);
  return movements;
}

type Settle = (transfer: EventOf<"point.Transfer">, kind: MovementKind, order: LotsOrder) => void;

function nameTransfers(event: LedgerEvent, waiting: Waiting, settle: Settle): void {
  const token = event.address;
  switch (event.type) {
    case "point.Issued": {
      // One `Transfer` an item, in order; the batch's own `Issued` follows the last of them.
      for (let item = 0n; item < event.count; item += 1n)
        settle(takeLast(waiting, token, isMint, event), "issue", { by: "epoch", epoch: Number(event.epoch) });
      return;
    }
    case "point.TransferredAtEpoch": {
      const fits: Fits = (t) => t.from === event.from && t.to === event.to && t.value === event.value;
      settle(takeLast(waiting, token, fits, event), "transfer", { by: "epoch", epoch: Number(event.epoch) });
      return;
    }
    case "point.ForcedTransfer": {
      const fits: Fits = (t) => t.from === event.from && t.to === event.to && t.value === event.points;
      settle(takeLast(waiting, token, fits, event), "forced", OLDEST);
      return;
    }
    case "point.Released":
    case "point.Refunded": {
      const lots = parseLots(event.lots);
      const kind = event.type === "point.Released" ? "release" : "refund";
      settle(takeLast(waiting, token, mintTo(event.holder, totalOf(lots)), event), kind, { by: "lots", lots });
      return;
    }
    case "point.Reversed": {
      const lots = parseLots(event.lots);
      settle(takeLast(waiting, token, burnOf(event.account, totalOf(lots)), event), "reverse", { by: "lots", lots });
      return;
    }
    case "point.Held":
      settle(takeLast(waiting, token, burnOf(event.holder, event.points), event), "hold", OLDEST);
      return;
    case "point.Redeemed": {
      // A capture burns nothing: its points left circulation when they were put on hold.
      const burn = findLast(waiting, token, burnOf(event.holder, event.points));
      if (burn !== undefined) settle(burn, "redeem", OLDEST);
      return;
    }
    case "pool.Swapped": {
      const given = burnOf(event.account, event.amountIn);
      const bought = mintTo(event.account, event.amountOut);
      settle(takeLast(waiting, event.tokenIn, given, event), "swapIn", OLDEST);
      const order: LotsOrder = { by: "epoch", epoch: Number(event.epochOut) };
      settle(takeLast(waiting, event.tokenOut, bought, event), "swapOut", order);
      return;
    }
    default:
      return;
  }
}

const isMint: Fits = (t) => t.from === ZERO_ADDRESS;
const mintTo =
  (account: Address, value: bigint): Fits =>
  (t) =>
    t.from === ZERO_ADDRESS && t.to === account && t.value === value;
const burnOf =
  (account: Address, value: bigint): Fits =>
  (t) =>
    t.to === ZERO_ADDRESS && t.from === account && t.value === value;

function findLast(waiting: Waiting, token: Address, fits: Fits): EventOf<"point.Transfer"> | undefined {
  const list = waiting.get(token) ?? [];
  const index = list.findLastIndex(fits);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}

function takeLast(waiting: Waiting, token: Address, fits: Fits, by: LedgerEvent): EventOf<"point.Transfer"> {
  const found = findLast(waiting, token, fits);
  if (found === undefined)
    throw new Error(
      `${by.type} at log ${by.logIndex} of ${by.transactionHash} follows no Transfer of ${token} that it could name: the contract is not the one this gateway was built for`,
    );
  return found;
}
