/** What a member changes about itself without anybody's vote: its representative, its node, its membership. */
import { alliance, callOf } from "../../chain/contracts.ts";
import type { Address } from "../../kernel/ids.ts";
import type { Accepted } from "../accept.ts";
import type { Asked } from "../asked.ts";
import type { Rooms } from "../rooms.ts";
import { acceptAsMember, memberOf } from "./as-member.ts";

/** Without an address the gateway makes the new key and keeps it. The old one can never be used again. */
export function rotateRepresentative(
  rooms: Rooms,
  asked: Asked,
  representative: Address | undefined,
): Promise<Accepted> {
  return acceptAsMember(rooms, asked, async () => {
    const label = { purpose: "representative", memberId: memberOf(asked.caller) } as const;
    const next = representative ?? (await rooms.signers.create(label));
    const data = alliance.encodeFunctionData("rotateRepresentative", [next]);
    return { kind: "member.rotate-representative", call: callOf(rooms.deployment.contracts.alliance, data) };
  });
}

export function rotateNode(rooms: Rooms, asked: Asked, node: Address): Promise<Accepted> {
  return ofAlliance(rooms, asked, {
    kind: "member.rotate-node",
    data: alliance.encodeFunctionData("rotateNode", [node]),
  });
}

/** For good: rewards not claimed are never minted, and the vote is gone. */
export function leaveAlliance(rooms: Rooms, asked: Asked): Promise<Accepted> {
  return ofAlliance(rooms, asked, { kind: "member.leave", data: alliance.encodeFunctionData("resign") });
}

function ofAlliance(rooms: Rooms, asked: Asked, { kind, data }: { kind: string; data: string }): Promise<Accepted> {
  const call = callOf(rooms.deployment.contracts.alliance, data);
  return acceptAsMember(rooms, asked, () => Promise.resolve({ kind, call }));
}
