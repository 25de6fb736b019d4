/** Closes a merchant that has wound down. The chain lets anybody do it, so it takes no key of the merchant's. */
import { callOf, merchantRegistry } from "../chain/contracts.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { findMerchant } from "./find-merchant.ts";
import { relayerFor } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";

export function closeMerchant(rooms: Rooms, asked: Asked, merchantId: number): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { controller } = await findMerchant(rooms, merchantId);
    const data = merchantRegistry.encodeFunctionData("close", [merchantId]);
    const call = callOf(rooms.deployment.contracts.merchantRegistry, data);
    const signer = await relayerFor(rooms, controller);
    return { kind: "exit.close", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}
