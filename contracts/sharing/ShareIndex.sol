// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title ShareIndex
/// @notice Share value of any number of accounts, which falls for all of them by one multiplication, and the points that
/// each day gives for it, by one addition: a day costs the same for 10 and for 10,000 accounts.
///
/// An account has `raw` units, worth raw · value / ONE yuan wei. Units do not change when a day falls, so a day's points
/// in proportion to share value are points in proportion to units: `acc` adds up points a unit, and an account earned
/// its units times what `acc` grew by.
///
/// Scale: `value` starts at ONE and halves at most each day, so it would be 0 within half a year of such days. As soon as
/// it is below ONE / SCALE it is multiplied by SCALE, all units count SCALE times less from then on, and `acc` starts
/// anew, as in Liquity's stability pool. Accounts follow when they are next touched. `value` therefore keeps 36 digits
/// for ever, and units that fall below one are below a yuan wei.
///
/// Rounding: Σ raw ≤ rawTotal always (units are divided rounded down, their total rounded up), so what all accounts
/// earned is never more than what the days gave.
///
/// Nothing overflows: a day gives at most 498e18 points wei, so `acc` grows by at most 5e68 a day, and 2^256 is 2e8 such
/// days; a unit's points are no more than what the days gave.
library ShareIndex {
    /// @param acc Points wei · ACC a unit of this scale since the scale began.
    /// @param accAtEndOf What `acc` was when a scale ended.
    struct Index {
        uint256 value;
        uint256 acc;
        uint256 rawTotal;
        uint256 scale;
        mapping(uint256 scale => uint256 acc) accAtEndOf;
    }

    /// @notice Units as of a moment: `raw` units of scale `scale` when its `acc` was `acc`.
    struct Units {
        uint256 raw;
        uint256 acc;
        uint256 scale;
    }

    /// @dev What `value` is at first: a unit is worth one yuan wei. Decimal, so that figures on the chain can be read.
    uint256 internal constant ONE = 1e54;
    uint256 internal constant SCALE = 1e18;
    /// @dev Precision of `acc`: points wei a unit, times this.
    uint256 internal constant ACC = 1e48;
    /// @dev Fine points in a points wei. Earnings are counted in them, so that looking often takes nothing from anybody.
    uint256 internal constant FINE = 1e18;

    /// @notice Gives out a day: `points` points wei to all units, each of which loses the same part of its worth.
    /// @param worth What the points are worth, yuan wei; at most half of `total_`.
    /// @param total_ `total(index)`, greater than 0.
    function give(Index storage index, uint256 points, uint256 worth, uint256 total_) internal {
        index.acc += Math.mulDiv(points, ACC, index.rawTotal);
        uint256 value = Math.mulDiv(index.value, total_ - worth, total_);
        if (value < ONE / SCALE) {
            value *= SCALE;
            index.accAtEndOf[index.scale] = index.acc;
            index.acc = 0;
            ++index.scale;
            index.rawTotal = Math.ceilDiv(index.rawTotal, SCALE);
        }
        index.value = value;
    }

    /// @notice All share value, yuan wei.
    function total(Index storage index) internal view returns (uint256) {
        return Math.mulDiv(index.rawTotal, index.value, ONE);
    }

    /// @notice What `raw` units of the present scale are worth, yuan wei.
    function worthOf(Index storage index, uint256 raw) internal view returns (uint256) {
        return Math.mulDiv(raw, index.value, ONE);
    }

    /// @notice The units of `worth` yuan wei now, rounded up: they are worth exactly that until the next day.
    function unitsFor(Index storage index, uint256 worth) internal view returns (Units memory) {
        uint256 raw = Math.mulDiv(worth, ONE, index.value, Math.Rounding.Ceil);
        return Units({raw: raw, acc: index.acc, scale: index.scale});
    }

    /// @notice What units of some time ago are now, and the fine points that they have earned since.
    /// @dev Units fit 2^192, so that after four scales none are left and the loop ends.
    function grown(Index storage index, Units memory units) internal view returns (uint256 raw, uint256 fine) {
        raw = units.raw;
        uint256 since = units.acc;
        uint256 last = index.scale;
        for (uint256 scale = units.scale; scale < last && raw != 0; ++scale) {
            fine += Math.mulDiv(raw, index.accAtEndOf[scale] - since, ACC / FINE);
            raw /= SCALE;
            since = 0;
        }
        if (raw != 0) fine += Math.mulDiv(raw, index.acc - since, ACC / FINE);
    }
}
