// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IExchangePool} from "../../contracts/exchange/IExchangePool.sol";
import {IMerchantPoint} from "../../contracts/points/IMerchantPoint.sol";
import {MerchantPoint} from "../../contracts/points/MerchantPoint.sol";
import {Lots} from "../../contracts/types/Lots.sol";
import {RedeemWalk} from "./RedeemWalk.sol";
import {VM} from "./Vm.sol";

/// @title LedgerWalk
/// @notice Adds the steps on the exchange pool and on collateral, and states the laws that hold after every step.
contract LedgerWalk is RedeemWalk {
    uint256 public swaps;
    uint256 private _donated;

    // ---------------------------------------------------------------- swaps

    function swapExactIn(uint256 seatIn, uint256 seatOut, uint256 who, uint256 amount) external step {
        _swap(seatIn, seatOut, who, amount, false);
    }

    function swapExactOut(uint256 seatIn, uint256 seatOut, uint256 who, uint256 amount) external step {
        _swap(seatIn, seatOut, who, amount, true);
    }

    // ---------------------------------------------------------------- the merchant's side of the pool

    function postPrices(uint256 seat, uint256 seed) external step {
        address token = address(_tokens[seat % MERCHANTS]);
        IExchangePool.Prices memory prices = _POOL.poolOf(token).prices;
        prices.accept = _moved(prices.accept, seed);
        prices.release = _moved(prices.release, seed >> 8);
        VM.prank(_controller(seat % MERCHANTS));
        try _POOL.postPrices(token, prices) {} catch {}
    }

    function setTerms(uint256 seat, uint256 seed) external step {
        address token = address(_tokens[seat % MERCHANTS]);
        VM.prank(_controller(seat % MERCHANTS));
        _POOL.setLimits(token, IExchangePool.Limits(uint56(seed % 300_000), uint56((seed >> 64) % 60_000)));
        VM.prank(_controller(seat % MERCHANTS));
        _POOL.setPause(token, (seed >> 128) % 8 == 0, (seed >> 136) % 8 == 0);
    }

    function fundPoints(uint256 seat, uint256 points) external step {
        seat %= MERCHANTS;
        points = points % 30_000;
        VM.prank(_controller(seat));
        try _POOL.fundPoints(address(_tokens[seat]), _freshRef(), points) {
            _sums[seat].issued += points;
            _requireCap(seat);
        } catch {}
    }

    function withdrawPoints(uint256 seat, uint256 points) external step {
        seat %= MERCHANTS;
        uint256 reserve = _POOL.pointReserveOf(address(_tokens[seat]));
        points = points % 30_000;
        bool expected = points != 0 && points <= reserve;
        VM.prank(_controller(seat));
        try _POOL.withdrawPoints(address(_tokens[seat]), points) {
            _require(expected, "withdrew points it should have kept");
            _sums[seat].reversed += points;
        } catch {
            _require(!expected, "refused to withdraw points");
        }
    }

    function moveAlp(uint256 seat, uint256 alp, uint256 kind) external step {
        seat %= MERCHANTS;
        address token = address(_tokens[seat]);
        alp = (alp % 1e13) * 1e6;
        kind %= 3;
        if (kind == 0) {
            _ALP.transfer(address(_POOL), alp);
            _donated += alp;
        } else if (kind == 1) {
            try _POOL.fundAlp(token, alp) {} catch {
                _require(alp == 0, "refused ALP");
            }
        } else {
            bool expected = alp != 0 && alp <= _POOL.poolOf(token).alpReserve;
            VM.prank(_controller(seat));
            try _POOL.withdrawAlp(token, alp) {
                _require(expected, "paid out ALP it should have kept");
            } catch {
                _require(!expected, "refused to pay out ALP");
            }
        }
    }

    // ---------------------------------------------------------------- collateral

    function moveCollateral(uint256 seat, uint256 alp, uint256 kind) external step {
        seat %= MERCHANTS;
        uint256 merchantId = seat + 1;
        alp = 1 + (alp % (20 * ALP));
        kind %= 4;
        if (kind == 0) return _COLLATERAL.deposit(merchantId, alp);
        VM.prank(_controller(seat));
        if (kind == 1) {
            try _COLLATERAL.requestWithdrawal(merchantId, alp) {} catch {}
        } else if (kind == 2) {
            try _COLLATERAL.cancelWithdrawal(merchantId) {} catch {}
        } else {
            try _COLLATERAL.withdraw(merchantId) {
                uint256 required = _COLLATERAL.requiredFor(merchantId, _tokens[seat].outstanding());
                _require(_COLLATERAL.depositOf(merchantId) >= required, "uncovered by a withdrawal");
            } catch {}
        }
    }

    // ---------------------------------------------------------------- the laws

    /// @notice All laws at once, because the runner calls each invariant anew after every step.
    function requireLaws() external {
        VM.warp(clock);
        uint256 reserves;
        uint256 deposits;
        for (uint256 seat = 0; seat < MERCHANTS; ++seat) {
            IExchangePool.Pool memory pool = _POOL.poolOf(address(_tokens[seat]));
            _require(pool.prices.accept <= pool.prices.release, "accept above release");
            _require(pool.nextPrices.accept <= pool.nextPrices.release, "accept above release to come");
            reserves += pool.alpReserve;
            deposits += _COLLATERAL.depositOf(seat + 1);
            _requireLotsOf(seat, pool.pointReserve);
        }
        _require(reserves + _donated == _ALP.balanceOf(address(_POOL)), "ALP of the pool is not the sum of its sides");
        _require(deposits == _ALP.balanceOf(address(_COLLATERAL)), "ALP of collateral is not the sum of deposits");
    }

    /// @dev A quote and the swap in the same block: they agree, the points bought end no later than the oldest given,
    /// and the value at release prices does not grow.
    function _swap(uint256 seatIn, uint256 seatOut, uint256 who, uint256 amount, bool exactOut) private {
        seatIn %= MERCHANTS;
        // Mostly another merchant's points; now and then the same, which has to be refused.
        seatOut = seatOut % 16 == 0 ? seatIn : (seatIn + 1 + (seatOut % 2)) % MERCHANTS;
        (MerchantPoint tokenIn, MerchantPoint tokenOut) = (_tokens[seatIn], _tokens[seatOut]);
        address account = _actor(who);
        amount = amount % 4_000;
        IExchangePool.Quote memory quote = _POOL.quote(account, address(tokenIn), address(tokenOut), amount, exactOut);
        (uint256 expiresAt, ) = tokenIn.nextExpiryOf(account);
        VM.prank(account);
        (bool ok, bytes memory answer) = address(_POOL).call(
            exactOut
                ? abi.encodeCall(_POOL.swapExactOut, (address(tokenIn), address(tokenOut), amount, 1e18, clock))
                : abi.encodeCall(_POOL.swapExactIn, (address(tokenIn), address(tokenOut), amount, 0, clock))
        );
        _require(ok == (quote.refusal == IExchangePool.Refusal.None), "the quote was wrong");
        if (!ok) return;
        _require(abi.decode(answer, (uint256)) == (exactOut ? quote.amountIn : quote.amountOut), "other numbers");
        ++swaps;

        _take(seatIn, account, tokenIn.currentEpoch(), quote.amountIn);
        _put(seatOut, account, quote.epochOut, quote.amountOut);
        _require(tokenOut.expiryOf(quote.epochOut) <= expiresAt, "points bought outlive the points given");
        uint256 valueIn = quote.amountIn * _POOL.poolOf(address(tokenIn)).prices.release;
        uint256 valueOut = quote.amountOut * _POOL.poolOf(address(tokenOut)).prices.release;
        _require(valueOut <= valueIn, "a swap gained value");
    }

    /// @dev Every lot of every account, the supply, and where everything issued is now, are as the model has them.
    function _requireLotsOf(uint256 seat, uint256 pooled) private view {
        MerchantPoint token = _tokens[seat];
        uint256 epoch = token.currentEpoch();
        uint256 live;
        for (uint256 i = 0; i < ACTORS; ++i) {
            address holder = _actor(i);
            uint256[LIVE_EPOCHS] memory lots = _liveOf(seat, holder, epoch);
            uint256 word = Lots.unwrap(token.lotsOf(holder));
            for (uint256 age = 0; age < LIVE_EPOCHS; ++age) {
                _require(uint56(word >> (56 * age)) == lots[age], "a lot differs from the model");
            }
            uint256 balance = _total(lots);
            _require(token.balanceOf(holder) == balance, "a balance differs from its lots");
            _require(token.debtOf(holder) == _debts[seat][holder], "a debt differs from the model");
            live += balance;
        }
        _require(token.totalSupply() == live, "the supply is not the sum of balances");
        _requireSplit(token.supplySplit(), _sums[seat], live, pooled);
        _require(token.outstanding() == live + _sums[seat].held + pooled, "outstanding is not what is out");
    }

    function _requireSplit(
        IMerchantPoint.SupplySplit memory split,
        Sums memory sums,
        uint256 live,
        uint256 pooled
    ) private pure {
        _require(split.issued == sums.issued, "issued differs from the model");
        _require(split.circulating == live, "circulating differs from the model");
        _require(split.held == sums.held, "held differs from the model");
        _require(split.pooled == pooled, "pooled differs from the reserve");
        _require(split.redeemed == sums.redeemed, "redeemed differs from the model");
        _require(split.reversed == sums.reversed, "reversed differs from the model");
        _require(split.expired == sums.inLots - live + sums.lost, "expired differs from the model");
    }

    /// @dev Up to ±12 %: some posts are refused for moving too far.
    function _moved(uint64 price, uint256 seed) private pure returns (uint64) {
        uint256 moved = (uint256(price) * (88 + (seed % 25))) / 100;
        return uint64(moved - (moved % 1e6));
    }
}
