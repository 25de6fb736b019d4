/** A merchant gets a new till key, or changes what one of its tills may issue a day. */
import { callOf, merchantPoint } from "../chain/contracts.ts";
import type { Address } from "../kernel/ids.ts";
import type { Accepted } from "./accept.ts";
import { acceptAsController } from "./as-controller.ts";
import type { Asked } from "./asked.ts";
import { findMerchantOfToken } from "./find-merchant.ts";
import type { Rooms } from "./rooms.ts";

export interface TillLimit {
  readonly token: Address;
  /** Left out: the gateway makes a key and keeps it. */
  readonly till?: Address | undefined;
  /** Base units a day in the merchant's time; 0 removes the till. */
  readonly dailyLimit: bigint;
}

export function setTill(rooms: Rooms, asked: Asked, { token, till, dailyLimit }: TillLimit): Promise<Accepted> {
  return acceptAsController(rooms, asked, async () => {
    const merchant = await findMerchantOfToken(rooms, token);
    const address = till ?? (await rooms.signers.create({ purpose: "till", merchantId: merchant.merchantId }));
    const call = callOf(token, merchantPoint.encodeFunctionData("setTill", [address, dailyLimit]));
    return { kind: "till.set", merchant, calls: [call] };
  });
}
