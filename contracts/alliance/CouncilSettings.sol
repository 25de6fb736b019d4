// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";

import {IAllianceCouncil} from "./IAllianceCouncil.sol";

/// @title CouncilSettings
/// @notice Within which bounds the council can set how it votes.
/// @dev A bad setting also rules the vote that would correct it: a voting delay of 2^48 − 1 seconds, a voting period of
/// one or a threshold of two votes would be the council's last decision.
abstract contract CouncilSettings is IAllianceCouncil, GovernorSettings {
    /// @notice Bounds of the council's own settings, in seconds.
    uint256 public constant VOTING_PERIOD_MIN = 1 minutes;
    uint256 public constant VOTING_PERIOD_MAX = 90 days;
    uint256 public constant DELAY_MAX = 30 days;

    function _setVotingDelay(uint48 seconds_) internal override {
        _checkSetting("votingDelay", seconds_, 0, DELAY_MAX);
        super._setVotingDelay(seconds_);
    }

    function _setVotingPeriod(uint32 seconds_) internal override {
        _checkSetting("votingPeriod", seconds_, VOTING_PERIOD_MIN, VOTING_PERIOD_MAX);
        super._setVotingPeriod(seconds_);
    }

    function _setProposalThreshold(uint256 votes) internal override {
        _checkSetting("proposalThreshold", votes, 0, 1); // nobody has more than one vote
        super._setProposalThreshold(votes);
    }

    function _checkSetting(string memory name, uint256 value, uint256 min, uint256 max) internal pure {
        if (value < min || value > max) revert CouncilSettingInvalid(name, value, min, max);
    }
}
