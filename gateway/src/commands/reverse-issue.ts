/** Goods came back: the points of one order are taken back; what was spent meanwhile becomes the holder's debt. */
import { callOf, merchantPoint } from "../chain/contracts.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address, Points } from "../kernel/ids.ts";
import { readIssueItem } from "../outbox/read.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { findMerchantOfToken } from "./find-merchant.ts";
import { tillFor } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";

export interface Reversal {
  readonly token: Address;
  readonly orderRef: string;
  readonly points: Points;
}

export function reverseIssue(rooms: Rooms, asked: Asked, { token, orderRef, points }: Reversal): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { merchantId } = await findMerchantOfToken(rooms, token);
    const place = await readIssueItem(rooms.db, token, orderRef);
    if (place?.isConfirmed !== true)
      throw new LedgerError("not_found", { what: `confirmed issue of order ${orderRef}` });
    const { ref, epoch, words, index, recipient } = place;
    const data = merchantPoint.encodeFunctionData("reverse", [ref, epoch, [...words], index, points]);
    const signer = await tillFor(rooms, merchantId, recipient);
    const call = callOf(token, data);
    return { kind: "reverse", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}
