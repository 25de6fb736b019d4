// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {LotsLib} from "./LotsLib.sol";
import {SupplyBooks} from "./SupplyBooks.sol";
import {Tills} from "./Tills.sol";
import {Lots} from "../types/Lots.sol";

/// @title Supervision
/// @notice What the regulator and the registry can stop: an account, the whole token, or issuing.
/// @dev All three are flags in slots that movements read anyway. Repeating one changes nothing but adds its case number
/// to the record.
abstract contract Supervision is SupplyBooks, Tills, AccessManaged {
    using LotsLib for Lots;

    function freeze(address account, bytes32 caseNumber) external restricted {
        _accounts[account].lots = _accounts[account].lots.withFlag(IS_FROZEN, true);
        emit AccountFrozen(account, caseNumber);
    }

    function unfreeze(address account, bytes32 caseNumber) external restricted {
        _accounts[account].lots = _accounts[account].lots.withFlag(IS_FROZEN, false);
        emit AccountUnfrozen(account, caseNumber);
    }

    function pause(bytes32 caseNumber, uint64 until) external restricted {
        _supply = _supply.withFlag(IS_PAUSED, true);
        emit Paused(caseNumber, until);
    }

    function unpause(bytes32 caseNumber) external restricted {
        _supply = _supply.withFlag(IS_PAUSED, false);
        emit Unpaused(caseNumber);
    }

    function setIssueHalted(bool halted) external {
        if (msg.sender != registry) revert MerchantPointNotRegistry(msg.sender);
        _supply = _supply.withFlag(IS_ISSUE_HALTED, halted);
        emit IssueHaltSet(halted);
    }

    function isFrozen(address account) external view returns (bool) {
        return _accounts[account].lots.hasFlag(IS_FROZEN);
    }

    function isPaused() external view returns (bool) {
        return _supply.hasFlag(IS_PAUSED);
    }

    function isIssueHalted() external view returns (bool) {
        return _supply.hasFlag(IS_ISSUE_HALTED);
    }

    function forceTransfer(address, address, uint256, bytes32) external restricted {
        revert();
    }

    function pausedUntil() external view returns (uint64) {
        revert();
    }

    function turnIn(address, uint256, bytes32) external {
        revert();
    }

    function turnInHold(address, bytes32) external returns (uint256) {
        revert();
    }
}
