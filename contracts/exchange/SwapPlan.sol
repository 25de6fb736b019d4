// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DayTallies, DayTally} from "./DayTally.sol";
import {IExchangePool} from "./IExchangePool.sol";
import {PoolReserves, PoolReservesLib} from "./PoolReserves.sol";
import {PoolTerms, PoolTermsLib} from "./PoolTerms.sol";

/// @title SwapPlan
/// @notice Everything the pool itself decides about a swap, as one pure function of what is stored. A quote reports
/// its answer and a swap stores it, so the two can not disagree.
library SwapPlan {
    using DayTallies for DayTally;
    using PoolReservesLib for PoolReserves;
    using PoolTermsLib for PoolTerms;

    /// @notice What a swap starts from.
    /// @param account What the account has given of the token coming in.
    /// @param day Today (UTC).
    /// @param amount The amount that is exact: coming in, or going out when `exactOut`.
    struct Start {
        PoolReserves reservesIn;
        PoolReserves reservesOut;
        PoolTerms termsIn;
        PoolTerms termsOut;
        DayTally account;
        uint256 day;
        uint256 amount;
        bool exactOut;
    }

    /// @notice What the swap would do: its numbers, and the slots as they would be stored.
    /// @param arePricesDue A side's posted prices are in force and not yet written into its terms (set by the pool).
    struct Outcome {
        IExchangePool.Refusal refusal;
        uint256 amountIn;
        uint256 hub;
        uint256 amountOut;
        PoolReserves reservesIn;
        PoolReserves reservesOut;
        DayTally account;
        bool arePricesDue;
    }

    /// @notice Most base units that fit a lane of a merchant point, so most that can move at once.
    uint256 internal constant AMOUNT_MAX = type(uint56).max;

    /// @notice The outcome; `refusal` names the first reason, in the order of the enum, that the pool has against it.
    /// Amounts are filled in as soon as both sides are open and they fit, so that a refused quote still shows them.
    function evaluate(Start memory start) internal pure returns (Outcome memory outcome) {
        if (!(start.termsIn.isOpen() && start.termsOut.isOpen())) {
            outcome.refusal = IExchangePool.Refusal.PoolClosed;
            return outcome;
        }
        if (!_price(start, outcome)) {
            outcome.refusal = IExchangePool.Refusal.AmountOutOfRange;
            return outcome;
        }
        outcome.refusal = _settle(start, outcome);
    }

    /// @dev hub = in · accept, out = ⌊hub / release⌋; or hub = out · release, in = ⌈hub / accept⌉. No product can
    /// overflow: amounts have 56 bits and prices 64. An open side has prices ≥ 1, so nothing divides by zero.
    /// @return fits Whether both amounts are 1 to `AMOUNT_MAX`.
    function _price(Start memory start, Outcome memory outcome) private pure returns (bool fits) {
        uint256 amount = start.amount;
        if (amount == 0 || amount > AMOUNT_MAX) return false;
        uint256 accept = start.termsIn.accept();
        uint256 release = start.termsOut.release();
        uint256 other;
        unchecked {
            if (start.exactOut) {
                outcome.hub = amount * release;
                other = (outcome.hub + accept - 1) / accept;
                (outcome.amountIn, outcome.amountOut) = (other, amount);
            } else {
                outcome.hub = amount * accept;
                other = outcome.hub / release;
                (outcome.amountIn, outcome.amountOut) = (amount, other);
            }
        }
        return other != 0 && other <= AMOUNT_MAX;
    }

    /// @dev Moves the amounts between the two sides, or names the first reason why not. Cannot overflow: every
    /// subtraction is checked before; points and tallies are checked against their bounds; and the ALP of all sides
    /// together fits one side's field (`PoolDesk.fundAlp`), so moving it from side to side does too.
    function _settle(Start memory start, Outcome memory outcome) private pure returns (IExchangePool.Refusal) {
        unchecked {
            uint256 pointsIn = start.reservesIn.points() + outcome.amountIn;
            if (pointsIn > PoolReservesLib.POINTS_MAX) return IExchangePool.Refusal.AmountOutOfRange;
            if (start.termsIn.isAcceptPaused()) return IExchangePool.Refusal.AcceptPaused;
            if (start.termsOut.isReleasePaused()) return IExchangePool.Refusal.ReleasePaused;
            uint256 alpIn = start.reservesIn.alp();
            if (alpIn < outcome.hub) return IExchangePool.Refusal.AlpReserveTooLow;
            uint256 pointsOut = start.reservesOut.points();
            if (pointsOut < outcome.amountOut) return IExchangePool.Refusal.PointReserveTooLow;

            uint256 taken = start.reservesIn.tally().takenOn(start.day) + outcome.amountIn;
            if (taken > start.termsIn.poolDaily()) return IExchangePool.Refusal.PoolDailyLimit;
            uint256 takenByAccount = start.account.takenOn(start.day) + outcome.amountIn;
            if (takenByAccount > start.termsIn.accountDaily()) return IExchangePool.Refusal.AccountDailyLimit;

            DayTally tally = DayTallies.tallyOf(start.day, taken);
            outcome.reservesIn = PoolReservesLib.pack(pointsIn, alpIn - outcome.hub, tally);
            outcome.reservesOut = PoolReservesLib.pack(
                pointsOut - outcome.amountOut,
                start.reservesOut.alp() + outcome.hub,
                start.reservesOut.tally()
            );
            outcome.account = DayTallies.tallyOf(start.day, takenByAccount);
            return IExchangePool.Refusal.None;
        }
    }
}
