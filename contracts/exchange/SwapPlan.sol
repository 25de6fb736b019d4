// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DayTallies, DayTally} from "./DayTally.sol";
import {IExchangePool} from "./IExchangePool.sol";
import {PoolRecord, PoolRecordLib} from "./PoolRecord.sol";
import {PoolTerms, PoolTermsLib} from "./PoolTerms.sol";

/// @title SwapPlan
/// @notice Everything the pool itself decides about a swap, as one function of what is stored. A quote reports
/// its answer and a swap stores it, so the two can not disagree.
library SwapPlan {
    using DayTallies for DayTally;
    using PoolRecordLib for PoolRecord;
    using PoolTermsLib for PoolTerms;

    /// @notice A swap: its numbers, and the slots it writes, before `evaluate` as they are and after it as they would be.
    /// @param hub In units of `PoolRecordLib.ALP_UNIT`.
    /// @param tally What the account has given of the token coming in.
    /// @param arePricesDue Prices are waiting on a side, and may have to be written down.
    struct Plan {
        uint256 amountIn;
        uint256 hub;
        uint256 amountOut;
        PoolRecord recordIn;
        PoolRecord recordOut;
        DayTally tally;
        bool arePricesDue;
    }

    /// @notice Most base units that fit a lane of a merchant point, so most that can move at once.
    uint256 internal constant AMOUNT_MAX = type(uint56).max;

    /// @notice Fills in the plan for `amount`: exactly what comes in, or what goes out when `exactOut`. The amounts are
    /// known as soon as both sides are open and it fits, so that a refused quote still shows them.
    /// @return The first reason, in the order of the enum, that the pool has against the swap.
    function evaluate(
        Plan memory plan,
        PoolTerms termsIn,
        uint256 amount,
        bool exactOut
    ) internal view returns (IExchangePool.Refusal) {
        if (!plan.recordIn.areOpen(plan.recordOut)) return IExchangePool.Refusal.PoolClosed;
        if (!_price(plan, termsIn.accept(), amount, exactOut)) return IExchangePool.Refusal.AmountOutOfRange;
        if (termsIn.isAcceptPaused()) return IExchangePool.Refusal.AcceptPaused;
        if (plan.recordOut.isReleasePaused()) return IExchangePool.Refusal.ReleasePaused;
        return _settle(plan, termsIn);
    }

    /// @dev Moves the amounts between the two sides, or names the first reason why not. Cannot overflow: every
    /// subtraction is checked before; points and tallies are checked against their bounds; and the ALP of all sides
    /// together fits one side's field (`PoolDesk.fundAlp`), so moving it from side to side does too.
    function _settle(Plan memory plan, PoolTerms termsIn) private view returns (IExchangePool.Refusal) {
        unchecked {
            (uint256 amountIn, uint256 hub, uint256 amountOut) = (plan.amountIn, plan.hub, plan.amountOut);
            PoolRecord recordIn = plan.recordIn;
            PoolRecord recordOut = plan.recordOut;
            if (recordIn.alp() < hub) return IExchangePool.Refusal.AlpReserveTooLow;
            if (recordOut.points() < amountOut) return IExchangePool.Refusal.PointReserveTooLow;

            uint256 day = DayTallies.dayOf(block.timestamp);
            uint256 taken = recordIn.tally().takenOn(day) + amountIn;
            if (taken > termsIn.poolDaily()) return IExchangePool.Refusal.PoolDailyLimit;
            uint256 takenByAccount = plan.tally.takenOn(day) + amountIn;
            if (takenByAccount > termsIn.accountDaily()) return IExchangePool.Refusal.AccountDailyLimit;

            plan.recordIn = recordIn.tookIn(amountIn, hub, DayTallies.tallyOf(day, taken));
            plan.recordOut = recordOut.gaveOut(amountOut, hub);
            plan.tally = DayTallies.tallyOf(day, takenByAccount);
            return IExchangePool.Refusal.None;
        }
    }

    /// @dev hub = in · accept, out = ⌊hub / release⌋; or hub = out · release, in = ⌈hub / accept⌉. No product can
    /// overflow: amounts have 56 bits and prices 45. An open side has prices ≥ 1, so nothing divides by zero.
    /// @return fits Whether both amounts are 1 to `AMOUNT_MAX`, and the side that takes in has a place for them.
    function _price(Plan memory plan, uint256 accept, uint256 amount, bool exactOut) private pure returns (bool fits) {
        unchecked {
            // amount − 1 wraps round for zero: one test for both bounds.
            if (amount - 1 >= AMOUNT_MAX) return false;
            uint256 release = plan.recordOut.release();
            uint256 hub = amount * (exactOut ? release : accept);
            uint256 other = exactOut ? (hub + accept - 1) / accept : hub / release;
            plan.hub = hub;
            (plan.amountIn, plan.amountOut) = exactOut ? (other, amount) : (amount, other);
            return other - 1 < AMOUNT_MAX && plan.recordIn.points() + plan.amountIn <= PoolRecordLib.POINTS_MAX;
        }
    }
}
