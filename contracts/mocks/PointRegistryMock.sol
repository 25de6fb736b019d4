// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {IMerchantPointFactory} from "../points/IMerchantPointFactory.sol";

/// @title PointRegistryMock
/// @notice What a point token and the regulator's desk ask of the registry, and what it does to a token. Never deployed: for tests.
contract PointRegistryMock {
    mapping(uint256 merchantId => address controller) public controllerOf;
    mapping(uint256 merchantId => IMerchantRegistry.Status status) public statusOf;
    mapping(uint256 merchantId => address token) public tokenOf;
    mapping(address token => uint256 merchantId) public merchantIdOf;

    function setController(uint256 merchantId, address controller) external {
        controllerOf[merchantId] = controller;
    }

    function setStatus(uint256 merchantId, IMerchantRegistry.Status status) external {
        statusOf[merchantId] = status;
    }

    function haltIssue(uint256 merchantId) external {
        statusOf[merchantId] = IMerchantRegistry.Status.IssueHalted;
    }

    function resumeIssue(uint256 merchantId) external {
        statusOf[merchantId] = IMerchantRegistry.Status.Active;
    }

    function suspend(uint256 merchantId) external {
        statusOf[merchantId] = IMerchantRegistry.Status.Suspended;
    }

    function reinstate(uint256 merchantId) external {
        statusOf[merchantId] = IMerchantRegistry.Status.Active;
    }

    function createMany(
        IMerchantPointFactory factory,
        IMerchantPointFactory.Params memory params,
        uint256 count
    ) external {
        for (uint256 i = 0; i < count; ++i) {
            this.create(factory, params);
            ++params.merchantId;
        }
    }

    function setIssueHalted(IMerchantPoint token, bool halted) external {
        token.setIssueHalted(halted);
    }

    function create(
        IMerchantPointFactory factory,
        IMerchantPointFactory.Params calldata params
    ) external returns (address token) {
        token = factory.create(params);
        tokenOf[params.merchantId] = token;
        merchantIdOf[token] = params.merchantId;
        statusOf[params.merchantId] = IMerchantRegistry.Status.Active;
    }
}
