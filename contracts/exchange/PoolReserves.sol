// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DayTally} from "./DayTally.sol";

/// @title PoolReserves
/// @notice What one merchant's side of the pool holds, and what it took in today: the one slot a swap writes a side.
/// @dev bits 0–63: points in base units; bits 64–159: ALP in wei; bits 160–255: the `DayTally` of points taken in.
type PoolReserves is uint256;

/// @title PoolReservesLib
/// @notice Packs and unpacks `PoolReserves`. The caller makes sure that the values fit (`SwapPlan`, `PoolDesk`).
library PoolReservesLib {
    /// @notice Most base units a side can hold.
    uint256 internal constant POINTS_MAX = type(uint64).max;

    /// @notice Most ALP wei a side can hold.
    uint256 internal constant ALP_MAX = type(uint96).max;

    uint256 private constant ALP_SHIFT = 64;
    uint256 private constant TALLY_SHIFT = 160;

    function points(PoolReserves self) internal pure returns (uint256) {
        return PoolReserves.unwrap(self) & POINTS_MAX;
    }

    function alp(PoolReserves self) internal pure returns (uint256) {
        return (PoolReserves.unwrap(self) >> ALP_SHIFT) & ALP_MAX;
    }

    function tally(PoolReserves self) internal pure returns (DayTally) {
        return DayTally.wrap(PoolReserves.unwrap(self) >> TALLY_SHIFT);
    }

    function pack(uint256 points_, uint256 alp_, DayTally tally_) internal pure returns (PoolReserves) {
        return PoolReserves.wrap(points_ | (alp_ << ALP_SHIFT) | (DayTally.unwrap(tally_) << TALLY_SHIFT));
    }
}
