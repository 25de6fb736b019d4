// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice How a merchant cuts time into epochs, in its own UTC offset.
/// @dev Epoch numbers count periods from 1970: month = (year − 1970)·12 + month, quarter = (year − 1970)·4 + quarter,
/// half-year = (year − 1970)·2 + half, year = year − 1970 (all zero based). `Never` has the single epoch 0.
enum Calendar {
    Never,
    Month,
    Quarter,
    HalfYear,
    Year
}
