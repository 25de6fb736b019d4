// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DayTally} from "./DayTally.sol";

/// @title PoolRecord
/// @notice What one merchant's side holds, took in today and asks for its points: the only slot of the side that gives
/// out, so that a swap costs one cold slot less (2,100 gas).
/// @dev bits 0–55 points in base units; 56–135 ALP in units of `ALP_UNIT`; 136–207 the `DayTally` of points taken in;
/// 208–252 release price in units of `ALP_UNIT`; bits 253–255: open, release paused, prices posted and not yet taken
/// over from `NextPrices`.
type PoolRecord is uint256;

/// @title PoolRecordLib
/// @notice Packs and unpacks `PoolRecord`. Prices and amounts of ALP go in and come out in units of `ALP_UNIT`.
library PoolRecordLib {
    /// @notice Wei in which ALP is kept: prices and reserves are multiples of it (10^-12 ALP).
    uint256 internal constant ALP_UNIT = 1e6;

    /// @notice Most base units a side can hold.
    uint256 internal constant POINTS_MAX = type(uint56).max;

    /// @notice Most units of ALP a side can hold.
    uint256 internal constant ALP_MAX = type(uint80).max;

    uint256 private constant ALP_SHIFT = 56;
    uint256 private constant TALLY_MASK = type(uint72).max;
    uint256 private constant TALLY_SHIFT = 136;
    uint256 private constant RELEASE_MASK = (1 << 45) - 1;
    uint256 private constant RELEASE_SHIFT = 208;
    uint256 private constant OPEN = 1 << 253;
    uint256 private constant RELEASE_PAUSED = 1 << 254;
    uint256 private constant HAS_NEXT = 1 << 255;

    /// @notice An open side without reserves.
    function opened(uint256 release_) internal pure returns (PoolRecord) {
        return PoolRecord.wrap(OPEN | (release_ << RELEASE_SHIFT));
    }

    function points(PoolRecord self) internal pure returns (uint256) {
        return PoolRecord.unwrap(self) & POINTS_MAX;
    }

    function alp(PoolRecord self) internal pure returns (uint256) {
        return (PoolRecord.unwrap(self) >> ALP_SHIFT) & ALP_MAX;
    }

    function tally(PoolRecord self) internal pure returns (DayTally) {
        return DayTally.wrap((PoolRecord.unwrap(self) >> TALLY_SHIFT) & TALLY_MASK);
    }

    function release(PoolRecord self) internal pure returns (uint256) {
        return (PoolRecord.unwrap(self) >> RELEASE_SHIFT) & RELEASE_MASK;
    }

    function isOpen(PoolRecord self) internal pure returns (bool) {
        return PoolRecord.unwrap(self) & OPEN != 0;
    }

    function isReleasePaused(PoolRecord self) internal pure returns (bool) {
        return PoolRecord.unwrap(self) & RELEASE_PAUSED != 0;
    }

    /// @notice Whether both sides are open: one test for two, as every swap makes it.
    function areOpen(PoolRecord self, PoolRecord other) internal pure returns (bool) {
        return PoolRecord.unwrap(self) & PoolRecord.unwrap(other) & OPEN != 0;
    }

    /// @notice Whether either side has prices posted and not yet taken over.
    function haveNext(PoolRecord self, PoolRecord other) internal pure returns (bool) {
        return (PoolRecord.unwrap(self) | PoolRecord.unwrap(other)) & HAS_NEXT != 0;
    }

    function hasNext(PoolRecord self) internal pure returns (bool) {
        return PoolRecord.unwrap(self) & HAS_NEXT != 0;
    }

    function withReserves(PoolRecord self, uint256 points_, uint256 alp_) internal pure returns (PoolRecord) {
        uint256 rest = PoolRecord.unwrap(self) & ~(POINTS_MAX | (ALP_MAX << ALP_SHIFT));
        return PoolRecord.wrap(rest | points_ | (alp_ << ALP_SHIFT));
    }

    function withReleasePaused(PoolRecord self, bool isPaused) internal pure returns (PoolRecord) {
        uint256 rest = PoolRecord.unwrap(self) & ~RELEASE_PAUSED;
        return PoolRecord.wrap(isPaused ? rest | RELEASE_PAUSED : rest);
    }

    function withNext(PoolRecord self) internal pure returns (PoolRecord) {
        return PoolRecord.wrap(PoolRecord.unwrap(self) | HAS_NEXT);
    }

    /// @notice Once posted prices have taken effect.
    function withTakenOver(PoolRecord self, uint256 release_) internal pure returns (PoolRecord) {
        uint256 rest = PoolRecord.unwrap(self) & ~(HAS_NEXT | (RELEASE_MASK << RELEASE_SHIFT));
        return PoolRecord.wrap(rest | (release_ << RELEASE_SHIFT));
    }

    /// @notice After a swap took `points_` in, paid `alp_` for them, and today's tally became `tally_`. Adding to fields
    /// in place is right only while none over- or underflows, which `SwapPlan` has checked.
    function tookIn(
        PoolRecord self,
        uint256 points_,
        uint256 alp_,
        DayTally tally_
    ) internal pure returns (PoolRecord) {
        unchecked {
            uint256 rest = PoolRecord.unwrap(self) & ~(TALLY_MASK << TALLY_SHIFT);
            uint256 sum = rest + points_ - (alp_ << ALP_SHIFT);
            return PoolRecord.wrap(sum | (DayTally.unwrap(tally_) << TALLY_SHIFT));
        }
    }

    /// @notice After a swap gave `points_` out and was paid `alp_` for them.
    function gaveOut(PoolRecord self, uint256 points_, uint256 alp_) internal pure returns (PoolRecord) {
        unchecked {
            return PoolRecord.wrap(PoolRecord.unwrap(self) - points_ + (alp_ << ALP_SHIFT));
        }
    }
}
