// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantPoint} from "../../contracts/points/IMerchantPoint.sol";
import {MerchantPoint} from "../../contracts/points/MerchantPoint.sol";
import {PointWalk} from "./PointWalk.sol";
import {VM} from "./Vm.sol";

/// @title RedeemWalk
/// @notice Adds the steps that consume points: redeem, hold, capture, release, refund.
abstract contract RedeemWalk is PointWalk {
    Taken[] private _taken;

    function redeem(uint256 seat, uint256 who, uint256 points) external step {
        Taken memory asked = _ask(seat, who);
        points = points % (_total(asked.points) + 2);
        bool expected = _canSpend(asked, points);
        VM.prank(asked.holder);
        try _tokens[asked.seat].redeem(points, IMerchantPoint.RedemptionKind.Deduction, asked.ref) {
            _require(expected, "redeemed what it should have refused");
        } catch {
            return _require(!expected, "refused to redeem");
        }
        _sums[asked.seat].redeemed += points;
        asked.points = _take(asked.seat, asked.holder, asked.epoch, points);
        _taken.push(asked);
    }

    function hold(uint256 seat, uint256 who, uint256 points, uint256 duration) external step {
        Taken memory asked = _ask(seat, who);
        points = points % (_total(asked.points) + 2);
        bool expected = _canSpend(asked, points);
        asked.releaseAt = clock + 1 + (duration % 30 days);
        asked.isHeld = true;
        VM.prank(asked.holder);
        IMerchantPoint.RedemptionKind kind = IMerchantPoint.RedemptionKind.Goods;
        try _tokens[asked.seat].hold(points, kind, asked.ref, uint64(asked.releaseAt)) {
            _require(expected, "held what it should have refused");
        } catch {
            return _require(!expected, "refused to hold");
        }
        _sums[asked.seat].held += points;
        asked.points = _take(asked.seat, asked.holder, asked.epoch, points);
        _taken.push(asked);
    }

    function capture(uint256 which, uint256 points) external step {
        if (_taken.length == 0) return;
        Taken storage taken = _taken[which % _taken.length];
        MerchantPoint token = _tokens[taken.seat];
        uint256 total = _total(taken.points);
        points = points % (total + 2);
        bool expected = taken.isHeld && clock < taken.releaseAt && points != 0 && points <= total;
        expected = expected && _areFree(token, taken.holder, taken.holder);
        try token.capture(taken.holder, taken.ref, points) {
            _require(expected, "captured what it should have refused");
        } catch {
            return _require(!expected, "refused to capture");
        }
        uint256[LIVE_EPOCHS] memory used = _oldestFirst(taken.points, points);
        uint256[LIVE_EPOCHS] memory rest;
        for (uint256 age = 0; age < LIVE_EPOCHS; ++age) rest[age] = taken.points[age] - used[age];
        _giveBack(taken.seat, taken.holder, taken.epoch, token.currentEpoch(), rest);
        _sums[taken.seat].held -= total;
        _sums[taken.seat].redeemed += points;
        taken.points = used;
        taken.isHeld = false;
    }

    function release(uint256 which, uint256 who) external step {
        if (_taken.length == 0) return;
        Taken storage taken = _taken[which % _taken.length];
        MerchantPoint token = _tokens[taken.seat];
        bool byTill = who % 2 == 0;
        bool expected = taken.isHeld && !token.isPaused() && (byTill || clock >= taken.releaseAt);
        if (!byTill) VM.prank(_actor(who));
        try token.release(taken.holder, taken.ref) {
            _require(expected, "released what it should have refused");
        } catch {
            return _require(!expected, "refused to release");
        }
        _sums[taken.seat].held -= _total(taken.points);
        _giveBack(taken.seat, taken.holder, taken.epoch, token.currentEpoch(), taken.points);
        delete taken.points;
        taken.isHeld = false;
    }

    function refund(uint256 which, uint256 points) external step {
        if (_taken.length == 0) return;
        Taken storage taken = _taken[which % _taken.length];
        MerchantPoint token = _tokens[taken.seat];
        uint256 total = _total(taken.points);
        points = points % (total + 2);
        bool expected = !taken.isHeld && points != 0 && points <= total && !token.isPaused();
        try token.refund(taken.holder, taken.ref, points) {
            _require(expected, "refunded what it should have refused");
        } catch {
            return _require(!expected, "refused to refund");
        }
        uint256[LIVE_EPOCHS] memory back;
        uint256 left = points;
        for (uint256 age = 0; age < LIVE_EPOCHS; ++age) {
            back[age] = taken.points[age] < left ? taken.points[age] : left;
            left -= back[age];
            taken.points[age] -= back[age];
        }
        _sums[taken.seat].redeemed -= points;
        _giveBack(taken.seat, taken.holder, taken.epoch, token.currentEpoch(), back);
    }

    function redemptions() external view returns (uint256) {
        return _taken.length;
    }

    /// @dev A redemption that is only asked for: `points` is everything its holder has.
    function _ask(uint256 seat, uint256 who) private view returns (Taken memory asked) {
        asked.seat = seat % MERCHANTS;
        asked.holder = _actor(who);
        asked.ref = _freshRef();
        asked.epoch = _tokens[asked.seat].currentEpoch();
        asked.points = _liveOf(asked.seat, asked.holder, asked.epoch);
    }

    function _canSpend(Taken memory asked, uint256 points) private view returns (bool) {
        return
            points != 0 && points <= _total(asked.points) && _areFree(_tokens[asked.seat], asked.holder, asked.holder);
    }
}
