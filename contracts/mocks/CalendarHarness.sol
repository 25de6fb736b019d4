// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CalendarLib} from "../points/CalendarLib.sol";
import {Calendar} from "../types/Calendar.sol";

/// @title CalendarHarness
/// @notice Opens CalendarLib to tests. Never deployed.
contract CalendarHarness {
    function epochAt(uint256 timestamp, Calendar calendar, int256 utcOffsetSeconds) external pure returns (uint256) {
        return
            CalendarLib.epochAt(timestamp, CalendarLib.epochMonthsOf(calendar), CalendarLib.originOf(utcOffsetSeconds));
    }

    function startOf(uint256 epoch, Calendar calendar, int256 utcOffsetSeconds) external pure returns (uint256) {
        return CalendarLib.startOf(epoch, CalendarLib.epochMonthsOf(calendar), CalendarLib.originOf(utcOffsetSeconds));
    }

    function dayAt(uint256 timestamp, int256 utcOffsetSeconds) external pure returns (uint256) {
        return CalendarLib.dayAt(timestamp, CalendarLib.originOf(utcOffsetSeconds));
    }
}
