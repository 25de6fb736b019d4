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

    /// @notice All points that anybody could redeem now or once they are claimed: balances, points earned, the deposits of
    /// merchants 1 to `merchants`, and what was earned for them; and all share value.
    function sum(
        address[] calldata accounts,
        uint256 merchants
    ) external view returns (uint256 points, uint256 shareValue) {
        for (uint256 index = 0; index < accounts.length; ++index) {
            points += _PROGRAM.balanceOf(accounts[index]) + _PROGRAM.earnedOf(accounts[index]);
            shareValue += _PROGRAM.shareValueOf(accounts[index]);
        }
        for (uint256 merchantId = 1; merchantId <= merchants; ++merchantId) {
            points += _PROGRAM.participantOf(merchantId).depositPoints;
        }
    }
}
