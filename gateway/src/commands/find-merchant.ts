/** Whose token is it, who controls the merchant, who may issue for it. */
import { callOf, merchantRegistry } from "../chain/contracts.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address, HexData } from "../kernel/ids.ts";
import { ZERO_ADDRESS, parseAddress } from "../kernel/ids.ts";
import type { MerchantFacts, MerchantTerms } from "../store/merchant-facts.ts";
import { readMerchantFacts, readMerchantIdOfToken, readMerchantTerms } from "../store/merchant-facts.ts";
import { refusal } from "./accept.ts";
import type { Rooms } from "./rooms.ts";

export type { MerchantFacts, MerchantTerms } from "../store/merchant-facts.ts";

/** A view call; throws the contract's named refusal. */
export async function view(rooms: Pick<Rooms, "chain">, to: Address, data: string): Promise<HexData> {
  const outcome = await rooms.chain.call({ to, data: data as HexData });
  if (!outcome.ok) throw refusal(outcome.data, outcome.message);
  return outcome.data;
}

type MerchantRooms = Pick<Rooms, "db" | "chain" | "deployment">;

/** From the store, or from the chain when the indexer has not come so far. Throws `not_found` if it never applied. */
export async function findMerchant(rooms: MerchantRooms, merchantId: number): Promise<MerchantFacts> {
  const known = await readMerchantFacts(rooms.db, merchantId);
  if (known?.token !== undefined) return known;
  const merchant = await merchantOnChain(rooms, merchantId);
  const token = parseAddress(merchant.token);
  return {
    merchantId,
    controller: parseAddress(merchant.controller),
    token: token === ZERO_ADDRESS ? undefined : token,
    tokenName: merchant.terms.tokenName,
  };
}

interface MerchantOnChain {
  readonly controller: string;
  readonly token: string;
  readonly terms: { tokenName: string; pointsPerYuan: bigint; utcOffsetSeconds: bigint };
}

async function merchantOnChain({ chain, deployment }: MerchantRooms, merchantId: number): Promise<MerchantOnChain> {
  const data = merchantRegistry.encodeFunctionData("merchantOf", [merchantId]);
  const outcome = await chain.call(callOf(deployment.contracts.merchantRegistry, data));
  if (!outcome.ok) throw new LedgerError("not_found", { what: `merchant ${merchantId}` });
  const [merchant] = merchantRegistry.decodeFunctionResult("merchantOf", outcome.data) as unknown as [MerchantOnChain];
  return merchant;
}

/** From the store, or from the chain when the indexer has not come so far. Throws `not_found` if it never applied. */
export async function findMerchantTerms(rooms: MerchantRooms, merchantId: number): Promise<MerchantTerms> {
  const known = await readMerchantTerms(rooms.db, merchantId);
  if (known !== undefined) return known;
  const { terms } = await merchantOnChain(rooms, merchantId);
  return { pointsPerYuan: Number(terms.pointsPerYuan), utcOffsetSeconds: Number(terms.utcOffsetSeconds) };
}

/** Undefined for an address that is not a merchant's token. */
export async function merchantIdOfToken(rooms: MerchantRooms, token: Address): Promise<number | undefined> {
  const known = await readMerchantIdOfToken(rooms.db, token);
  if (known !== undefined) return known;
  const data = merchantRegistry.encodeFunctionData("merchantIdOf", [token]);
  const id = Number(BigInt(await view(rooms, rooms.deployment.contracts.merchantRegistry, data)));
  return id === 0 ? undefined : id;
}

/** Throws `not_found` for an address that is not a merchant's token. */
export async function findMerchantOfToken(
  rooms: MerchantRooms,
  token: Address,
): Promise<MerchantFacts & { token: Address }> {
  const merchantId = await merchantIdOfToken(rooms, token);
  if (merchantId === undefined) throw new LedgerError("not_found", { what: `token ${token}` });
  return { ...(await findMerchant(rooms, merchantId)), token };
}
