// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ISharingProgram} from "./ISharingProgram.sol";
import {ShareDays} from "./ShareDays.sol";
import {ShareIndex} from "./ShareIndex.sol";

/// @title ShareAccounts
/// @notice What each account has: units of share value, points earned, and points it has yet to give back.
/// @dev All points here lie at this contract until they are claimed. Debts are whole points wei.
abstract contract ShareAccounts is ShareDays {
    using ShareIndex for ShareIndex.Index;

    /// @param fine Earned and not claimed, fine points (1e-18 of a points wei).
    /// @param debt Owed to the program: destroyed as soon as it is earned.
    /// @param owed Owed to merchants, which stood in for the account when a sale was refunded.
    /// @param repaid Earned for those merchants, which they have not collected.
    struct Account {
        ShareIndex.Units units;
        uint256 fine;
        uint256 debt;
        uint256 owed;
        uint256 repaid;
    }

    mapping(address account => Account standing) private _accounts;
    mapping(address account => mapping(uint256 merchantId => uint256 points)) private _owedTo;

    // ---------------------------------------------------------------- views

    /// @inheritdoc ISharingProgram
    function shareValueOf(address account) external view returns (uint256) {
        (uint256 raw, ) = _index.grown(_accounts[account].units);
        return _index.worthOf(raw);
    }

    /// @inheritdoc ISharingProgram
    function earnedOf(address account) external view returns (uint256) {
        (uint256 earned, uint256 due) = _standingOf(account);
        return earned - Math.min(earned, due);
    }

    /// @inheritdoc ISharingProgram
    function debtOf(address account) external view returns (uint256) {
        (uint256 earned, uint256 due) = _standingOf(account);
        return due - Math.min(earned, due);
    }

    /// @inheritdoc ISharingProgram
    function owedTo(uint256 merchantId, address account) external view returns (uint256) {
        return _owedTo[account][merchantId];
    }

    // ---------------------------------------------------------------- internals

    /// @dev Gives `account` share value. All days due are given out.
    function _gain(address account, uint256 worth) internal returns (ShareIndex.Units memory units) {
        Account storage standing = _touch(account);
        units = _index.unitsFor(worth);
        standing.units.raw += units.raw;
        _index.rawTotal += units.raw;
    }

    /// @dev Takes units away together with what they have earned: of the points not claimed, then of the balance.
    /// @return taken Points wei taken, and destroyed.
    /// @return missing Points wei that the account does not have any more.
    function _takeBack(address account, uint256 raw, uint256 fine) internal returns (uint256 taken, uint256 missing) {
        Account storage standing = _touch(account);
        standing.units.raw -= raw;
        _index.rawTotal -= raw;

        uint256 unclaimed = Math.min(fine, standing.fine);
        standing.fine -= unclaimed;
        // What is less than a points wei is let go: it came from rounding.
        uint256 rest = (fine - unclaimed) / ShareIndex.FINE;
        uint256 claimed = Math.min(rest, balanceOf(account));
        _destroy(address(this), unclaimed / ShareIndex.FINE);
        _destroy(account, claimed);
        return (unclaimed / ShareIndex.FINE + claimed, rest - claimed);
    }

    /// @dev `account` owes `toMerchant` to a merchant and `toProgram` to everybody.
    function _owe(address account, uint256 merchantId, uint256 toMerchant, uint256 toProgram) internal {
        Account storage standing = _accounts[account];
        standing.debt += toProgram;
        standing.owed += toMerchant;
        _owedTo[account][merchantId] += toMerchant;
    }

    /// @dev What `account` has earned for the merchant since it came to owe it.
    function _collect(uint256 merchantId, address account) internal returns (uint256 points) {
        Account storage standing = _touch(account);
        points = Math.min(standing.repaid, _owedTo[account][merchantId]);
        standing.repaid -= points;
        _owedTo[account][merchantId] -= points;
    }

    /// @dev Turns what is earned into balance.
    function _claim(address account) internal returns (uint256 points) {
        _giveAllDue();
        Account storage standing = _touch(account);
        points = standing.fine / ShareIndex.FINE;
        if (points == 0) return 0;
        standing.fine -= points * ShareIndex.FINE;
        emit PointsClaimed(account, points);
        _transfer(address(this), account, points);
    }

    /// @dev Brings an account up to date: its units to the present scale, its earnings in, its debts paid from them.
    function _touch(address account) private returns (Account storage standing) {
        standing = _accounts[account];
        (uint256 raw, uint256 fine) = _index.grown(standing.units);
        standing.units = ShareIndex.Units({raw: raw, acc: _index.acc, scale: _index.scale});
        fine += standing.fine;
        if (standing.debt + standing.owed != 0) {
            uint256 toProgram = Math.min(fine / ShareIndex.FINE, standing.debt);
            uint256 toMerchants = Math.min(fine / ShareIndex.FINE - toProgram, standing.owed);
            standing.debt -= toProgram;
            standing.owed -= toMerchants;
            standing.repaid += toMerchants;
            fine -= (toProgram + toMerchants) * ShareIndex.FINE;
            _destroy(address(this), toProgram);
        }
        standing.fine = fine;
    }

    function _destroy(address holder, uint256 points) private {
        if (points != 0) _burn(holder, points);
    }

    /// @dev Points wei earned, and owed to the program and to merchants, before one is netted with the other.
    function _standingOf(address account) private view returns (uint256 earned, uint256 due) {
        Account storage standing = _accounts[account];
        (, uint256 fine) = _index.grown(standing.units);
        return ((fine + standing.fine) / ShareIndex.FINE, standing.debt + standing.owed);
    }
}
