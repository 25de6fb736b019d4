// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAlliance} from "./IAlliance.sol";
import {IAllianceToken} from "./IAllianceToken.sol";
import {INodeRewards} from "./INodeRewards.sol";

/// @title NodeRewards
/// @notice Pays members for keeping their node; see INodeRewards.
contract NodeRewards is INodeRewards {
    uint256 public constant CLAIM_EPOCHS_MAX = 64;
    uint256 public immutable EPOCH_SECONDS;
    uint256 public immutable WINDOW_SECONDS;
    uint256 public immutable WINDOWS_REQUIRED;
    IAlliance private immutable _alliance;
    IAllianceToken private immutable _allianceToken;

    constructor(
        IAlliance alliance_,
        IAllianceToken token,
        uint256 epochSeconds,
        uint256 windowSeconds,
        uint256 windowsRequired
    ) {
        _alliance = alliance_;
        _allianceToken = token;
        EPOCH_SECONDS = epochSeconds;
        WINDOW_SECONDS = windowSeconds;
        WINDOWS_REQUIRED = windowsRequired;
    }

    function attest(uint256, bytes32) external {
        revert();
    }

    function claim(uint256, uint256[] calldata) external returns (uint256) {
        revert();
    }

    function startedAt() external view returns (uint256) {
        revert();
    }

    function currentEpoch() external view returns (uint256) {
        revert();
    }

    function epochStart(uint256) external view returns (uint256) {
        revert();
    }

    function currentWindow() external view returns (uint256) {
        revert();
    }

    function emissionOf(uint256) external view returns (uint256) {
        revert();
    }

    function shareOf(uint256) external view returns (uint256) {
        revert();
    }

    function standingOf(uint256, uint256) external view returns (uint256, bool, bool, uint256) {
        revert();
    }
}
