// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {EpochClock} from "./EpochClock.sol";

/// @title Tills
/// @notice The merchant's issuing keys and what each may issue in one of the merchant's days.
abstract contract Tills is EpochClock {
    uint256 public immutable merchantId;
    address public immutable registry;
    mapping(address till => Till record) private _tills;

    modifier onlyTill() {
        if (!_isTill(msg.sender)) revert MerchantPointNotTill(msg.sender);
        _;
    }

    constructor(uint256 merchantId_, address registry_) {
        merchantId = merchantId_;
        registry = registry_;
    }

    /// @notice What was issued today stays counted, so setting a limit anew does not refill it.
    function setTill(address till, uint64 dailyLimit) external {
        if (msg.sender != IMerchantRegistry(registry).controllerOf(merchantId)) {
            revert MerchantPointNotController(msg.sender);
        }
        _tills[till].dailyLimit = dailyLimit;
        emit TillSet(till, dailyLimit);
    }

    function tillOf(address till) external view returns (Till memory) {
        return _tills[till];
    }

    /// @dev Counts `points` against the caller's limit. Reversals do not give it back: a limit bounds a stolen key.
    function _spendTillLimit(uint256 points) internal {
        Till memory till = _tills[msg.sender];
        if (till.dailyLimit == 0) revert MerchantPointNotTill(msg.sender);
        uint256 today = _today();
        uint256 issued = till.day == today ? till.issuedToday : 0;
        // A limit lowered during the day may lie below what is issued already.
        uint256 left = issued < till.dailyLimit ? till.dailyLimit - issued : 0;
        if (points > left) revert MerchantPointTillLimitExceeded(msg.sender, points, left);
        // Both fit: the sum is at most the limit, which has 64 bits; days have 32 bits for 11 million years.
        till.issuedToday = uint64(issued + points);
        till.day = uint32(today);
        _tills[msg.sender] = till;
    }

    /// @dev Standings are in the order of severity: winding down and closed are the last two.
    function _requireNotWindingDown() internal view {
        if (IMerchantRegistry(registry).statusOf(merchantId) >= IMerchantRegistry.Status.WindingDown) {
            revert MerchantPointWindingDown();
        }
    }

    function _isTill(address account) internal view returns (bool) {
        return _tills[account].dailyLimit != 0;
    }
}
