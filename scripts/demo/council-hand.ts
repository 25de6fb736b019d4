/** The council at work on a local chain: one proposal from its making to its effect, at the time the story is at. */
import type { HDNodeWallet } from "ethers";
import { relayers, representativeOf } from "./cast.ts";
import type { LedgerHand } from "./ledger-hand.ts";

/** Number of GovernorCountingSimple.VoteType. */
const FOR = 1;
const BALLOT = {
  Ballot: [
    { name: "proposalId", type: "uint256" },
    { name: "support", type: "uint8" },
    { name: "voter", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
};

export interface Action {
  readonly target: string;
  readonly data: string;
}

export interface Motion {
  readonly words: string;
  readonly actions: readonly Action[];
  /** Members (ids) that say yes; the first one proposes. Those in `byBallot` sign off-line and a relayer sends it. */
  readonly yes: readonly [proposer: number, ...others: number[]];
  readonly byBallot?: readonly number[];
}

/** Proposed, voted, queued, and executed when the delay is over. Gives the proposal's id. */
export async function decide(hand: LedgerHand, { words, actions, yes, byBallot = [] }: Motion): Promise<bigint> {
  const proposer = representativeOf(yes[0]);
  const calls = [actions.map(({ target }) => target), actions.map(() => 0n), actions.map(({ data }) => data)];
  await hand.send(proposer, ["council"], "propose(address[],uint256[],bytes[],string)", [...calls, words]);
  const council = hand.at("council");
  const proposalId = (await council.getFunction("latestProposalId")()) as bigint;
  for (const memberId of yes) {
    const voter = representativeOf(memberId);
    if (byBallot.includes(memberId)) await relayBallot(hand, proposalId, voter);
    else await hand.send(voter, ["council"], "castVote", [proposalId, FOR]);
  }
  await hand.send(proposer, ["council"], "queue(uint256)", [proposalId]);
  hand.goTo(Number((await council.getFunction("proposalEta")(proposalId)) as bigint));
  await hand.send(proposer, ["council"], "execute(uint256)", [proposalId]);
  return proposalId;
}

/** A vote signed off-line, sent by somebody who has none. Nonces of ballots are keyed by proposal. */
async function relayBallot(hand: LedgerHand, proposalId: bigint, voter: HDNodeWallet): Promise<void> {
  const [relayer] = relayers;
  const nonce: unknown = await hand.at("council").getFunction("nonces(address,uint192)")(voter.address, proposalId);
  const { chainId } = hand;
  const domain = { name: "AllianceCouncil", version: "1", chainId, verifyingContract: hand.addressOf("council") };
  const ballot = { proposalId, support: FOR, voter: voter.address, nonce };
  const signature = await voter.signTypedData(domain, BALLOT, ballot);
  await hand.send(relayer, ["council"], "castVoteBySig", [proposalId, FOR, voter.address, signature]);
}
