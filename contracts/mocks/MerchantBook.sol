// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title MerchantBook
/// @notice The part of the merchant registry that the exchange pool reads, writable by anyone. Never deployed: for tests.
contract MerchantBook {
    mapping(address token => uint256 merchantId) public merchantIdOf;
    mapping(uint256 merchantId => address controller) public controllerOf;

    function set(address token, uint256 merchantId, address controller) external {
        merchantIdOf[token] = merchantId;
        controllerOf[merchantId] = controller;
    }
}
