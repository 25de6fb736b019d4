/** Node rewards of past epochs are minted to the member's representative. Anybody may ask. */
import { callOf, nodeRewards } from "../../chain/contracts.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { relayerFor } from "../find-signer.ts";
import type { Rooms } from "../rooms.ts";
import { findMember } from "./read-council.ts";

/** `CLAIM_EPOCHS_MAX` of NodeRewards. */
export const CLAIM_EPOCHS_MAX = 64;

export function claimRewards(
  rooms: Rooms,
  asked: Asked,
  { memberId, epochs }: { memberId: number; epochs: readonly number[] },
): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { representative } = await findMember(rooms, memberId);
    const data = nodeRewards.encodeFunctionData("claim", [memberId, [...epochs]]);
    const call = callOf(rooms.deployment.contracts.nodeRewards, data);
    const signer = await relayerFor(rooms, representative);
    return { kind: "rewards.claim", calls: [call], signer, trial: { ...call, from: signer } };
  });
}
