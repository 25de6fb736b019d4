/** Calls of the council for the reader's own wallet. The encoder is large and comes when it is needed. */
import type { Council, CouncilCall, Vote } from "../../../../gateway/client/generated/types.gen.ts";
import type { Call } from "../../wallet/send.ts";

/** As in contracts/alliance; a test compares them with the compiled contract. */
export const COUNCIL_FUNCTIONS = [
  "function castVote(uint256 proposalId, uint8 support)",
  "function castVoteWithReason(uint256 proposalId, uint8 support, string reason)",
  "function queue(uint256 proposalId)",
  "function execute(uint256 proposalId)",
  "function cancel(uint256 proposalId)",
  "function propose(address[] targets, uint256[] values, bytes[] calldatas, string description)",
] as const;

/** In the order of the contract's numbers. */
const SUPPORTS = ["against", "for", "abstain"] as const;

async function encode({ address }: Council, name: string, args: readonly unknown[]): Promise<Call> {
  const { Interface } = await import("ethers");
  return { to: address, data: new Interface(COUNCIL_FUNCTIONS).encodeFunctionData(name, args) };
}

export function encodeVote(council: Council, id: number, vote: { support: Vote["support"]; reason: string }) {
  const support = SUPPORTS.indexOf(vote.support);
  return vote.reason === ""
    ? encode(council, "castVote", [id, support])
    : encode(council, "castVoteWithReason", [id, support, vote.reason]);
}

export const encodeStep = (council: Council, id: number, step: "queue" | "execute" | "cancel"): Promise<Call> =>
  encode(council, step, [id]);

export function encodeProposal(council: Council, calls: readonly CouncilCall[], description: string): Promise<Call> {
  return encode(council, "propose", [
    calls.map(({ target }) => target),
    calls.map(({ value }) => value),
    calls.map(({ data }) => data),
    description,
  ]);
}
