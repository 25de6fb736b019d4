/** The typed data of each thing a customer's own wallet can sign, and the fields to send back with the signature. */
import { refOf } from "../chain/text-ref.ts";
import type { Address, Points } from "../kernel/ids.ts";
import type { ChainDomain } from "../signer/signers.ts";
import { chainNow } from "./chain-time.ts";
import { composeConsents } from "./composite-signature.ts";
import { findMerchant, findMerchantOfToken } from "./find-merchant.ts";
import type { Rooms } from "./rooms.ts";
import { randomOrderNonce } from "./swap-points.ts";
import { randomNonce } from "./transfer-points.ts";
import type { RedemptionKind, TypedData } from "./typed-data.ts";
import { holdTypedData, orderTypedData, redeemTypedData, transferTypedData, turnInTypedData } from "./typed-data.ts";

type Plain = Record<string, string | number | boolean>;

export interface Prepared {
  readonly domain: TypedData["domain"];
  readonly types: TypedData["types"];
  readonly primaryType: string;
  readonly message: Plain;
  readonly request: Plain;
}

/** JSON has no whole numbers beyond 2^53: they travel as decimal strings, which wallets take too. */
function plain(values: Record<string, unknown>): Plain {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "bigint" ? value.toString() : value]),
  ) as Plain;
}

export function prepared(typed: TypedData, request: Record<string, unknown>): Prepared {
  const { domain, types, primaryType, message } = typed;
  return { domain, types, primaryType, message: plain(message), request: plain(request) };
}

interface Asking {
  /** Seconds the signature is good for. */
  readonly validFor: number;
}

interface RedeemAsking extends Asking {
  readonly token: Address;
  readonly account: Address;
  readonly points: Points;
  readonly kind: RedemptionKind;
  readonly ref: string;
}

export async function prepareRedeem(rooms: Rooms, asking: RedeemAsking): Promise<Prepared> {
  const { account, points, kind, ref } = asking;
  const merchant = await findMerchantOfToken(rooms, asking.token);
  const deadline = (await chainNow(rooms)) + asking.validFor;
  const redemption = { holder: account, points, kind, ref: refOf(ref), deadline };
  return prepared(redeemTypedData(rooms.deployment, merchant, redemption), { account, points, kind, ref, deadline });
}

export async function prepareHold(rooms: Rooms, asking: RedeemAsking & { seconds: number }): Promise<Prepared> {
  const { account, points, kind, ref } = asking;
  const merchant = await findMerchantOfToken(rooms, asking.token);
  const now = await chainNow(rooms);
  const times = { deadline: now + asking.validFor, releaseAt: now + asking.seconds };
  const hold = { holder: account, points, kind, ref: refOf(ref), ...times };
  return prepared(holdTypedData(rooms.deployment, merchant, hold), { account, points, kind, ref, ...times });
}

interface TransferAsking extends Asking {
  readonly token: Address;
  readonly account: Address;
  readonly to: Address;
  readonly points: Points;
}

export async function prepareTransfer(rooms: Rooms, asking: TransferAsking): Promise<Prepared> {
  const { token, account, to, points } = asking;
  const merchant = await findMerchantOfToken(rooms, token);
  const validBefore = (await chainNow(rooms)) + asking.validFor;
  const signed = { validAfter: 0, validBefore, nonce: randomNonce() };
  const typed = transferTypedData(rooms.deployment, merchant, { from: account, to, value: points, ...signed });
  return prepared(typed, { account, to, points, ...signed });
}

interface TurnInAsking extends Asking {
  readonly merchantId: number;
  readonly account: Address;
  readonly points: Points;
  readonly ref: string;
}

export async function prepareTurnIn(rooms: Rooms, asking: TurnInAsking): Promise<Prepared> {
  const { merchantId, account, points, ref } = asking;
  await findMerchant(rooms, merchantId);
  const deadline = (await chainNow(rooms)) + asking.validFor;
  const typed = turnInTypedData(rooms.deployment, { holder: account, merchantId, points, ref: refOf(ref), deadline });
  return prepared(typed, { account, points, ref, deadline });
}

interface SwapAsking extends Asking {
  readonly account: Address;
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  readonly amountIn: Points;
  readonly amountOut: Points;
  readonly exactOut: boolean;
}

export async function prepareOrder(rooms: Rooms, asking: SwapAsking): Promise<Prepared> {
  const { validFor, ...wanted } = asking;
  const order = { ...wanted, nonce: randomOrderNonce(), deadline: (await chainNow(rooms)) + validFor };
  await findMerchantOfToken(rooms, asking.tokenIn);
  await findMerchantOfToken(rooms, asking.tokenOut);
  return prepared(orderTypedData(rooms.deployment, order), order);
}

interface PreparedComposite extends Omit<Prepared, "request" | "domain"> {
  readonly domain: ChainDomain;
  readonly parts: { digest: string; prefix: string; suffix: string }[];
}

/** One signature for several consents. Nothing is asked of the chain: the parts were made before. */
export function prepareComposite(rooms: Rooms, asking: { parts: readonly TypedData[] }): PreparedComposite {
  const { typed, wraps } = composeConsents(rooms.deployment, asking.parts);
  const { domain, types, primaryType, message } = typed;
  return { domain, types, primaryType, message: plain(message), parts: [...wraps] };
}
