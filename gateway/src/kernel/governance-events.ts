/** What the council, the rewards, the roles and the regulator's desk say (see events.ts). */
import type { Cased, CasedAccount, OfMember, OfMerchant, OfToken } from "./events.ts";
import type { Address, HexData } from "./ids.ts";

interface OfProposal {
  readonly proposalId: bigint;
}
interface Ballot extends OfProposal {
  readonly voter: Address;
  readonly support: number;
  readonly reason: string;
}
interface OfRole {
  readonly roleId: bigint;
}
interface OfOrder extends Cased {
  readonly orderId: bigint;
}

export interface GovernanceFields {
  "nodes.NodeAnnounced": {
    readonly node: Address;
    readonly publicKey: HexData;
    readonly host: HexData;
    readonly port: bigint;
  };
  "rewards.Attested": OfMember & {
    readonly epoch: bigint;
    readonly window: bigint;
    readonly count: bigint;
    /** The block that the node knew; in the log it is called `blockNumber`, like the one the event itself stands in. */
    readonly attestedBlock: bigint;
  };
  "rewards.RewardClaimed": OfMember & { readonly epoch: bigint; readonly to: Address; readonly amount: bigint };
  "council.ProposalCreated": OfProposal & {
    readonly proposer: Address;
    readonly targets: readonly Address[];
    readonly values: readonly bigint[];
    readonly calldatas: readonly HexData[];
    readonly voteStart: bigint;
    readonly voteEnd: bigint;
    readonly description: string;
  };
  "council.ProposalQueued": OfProposal & { readonly etaSeconds: bigint };
  "council.ProposalExecuted": OfProposal;
  "council.ProposalCanceled": OfProposal;
  "council.MemberVoted": OfProposal & OfMember & { readonly support: number };
  "council.VoteCast": Ballot;
  "council.VoteCastWithParams": Ballot;
  "council.ProposalGuardianSet": {
    readonly oldProposalGuardian: Address;
    readonly newProposalGuardian: Address;
  };
  "council.VotingPeriodSet": { readonly newVotingPeriod: bigint };
  "council.BaseDelaySet": { readonly newBaseDelaySeconds: bigint };
  "access.RoleGranted": OfRole & { readonly account: Address; readonly delay: bigint; readonly since: bigint };
  "access.RoleRevoked": OfRole & { readonly account: Address };
  "access.TargetFunctionRoleUpdated": OfRole & { readonly target: Address; readonly selector: HexData };
  "desk.AccountFrozenEverywhere": CasedAccount;
  "desk.AccountFreedEverywhere": CasedAccount;
  "desk.TokenPaused": OfToken & Cased & { readonly until: bigint };
  "desk.TokenUnpaused": OfToken & Cased;
  "desk.MeasureTaken": OfMerchant & Cased & { readonly measure: number; readonly value: bigint };
  "desk.TransferOrdered": OfOrder &
    OfToken & {
      readonly from: Address;
      readonly to: Address;
      readonly points: bigint;
      readonly expiresAt: bigint;
    };
  "desk.TransferOrderWithdrawn": OfOrder;
  "desk.TransferOrderExecuted": OfOrder & { readonly executedBy: Address };
}
