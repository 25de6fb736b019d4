// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "./IMerchantRegistry.sol";

/// @title MerchantRecords
/// @notice What the registry knows of each merchant, and how a standing changes; see IMerchantRegistry.
abstract contract MerchantRecords is IMerchantRegistry {
    Merchant[] internal _merchants;
    mapping(address token => uint256 merchantId) internal _merchantIdOf;
    mapping(address controller => uint256 merchantId) internal _controls;

    modifier onlyController(uint256 merchantId) {
        if (_known(merchantId).controller != msg.sender) revert RegistryNotController(merchantId, msg.sender);
        _;
    }

    /// @inheritdoc IMerchantRegistry
    function merchantCount() external view returns (uint256) {
        return _merchants.length;
    }

    /// @inheritdoc IMerchantRegistry
    function merchantOf(uint256 merchantId) external view returns (Merchant memory) {
        return _known(merchantId);
    }

    /// @inheritdoc IMerchantRegistry
    function controllerOf(uint256 merchantId) external view returns (address) {
        return _known(merchantId).controller;
    }

    /// @inheritdoc IMerchantRegistry
    function statusOf(uint256 merchantId) external view returns (Status) {
        return _known(merchantId).status;
    }

    /// @inheritdoc IMerchantRegistry
    function tokenOf(uint256 merchantId) external view returns (address) {
        return _known(merchantId).token;
    }

    /// @inheritdoc IMerchantRegistry
    function merchantIdOf(address token) external view returns (uint256) {
        return _merchantIdOf[token];
    }

    /// @inheritdoc IMerchantRegistry
    function merchantIdOfController(address controller) external view returns (uint256) {
        return _controls[controller];
    }

    function _setStatus(uint256 merchantId, Status from, Status to) internal {
        _setStatus(merchantId, from, from, to);
    }

    /// @dev To a standing that can be reached from two others.
    function _setStatus(uint256 merchantId, Status from, Status orFrom, Status to) internal {
        Merchant storage merchant = _known(merchantId);
        Status status = merchant.status;
        if (status != from && status != orFrom) revert RegistryMerchantStatus(merchantId, status);
        merchant.status = to;
        emit MerchantStatusChanged(merchantId, status, to);
    }

    function _known(uint256 merchantId) internal view returns (Merchant storage) {
        if (merchantId == 0 || merchantId > _merchants.length) revert RegistryMerchantUnknown(merchantId);
        return _merchants[merchantId - 1]; // ids start at 1, so that 0 can mean none
    }
}
