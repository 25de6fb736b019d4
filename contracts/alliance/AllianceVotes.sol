// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {IAlliance} from "./IAlliance.sol";

/// @title AllianceVotes
/// @notice One organisation, one vote: who represents which member, and which members were active when.
/// @dev OpenZeppelin's Votes counts votes of accounts, which move by delegation. Here a vote is a member's and stays with
/// it when its representative changes; the council asks for it by member (`getPastMemberVotes`).
abstract contract AllianceVotes is IAlliance {
    using Checkpoints for Checkpoints.Trace208;

    /// @dev One slot. An address is seated once, for the seconds [from, until); `until` 0 = still.
    struct Seat {
        uint64 memberId;
        uint48 from;
        uint48 until;
    }

    mapping(address representative => Seat seat) private _seats;
    mapping(uint256 memberId => Checkpoints.Trace208 votes) private _memberVotes;
    Checkpoints.Trace208 private _totalVotes;

    /// @inheritdoc IAlliance
    function getPastMemberVotes(uint256 memberId, uint256 timepoint) external view returns (uint256) {
        return _memberVotes[memberId].upperLookupRecent(_past(timepoint));
    }

    /// @notice 1 if `account` represents an active member now, else 0.
    function getVotes(address account) external view returns (uint256) {
        return _memberVotes[memberIdOf(account)].latest();
    }

    /// @notice 1 if `account` represented a member that was active at `timepoint` (unix seconds, past), else 0.
    function getPastVotes(address account, uint256 timepoint) external view returns (uint256) {
        uint48 time = _past(timepoint);
        Seat memory seat = _seats[account];
        bool wasSeated = time >= seat.from && (seat.until == 0 || time < seat.until);
        return wasSeated ? _memberVotes[seat.memberId].upperLookupRecent(time) : 0;
    }

    /// @notice Members that were active at `timepoint` (unix seconds, past).
    function getPastTotalSupply(uint256 timepoint) external view returns (uint256) {
        return _totalVotes.upperLookupRecent(_past(timepoint));
    }

    /// @notice Everybody votes for itself.
    function delegates(address account) external pure returns (address) {
        return account;
    }

    /// @notice Always reverts.
    function delegate(address) external pure {
        revert AllianceDelegationDisabled();
    }

    /// @notice Always reverts.
    function delegateBySig(address, uint256, uint256, uint8, bytes32, bytes32) external pure {
        revert AllianceDelegationDisabled();
    }

    /// @notice The clock is unix seconds (ERC-6372).
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() external pure returns (string memory) {
        return "mode=timestamp";
    }

    /// @notice Unix seconds: blocks come at the pace of whoever runs the chain.
    function clock() public view returns (uint48) {
        return SafeCast.toUint48(block.timestamp);
    }

    /// @inheritdoc IAlliance
    function memberIdOf(address representative) public view returns (uint256) {
        Seat memory seat = _seats[representative];
        return seat.until == 0 ? seat.memberId : 0;
    }

    /// @dev `representative` was never seated before: addresses are taken for ever.
    function _seat(address representative, uint256 memberId) internal {
        _seats[representative] = Seat({memberId: SafeCast.toUint64(memberId), from: clock(), until: 0});
    }

    function _unseat(address representative) internal {
        _seats[representative].until = clock();
    }

    /// @dev Several changes in one second leave the last one: nobody could have asked for that second before it was over.
    function _setVotes(uint256 memberId, bool isActive, uint256 activeMembers) internal {
        uint48 now_ = clock();
        _memberVotes[memberId].push(now_, isActive ? 1 : 0);
        _totalVotes.push(now_, SafeCast.toUint208(activeMembers));
    }

    function _past(uint256 timepoint) private view returns (uint48) {
        uint48 now_ = clock();
        if (timepoint >= now_) revert AllianceFutureLookup(timepoint, now_);
        return uint48(timepoint); // less than `now_`, which has 48 bits
    }
}
