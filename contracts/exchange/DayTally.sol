// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title DayTally
/// @notice Base units taken in on one day (UTC).
/// @dev bits 0–55: base units; bits 56–71: the day. A tally of another day counts as zero, so nothing has to be reset
/// at midnight. What is added never exceeds a limit of 56 bits (see `SwapPlan`).
type DayTally is uint256;

/// @title DayTallies
/// @notice Makes and reads a `DayTally`.
library DayTallies {
    uint256 private constant TAKEN_MASK = type(uint56).max;
    uint256 private constant DAY_SHIFT = 56;

    /// @notice The day (UTC) since 1970 that a time in unix seconds falls on, modulo 2^16: days repeat after 179 years,
    /// and would be mistaken for one another only by an account that gave nothing of a token in between.
    function dayOf(uint256 time) internal pure returns (uint256) {
        return uint16(time / 1 days);
    }

    /// @notice Base units taken on `day`.
    function takenOn(DayTally tally, uint256 day) internal pure returns (uint256) {
        uint256 word = DayTally.unwrap(tally);
        return word >> DAY_SHIFT == day ? word & TAKEN_MASK : 0;
    }

    /// @notice The tally of `day` with `taken` base units in all.
    function tallyOf(uint256 day, uint256 taken) internal pure returns (DayTally) {
        return DayTally.wrap((day << DAY_SHIFT) | taken);
    }
}
