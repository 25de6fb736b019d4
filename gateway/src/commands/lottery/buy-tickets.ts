/** A customer buys tickets: a hold of the merchant's points, signed by the buyer, relayed to the lottery. */
import { randomBytes } from "node:crypto";
import { callOf, lottery } from "../../chain/contracts.ts";
import { ticketRefOf } from "../../chain/lottery-hashes.ts";
import { hashOf } from "../../chain/text-ref.ts";
import type { Address, Hex32 } from "../../kernel/ids.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { chainNow } from "../chain-time.ts";
import { findMerchantOfToken } from "../find-merchant.ts";
import { relayerFor } from "../find-signer.ts";
import type { Prepared } from "../prepare-signing.ts";
import { prepared } from "../prepare-signing.ts";
import type { Rooms } from "../rooms.ts";
import type { Consent } from "../sign-for-customer.ts";
import { MANAGED_SIGNATURE_SECONDS, consentingAccount, signatureOf } from "../sign-for-customer.ts";
import type { TypedData } from "../typed-data.ts";
import { holdTypedData } from "../typed-data.ts";
import { findDrawTerms } from "./read-lottery.ts";

export interface TicketsRequest {
  readonly drawId: number;
  readonly count: number;
  readonly consent: Consent;
  /** As signed; left out for managed customers. */
  readonly salt?: Hex32 | undefined;
  readonly deadline?: number | undefined;
}

interface Wanted {
  readonly drawId: number;
  readonly count: number;
  readonly buyer: Address;
  readonly salt: Hex32;
  readonly deadline: number;
}

export function buyTickets(rooms: Rooms, asked: Asked, request: TicketsRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { drawId, count, consent } = request;
    const buyer = await consentingAccount(rooms, asked.caller, consent);
    const deadline = request.deadline ?? (await chainNow(rooms)) + MANAGED_SIGNATURE_SECONDS;
    // The write's own name: the same request sent again buys no second ticket, whatever became of the first answer.
    const salt = request.salt ?? hashOf(`tickets:${asked.caller.organisation}:${asked.idempotencyKey}`);
    const { typed, merchantId } = await ticketsTypedData(rooms, { drawId, count, buyer, salt, deadline });
    const signature = await signatureOf(rooms, buyer, consent, typed);
    const data = lottery.encodeFunctionData("buy", [drawId, buyer, count, salt, deadline, signature]);
    const call = callOf(rooms.deployment.contracts.lottery, data);
    const signer = await relayerFor(rooms, buyer);
    return { kind: "lottery.buy", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}

async function ticketsTypedData(rooms: Rooms, wanted: Wanted): Promise<{ typed: TypedData; merchantId: number }> {
  const { drawId, count, buyer, salt, deadline } = wanted;
  const { token, ticketPoints, releaseAt } = await findDrawTerms(rooms, drawId);
  const merchant = await findMerchantOfToken(rooms, token);
  const ref = ticketRefOf(rooms.deployment, { drawId, buyer, salt });
  const points = BigInt(count) * ticketPoints;
  const hold = { holder: buyer, points, kind: "lottery", ref, releaseAt, deadline } as const;
  return { typed: holdTypedData(rooms.deployment, merchant, hold), merchantId: merchant.merchantId };
}

/** What a wallet of the customer's own must sign. */
export async function prepareTickets(
  rooms: Rooms,
  asking: { drawId: number; account: Address; count: number; validFor: number },
): Promise<Prepared> {
  const { drawId, account, count } = asking;
  const salt = `0x${randomBytes(32).toString("hex")}` as Hex32;
  const deadline = (await chainNow(rooms)) + asking.validFor;
  const { typed } = await ticketsTypedData(rooms, { drawId, count, buyer: account, salt, deadline });
  return prepared(typed, { account, count, salt, deadline });
}
