/** A member of the alliance witnesses another's draw: its own secret is made here, sealed, and committed to. */
import { callOf, lottery } from "../../chain/contracts.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { representativeKey } from "../council/as-member.ts";
import type { Rooms } from "../rooms.ts";
import { findDrawTerms } from "./read-lottery.ts";
import { makeSecret } from "./secrets.ts";

export function witnessDraw(rooms: Rooms, asked: Asked, drawId: number): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const signer = await representativeKey(rooms, asked.caller);
    await findDrawTerms(rooms, drawId);
    const secret = makeSecret(rooms);
    const data = lottery.encodeFunctionData("witness", [drawId, secret.commitment]);
    const call = callOf(rooms.deployment.contracts.lottery, data);
    const trial = { ...call, from: signer };
    return { kind: "lottery.witness", calls: [call], signer, trial, beside: (tx) => secret.keep(tx) };
  });
}
