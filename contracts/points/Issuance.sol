// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LotsLib} from "./LotsLib.sol";
import {SupplyBooks} from "./SupplyBooks.sol";
import {Tills} from "./Tills.sol";
import {Lots} from "../types/Lots.sol";

/// @title Issuance
/// @notice How points come into being, once for each ref, and how a returned sale takes them back.
/// @dev A ref's record is the hash of its epoch and items: one slot for a batch of 500, and a reversal proves its item
/// by presenting the batch. Frozen accounts cannot be issued to, nor can an issue be reversed from them: their points
/// stay as the case found them.
abstract contract Issuance is SupplyBooks, Tills {
    using LotsLib for Lots;
    using LotsLib for uint256;

    /// @notice Items in one batch. 500 to new holders use 12.5 million gas, well inside a block of 30 million.
    uint256 public constant BATCH_ITEMS_MAX = 500;

    /// @dev The record of an issue straight into the pool: it has no items and cannot be reversed.
    bytes32 private constant POOL_ISSUE = bytes32(uint256(1));

    mapping(bytes32 ref => bytes32 record) private _issueRecords;
    mapping(bytes32 ref => mapping(uint256 index => uint256 points)) private _reversed;
    mapping(address account => uint256 points) private _debts;

    function issue(address to, uint256 points, bytes32 ref) external {
        _requireInRange(points);
        Lots supply = _issuableSupply();
        uint256 epoch = currentEpoch();
        _record(ref, keccak256(abi.encodePacked(epoch, (uint256(uint160(to)) << 96) | (points << 40))));
        _spendTillLimit(points);
        uint256 net = _issueItem(to, points, epoch, 0);
        _book(_growSupply(supply, epoch, net), points, net);
        emit Issued(ref, msg.sender, epoch, 1, points);
    }

    function issueBatch(bytes32 ref, uint256 epoch, uint256[] calldata items) external {
        Lots supply = _issuableSupply();
        if (items.length == 0 || items.length > BATCH_ITEMS_MAX) {
            revert MerchantPointBatchSize(items.length, BATCH_ITEMS_MAX);
        }
        uint256 current = currentEpoch();
        (uint256 age, bool isLive) = _ageOf(epoch, current);
        if (!isLive) revert MerchantPointEpochNotOpen(epoch, current);
        _record(ref, _recordOf(epoch, items));
        (uint256 gross, uint256 net) = _issueItems(items, current, age);
        _requireInRange(gross);
        _spendTillLimit(gross);
        // A net sum never exceeds the gross sum, which was just found to fit a lane.
        _book(_growSupply(supply, current, net.ofAge(age)), gross, net);
        emit Issued(ref, msg.sender, epoch, items.length, gross);
    }

    function reverse(
        bytes32 ref,
        uint256 epoch,
        uint256[] calldata items,
        uint256 index,
        uint256 points
    ) external onlyTill {
        Lots supply = _unpausedSupply();
        _requireNotWindingDown();
        _requireInRange(points);
        if (_issueRecords[ref] != _recordOf(epoch, items)) revert MerchantPointIssueUnknown(ref);
        uint256 current = currentEpoch();
        (uint256 age, bool isLive) = _ageOf(epoch, current);
        if (!isLive) revert MerchantPointIssueExpired(epoch);
        _countReversed(ref, index, index < items.length ? uint56(items[index] >> 40) : 0, points);

        address account = address(uint160(items[index] >> 96));
        (uint256 lanes, uint256 debt) = _takeBack(account, current, age, points);
        _shrinkSupply(supply, current, lanes);
        uint256 burned = lanes.total();
        _sums.reversed += uint64(burned);
        emit Transfer(account, address(0), burned);
        emit Reversed(ref, index, account, lanes.stamp(current), debt);
    }

    function debtOf(address account) external view returns (uint256) {
        return _debts[account];
    }

    function issueRecordOf(bytes32 ref) external view returns (bytes32) {
        return _issueRecords[ref];
    }

    function reversedOf(bytes32 ref, uint256 index) external view returns (uint256) {
        return _reversed[ref][index];
    }

    /// @dev Issues straight into the pool's reserve.
    function _issueToPool(bytes32 ref, uint256 points) internal {
        _requireInRange(points);
        Lots supply = _issuableSupply();
        _record(ref, POOL_ISSUE);
        _sums.issued += uint64(points);
        _requireCovered(supply.roll(currentEpoch()), points);
    }

    function _record(bytes32 ref, bytes32 record) private {
        if (_issueRecords[ref] != 0) revert MerchantPointRefUsed(ref);
        _issueRecords[ref] = record;
    }

    function _issueItems(
        uint256[] calldata items,
        uint256 current,
        uint256 age
    ) private returns (uint256 gross, uint256 net) {
        uint256 laneShift = age * LotsLib.LANE_BITS;
        // Cannot overflow: at most 500 amounts of 56 bits.
        unchecked {
            for (uint256 i = 0; i < items.length; ++i) {
                uint256 item = items[i];
                uint256 points = uint56(item >> 40);
                if (points == 0) revert MerchantPointAmountOutOfRange(0);
                gross += points;
                net += _issueItem(address(uint160(item >> 96)), points, current, laneShift);
            }
        }
    }

    /// @dev Credits one item, less what settles the account's debt. The supply is written by the caller, once.
    /// One test for both flags and one place hashed: this runs 500 times a batch.
    function _issueItem(address to, uint256 points, uint256 current, uint256 laneShift) private returns (uint256 net) {
        if (to == address(0)) revert ERC20InvalidReceiver(to);
        Account storage account = _accounts[to];
        Lots lots = account.lots;
        net = points;
        if (lots.hasFlag(IS_FROZEN | HAS_DEBT)) (net, lots) = _settleDebt(to, points);
        account.lots = lots.rollAndAdd(current, net << laneShift);
        emit Transfer(address(0), to, net);
    }

    /// @dev An issue to an account that has a flag: refused when frozen, else debt is paid first.
    function _settleDebt(address to, uint256 points) private returns (uint256, Lots) {
        Lots lots = _unfrozen(_accounts[to], to);
        uint256 debt = _debts[to];
        uint256 settled = debt < points ? debt : points;
        _debts[to] = debt - settled;
        if (settled == debt) lots = lots.withFlag(HAS_DEBT, false);
        emit DebtSettled(to, settled);
        return (points - settled, lots);
    }

    /// @dev Books an issue: what settled debts counts as issued and as reversed, and never circulates.
    function _book(Lots supply, uint256 gross, uint256 net) private {
        Sums memory sums = _sums;
        // Casts keep the value: both are at most 2^56 − 1. The sums themselves are checked.
        sums.issued += uint64(gross);
        sums.reversed += uint64(gross - net);
        _sums = sums;
        _requireCovered(supply, 0);
    }

    function _countReversed(bytes32 ref, uint256 index, uint256 issued, uint256 points) private {
        // Cannot underflow: never more is reversed than was issued.
        uint256 left = issued - _reversed[ref][index];
        if (points > left) revert MerchantPointReverseExceedsIssue(points, left);
        _reversed[ref][index] += points;
    }

    /// @dev Burns from the issue's own lane, then oldest first; what is missing becomes debt.
    function _takeBack(
        address account,
        uint256 current,
        uint256 age,
        uint256 points
    ) private returns (uint256 lanes, uint256 debt) {
        Lots lots = _unfrozen(_accounts[account], account).roll(current);
        (lanes, debt) = lots.ownLaneFirst(age, points);
        lots = lots.sub(lanes);
        if (debt != 0) {
            _debts[account] += debt;
            lots = lots.withFlag(HAS_DEBT, true);
        }
        _accounts[account].lots = lots;
    }

    /// @dev The supply's slot, unless the token is paused or issuing is halted.
    function _issuableSupply() private view returns (Lots supply) {
        supply = _unpausedSupply();
        if (supply.hasFlag(IS_ISSUE_HALTED)) revert MerchantPointIssueHalted();
    }

    function _recordOf(uint256 epoch, uint256[] calldata items) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(epoch, items));
    }
}
