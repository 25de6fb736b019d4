// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IAllianceCouncil
/// @notice What the alliance's council adds to OpenZeppelin's Governor: an m-of-n multi-signature of the members.
/// @dev One vote for each member active at the proposal's snapshot, cast by whoever represents it now; a member that was
/// suspended or has left since cannot vote. A proposal succeeds the moment ⌊2n/3⌋ + 1 of the n members of its snapshot
/// are for it; abstaining counts as not being for it. Many proposals may be open at once. Ids are 1, 2, 3, ...
/// Ballots are OpenZeppelin's EIP-712 `Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)` with nonces
/// keyed by proposal (`GovernorNoncesKeyed`), ERC-1271 representatives included.
/// Calls that the AccessManager restricts run after the delay of the role they need, everything else after
/// `baseDelaySeconds`, the council's own settings after `SELF_DELAY`. The proposal guardian (the regulator) may cancel
/// until execution, except a proposal that does nothing but appoint or dismiss the regulator.
interface IAllianceCouncil {
    /// @notice Another member's vote was counted; Governor's `VoteCast` names the address.
    event MemberVoted(uint256 indexed proposalId, uint256 indexed memberId, uint8 support);

    /// @notice The account represents no member.
    error CouncilNotRepresentative(address account);
    /// @notice The member is suspended, so it can neither propose nor vote.
    error CouncilMemberNotActive(uint256 memberId);
    /// @notice The member was not active when the proposal was made, so it has no vote on it.
    error CouncilMemberHasNoVote(uint256 proposalId, uint256 memberId);
    /// @notice A proposal has at most `actionsMax` actions and a description of at most `bytesMax` bytes.
    error CouncilProposalTooLarge(uint256 actions, uint256 actionsMax, uint256 descriptionBytes, uint256 bytesMax);
    /// @notice Actions `first` and `second` are the same delayed call, of which only one can wait at a time.
    error CouncilActionRepeated(uint256 first, uint256 second);
    /// @notice The council's own setting is `min` to `max`.
    error CouncilSettingInvalid(string setting, uint256 value, uint256 min, uint256 max);
    /// @notice The guardian may not veto a proposal that is about its own office only.
    error CouncilVetoOfOwnOffice(uint256 proposalId);

    /// @notice Makes a ballot that the caller has signed with `nonce`, but nobody has relayed yet, void.
    function voidBallot(uint256 nonce) external;

    /// @notice Votes needed now: ⌊2n/3⌋ + 1 of the n active members.
    function threshold() external view returns (uint256);
    /// @notice How the member voted on a proposal.
    function voteOf(uint256 proposalId, uint256 memberId) external view returns (bool hasVoted, uint8 support);
    /// @notice First second at which a succeeded proposal can no longer be queued, or a queued one executed.
    function expiresAt(uint256 proposalId) external view returns (uint256);
    /// @notice Seconds that a proposal waits if any of its calls goes to the council itself.
    function SELF_DELAY() external view returns (uint32);
    /// @notice Seconds after which a proposal that succeeded, or whose delay is over, expires.
    function GRACE_SECONDS() external view returns (uint256);
}
