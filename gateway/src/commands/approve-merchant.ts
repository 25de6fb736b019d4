/** The alliance admits an applicant: its token is deployed and its controller may hold alliance tokens. */
import { callOf, merchantRegistry } from "../chain/contracts.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { platformKey } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";

export function approveMerchant(rooms: Rooms, asked: Asked, merchantId: number): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const signer = await platformKey(rooms);
    const call = callOf(
      rooms.deployment.contracts.merchantRegistry,
      merchantRegistry.encodeFunctionData("approve", [merchantId]),
    );
    return { kind: "merchant.approve", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}
