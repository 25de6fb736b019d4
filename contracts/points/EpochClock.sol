// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Calendar} from "../types/Calendar.sol";
import {CalendarLib} from "./CalendarLib.sol";
import {IMerchantPoint} from "./IMerchantPoint.sol";
import {LotsLib} from "./LotsLib.sol";

/// @title EpochClock
/// @notice The merchant's calendar: which epoch it is, and when epochs begin, end and expire. Holds no state.
/// @dev The calendar and the offset are fixed for ever: changing them later would revive or kill points already issued.
abstract contract EpochClock is IMerchantPoint {
    Calendar public immutable calendar;
    int256 public immutable utcOffsetSeconds;
    uint256 private immutable _epochMonths;
    uint256 private immutable _origin;

    constructor(Calendar calendar_, int256 utcOffsetSeconds_) {
        calendar = calendar_;
        utcOffsetSeconds = utcOffsetSeconds_;
        _epochMonths = CalendarLib.epochMonthsOf(calendar_);
        _origin = CalendarLib.originOf(utcOffsetSeconds_);
    }

    /// @notice Nominal: the mean length of the merchant's epoch; calendar epochs differ by days (`epochBounds` is
    /// exact). The largest uint256 for `Never`.
    function epochLength() external view returns (uint256) {
        return _epochMonths == 0 ? CalendarLib.NEVER : _epochMonths * CalendarLib.MONTH_SECONDS;
    }

    /// @notice 4; for `Never` the single epoch 0 is the only one: 1.
    function validityDuration() external view returns (uint256) {
        return _epochMonths == 0 ? 1 : LotsLib.LANES;
    }

    /// @notice False for epochs to come: their points have not expired, there just cannot be any yet.
    function isEpochExpired(uint256 epoch) external view returns (bool) {
        return block.timestamp >= expiryOf(epoch);
    }

    function epochBounds(uint256 epoch) external view returns (uint256 start, uint256 end) {
        start = CalendarLib.startOf(epoch, _epochMonths, _origin);
        end = start == CalendarLib.NEVER ? start : CalendarLib.startOf(epoch + 1, _epochMonths, _origin);
    }

    function epochType() external pure returns (EPOCH_TYPE) {
        return EPOCH_TYPE.TIME_BASED;
    }

    function currentEpoch() public view returns (uint256) {
        return CalendarLib.epochAt(block.timestamp, _epochMonths, _origin);
    }

    function expiryOf(uint256 epoch) public view returns (uint256) {
        return epoch > LotsLib.EPOCH_MAX ? CalendarLib.NEVER : _endOf(epoch);
    }

    /// @dev The youngest epoch whose points end by `expiresAt`, if one is live now.
    function _youngestEndingBy(uint256 expiresAt, uint256 current) internal view returns (uint256 age, bool exists) {
        // Beyond 64 bits of seconds every epoch has ended, but that of `Never`.
        if (expiresAt >> 64 != 0) return (0, _epochMonths != 0 || expiresAt == CalendarLib.NEVER);
        // What is live ends in the future; and the calendar's sums are made for times after 1970.
        if (expiresAt <= block.timestamp) return (0, false);
        // Epoch e ends at the start of e + 4; that is no later than `expiresAt` if and only if e + 4 has begun by then.
        uint256 begun = CalendarLib.epochAt(expiresAt, _epochMonths, _origin);
        // Cannot overflow or underflow: epochs have 30 bits, and `begun` is below the minuend. `Never`, whose epoch 0
        // is the only one to have begun, comes to the age 4, which does not exist.
        unchecked {
            if (begun >= current + LotsLib.LANES) return (0, true);
            age = current + LotsLib.LANES - begun;
        }
        exists = age < LotsLib.LANES;
    }

    /// @dev `expiryOf` for an epoch of at most 30 bits. `Never` has no epoch 4, so its points have no end.
    function _endOf(uint256 epoch) internal view returns (uint256) {
        // Cannot overflow: 30 bits.
        unchecked {
            return CalendarLib.startOf(epoch + LotsLib.LANES, _epochMonths, _origin);
        }
    }

    /// @dev The merchant's day, counted from 1970-01-01 in its own offset.
    function _today() internal view returns (uint256) {
        return CalendarLib.dayAt(block.timestamp, _origin);
    }

    /// @dev How many epochs ago `epoch` began, and whether its points are live now (it has begun and not expired).
    function _ageOf(uint256 epoch, uint256 current) internal pure returns (uint256 age, bool isLive) {
        // An epoch to come wraps around to a huge age, which is not live either.
        unchecked {
            age = current - epoch;
        }
        isLive = age < LotsLib.LANES;
    }
}
