// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISharingProgram} from "../sharing/ISharingProgram.sol";

/// @title SharingCrowd
/// @notice A till that shares many sales in one call, and an eye that adds up what many accounts have. Never deployed:
/// for tests.
contract SharingCrowd {
    ISharingProgram private immutable _PROGRAM;

    constructor(ISharingProgram program) {
        _PROGRAM = program;
    }

    /// @notice Shares one sale each with accounts `first` to `first + count - 1`.
    function shareMany(uint256 merchantId, uint256 amountFen, uint256 first, uint256 count) external {
        for (uint256 number = first; number < first + count; ++number) {
            _PROGRAM.share(merchantId, address(uint160(number)), amountFen, bytes32(number));
        }
    }

    /// @notice Balances, points earned, debts and share value of all accounts together.
    function sum(
        address[] calldata accounts
    ) external view returns (uint256 balances, uint256 earned, uint256 debts, uint256 shareValue) {
        for (uint256 index = 0; index < accounts.length; ++index) {
            balances += _PROGRAM.balanceOf(accounts[index]);
            earned += _PROGRAM.earnedOf(accounts[index]);
            debts += _PROGRAM.debtOf(accounts[index]);
            shareValue += _PROGRAM.shareValueOf(accounts[index]);
        }
    }
}
