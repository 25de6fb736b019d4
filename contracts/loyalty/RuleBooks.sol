// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IRuleBooks} from "./IRuleBooks.sol";

/// @title RuleBooks
/// @notice The hashes of every version of every merchant's loyalty rules; see IRuleBooks.
/// @dev Append-only and without anybody's power over it: a version that paid points can be proven for ever, also after
/// the merchant is closed. Controllers are looked up at each call, so a lost key is the registry's matter.
contract RuleBooks is IRuleBooks {
    uint256 private constant URI_BYTES_MAX = 256;

    IMerchantRegistry private immutable _registry;

    mapping(uint256 merchantId => bytes32[] rulesHashes) private _hashesOf;

    /// @param registry Who says whose controller an address is.
    constructor(IMerchantRegistry registry) {
        _registry = registry;
    }

    /// @inheritdoc IRuleBooks
    function publish(uint256 merchantId, uint256 version, bytes32 rulesHash, string calldata uri) external {
        if (_registry.controllerOf(merchantId) != msg.sender) revert RuleBooksNotController(merchantId, msg.sender);
        if (rulesHash == 0) revert RuleBooksFieldInvalid("rulesHash");
        if (bytes(uri).length > URI_BYTES_MAX) revert RuleBooksFieldInvalid("uri");

        bytes32[] storage hashes = _hashesOf[merchantId];
        uint256 next = hashes.length + 1;
        // Two publications at once: the second would stand under a number that its merchant did not mean.
        if (version != next) revert RuleBooksVersion(merchantId, version, next);
        hashes.push(rulesHash);
        emit RulesPublished(merchantId, version, rulesHash, uri);
    }

    /// @inheritdoc IRuleBooks
    function versionOf(uint256 merchantId) external view returns (uint256) {
        return _hashesOf[merchantId].length;
    }

    /// @inheritdoc IRuleBooks
    function rulesHashOf(uint256 merchantId, uint256 version) external view returns (bytes32) {
        bytes32[] storage hashes = _hashesOf[merchantId];
        return version == 0 || version > hashes.length ? bytes32(0) : hashes[version - 1];
    }
}
