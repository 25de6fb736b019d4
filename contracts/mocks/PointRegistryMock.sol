// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {IMerchantPointFactory} from "../points/IMerchantPointFactory.sol";

/// @title PointRegistryMock
/// @notice What a point token asks of the registry and what the registry does to it. Never deployed: for tests.
contract PointRegistryMock {
    mapping(uint256 merchantId => address controller) public controllerOf;
    mapping(uint256 merchantId => IMerchantRegistry.Status status) public statusOf;

    function setController(uint256 merchantId, address controller) external {
        controllerOf[merchantId] = controller;
    }

    function setStatus(uint256 merchantId, IMerchantRegistry.Status status) external {
        statusOf[merchantId] = status;
    }

    function setIssueHalted(IMerchantPoint token, bool halted) external {
        token.setIssueHalted(halted);
    }

    function create(
        IMerchantPointFactory factory,
        IMerchantPointFactory.Params calldata params
    ) external returns (address) {
        return factory.create(params);
    }
}
