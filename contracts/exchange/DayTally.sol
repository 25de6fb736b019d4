// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title DayTally
/// @notice Base units taken in on one day (UTC).
/// @dev bits 0–63: base units; bits 64–95: day number since 1970 (enough until the year 11,761,191). A tally of an
/// earlier day counts as zero, so nothing has to be reset at midnight. What is added never exceeds a limit of 56 bits
/// (see `SwapPlan`), so 64 bits hold it.
type DayTally is uint256;

/// @title DayTallies
/// @notice Reads and grows a `DayTally`.
library DayTallies {
    uint256 private constant TAKEN_MASK = type(uint64).max;
    uint256 private constant DAY_SHIFT = 64;

    /// @notice The day (UTC) that a time in unix seconds falls on.
    function dayOf(uint256 time) internal pure returns (uint256) {
        return time / 1 days;
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
