// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IAlliance} from "./IAlliance.sol";
import {IAllianceToken} from "./IAllianceToken.sol";
import {INodeRewards} from "./INodeRewards.sol";

/// @title NodeRewards
/// @notice Pays members for keeping their node; see INodeRewards.
/// @dev An epoch's emission, its members and who was active are read from checkpoints as of its start, so nothing is
/// computed when an epoch ends and no order of claims changes what anybody gets. Nobody holds any power here.
contract NodeRewards is INodeRewards {
    using SafeCast for uint256;

    /// @dev One slot for a member's epoch, written once a window and once by the claim.
    /// @param nextWindow The window after the last one attested: a count of windows fits, because time in seconds does.
    /// @param count Windows attested.
    struct Record {
        uint64 nextWindow;
        uint64 count;
        bool isClaimed;
    }

    uint256 private constant YEAR = 365 days;
    uint256 private constant BPS = 10_000;

    /// @inheritdoc INodeRewards
    uint256 public constant CLAIM_EPOCHS_MAX = 64;

    /// @inheritdoc INodeRewards
    uint256 public immutable EPOCH_SECONDS;

    /// @inheritdoc INodeRewards
    uint256 public immutable WINDOW_SECONDS;

    /// @inheritdoc INodeRewards
    uint256 public immutable WINDOWS_REQUIRED;

    /// @inheritdoc INodeRewards
    uint256 public immutable startedAt;

    IAlliance private immutable _alliance;
    IAllianceToken private immutable _allianceToken;

    mapping(uint256 memberId => mapping(uint256 epoch => Record record)) private _records;

    /// @param alliance_ Whose members are paid.
    /// @param token What they are paid in; its first block is the start of epoch 0.
    /// @param epochSeconds A year is a whole number of them.
    /// @param windowSeconds An epoch is a whole number of them.
    /// @param windowsRequired Windows of an epoch that a node must have attested in to earn.
    constructor(
        IAlliance alliance_,
        IAllianceToken token,
        uint256 epochSeconds,
        uint256 windowSeconds,
        uint256 windowsRequired
    ) {
        bool isSchedule =
            windowSeconds > 0 &&
                epochSeconds > 0 &&
                epochSeconds % windowSeconds == 0 &&
                YEAR % epochSeconds == 0 &&
                windowsRequired > 0 &&
                windowsRequired <= epochSeconds / windowSeconds;
        if (!isSchedule) revert NodeRewardsScheduleInvalid(epochSeconds, windowSeconds, windowsRequired);

        _alliance = alliance_;
        _allianceToken = token;
        EPOCH_SECONDS = epochSeconds;
        WINDOW_SECONDS = windowSeconds;
        WINDOWS_REQUIRED = windowsRequired;
        startedAt = token.startedAt();
    }

    /// @inheritdoc INodeRewards
    function attest(uint256 blockNumber, bytes32 blockHash) external {
        uint256 memberId = _alliance.memberIdOfNode(msg.sender);
        if (memberId == 0 || _alliance.memberOf(memberId).status != IAlliance.MemberStatus.Active) {
            revert NodeRewardsNotNode(msg.sender);
        }
        bytes32 known = blockhash(blockNumber); // 0 for a block to come, the current one, and all but the last 256
        if (known == bytes32(0) || known != blockHash) revert NodeRewardsBlockUnknown(blockNumber, blockHash);

        uint256 epoch = currentEpoch();
        uint256 window = currentWindow();
        Record storage record = _records[memberId][epoch];
        if (record.nextWindow > window) revert NodeRewardsAlreadyAttested(memberId, epoch, window);
        record.nextWindow = (window + 1).toUint64();
        record.count += 1;
        emit Attested(memberId, epoch, window, record.count, blockNumber);
    }

    /// @inheritdoc INodeRewards
    function claim(uint256 memberId, uint256[] calldata epochs) external returns (uint256 amount) {
        if (epochs.length == 0 || epochs.length > CLAIM_EPOCHS_MAX) {
            revert NodeRewardsClaimSize(epochs.length, CLAIM_EPOCHS_MAX);
        }
        IAlliance.Member memory member = _alliance.memberOf(memberId);
        if (member.status == IAlliance.MemberStatus.Left) revert NodeRewardsMemberLeft(memberId);

        for (uint256 i = 0; i < epochs.length; ++i) {
            amount += _claimEpoch(memberId, epochs[i], member.representative);
        }
    }

    /// @inheritdoc INodeRewards
    function standingOf(
        uint256 memberId,
        uint256 epoch
    ) external view returns (uint256 windowsAttested, bool isEligible, bool isClaimed, uint256 reward) {
        Record memory record = _records[memberId][epoch];
        (windowsAttested, isClaimed) = (record.count, record.isClaimed);
        isEligible = _isEligible(memberId, epoch);
        bool isEarned = isEligible && windowsAttested >= WINDOWS_REQUIRED && epoch < currentEpoch();
        bool isClaimable = isEarned && !isClaimed && _alliance.memberOf(memberId).status != IAlliance.MemberStatus.Left;
        reward = isClaimable ? shareOf(epoch) : 0;
    }

    /// @inheritdoc INodeRewards
    function currentEpoch() public view returns (uint256) {
        return (block.timestamp - startedAt) / EPOCH_SECONDS;
    }

    /// @inheritdoc INodeRewards
    function currentWindow() public view returns (uint256) {
        return ((block.timestamp - startedAt) % EPOCH_SECONDS) / WINDOW_SECONDS;
    }

    /// @inheritdoc INodeRewards
    function epochStart(uint256 epoch) public view returns (uint256) {
        // Saturating, so that an epoch beyond all time is named as one that is not over.
        return Math.saturatingAdd(startedAt, Math.saturatingMul(epoch, EPOCH_SECONDS));
    }

    /// @inheritdoc INodeRewards
    function emissionOf(uint256 epoch) public view returns (uint256) {
        uint256 inflationBps = _allianceToken.inflationAt(epochStart(epoch));
        // Rounded down in every epoch, so all epochs of a year together never exceed the year's inflation. 208 bits of
        // supply, 14 of bps and 25 of seconds: no overflow.
        return (_allianceToken.supplyAtStartOf(_yearOf(epoch)) * inflationBps * EPOCH_SECONDS) / (BPS * YEAR);
    }

    /// @inheritdoc INodeRewards
    function shareOf(uint256 epoch) public view returns (uint256) {
        uint256 emission = emissionOf(epoch);
        // Never 0 members: the alliance is older than the token and never without an active member.
        return emission / _alliance.getPastTotalSupply(epochStart(epoch));
    }

    function _claimEpoch(uint256 memberId, uint256 epoch, address to) private returns (uint256 amount) {
        if (epoch >= currentEpoch()) revert NodeRewardsEpochNotOver(epoch, epochStart(Math.saturatingAdd(epoch, 1)));
        Record storage record = _records[memberId][epoch];
        if (record.isClaimed) revert NodeRewardsAlreadyClaimed(memberId, epoch);
        if (record.count < WINDOWS_REQUIRED || !_isEligible(memberId, epoch)) {
            revert NodeRewardsNotEarned(memberId, epoch, record.count, WINDOWS_REQUIRED);
        }

        record.isClaimed = true; // before the call out
        amount = shareOf(epoch);
        emit RewardClaimed(memberId, epoch, to, amount);
        _allianceToken.emitReward(to, amount, _yearOf(epoch));
    }

    /// @dev Whether the member was active at the end of the epoch's first second, as everybody's votes are counted.
    function _isEligible(uint256 memberId, uint256 epoch) private view returns (bool) {
        uint256 start = epochStart(epoch);
        return start < block.timestamp && _alliance.getPastMemberVotes(memberId, start) == 1;
    }

    /// @dev A year is a whole number of epochs, so none belongs to two.
    function _yearOf(uint256 epoch) private view returns (uint256) {
        return epoch / (YEAR / EPOCH_SECONDS);
    }
}
