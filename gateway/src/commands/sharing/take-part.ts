/** A merchant takes part in the sharing program: joins with a deposit, adds to it, takes it out, sets its rebate. */
import { decodeRevert } from "../../chain/decode-revert.ts";
import { allianceToken, callOf, sharingProgram } from "../../chain/contracts.ts";
import type { Address, Alp } from "../../kernel/ids.ts";
import type { ContractCall } from "../../outbox/command.ts";
import type { Accepted } from "../accept.ts";
import { accept, refusal } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { findMerchant } from "../find-merchant.ts";
import { controllerKey } from "../find-signer.ts";
import { approveAlp } from "../manage-collateral.ts";
import type { Rooms } from "../rooms.ts";

export type SharingChange =
  | { readonly step: "join"; readonly alp: Alp; readonly rebateBps: number }
  | { readonly step: "deposit"; readonly alp: Alp }
  | { readonly step: "withdraw"; readonly points: bigint }
  | { readonly step: "rebate"; readonly rebateBps: number };

function encode(merchantId: number, change: SharingChange): string {
  switch (change.step) {
    case "join":
      return sharingProgram.encodeFunctionData("join", [merchantId, change.alp, change.rebateBps]);
    case "deposit":
      return sharingProgram.encodeFunctionData("addDeposit", [merchantId, change.alp]);
    case "withdraw":
      return sharingProgram.encodeFunctionData("withdrawDeposit", [merchantId, change.points]);
    case "rebate":
      return sharingProgram.encodeFunctionData("setRebate", [merchantId, change.rebateBps]);
  }
}

export function changeSharing(
  rooms: Rooms,
  asked: Asked,
  { merchantId, change }: { merchantId: number; change: SharingChange },
): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const merchant = await findMerchant(rooms, merchantId);
    const signer = await controllerKey(rooms, merchant);
    const call = callOf(rooms.deployment.contracts.sharingProgram, encode(merchantId, change));
    const kind = `sharing.${change.step}`;
    if (!("alp" in change)) return { kind, merchantId, calls: [call], signer, trial: { ...call, from: signer } };
    await tryUnapproved(rooms, { from: signer, call });
    return {
      kind,
      merchantId,
      calls: [approveAlp(rooms, call.to), call],
      signer,
      trial: payment(rooms, signer, change.alp),
    };
  });
}

/** A transfer that is only tried: refused for the same reasons as the pull that follows the approval. */
function payment({ deployment }: Rooms, from: Address, alp: Alp): ContractCall & { from: Address } {
  const data = allianceToken.encodeFunctionData("transfer", [deployment.contracts.sharingProgram, alp]);
  return { ...callOf(deployment.contracts.allianceToken, data), from };
}

/** The program checks everything before it asks for the money: want of an approval is all that may be missing. */
async function tryUnapproved({ chain }: Rooms, { from, call }: { from: Address; call: ContractCall }): Promise<void> {
  const outcome = await chain.call({ ...call, from });
  if (outcome.ok || decodeRevert(outcome.data, outcome.message).name === "ERC20InsufficientAllowance") return;
  throw refusal(outcome.data, outcome.message);
}
