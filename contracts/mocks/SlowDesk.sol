// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title SlowDesk
/// @notice A regulator's desk with more freezes than fit one call. Never deployed: for tests.
contract SlowDesk {
    event AskedToCarry(address indexed token, uint256 max);

    function carryIntoToken(address token, uint256 max) external returns (bool isComplete) {
        emit AskedToCarry(token, max);
        return false;
    }
}
