// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantPoint} from "../points/IMerchantPoint.sol";

/// @title PointPoolMock
/// @notice The exchange pool as a point token sees it: it calls the token's pool side and books what lies in the pool.
/// Never deployed: for tests.
contract PointPoolMock {
    mapping(address token => uint256 points) public pointReserveOf;

    /// @notice What the token answered last.
    uint256 public answer;

    function take(IMerchantPoint token, address from, uint256 points) external {
        answer = token.poolTake(from, points);
        pointReserveOf[address(token)] += points;
    }

    function give(IMerchantPoint token, address to, uint256 points, uint256 expiresAtMax) external {
        pointReserveOf[address(token)] -= points;
        answer = token.poolGive(to, points, expiresAtMax);
    }

    function fund(IMerchantPoint token, bytes32 ref, uint256 points) external {
        token.poolIssue(ref, points);
        pointReserveOf[address(token)] += points;
    }

    function withdraw(IMerchantPoint token, uint256 points) external {
        pointReserveOf[address(token)] -= points;
        token.poolRetire(points);
    }
}
