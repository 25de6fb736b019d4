/** What a till does with a hold or a redemption: capture it, let it go, or give points back with their ages. */
import { callOf, merchantPoint } from "../chain/contracts.ts";
import { refOf } from "../chain/text-ref.ts";
import type { Address, Points } from "../kernel/ids.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { findMerchantOfToken } from "./find-merchant.ts";
import { relayerFor, tillFor } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";

export type Settlement = { readonly token: Address; readonly holder: Address; readonly ref: string } & (
  { readonly step: "capture" | "refund"; readonly points: Points } | { readonly step: "release" }
);

function settlementData(settlement: Settlement): string {
  const { holder } = settlement;
  const ref = refOf(settlement.ref);
  if (settlement.step === "release") return merchantPoint.encodeFunctionData("release", [holder, ref]);
  if (settlement.step === "capture")
    return merchantPoint.encodeFunctionData("capture", [holder, ref, settlement.points]);
  return merchantPoint.encodeFunctionData("refund", [holder, ref, settlement.points]);
}

export function settleRedemption(rooms: Rooms, asked: Asked, settlement: Settlement): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { merchantId } = await findMerchantOfToken(rooms, settlement.token);
    // Who is no till can give back what has timed out, as anybody can on the chain; before that the chain refuses it.
    const isTill = asked.caller.role !== "consumer";
    const signer = isTill
      ? await tillFor(rooms, merchantId, settlement.holder)
      : await relayerFor(rooms, settlement.holder);
    const call = callOf(settlement.token, settlementData(settlement));
    return { kind: settlement.step, merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}
