// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {IMerchantPointFactory} from "./IMerchantPointFactory.sol";
import {MerchantPoint} from "./MerchantPoint.sol";
import {MerchantPointCode} from "./MerchantPointCode.sol";

/// @title MerchantPointFactory
/// @notice Deploys point tokens for the registry. Immutable: a new kind of token is a new factory in the registry.
/// @dev Nobody hands the token's code in: the constructor itself carries it (constructors may be 49,152 bytes long) and
/// lays it down in two contracts. So this factory's source says what its tokens are, and `creationCodeHash` can be
/// compared with what a compiler makes of MerchantPoint.
contract MerchantPointFactory is IMerchantPointFactory {
    using Bytes for bytes;

    address public immutable authority;
    address public immutable registry;
    address public immutable pool;
    address public immutable collateral;
    bytes32 public immutable creationCodeHash;

    address private immutable _firstHalf;
    address private immutable _secondHalf;

    constructor(MerchantPoint.Peers memory peers) {
        authority = peers.authority;
        registry = peers.registry;
        pool = peers.pool;
        collateral = peers.collateral;

        bytes memory code = type(MerchantPoint).creationCode;
        creationCodeHash = keccak256(code);
        uint256 middle = code.length / 2;
        _firstHalf = address(new MerchantPointCode(code.slice(0, middle)));
        _secondHalf = address(new MerchantPointCode(code.slice(middle)));
    }

    function create(Params calldata params) external returns (address token) {
        if (msg.sender != registry) revert MerchantPointFactoryNotRegistry(msg.sender);
        MerchantPoint.Peers memory peers = MerchantPoint.Peers(authority, registry, pool, collateral);
        bytes memory code = bytes.concat(_piece(_firstHalf), _piece(_secondHalf), abi.encode(peers, params));
        // What the token's constructor refuses is passed on by its name.
        token = Create2.deploy(0, bytes32(params.merchantId), code);
        emit MerchantPointCreated(params.merchantId, token);
    }

    /// @dev What a contract of ours keeps, without its first byte (see MerchantPointCode).
    function _piece(address kept) private view returns (bytes memory) {
        return kept.code.slice(1);
    }
}
