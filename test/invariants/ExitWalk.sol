// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICollateral} from "../../contracts/alliance/ICollateral.sol";
import {IMerchantRegistry} from "../../contracts/alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../../contracts/points/IMerchantPoint.sol";
import {MerchantPoint} from "../../contracts/points/MerchantPoint.sol";
import {VM} from "./Vm.sol";
import {World} from "./World.sol";

/// @title ExitWalk
/// @notice Random steps of merchants that leave, of holders who spend, hold, swap and turn in meanwhile, and of a regulator
/// who freezes and pauses, across epochs; and the laws that hold after every step:
/// the ALP in Collateral is what it owes; no pot pays more than it has; nothing adds to what is outstanding once payouts
/// are open; and a claim never fails for want of money.
contract ExitWalk is World {
    /// @dev A hold that somebody placed.
    struct Hold {
        uint256 seat;
        address holder;
        bytes32 ref;
        uint256 releaseAt;
    }

    /// @dev Long waits: the 180 days of a winding down pass in a few steps, and points expire meanwhile.
    uint256 private constant STEP_SECONDS_MAX = 60 days;

    uint256 public clock = 1_800_000_000;
    uint256 public claims;
    uint256 public heldClaims;
    uint256 public closings;
    uint256 public leftOpen;
    uint256 private _calls;
    Hold[] private _holds;
    mapping(uint256 seat => uint256 points) private _outstandingBefore;

    modifier step() {
        VM.warp(clock);
        ++_calls;
        _;
    }

    constructor() {
        _ALP.setPayer(address(_COLLATERAL), true);
        VM.warp(clock);
        for (uint256 seat = 0; seat < MERCHANTS; ++seat) {
            for (uint256 i = 0; i < ACTORS; ++i)
                _tokens[seat].issue(_actor(i), 5_000 + i, keccak256(abi.encode(seat, i)));
            // One pot is below face value, one far above it, one just so.
            _COLLATERAL.deposit(seat + 1, seat == 1 ? 10_000 * ALP : 7);
        }
    }

    // ---------------------------------------------------------------- merchants, council and regulator

    /// @dev Mostly in the direction of the end.
    function advance(uint256 seat, uint256 kind) external step {
        seat %= MERCHANTS;
        uint256 merchantId = seat + 1;
        kind %= 16;
        bool hasClosed;
        if (kind < 3) {
            VM.prank(_controller(seat));
            try _REGISTRY.announceExit(merchantId) {} catch {}
        } else if (kind < 7) {
            VM.prank(_controller(seat));
            try _REGISTRY.beginWindDown(merchantId) {} catch {}
        } else if (kind < 8) {
            try _REGISTRY.orderWindDown(merchantId) {} catch {}
        } else if (kind < 12) {
            try _REGISTRY.close(merchantId) {
                hasClosed = true;
            } catch {}
        } else if (kind < 13) {
            try _REGISTRY.suspend(merchantId) {} catch {}
        } else if (kind < 14) {
            try _REGISTRY.reinstate(merchantId) {} catch {}
        } else if (kind < 15) {
            try _REGISTRY.resumeIssue(merchantId) {} catch {}
        }
        if (hasClosed) {
            ++closings;
            if (_tokens[seat].outstanding() != 0) ++leftOpen;
        }
    }

    function moveCollateral(uint256 seat, uint256 alp, uint256 kind) external step {
        uint256 merchantId = 1 + (seat % MERCHANTS);
        alp = 1 + (alp % ALP);
        kind %= 8;
        if (kind == 0) {
            try _COLLATERAL.deposit(merchantId, alp) {} catch {}
        } else if (kind == 1) {
            try _COLLATERAL.seize(merchantId, alp, "case") {} catch {}
        } else if (kind == 2) {
            _COLLATERAL.setCoverage(ALP + alp, 3_000);
        } else {
            VM.prank(_controller(seat % MERCHANTS));
            if (kind < 5) try _COLLATERAL.requestWithdrawal(merchantId, alp) {} catch {}
            else if (kind < 7) try _COLLATERAL.withdraw(merchantId) {} catch {}
            else try _COLLATERAL.withdrawSurplus(merchantId) {} catch {}
        }
    }

    function supervise(uint256 seat, uint256 who, uint256 kind) external step {
        MerchantPoint token = _tokens[seat % MERCHANTS];
        kind %= 8;
        if (kind == 0) token.freeze(_actor(who), "case");
        else if (kind < 4) token.unfreeze(_actor(who), "case");
        else if (kind == 4) token.pause("case", uint64(clock + 7 days));
        else token.unpause("case");
    }

    function wait(uint256 kind, uint256 seed) external step {
        clock += kind % 2 == 0 ? seed % STEP_SECONDS_MAX : seed % 1 days;
        VM.warp(clock);
    }

    // ---------------------------------------------------------------- tills and customers

    function issue(uint256 seat, uint256 to, uint256 points) external step {
        seat %= MERCHANTS;
        try _tokens[seat].issue(_actor(to), 1 + (points % 9_000), _ref()) {
            _require(_statusOf(seat) == IMerchantRegistry.Status.Active, "issued by a merchant on its way out");
        } catch {}
    }

    function fundPoints(uint256 seat, uint256 points) external step {
        seat %= MERCHANTS;
        VM.prank(_controller(seat));
        try _POOL.fundPoints(address(_tokens[seat]), _ref(), 1 + (points % 9_000)) {
            _require(_statusOf(seat) == IMerchantRegistry.Status.Active, "funded by a merchant on its way out");
        } catch {}
    }

    function transfer(uint256 seat, uint256 from, uint256 to, uint256 points) external step {
        MerchantPoint token = _tokens[seat % MERCHANTS];
        points %= token.balanceOf(_actor(from)) + 1;
        VM.prank(_actor(from));
        try token.transfer(_actor(to), points) {} catch {}
    }

    function swap(uint256 seatIn, uint256 seatOut, uint256 who, uint256 points) external step {
        (seatIn, seatOut) = (seatIn % MERCHANTS, seatOut % MERCHANTS);
        VM.prank(_actor(who));
        try _POOL.swapExactIn(address(_tokens[seatIn]), address(_tokens[seatOut]), points % 4_000, 0, clock) {
            _require(!_isStopped(seatIn) && !_isStopped(seatOut), "swapped with a merchant that is stopped");
        } catch {}
    }

    function redeem(uint256 seat, uint256 who, uint256 points) external step {
        MerchantPoint token = _tokens[seat % MERCHANTS];
        points %= token.balanceOf(_actor(who)) + 1;
        VM.prank(_actor(who));
        try token.redeem(points, IMerchantPoint.RedemptionKind.Deduction, _ref()) {} catch {}
    }

    function hold(uint256 seat, uint256 who, uint256 points, uint256 duration) external step {
        seat %= MERCHANTS;
        address holder = _actor(who);
        points %= _tokens[seat].balanceOf(holder) + 1;
        uint256 releaseAt = clock + 1 + (duration % 30 days);
        VM.prank(holder);
        try _tokens[seat].hold(points, IMerchantPoint.RedemptionKind.Goods, _ref(), uint64(releaseAt)) {
            _holds.push(Hold(seat, holder, _ref(), releaseAt));
        } catch {}
    }

    function settle(uint256 which, uint256 kind, uint256 points) external step {
        if (_holds.length == 0) return;
        Hold storage held = _holds[which % _holds.length];
        MerchantPoint token = _tokens[held.seat];
        kind %= 3;
        if (kind == 0) {
            try token.capture(held.holder, held.ref, 1 + (points % 4_000)) {} catch {}
        } else if (kind == 1) {
            try token.release(held.holder, held.ref) {} catch {}
        } else {
            try token.refund(held.holder, held.ref, 1 + (points % 100)) {
                _require(_statusOf(held.seat) < IMerchantRegistry.Status.WindingDown, "refunded while winding down");
            } catch {}
        }
    }

    // ---------------------------------------------------------------- claims

    function turnIn(uint256 seat, uint256 who, uint256 points) external step {
        seat %= MERCHANTS;
        address holder = _actor(who);
        MerchantPoint token = _tokens[seat];
        points %= token.balanceOf(holder) + 1;
        ICollateral.Payouts memory before = _COLLATERAL.payoutsOf(seat + 1);
        bool expected = before.isOpen && points != 0 && !token.isPaused() && !token.isFrozen(holder);
        uint256 had = _ALP.balanceOf(holder);
        VM.prank(holder);
        try _COLLATERAL.turnIn(seat + 1, points, _ref()) returns (uint256 alp) {
            _require(expected, "paid what it should have refused");
            ++claims;
            _requirePart(before, holder, had, points, alp);
        } catch {
            _require(!expected, "a claim failed");
        }
    }

    function turnInHold(uint256 which) external step {
        if (_holds.length == 0) return;
        Hold storage held = _holds[which % _holds.length];
        MerchantPoint token = _tokens[held.seat];
        ICollateral.Payouts memory before = _COLLATERAL.payoutsOf(held.seat + 1);
        bool isHeld = token.redemptionOf(held.holder, held.ref).state == IMerchantPoint.RedemptionState.Held;
        bool expected = before.isOpen && isHeld && clock >= held.releaseAt;
        expected = expected && !token.isPaused() && !token.isFrozen(held.holder);
        uint256 had = _ALP.balanceOf(held.holder);
        uint256 outstanding = token.outstanding();
        try _COLLATERAL.turnInHold(held.seat + 1, held.holder, held.ref) returns (uint256 alp) {
            _require(expected, "paid a hold it should have refused");
            ++heldClaims;
            _requirePart(before, held.holder, had, outstanding - token.outstanding(), alp);
        } catch {
            _require(!expected, "a claim for a hold failed");
        }
    }

    // ---------------------------------------------------------------- the laws

    function requireLaws() external {
        VM.warp(clock);
        uint256 owed;
        for (uint256 seat = 0; seat < MERCHANTS; ++seat) {
            ICollateral.Payouts memory payouts = _COLLATERAL.payoutsOf(seat + 1);
            uint256 outstanding = _tokens[seat].outstanding();
            _require(payouts.paid <= payouts.pot, "paid more than the pot");
            _require(payouts.pointsPaid <= payouts.points, "paid for more points than there were");
            owed += _COLLATERAL.depositOf(seat + 1) + payouts.surplus;
            if (payouts.isOpen) {
                owed += payouts.pot - payouts.paid;
                _require(outstanding + payouts.pointsPaid <= payouts.points, "claims exceed what was counted");
            }
            if (_isWindingDownOrClosed(seat)) {
                _require(outstanding <= _outstandingBefore[seat], "something added to what is outstanding");
                _require(_POOL.pointReserveOf(address(_tokens[seat])) == 0, "points left in the pool");
                _require(_COLLATERAL.depositOf(seat + 1) == 0, "a deposit beside the pot");
            }
            _outstandingBefore[seat] = outstanding;
        }
        _require(owed == _ALP.balanceOf(address(_COLLATERAL)), "ALP of collateral is not what it owes");
    }

    function _requirePart(
        ICollateral.Payouts memory before,
        address holder,
        uint256 had,
        uint256 points,
        uint256 alp
    ) private view {
        _require(alp == (before.pot * points) / before.points, "not the holder's part");
        _require(_ALP.balanceOf(holder) == had + alp, "the part did not arrive");
    }

    function _isStopped(uint256 seat) private view returns (bool) {
        return _statusOf(seat) >= IMerchantRegistry.Status.Suspended;
    }

    function _isWindingDownOrClosed(uint256 seat) private view returns (bool) {
        return _statusOf(seat) >= IMerchantRegistry.Status.WindingDown;
    }

    function _statusOf(uint256 seat) private view returns (IMerchantRegistry.Status) {
        return _REGISTRY.statusOf(seat + 1);
    }

    function _ref() private view returns (bytes32) {
        return keccak256(abi.encode("ref", _calls));
    }

    function _require(bool holds, string memory law) private pure {
        require(holds, law);
    }
}
