/** A merchant publishes a new profile document; the chain keeps its hash. */
import { callOf, merchantRegistry } from "../chain/contracts.ts";
import type { Hex32 } from "../kernel/ids.ts";
import type { Accepted } from "./accept.ts";
import { acceptAsController } from "./as-controller.ts";
import type { Asked } from "./asked.ts";
import { findMerchant } from "./find-merchant.ts";
import type { Rooms } from "./rooms.ts";

export interface Profile {
  readonly merchantId: number;
  readonly profileUri: string;
  readonly profileHash: Hex32;
}

export function updateProfile(rooms: Rooms, asked: Asked, profile: Profile): Promise<Accepted> {
  return acceptAsController(rooms, asked, async () => {
    const { merchantId, profileUri, profileHash } = profile;
    const data = merchantRegistry.encodeFunctionData("updateProfile", [merchantId, profileUri, profileHash]);
    const calls = [callOf(rooms.deployment.contracts.merchantRegistry, data)];
    return { kind: "merchant.profile", merchant: await findMerchant(rooms, merchantId), calls };
  });
}
