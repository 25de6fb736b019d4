// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";

/// @title MerchantBook
/// @notice The part of the merchant registry that the exchange pool reads, writable by anyone. Never deployed: for tests.
contract MerchantBook {
    mapping(address token => uint256 merchantId) public merchantIdOf;
    mapping(uint256 merchantId => address controller) public controllerOf;
    mapping(uint256 merchantId => IMerchantRegistry.Status status) public statusOf;

    function set(address token, uint256 merchantId, address controller) external {
        merchantIdOf[token] = merchantId;
        controllerOf[merchantId] = controller;
        statusOf[merchantId] = IMerchantRegistry.Status.Active;
    }

    function setStatus(uint256 merchantId, IMerchantRegistry.Status status) external {
        statusOf[merchantId] = status;
    }
}
