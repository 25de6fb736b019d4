// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAlliance} from "./IAlliance.sol";
import {IAllianceCouncil} from "./IAllianceCouncil.sol";

/// @title CouncilBallots
/// @notice Which member voted how, and how many votes are enough.
/// @dev Members are looked up in the alliance: a vote belongs to the member, so a new representative neither loses the
/// vote on proposals already open nor can cast it twice.
abstract contract CouncilBallots is IAllianceCouncil {
    IAlliance private immutable _alliance;

    /// @dev Support + 1; 0 = not voted.
    mapping(uint256 proposalId => mapping(uint256 memberId => uint8 ballot)) private _ballots;

    constructor(IAlliance alliance_) {
        _alliance = alliance_;
    }

    /// @notice The membership whose votes count here.
    function alliance() external view returns (address) {
        return address(_alliance);
    }

    /// @inheritdoc IAllianceCouncil
    function threshold() external view returns (uint256) {
        return _thresholdOf(_alliance.activeCount());
    }

    /// @inheritdoc IAllianceCouncil
    function voteOf(uint256 proposalId, uint256 memberId) public view returns (bool isCast, uint8 support) {
        uint8 ballot = _ballots[proposalId][memberId];
        return ballot == 0 ? (false, 0) : (true, ballot - 1);
    }

    /// @param support 0 to 2.
    function _recordVote(uint256 proposalId, uint256 memberId, uint8 support) internal {
        _ballots[proposalId][memberId] = support + 1;
        emit MemberVoted(proposalId, memberId, support);
    }

    function _activeMemberOf(address account) internal view returns (uint256 memberId) {
        memberId = _alliance.memberIdOf(account);
        if (memberId == 0) revert CouncilNotRepresentative(account);
        if (_alliance.memberOf(memberId).status != IAlliance.MemberStatus.Active) {
            revert CouncilMemberNotActive(memberId);
        }
    }

    /// @dev The member's vote at that time, for whoever represents it now.
    function _votesOf(address account, uint256 timepoint) internal view returns (uint256) {
        uint256 memberId = _alliance.memberIdOf(account);
        return memberId == 0 ? 0 : _alliance.getPastMemberVotes(memberId, timepoint);
    }

    /// @dev Whether its member has voted, by whatever address.
    function _hasVoted(uint256 proposalId, address account) internal view returns (bool isCast) {
        (isCast, ) = voteOf(proposalId, _alliance.memberIdOf(account));
    }

    function _thresholdAt(uint256 timepoint) internal view returns (uint256) {
        return _thresholdOf(_alliance.getPastTotalSupply(timepoint));
    }

    function _thresholdOf(uint256 members) private pure returns (uint256) {
        return (2 * members) / 3 + 1;
    }
}
