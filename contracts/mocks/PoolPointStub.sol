// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";

/// @title PoolPointStub
/// @notice The part of a merchant point that the exchange pool uses, in the plainest form: a map of lots and loops.
/// Never deployed: tests run the pool against it at amounts and times that a real token can not reach.
contract PoolPointStub is IERC20Errors {
    uint256 private constant LANES = 4;

    address public immutable pool;
    uint256 public immutable epochSeconds;

    bool public isPaused;
    uint256 public poolPoints;
    mapping(address account => bool) public isFrozen;
    mapping(bytes32 ref => bool) public isRefUsed;
    mapping(address account => mapping(uint256 epoch => uint256 points)) public lotOf;

    event Transfer(address indexed from, address indexed to, uint256 value);

    /// @param epochSeconds_ Length of an epoch; 0 = points never expire.
    constructor(address pool_, uint256 epochSeconds_) {
        pool = pool_;
        epochSeconds = epochSeconds_;
    }

    modifier movable(address account) {
        if (isPaused) revert IMerchantPoint.MerchantPointPaused();
        if (isFrozen[account]) revert IMerchantPoint.MerchantPointAccountFrozen(account);
        _;
    }

    function give(address to, uint256 age, uint256 points) external {
        lotOf[to][currentEpoch() - age] += points;
    }

    function setPaused(bool paused) external {
        isPaused = paused;
    }

    function setFrozen(address account, bool frozen) external {
        isFrozen[account] = frozen;
    }

    function poolTake(address from, uint256 points) external movable(from) returns (uint256 expiresAt) {
        uint256 left = points;
        uint256 current = currentEpoch();
        for (uint256 age = LANES; age > 0 && left > 0; --age) {
            if (age - 1 > current) continue;
            uint256 epoch = current - (age - 1);
            uint256 taken = lotOf[from][epoch] < left ? lotOf[from][epoch] : left;
            if (taken > 0 && expiresAt == 0) expiresAt = expiryOf(epoch);
            lotOf[from][epoch] -= taken;
            left -= taken;
        }
        if (left > 0) revert ERC20InsufficientBalance(from, points - left, points);
        emit Transfer(from, address(0), points);
    }

    function poolGive(address to, uint256 points, uint256 expiresAtMax) external movable(to) returns (uint256) {
        uint256 current = currentEpoch();
        for (uint256 age = 0; age < LANES && age <= current; ++age) {
            if (expiryOf(current - age) > expiresAtMax) continue;
            lotOf[to][current - age] += points;
            emit Transfer(address(0), to, points);
            return current - age;
        }
        revert IMerchantPoint.MerchantPointNoLaneEndsBy(expiresAtMax);
    }

    function poolIssue(bytes32 ref, uint256 points) external {
        if (isRefUsed[ref]) revert IMerchantPoint.MerchantPointRefUsed(ref);
        isRefUsed[ref] = true;
        poolPoints += points;
    }

    function poolRetire(uint256 points) external {
        poolPoints -= points;
    }

    function balanceOf(address account) external view returns (uint256 sum) {
        uint256 current = currentEpoch();
        for (uint256 age = 0; age < LANES && age <= current; ++age) sum += lotOf[account][current - age];
    }

    function nextExpiryOf(address account) external view returns (uint256 expiresAt, uint256 points) {
        uint256 current = currentEpoch();
        for (uint256 age = LANES; age > 0 && points == 0; --age) {
            if (age - 1 > current) continue;
            points = lotOf[account][current - (age - 1)];
            if (points > 0) expiresAt = expiryOf(current - (age - 1));
        }
    }

    function currentEpoch() public view returns (uint256) {
        return epochSeconds == 0 ? 0 : block.timestamp / epochSeconds;
    }

    function expiryOf(uint256 epoch) public view returns (uint256) {
        return epochSeconds == 0 ? type(uint256).max : (epoch + LANES) * epochSeconds;
    }
}
