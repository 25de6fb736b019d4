// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Calendar} from "../types/Calendar.sol";

/// @title CalendarLib
/// @notice Which calendar epoch a second lies in, and when an epoch begins, in a merchant's UTC offset. Pure.
///
/// Days are counted from 0000-03-01 of the proleptic Gregorian calendar: with the leap day at the end of a year, month
/// lengths follow one straight line and leap years need no branch (after Neri and Schneider, "Euclidean affine
/// functions and their application to calendar algorithms", 2023).
/// @dev Two precomputed numbers make the hot path cheap: `epochMonths` (months in an epoch, 0 for `Never`) and `origin`
/// (seconds from 0000-03-01 00:00 local time to 1970-01-01 00:00 UTC). The origin is positive for every offset, so a
/// negative offset needs no signed arithmetic.
library CalendarLib {
    uint256 internal constant DAY_SECONDS = 86_400;
    /// @dev A mean Gregorian month: 400 years are 146,097 days and 4,800 months.
    uint256 internal constant MONTH_SECONDS = (146_097 * DAY_SECONDS) / 4_800;
    uint256 internal constant NEVER = type(uint256).max;

    uint256 private constant DAYS_TO_1970 = 719_468;
    /// @dev Months from March 0000 to January 1970.
    uint256 private constant MONTHS_TO_1970 = 23_638;

    /// @notice The UTC offset is not within one day.
    error CalendarOffsetInvalid(int256 utcOffsetSeconds);

    /// @notice Months in one epoch; 0 for `Never`.
    function epochMonthsOf(Calendar calendar) internal pure returns (uint256) {
        if (calendar == Calendar.Month) return 1;
        if (calendar == Calendar.Quarter) return 3;
        if (calendar == Calendar.HalfYear) return 6;
        if (calendar == Calendar.Year) return 12;
        return 0;
    }

    /// @notice Seconds from 0000-03-01 00:00 local time to 1970-01-01 00:00 UTC.
    function originOf(int256 utcOffsetSeconds) internal pure returns (uint256) {
        if (utcOffsetSeconds <= -int256(DAY_SECONDS) || utcOffsetSeconds >= int256(DAY_SECONDS)) {
            revert CalendarOffsetInvalid(utcOffsetSeconds);
        }
        return uint256(int256(DAYS_TO_1970 * DAY_SECONDS) + utcOffsetSeconds);
    }

    /// @notice The epoch that the second `timestamp` (below 2^64) lies in.
    function epochAt(uint256 timestamp, uint256 epochMonths, uint256 origin) internal pure returns (uint256) {
        if (epochMonths == 0) return 0;
        // Cannot overflow: timestamps below 2^64 leave far less than 2^80 everywhere. Cannot underflow: local times
        // before 1970 do not occur on a chain (its genesis would have to lie there).
        unchecked {
            uint256 quarterDays = 4 * ((timestamp + origin) / DAY_SECONDS) + 3;
            uint256 century = quarterDays / 146_097;
            // | 3 rounds up to the last quarter of the day, as the line for years wants it.
            uint256 inCentury = (quarterDays % 146_097) | 3;
            uint256 year = 100 * century + inCentury / 1_461;
            uint256 dayOfYear = (inCentury % 1_461) / 4;
            // 5·day + 2 over 153: the line through the lengths 31, 30, 31, 30, 31 of March to July, and again.
            return (year * 12 + (5 * dayOfYear + 2) / 153 - MONTHS_TO_1970) / epochMonths;
        }
    }

    /// @notice The first second of `epoch` (unix time; 0 when it lies before 1970). Epochs above 30 bits, and every
    /// epoch of `Never` but 0, never begin.
    function startOf(uint256 epoch, uint256 epochMonths, uint256 origin) internal pure returns (uint256) {
        if (epochMonths == 0) return epoch == 0 ? 0 : NEVER;
        if (epoch >> 30 != 0) return NEVER;
        // Cannot overflow: 30 bits of epochs of at most 12 months make less than 2^60 seconds. The last difference is
        // guarded.
        unchecked {
            uint256 months = epoch * epochMonths + MONTHS_TO_1970;
            uint256 year = months / 12;
            uint256 day = 365 * year + year / 4 - year / 100 + year / 400 + (153 * (months % 12) + 2) / 5;
            uint256 second = day * DAY_SECONDS;
            return second < origin ? 0 : second - origin;
        }
    }

    /// @notice Days since 1970-01-01 in the local time that `origin` stands for.
    function dayAt(uint256 timestamp, uint256 origin) internal pure returns (uint256) {
        return (timestamp + origin) / DAY_SECONDS - DAYS_TO_1970;
    }
}
