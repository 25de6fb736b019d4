// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Issuance} from "./Issuance.sol";
import {LotsLib} from "./LotsLib.sol";
import {Lots} from "../types/Lots.sol";

/// @title PoolSide
/// @notice The token's half of a swap: points leave circulation into the exchange pool and come back from it.
/// @dev Each touches the account's slot and the supply's, and nothing else: no sum changes, since what is pooled is in
/// the pool's own record.
abstract contract PoolSide is Issuance {
    using LotsLib for Lots;
    using LotsLib for uint256;

    modifier onlyPool() {
        if (msg.sender != pool) revert MerchantPointNotPool(msg.sender);
        _;
    }

    function poolTake(address from, uint256 points) external onlyPool returns (uint256 expiresAt) {
        Lots supply = _unpausedSupply();
        _requireInRange(points);
        uint256 current = currentEpoch();
        uint256 lanes = _debit(from, current, points);
        _shrinkSupply(supply, current, lanes);
        emit Transfer(from, address(0), points);
        // Cannot underflow: points of that age exist, so their epoch did.
        unchecked {
            return _endOf(current - lanes.oldestAge());
        }
    }

    function poolGive(address to, uint256 points, uint256 expiresAtMax) external onlyPool returns (uint256 epoch) {
        if (to == address(0)) revert ERC20InvalidReceiver(to);
        Lots supply = _unpausedSupply();
        _requireInRange(points);
        uint256 current = currentEpoch();
        (uint256 age, bool exists) = _youngestEndingBy(expiresAtMax, current);
        if (!exists) revert MerchantPointNoLaneEndsBy(expiresAtMax);
        uint256 lanes = points.ofAge(age);
        _growSupply(supply, current, lanes);
        _credit(to, current, lanes);
        emit Transfer(address(0), to, points);
        // Cannot underflow: no calendar has been running for less than four epochs since 1970, and `Never` has age 0.
        unchecked {
            return current - age;
        }
    }

    function poolIssue(bytes32 ref, uint256 points) external onlyPool {
        _issueToPool(ref, points);
        emit IssuedToPool(ref, points);
    }

    /// @dev Also while the token is paused: nobody's points move, and a winding down must not wait for it.
    function poolRetire(uint256 points) external onlyPool {
        _requireInRange(points);
        // The cast keeps the value: just found to have at most 56 bits.
        _sums.reversed += uint64(points);
        emit RetiredFromPool(points);
    }
}
