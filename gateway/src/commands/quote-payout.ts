/** What points of a merchant that winds down would be paid for now: the collateral contract is asked, at the head. */
import { collateral } from "../chain/contracts.ts";
import { readContract } from "../chain/read-contracts.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Hex32, Points } from "../kernel/ids.ts";
import { findMerchant } from "./find-merchant.ts";
import type { Rooms } from "./rooms.ts";

export interface PayoutQuote {
  /** Whether the merchant winds down: else nothing is paid. */
  readonly isOpen: boolean;
  readonly alp: bigint;
  /** The block it is true at: the chain's head. */
  readonly block: { number: number; hash: Hex32; timestamp: number };
}

export async function quotePayout(
  rooms: Pick<Rooms, "db" | "chain" | "deployment">,
  { merchantId, points }: { merchantId: number; points: Points },
): Promise<PayoutQuote> {
  const { chain, deployment } = rooms;
  await findMerchant(rooms, merchantId);
  const head = await chain.block("latest");
  if (head === undefined) throw new LedgerError("not_ready", { detail: "the node has no block yet" });
  const at = { abi: collateral, address: deployment.contracts.collateral, block: head.number };
  const [alp] = (await readContract(chain, {
    ...at,
    method: "quotePayout",
    args: [merchantId, points],
  })) as unknown as [bigint];
  const [{ isOpen }] = (await readContract(chain, {
    ...at,
    method: "payoutsOf",
    args: [merchantId],
  })) as unknown as [{ isOpen: boolean }];
  return { isOpen, alp, block: { number: head.number, hash: head.hash, timestamp: head.timestamp } };
}
