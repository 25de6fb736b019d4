// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title INodeRewards
/// @notice Pays members for keeping their node: alliance tokens, emitted as they are claimed.
///
/// Time since `startedAt` (the token's first block) is cut into epochs of `EPOCH_SECONDS`, a whole number of which make a
/// year of 365 days, and each epoch into windows of `WINDOW_SECONDS`. A member's node attests once a window that it
/// knows a recent block. emission(e) = ⌊supplyAt(start of e's year) · inflationAt(start of e) · EPOCH_SECONDS /
/// (10,000 · 365 days)⌋. Members active at the start of e share it equally, ⌊emission / members⌋ each; one that attested
/// in fewer than `WINDOWS_REQUIRED` windows gets nothing, and its part is never minted. Nothing has to be finalised:
/// the share of an epoch long past is the same as on the day after.
interface INodeRewards {
    /// @notice The member's node knew `blockNumber`'s hash in this window; it is its `count`th of this epoch.
    event Attested(uint256 indexed memberId, uint256 indexed epoch, uint256 window, uint256 count, uint256 blockNumber);
    /// @notice `amount` ALP wei were minted to the member's representative `to` for `epoch`.
    event RewardClaimed(uint256 indexed memberId, uint256 indexed epoch, address indexed to, uint256 amount);

    /// @notice An epoch is a whole number of windows, a year a whole number of epochs, and 1 to all windows are required.
    error NodeRewardsScheduleInvalid(uint256 epochSeconds, uint256 windowSeconds, uint256 windowsRequired);
    /// @notice The caller is no active member's node.
    error NodeRewardsNotNode(address caller);
    /// @notice `blockHash` is not that of `blockNumber`, or the block is not one of the last 256.
    error NodeRewardsBlockUnknown(uint256 blockNumber, bytes32 blockHash);
    /// @notice This member has attested in this window.
    error NodeRewardsAlreadyAttested(uint256 memberId, uint256 epoch, uint256 window);
    /// @notice The epoch ends at `endsAt` (unix seconds): nothing can be claimed before.
    error NodeRewardsEpochNotOver(uint256 epoch, uint256 endsAt);
    /// @notice The member earned nothing in this epoch: it was not active at its start, or attested in `count` windows only.
    error NodeRewardsNotEarned(uint256 memberId, uint256 epoch, uint256 count, uint256 required);
    /// @notice This reward was claimed before.
    error NodeRewardsAlreadyClaimed(uint256 memberId, uint256 epoch);
    /// @notice The member has left the alliance; what it has not claimed is never minted.
    error NodeRewardsMemberLeft(uint256 memberId);
    /// @notice One call claims 1 to `max` epochs.
    error NodeRewardsClaimSize(uint256 count, uint256 max);

    /// @notice The calling node knows the hash of `blockNumber`. Once a window; O(1).
    function attest(uint256 blockNumber, bytes32 blockHash) external;

    /// @notice Mints the member's rewards of `epochs` to its representative. Anyone may call. All or nothing.
    /// @return amount ALP wei minted.
    function claim(uint256 memberId, uint256[] calldata epochs) external returns (uint256 amount);

    function EPOCH_SECONDS() external view returns (uint256);
    function WINDOW_SECONDS() external view returns (uint256);
    function WINDOWS_REQUIRED() external view returns (uint256);
    function CLAIM_EPOCHS_MAX() external view returns (uint256);
    function startedAt() external view returns (uint256);
    function currentEpoch() external view returns (uint256);
    /// @notice First second of `epoch`.
    function epochStart(uint256 epoch) external view returns (uint256);
    /// @notice Window of the current epoch, from 0.
    function currentWindow() external view returns (uint256);

    /// @notice ALP wei to be shared for `epoch`, which must have begun. Final when its first second is over.
    function emissionOf(uint256 epoch) external view returns (uint256);
    /// @notice ALP wei of one member that maintained, for an epoch whose first second is over.
    function shareOf(uint256 epoch) external view returns (uint256);

    /// @notice Where a member stands in an epoch. `reward` is what a claim would mint now; 0 if not (yet) claimable.
    function standingOf(
        uint256 memberId,
        uint256 epoch
    ) external view returns (uint256 windowsAttested, bool isEligible, bool isClaimed, uint256 reward);
}
