/** A merchant leaves: it gives notice, begins to wind down when the notice is over, and takes its surplus. */
import { callOf, collateral, merchantRegistry } from "../chain/contracts.ts";
import type { ContractCall } from "../outbox/command.ts";
import type { Accepted } from "./accept.ts";
import { acceptAsController } from "./as-controller.ts";
import type { Asked } from "./asked.ts";
import { findMerchant } from "./find-merchant.ts";
import type { Rooms } from "./rooms.ts";

export interface Leave {
  readonly merchantId: number;
  readonly step: "announce" | "windDown" | "surplus";
}

function callFor({ deployment: { contracts } }: Rooms, { merchantId, step }: Leave): ContractCall {
  switch (step) {
    case "announce":
      return callOf(contracts.merchantRegistry, merchantRegistry.encodeFunctionData("announceExit", [merchantId]));
    case "windDown":
      return callOf(contracts.merchantRegistry, merchantRegistry.encodeFunctionData("beginWindDown", [merchantId]));
    case "surplus":
      return callOf(contracts.collateral, collateral.encodeFunctionData("withdrawSurplus", [merchantId]));
  }
}

export function leave(rooms: Rooms, asked: Asked, what: Leave): Promise<Accepted> {
  return acceptAsController(rooms, asked, async () => ({
    kind: `exit.${what.step}`,
    merchant: await findMerchant(rooms, what.merchantId),
    calls: [callFor(rooms, what)],
  }));
}
