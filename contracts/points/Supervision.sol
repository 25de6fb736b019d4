// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {LotsLib} from "./LotsLib.sol";
import {SupplyBooks} from "./SupplyBooks.sol";
import {Tills} from "./Tills.sol";
import {Lots} from "../types/Lots.sol";

/// @title Supervision
/// @notice What the regulator and the registry can stop: an account, the whole token, or issuing; and the transfer that
/// no freeze or pause stops, because it is the regulator's own.
/// @dev All three stops are flags in slots that movements read anyway. Repeating one changes nothing but adds its case
/// number to the record. Who may do this, how long, and with whose consent, is the regulator's desk's concern: it alone
/// has the role.
abstract contract Supervision is SupplyBooks, Tills, AccessManaged {
    using LotsLib for Lots;
    using LotsLib for uint256;

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
        _pauseEnd = until;
        emit Paused(caseNumber, until);
    }

    function unpause(bytes32 caseNumber) external restricted {
        _supply = _supply.withFlag(IS_PAUSED, false);
        emit Unpaused(caseNumber);
    }

    function forceTransfer(address from, address to, uint256 points, bytes32 caseNumber) external restricted {
        if (to == address(0)) revert ERC20InvalidReceiver(to);
        _requireInRange(points);
        uint256 current = currentEpoch();
        Account storage account = _accounts[from];
        uint256 lanes = _take(account, account.lots.roll(current), from, points);
        account = _accounts[to];
        account.lots = account.lots.rollAndAdd(current, lanes);
        emit Transfer(from, to, points);
        emit ForcedTransfer(from, to, caseNumber, points);
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
        return pausedUntil() != 0;
    }

    function isIssueHalted() external view returns (bool) {
        return _supply.hasFlag(IS_ISSUE_HALTED);
    }

    function pausedUntil() public view returns (uint64) {
        return _supply.hasFlag(IS_PAUSED) && block.timestamp < _pauseEnd ? _pauseEnd : 0;
    }
}
