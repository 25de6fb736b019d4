// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title PointCollateralMock
/// @notice Allows every token the same number of base units outstanding. Never deployed: for tests.
contract PointCollateralMock {
    uint256 private _outstandingMax = type(uint256).max;

    function setOutstandingMax(uint256 outstandingMax) external {
        _outstandingMax = outstandingMax;
    }

    function outstandingMaxOf(address) external view returns (uint256) {
        return _outstandingMax;
    }
}
