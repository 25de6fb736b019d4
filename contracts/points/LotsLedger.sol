// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {EpochClock} from "./EpochClock.sol";
import {LotsLib} from "./LotsLib.sol";
import {Lots} from "../types/Lots.sol";

/// @title LotsLedger
/// @notice Who holds which points of which age, and how they move: ERC-20 and ERC-7818.
/// @dev One slot an account and one for the supply. A movement between accounts reads the supply's slot (for its pause
/// flag) and writes the two accounts', whatever the mix of ages. Freezing binds whose points move, not the spender.
/// A pause ends by itself, yet its flag stays set until the next movement that writes the supply: only until then do
/// movements also read when it ended, about 2,100 gas each. Without a flag there is nothing to read.
abstract contract LotsLedger is EpochClock, IERC20Errors {
    using LotsLib for Lots;
    using LotsLib for uint256;

    /// @dev One slot. A struct, so that code can hold a pointer to it and hash its place once.
    struct Account {
        Lots lots;
    }

    /// @dev Flags of an account's slot.
    uint256 internal constant HAS_DEBT = LotsLib.LOW_FLAG;
    uint256 internal constant IS_FROZEN = LotsLib.HIGH_FLAG;
    /// @dev Flags of the supply's slot.
    uint256 internal constant IS_ISSUE_HALTED = LotsLib.LOW_FLAG;
    uint256 internal constant IS_PAUSED = LotsLib.HIGH_FLAG;

    Lots internal _supply;
    /// @dev Says something only while the supply's slot has the flag IS_PAUSED.
    uint64 internal _pauseEnd;
    mapping(address holder => Account account) internal _accounts;
    mapping(address owner => mapping(address spender => uint256 value)) private _allowances;

    // ---------------------------------------------------------------- ERC-20 and ERC-7818

    function transfer(address to, uint256 value) external returns (bool) {
        _move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        _spendAllowance(from, msg.sender, value);
        _move(from, to, value);
        return true;
    }

    /// @notice Allowances know no ages and outlive the points. Approving is no movement: pause and freeze let it pass.
    function approve(address spender, uint256 value) external returns (bool) {
        _approve(msg.sender, spender, value);
        return true;
    }

    function transferAtEpoch(uint256 epoch, address to, uint256 value) external returns (bool) {
        _moveAtEpoch(epoch, msg.sender, to, value);
        return true;
    }

    function transferFromAtEpoch(uint256 epoch, address from, address to, uint256 value) external returns (bool) {
        _spendAllowance(from, msg.sender, value);
        _moveAtEpoch(epoch, from, to, value);
        return true;
    }

    // ---------------------------------------------------------------- views

    /// @notice Live points. Falls at the first second of an epoch without any event.
    function balanceOf(address account) external view returns (uint256) {
        return _accounts[account].lots.roll(currentEpoch()).lanesOf().total();
    }

    function allowance(address owner, address spender) external view returns (uint256) {
        return _allowances[owner][spender];
    }

    function balanceOfAtEpoch(uint256 epoch, address account) external view returns (uint256) {
        uint256 current = currentEpoch();
        (uint256 age, bool isLive) = _ageOf(epoch, current);
        return isLive ? _accounts[account].lots.roll(current).laneOf(age) : 0;
    }

    function lotsOf(address account) external view returns (Lots) {
        uint256 current = currentEpoch();
        return _accounts[account].lots.roll(current).lanesOf().stamp(current);
    }

    function nextExpiryOf(address account) external view returns (uint256 expiresAt, uint256 points) {
        uint256 current = currentEpoch();
        Lots lots = _accounts[account].lots.roll(current);
        uint256 age = lots.lanesOf().oldestAge();
        points = lots.laneOf(age);
        // Cannot underflow: a lane of that age holds points, so its epoch existed.
        if (points != 0) expiresAt = expiryOf(current - age);
    }

    /// @notice Live circulating supply; holds and the exchange pool are out of circulation.
    function totalSupply() public view returns (uint256) {
        return _supply.roll(currentEpoch()).lanesOf().total();
    }

    // ---------------------------------------------------------------- movement

    /// @dev A plain movement: oldest first, ages kept.
    function _move(address from, address to, uint256 value) internal {
        if (from == address(0)) revert ERC20InvalidSender(from);
        if (to == address(0)) revert ERC20InvalidReceiver(to);
        _unpausedSupply();
        uint256 epoch = currentEpoch();
        _credit(to, epoch, _debit(from, epoch, value));
        emit Transfer(from, to, value);
    }

    /// @dev Takes `points` from an account that is not frozen, oldest first.
    function _debit(address from, uint256 epoch, uint256 points) internal returns (uint256 lanes) {
        Account storage account = _accounts[from];
        return _take(account, _unfrozen(account, from).roll(epoch), from, points);
    }

    /// @dev Takes `points` from an account, whose rolled lots are `lots`, oldest first.
    function _take(Account storage account, Lots lots, address from, uint256 points) internal returns (uint256 lanes) {
        uint256 short;
        (lanes, short) = lots.oldestFirst(points);
        if (short != 0) revert ERC20InsufficientBalance(from, points - short, points);
        account.lots = lots.sub(lanes);
    }

    /// @dev Adds lanes to an account that is not frozen.
    function _credit(address to, uint256 epoch, uint256 lanes) internal {
        Account storage account = _accounts[to];
        account.lots = _unfrozen(account, to).roll(epoch).add(lanes);
    }

    /// @dev Points leave circulation. `supply` is the supply's slot as read by `_unpausedSupply`.
    function _shrinkSupply(Lots supply, uint256 epoch, uint256 lanes) internal {
        _supply = supply.roll(epoch).sub(lanes);
    }

    /// @dev Points come (back) into circulation.
    function _growSupply(Lots supply, uint256 epoch, uint256 lanes) internal returns (Lots grown) {
        grown = supply.roll(epoch);
        if (!grown.fits(lanes)) revert MerchantPointAmountOutOfRange(lanes.total());
        grown = grown.add(lanes);
        _supply = grown;
    }

    function _approve(address owner, address spender, uint256 value) internal {
        if (spender == address(0)) revert ERC20InvalidSpender(spender);
        _allowances[owner][spender] = value;
        emit Approval(owner, spender, value);
    }

    /// @dev The supply's slot, unless the token is paused. A flag whose pause is over is not in it any more.
    function _unpausedSupply() internal view returns (Lots supply) {
        supply = _supply;
        if (supply.hasFlag(IS_PAUSED)) {
            if (block.timestamp < _pauseEnd) revert MerchantPointPaused();
            supply = supply.withFlag(IS_PAUSED, false);
        }
    }

    /// @dev The account's slot, unless it is frozen.
    function _unfrozen(Account storage account, address holder) internal view returns (Lots lots) {
        lots = account.lots;
        if (lots.hasFlag(IS_FROZEN)) revert MerchantPointAccountFrozen(holder);
    }

    /// @dev An amount that makes sense on its own: 1 to 2^56 − 1 base units.
    function _requireInRange(uint256 points) internal pure {
        if (points == 0 || points > LotsLib.LANE_MAX) revert MerchantPointAmountOutOfRange(points);
    }

    /// @dev A movement of exactly one lane.
    function _moveAtEpoch(uint256 epoch, address from, address to, uint256 value) private {
        if (from == address(0)) revert ERC20InvalidSender(from);
        if (to == address(0)) revert ERC20InvalidReceiver(to);
        _unpausedSupply();
        uint256 current = currentEpoch();
        (uint256 age, bool isLive) = _ageOf(epoch, current);
        if (!isLive) revert ERC7818TransferredExpiredToken(from, epoch);

        Account storage sender = _accounts[from];
        Lots lots = _unfrozen(sender, from).roll(current);
        uint256 lane = lots.laneOf(age);
        if (value > lane) revert ERC20InsufficientBalance(from, lane, value);
        uint256 lanes = value.ofAge(age);
        sender.lots = lots.sub(lanes);
        _credit(to, current, lanes);
        emit Transfer(from, to, value);
        emit TransferredAtEpoch(from, to, epoch, value);
    }

    /// @dev Once a movement, whatever its kind. An allowance of the largest uint256 is endless.
    function _spendAllowance(address owner, address spender, uint256 value) private {
        uint256 left = _allowances[owner][spender];
        if (left == type(uint256).max) return;
        if (left < value) revert ERC20InsufficientAllowance(spender, left, value);
        // Cannot underflow: just compared.
        unchecked {
            _allowances[owner][spender] = left - value;
        }
    }
}
