// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantPointFactory} from "./IMerchantPointFactory.sol";
import {MerchantPoint} from "./MerchantPoint.sol";

/// @title MerchantPointFactory
/// @notice Deploys point tokens for the registry. Stateless: a new kind of token is a new factory in the registry.
contract MerchantPointFactory is IMerchantPointFactory {
    address public immutable authority;
    address public immutable registry;
    address public immutable pool;
    address public immutable collateral;

    constructor(MerchantPoint.Peers memory peers) {
        authority = peers.authority;
        registry = peers.registry;
        pool = peers.pool;
        collateral = peers.collateral;
    }

    function create(Params calldata params) external returns (address token) {
        if (msg.sender != registry) revert MerchantPointFactoryNotRegistry(msg.sender);
        MerchantPoint.Peers memory peers = MerchantPoint.Peers(authority, registry, pool, collateral);
        token = address(new MerchantPoint(peers, params));
        emit MerchantPointCreated(params.merchantId, token);
    }
}
