// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DrawNumbers} from "../lottery/DrawNumbers.sol";

/// @title DrawNumbersHarness
/// @notice Lets tests call the library.
contract DrawNumbersHarness {
    function pick(bytes32 seed, uint256 numbers, uint256 picks) external pure returns (uint32[] memory) {
        return DrawNumbers.pick(seed, numbers, picks);
    }
}
