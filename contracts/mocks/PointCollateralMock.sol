// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantPoint} from "../points/IMerchantPoint.sol";

/// @title PointCollateralMock
/// @notice Allows every token the same number of base units outstanding, and turns points in for nothing. Never deployed: for tests.
contract PointCollateralMock {
    uint256 private _outstandingMax = type(uint256).max;

    mapping(uint256 merchantId => uint8 percent) public limitCutOf;

    function setOutstandingMax(uint256 outstandingMax) external {
        _outstandingMax = outstandingMax;
    }

    function setLimitCut(uint256 merchantId, uint8 percent) external {
        limitCutOf[merchantId] = percent;
    }

    function turnIn(IMerchantPoint token, address holder, uint256 points, bytes32 ref) external {
        token.turnIn(holder, points, ref);
    }

    function turnInHold(IMerchantPoint token, address holder, bytes32 ref) external {
        token.turnInHold(holder, ref);
    }

    function outstandingMaxOf(address) external view returns (uint256) {
        return _outstandingMax;
    }
}
