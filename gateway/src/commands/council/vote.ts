/** A member votes: by its representative's key kept here, or by a ballot signed off-line that anybody relays. */
import { callOf, council } from "../../chain/contracts.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address, HexData } from "../../kernel/ids.ts";
import type { Support } from "../../kernel/statuses.ts";
import { SUPPORTS } from "../../kernel/statuses.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { waitForChainTime } from "../chain-time.ts";
import { relayerFor } from "../find-signer.ts";
import type { Prepared } from "../prepare-signing.ts";
import type { Rooms } from "../rooms.ts";
import { ballotTypedData } from "../typed-data.ts";
import { acceptAsMember } from "./as-member.ts";
import { askCouncil, findProposal } from "./read-council.ts";

interface Vote {
  readonly id: bigint;
  readonly support: Support;
  readonly reason?: string | undefined;
}

/** Votes count from the second after the proposal's on: until a block has come so far, this waits. */
async function waitUntilOpen(rooms: Rooms, id: bigint): Promise<void> {
  const { snapshot, state } = await findProposal(rooms, id);
  if (state === "pending") await waitForChainTime(rooms, snapshot + 1);
}

export function castVote(rooms: Rooms, asked: Asked, { id, support, reason }: Vote): Promise<Accepted> {
  return acceptAsMember(rooms, asked, async () => {
    await waitUntilOpen(rooms, id);
    const number = SUPPORTS.indexOf(support);
    const data =
      reason === undefined
        ? council.encodeFunctionData("castVote", [id, number])
        : council.encodeFunctionData("castVoteWithReason", [id, number, reason]);
    return { kind: "council.vote", call: callOf(rooms.deployment.contracts.council, data) };
  });
}

interface Ballot {
  readonly id: bigint;
  readonly voter: Address;
  readonly support: Support;
}

/** What the representative signs off-line. The nonce is of this voter on this proposal: a ballot counts once. */
export async function prepareBallot(rooms: Rooms, { id, voter, support }: Ballot): Promise<Prepared> {
  await findProposal(rooms, id);
  const [nonce] = await askCouncil<[bigint]>(rooms, "nonces(address,uint192)", [voter, id]);
  const message = { proposalId: id, support: SUPPORTS.indexOf(support), voter, nonce };
  const { domain, types, primaryType } = ballotTypedData(rooms.deployment, message);
  const plain = { ...message, proposalId: id.toString(), nonce: nonce.toString() };
  return { domain, types, primaryType, message: plain, request: { voter, support } };
}

/** Costs the voter nothing: a relayer of the gateway sends it. A contract may be the voter (ERC-1271). */
export function relayBallot(rooms: Rooms, asked: Asked, ballot: Ballot & { signature: HexData }): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { id, voter, support, signature } = ballot;
    await waitUntilOpen(rooms, id);
    const [hasVoted] = await askCouncil<[boolean]>(rooms, "hasVoted", [id, voter]);
    // Its nonce is used, so the chain would say that the signature is wrong, which helps nobody.
    if (hasVoted) throw new LedgerError("already_voted", { proposalId: Number(id), voter });
    const data = council.encodeFunctionData("castVoteBySig", [id, SUPPORTS.indexOf(support), voter, signature]);
    const call = callOf(rooms.deployment.contracts.council, data);
    const signer = await relayerFor(rooms, voter);
    return { kind: "council.ballot", calls: [call], signer, trial: { ...call, from: signer } };
  });
}
