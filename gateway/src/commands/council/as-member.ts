/** What a member does in its own name: signed by whoever represents it now, if that key is kept here. */
import type { HexData } from "../../kernel/ids.ts";
import type { Address } from "../../kernel/ids.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/caller.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { ownKey } from "../find-signer.ts";
import type { Rooms } from "../rooms.ts";
import { findMember } from "./read-council.ts";

/** The member that the caller's key speaks for. */
export function memberOf({ memberId }: Caller): number {
  if (memberId === undefined) throw new LedgerError("member_key_needed");
  return memberId;
}

export async function representativeKey(rooms: Rooms, caller: Caller): Promise<Address> {
  const { representative } = await findMember(rooms, memberOf(caller));
  return ownKey(rooms, "representative", representative);
}

export interface MemberPlan {
  readonly kind: string;
  readonly call: { readonly to: Address; readonly data: HexData };
}

export function acceptAsMember(rooms: Rooms, asked: Asked, makePlan: () => Promise<MemberPlan>): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const signer = await representativeKey(rooms, asked.caller);
    const { kind, call } = await makePlan();
    return { kind, calls: [call], signer, trial: { ...call, from: signer } };
  });
}

/** Who acts for the caller's member; for callers that want to know what to sign. */
export async function representativeOf(rooms: Rooms, caller: Caller | undefined): Promise<Address> {
  if (caller?.memberId === undefined)
    throw new LedgerError("request_invalid", {
      field: "voter",
      problem: "is needed with a key that speaks for no member",
    });
  return (await findMember(rooms, caller.memberId)).representative;
}
