// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerchantPoint} from "../../contracts/points/MerchantPoint.sol";
import {LotModel} from "./LotModel.sol";
import {VM} from "./Vm.sol";
import {World} from "./World.sol";

/// @title PointWalk
/// @notice Random steps of merchants, customers and the regulator on the points. Each step knows from the model whether
/// it has to succeed, and reverts the walk when the contract thinks otherwise.
abstract contract PointWalk is World, LotModel {
    /// @dev The walk's own clock: the runner need not keep a warp from call to call.
    uint256 public clock = 1_800_000_000;
    uint256 public calls;
    uint256 public reversals;
    Item[] internal _items;

    /// @dev Every step begins at the walk's time.
    modifier step() {
        VM.warp(clock);
        ++calls;
        _;
    }

    constructor() {
        VM.warp(clock);
        for (uint256 seat = 0; seat < MERCHANTS; ++seat) {
            _sums[seat].issued = 200_000;
            for (uint256 i = 0; i < ACTORS; ++i) _endow(seat, _actor(i));
        }
    }

    /// @dev A walk among the penniless proves little: everybody starts with points of three ages.
    function _endow(uint256 seat, address holder) private {
        MerchantPoint token = _tokens[seat];
        for (uint256 age = 0; age < (seat == 2 ? 1 : 3); ++age) {
            uint256 epoch = token.currentEpoch() - age;
            uint256[] memory items = new uint256[](1);
            items[0] = (uint256(uint160(holder)) << 96) | (5_000 << 40);
            token.issueBatch(keccak256(abi.encode(seat, holder, age)), epoch, items);
            _issueNet(seat, holder, epoch, 5_000);
        }
    }

    // ---------------------------------------------------------------- time

    function wait(uint256 kind, uint256 seed) external step {
        kind %= 16;
        if (kind < 10) clock += seed % 1 days;
        else if (kind < 15) {
            // To the last second of an epoch, its first, or the one after.
            MerchantPoint token = _tokens[seed % 2];
            (, uint256 end) = token.epochBounds(token.currentEpoch());
            uint256 target = end - 1 + ((seed >> 8) % 3);
            if (target > clock) clock = target;
        } else clock += seed % 60 days;
        VM.warp(clock);
    }

    // ---------------------------------------------------------------- issue and reverse

    function issue(uint256 seat, uint256 to, uint256 points) external step {
        seat %= MERCHANTS;
        points = points % 20_000;
        address holder = _actor(to);
        MerchantPoint token = _tokens[seat];
        uint256 epoch = token.currentEpoch();
        bytes32 ref = _freshRef();
        bool expected = points != 0 && !token.isPaused() && !token.isFrozen(holder) && _covers(seat, holder, points);
        try token.issue(holder, points, ref) {
            _require(expected, "issued what it should have refused");
        } catch {
            return _require(!expected, "refused to issue");
        }
        _issueNet(seat, holder, epoch, points);
        uint256[] memory items = new uint256[](1);
        items[0] = (uint256(uint160(holder)) << 96) | (points << 40);
        _items.push(Item(seat, ref, epoch, 0, points, items));
        try token.issue(holder, points, ref) {
            revert("issued twice under one ref");
        } catch {}
    }

    function issueBatch(uint256 seat, uint256 seed, uint256 age) external step {
        seat %= MERCHANTS;
        MerchantPoint token = _tokens[seat];
        age = seat == 2 ? 0 : age % LIVE_EPOCHS;
        uint256 epoch = token.currentEpoch() - age;
        uint256[] memory items = new uint256[](1 + (seed % 3));
        for (uint256 i = 0; i < items.length; ++i) {
            uint256 points = 1 + (uint256(keccak256(abi.encode(seed, i))) % 9_000);
            items[i] = (uint256(uint160(_actor((seed >> 8) + 2 * i))) << 96) | (points << 40);
        }
        bytes32 ref = _freshRef();
        try token.issueBatch(ref, epoch, items) {
            _require(!token.isPaused(), "issued while paused");
        } catch {
            return;
        }
        for (uint256 i = 0; i < items.length; ++i) {
            _issueNet(seat, address(uint160(items[i] >> 96)), epoch, uint56(items[i] >> 40));
            _items.push(Item(seat, ref, epoch, i, uint56(items[i] >> 40), items));
        }
        _requireCap(seat);
    }

    function reverseIssue(uint256 which, uint256 points) external step {
        if (_items.length == 0) return;
        Item storage item = _items[which % _items.length];
        MerchantPoint token = _tokens[item.seat];
        address holder = address(uint160(item.items[item.index] >> 96));
        uint256 epoch = token.currentEpoch();
        points = points % (item.left + 2);
        bool expected = points != 0 && points <= item.left && epoch - item.epoch < LIVE_EPOCHS;
        expected = expected && !token.isPaused() && !token.isFrozen(holder);
        try token.reverse(item.ref, item.epoch, item.items, item.index, points) {
            _require(expected, "reversed what it should have refused");
        } catch {
            return _require(!expected, "refused to reverse");
        }
        ++reversals;
        item.left -= points;
        uint256 own = _lots[item.seat][holder][item.epoch];
        own = own < points ? own : points;
        _lots[item.seat][holder][item.epoch] -= own;
        _sums[item.seat].inLots -= own;
        uint256 balance = _balance(item.seat, holder, epoch);
        uint256 others = points - own < balance ? points - own : balance;
        _take(item.seat, holder, epoch, others);
        _sums[item.seat].reversed += own + others;
        _debts[item.seat][holder] += points - own - others;
    }

    // ---------------------------------------------------------------- transfer

    function transfer(uint256 seat, uint256 from, uint256 to, uint256 points) external step {
        seat %= MERCHANTS;
        (address sender, address receiver) = (_actor(from), _actor(to));
        MerchantPoint token = _tokens[seat];
        uint256 epoch = token.currentEpoch();
        uint256 balance = _balance(seat, sender, epoch);
        points = points % (balance + 2);
        bool expected = points <= balance && _areFree(token, sender, receiver);
        VM.prank(sender);
        try token.transfer(receiver, points) {
            _require(expected, "moved what it should have refused");
        } catch {
            return _require(!expected, "refused to move");
        }
        _giveBack(seat, receiver, epoch, epoch, _take(seat, sender, epoch, points));
    }

    function transferAtEpoch(uint256 seat, uint256 from, uint256 to, uint256 age, uint256 points) external step {
        seat %= MERCHANTS;
        (address sender, address receiver) = (_actor(from), _actor(to));
        MerchantPoint token = _tokens[seat];
        uint256 epoch = token.currentEpoch();
        age = seat == 2 ? 0 : age % (LIVE_EPOCHS + 1);
        uint256 lane = age < LIVE_EPOCHS ? _lots[seat][sender][epoch - age] : 0;
        points = points % (lane + 2);
        bool expected = age < LIVE_EPOCHS && points <= lane && _areFree(token, sender, receiver);
        VM.prank(sender);
        try token.transferAtEpoch(epoch - age, receiver, points) {
            _require(expected, "moved a lane it should have refused");
        } catch {
            return _require(!expected, "refused to move a lane");
        }
        _lots[seat][sender][epoch - age] -= points;
        _lots[seat][receiver][epoch - age] += points;
    }

    // ---------------------------------------------------------------- regulator

    function supervise(uint256 seat, uint256 who, uint256 kind) external step {
        MerchantPoint token = _tokens[seat % MERCHANTS];
        kind %= 8;
        // Mostly set free: a walk in which everything is frozen proves little.
        if (kind == 0) token.freeze(_actor(who), "case");
        else if (kind < 4) token.unfreeze(_actor(who), "case");
        else if (kind == 4) token.pause("case", type(uint64).max);
        else token.unpause("case");
    }

    // ---------------------------------------------------------------- internals

    function _freshRef() internal view returns (bytes32) {
        return keccak256(abi.encode("ref", calls));
    }

    function _outstanding(uint256 seat) internal view returns (uint256 sum) {
        uint256 epoch = _tokens[seat].currentEpoch();
        for (uint256 i = 0; i < ACTORS; ++i) sum += _balance(seat, _actor(i), epoch);
        sum += _sums[seat].held + _POOL.pointReserveOf(address(_tokens[seat]));
    }

    /// @dev Invariant 5: an issue that has just succeeded is covered.
    function _requireCap(uint256 seat) internal view {
        _require(_outstanding(seat) <= _COLLATERAL.outstandingMaxOf(address(_tokens[seat])), "cap exceeded");
    }

    function _covers(uint256 seat, address holder, uint256 points) private view returns (bool) {
        uint256 debt = _debts[seat][holder];
        uint256 net = points > debt ? points - debt : 0;
        return _outstanding(seat) + net <= _COLLATERAL.outstandingMaxOf(address(_tokens[seat]));
    }

    function _areFree(MerchantPoint token, address one, address other) internal view returns (bool) {
        return !token.isPaused() && !token.isFrozen(one) && !token.isFrozen(other);
    }

    function _require(bool holds, string memory law) internal pure {
        require(holds, law);
    }
}
