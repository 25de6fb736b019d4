// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Calendar} from "../types/Calendar.sol";

/// @title IMerchantPointFactory
/// @notice Deploys one full point token for each merchant (no proxies: a clone costs every transfer about 2,700 gas).
/// The addresses that all tokens share (authority, registry, pool, collateral) are the factory's own immutables.
interface IMerchantPointFactory {
    /// @notice What differs from token to token; fixed for its life.
    /// @param merchantId The merchant in the registry, ≥ 1.
    /// @param name ERC-20 name, 1–31 bytes.
    /// @param symbol ERC-20 symbol, 1–31 bytes.
    /// @param pointsPerYuan Whole points a yuan.
    /// @param calendar How the merchant cuts time into epochs.
    /// @param utcOffsetSeconds Seconds east of UTC, within one day.
    struct Params {
        uint256 merchantId;
        string name;
        string symbol;
        uint32 pointsPerYuan;
        Calendar calendar;
        int32 utcOffsetSeconds;
    }

    event MerchantPointCreated(uint256 indexed merchantId, address indexed token);

    /// @notice Only the registry makes tokens.
    error MerchantPointFactoryNotRegistry(address caller);

    /// @notice Deploys a merchant's token. Only the registry.
    function create(Params calldata params) external returns (address token);

    function authority() external view returns (address);
    function registry() external view returns (address);
    function pool() external view returns (address);
    function collateral() external view returns (address);

    /// @notice keccak256 of the creation code of its tokens, before their constructor's arguments: what a compiler makes
    /// of MerchantPoint's source under the repository's settings.
    function creationCodeHash() external view returns (bytes32);
}
