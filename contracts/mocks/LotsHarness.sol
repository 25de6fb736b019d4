// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LotsLib} from "../points/LotsLib.sol";
import {Lots} from "../types/Lots.sol";

/// @title LotsHarness
/// @notice Opens LotsLib to tests. Never deployed.
contract LotsHarness {
    function roll(Lots lots, uint256 epoch) external pure returns (Lots) {
        return LotsLib.roll(lots, epoch);
    }

    function total(uint256 lanes) external pure returns (uint256) {
        return LotsLib.total(lanes);
    }

    function laneOf(Lots lots, uint256 age) external pure returns (uint256) {
        return LotsLib.laneOf(lots, age);
    }

    function oldestAge(uint256 lanes) external pure returns (uint256) {
        return LotsLib.oldestAge(lanes);
    }

    function oldestFirst(Lots lots, uint256 points) external pure returns (uint256 lanes, uint256 short) {
        return LotsLib.oldestFirst(lots, points);
    }

    function youngestFirst(Lots lots, uint256 points) external pure returns (uint256 lanes, uint256 short) {
        return LotsLib.youngestFirst(lots, points);
    }

    function ownLaneFirst(Lots lots, uint256 age, uint256 points) external pure returns (uint256 lanes, uint256 short) {
        return LotsLib.ownLaneFirst(lots, age, points);
    }

    function fits(Lots lots, uint256 lanes) external pure returns (bool) {
        return LotsLib.fits(lots, lanes);
    }

    function add(Lots lots, uint256 lanes) external pure returns (Lots) {
        return LotsLib.add(lots, lanes);
    }

    function sub(Lots lots, uint256 lanes) external pure returns (Lots) {
        return LotsLib.sub(lots, lanes);
    }
}
