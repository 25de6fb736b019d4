// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {NoncesKeyed} from "@openzeppelin/contracts/utils/NoncesKeyed.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {CompositeSignature} from "../types/CompositeSignature.sol";
import {DayTallies, DayTally} from "./DayTally.sol";
import {IExchangePool} from "./IExchangePool.sol";
import {PoolDesk} from "./PoolDesk.sol";
import {PoolRecord, PoolRecordLib} from "./PoolRecord.sol";
import {PoolSides} from "./PoolSides.sol";
import {PoolTerms} from "./PoolTerms.sol";
import {SwapPlan} from "./SwapPlan.sol";

/// @title ExchangePool
/// @notice The customers' counter of the exchange pool: quotes and swaps. See `IExchangePool` for the rules.
///
/// Quote and swap call the same `_plan`; a quote then asks the tokens what they would say. A swap does not ask them
/// twice, it lets them refuse. So a refused swap reverts with `ExchangeRefused(reason)` for what the pool decides, and
/// else with the token's own error:
///
/// | Refusal in the quote | revert of the swap |
/// |---|---|
/// | TokenPaused | `MerchantPointPaused` |
/// | AccountFrozen | `MerchantPointAccountFrozen` |
/// | BalanceTooLow | `ERC20InsufficientBalance` |
/// | WouldOutlive | `MerchantPointNoLaneEndsBy` |
///
/// With several reasons at once the quote names the first in the order of the enum, the swap the first it meets: the
/// deadline, then the pool's own in the order of the enum, then the tokens'.
///
/// One thing a quote can not see: a lane of the token's supply fuller than 2^56 − 1 base units (7.2e14 points), where
/// the token would refuse with `MerchantPointAmountOutOfRange`.
///
/// No reentrancy guard: everything is stored before the first call that can change state, and those calls go to
/// tokens that the registry deployed (checked when a side opens), which call nobody on these paths. The only foreign
/// code that runs is an account's ERC-1271 check, by STATICCALL and before anything is read.
contract ExchangePool is PoolDesk, EIP712, NoncesKeyed {
    using DayTallies for DayTally;
    using PoolRecordLib for PoolRecord;
    using SwapPlan for SwapPlan.Plan;

    bytes32 private constant ORDER_TYPEHASH = keccak256(
        "Order(address account,address tokenIn,address tokenOut,uint256 amountIn,uint256 amountOut,bool exactOut,uint256 nonce,uint256 deadline)"
    );

    /// @dev A merchant point's lots live in four epochs: the current one and the three before it.
    uint256 private constant LANES = 4;

    constructor(
        IMerchantRegistry registry_,
        IERC20 alp_,
        uint256 priceDelaySeconds,
        uint256 priceMoveMaxBps
    ) PoolSides(registry_, alp_, priceDelaySeconds, priceMoveMaxBps) EIP712("ExchangePool", "1") {}

    // ---------------------------------------------------------------- swaps

    /// @inheritdoc IExchangePool
    function swapExactIn(
        address tokenIn,
        address tokenOut,
        uint256 amountIn,
        uint256 amountOutMin,
        uint256 deadline
    ) external returns (uint256 amountOut) {
        _requireInTime(deadline);
        return _swap(msg.sender, tokenIn, tokenOut, amountIn, amountOutMin, false).amountOut;
    }

    /// @inheritdoc IExchangePool
    function swapExactOut(
        address tokenIn,
        address tokenOut,
        uint256 amountOut,
        uint256 amountInMax,
        uint256 deadline
    ) external returns (uint256 amountIn) {
        _requireInTime(deadline);
        return _swap(msg.sender, tokenIn, tokenOut, amountOut, amountInMax, true).amountIn;
    }

    /// @inheritdoc IExchangePool
    function swapBySig(
        Order calldata order,
        bytes calldata signature
    ) external returns (uint256 amountIn, uint256 amountOut) {
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(ORDER_TYPEHASH, order)));
        if (!CompositeSignature.isValid(order.account, digest, signature)) {
            revert ExchangeSignatureInvalid(order.account);
        }
        _requireInTime(order.deadline);
        _useCheckedNonce(order.account, order.nonce);
        (uint256 amount, uint256 bound) = order.exactOut
            ? (order.amountOut, order.amountIn)
            : (order.amountIn, order.amountOut);
        SwapPlan.Plan memory plan = _swap(order.account, order.tokenIn, order.tokenOut, amount, bound, order.exactOut);
        return (plan.amountIn, plan.amountOut);
    }

    // ---------------------------------------------------------------- views

    /// @inheritdoc IExchangePool
    function quote(
        address account,
        address tokenIn,
        address tokenOut,
        uint256 amount,
        bool exactOut
    ) external view returns (Quote memory answer) {
        SwapPlan.Plan memory plan;
        answer.refusal = _plan(plan, _sideOf[tokenIn], _sideOf[tokenOut], account, amount, exactOut);
        answer.amountIn = plan.amountIn;
        answer.hub = plan.hub * ALP_UNIT;
        answer.amountOut = plan.amountOut;
        // Up to here the reasons come before the tokens'; SameToken and PoolClosed also keep us from calling a token
        // that nobody vouches for.
        if (answer.refusal != Refusal.None && answer.refusal <= Refusal.ReleasePaused) return answer;

        IMerchantPoint giver = IMerchantPoint(tokenIn);
        IMerchantPoint taker = IMerchantPoint(tokenOut);
        if (giver.isPaused() || taker.isPaused()) answer.refusal = Refusal.TokenPaused;
        else if (giver.isFrozen(account) || taker.isFrozen(account)) answer.refusal = Refusal.AccountFrozen;
        else if (giver.balanceOf(account) < plan.amountIn) answer.refusal = Refusal.BalanceTooLow;
        if (answer.refusal != Refusal.None) return answer;

        (uint256 expiresAt, ) = giver.nextExpiryOf(account);
        bool isFound;
        (isFound, answer.epochOut) = _youngestEpoch(taker, expiresAt);
        if (!isFound) answer.refusal = Refusal.WouldOutlive;
    }

    /// @inheritdoc IExchangePool
    function takenTodayBy(address account, address token) external view returns (uint256) {
        return _sideOf[token].tallyOf[account].takenOn(DayTallies.dayOf(block.timestamp));
    }

    /// @inheritdoc IExchangePool
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    // ---------------------------------------------------------------- internals

    /// @param bound Least `amountOut`, or most `amountIn` when `exactOut`.
    function _swap(
        address account,
        address tokenIn,
        address tokenOut,
        uint256 amount,
        uint256 bound,
        bool exactOut
    ) private returns (SwapPlan.Plan memory plan) {
        Side storage sideIn = _sideOf[tokenIn];
        Side storage sideOut = _sideOf[tokenOut];
        Refusal refusal = _plan(plan, sideIn, sideOut, account, amount, exactOut);
        if (refusal != Refusal.None) revert ExchangeRefused(refusal);
        if (exactOut ? plan.amountIn > bound : plan.amountOut < bound) revert ExchangeRefused(Refusal.Slippage);
        if (plan.arePricesDue) {
            _takeOver(sideIn);
            _takeOver(sideOut);
        }
        sideIn.record = plan.recordIn;
        sideIn.tallyOf[account] = plan.tally;
        sideOut.record = plan.recordOut;
        _move(plan, account, tokenIn, tokenOut);
    }

    function _move(SwapPlan.Plan memory plan, address account, address tokenIn, address tokenOut) private {
        (uint256 amountIn, uint256 amountOut) = (plan.amountIn, plan.amountOut);
        uint256 expiresAt = IMerchantPoint(tokenIn).poolTake(account, amountIn);
        uint256 epochOut = IMerchantPoint(tokenOut).poolGive(account, amountOut, expiresAt);
        uint256 hub;
        unchecked {
            hub = plan.hub * ALP_UNIT; // 101 bits · 20 bits
        }
        emit Swapped(account, tokenIn, tokenOut, amountIn, hub, amountOut, epochOut);
    }

    /// @dev What quote and swap share: fills in an empty plan from what is stored, and names what is against it.
    function _plan(
        SwapPlan.Plan memory plan,
        Side storage sideIn,
        Side storage sideOut,
        address account,
        uint256 amount,
        bool exactOut
    ) private view returns (Refusal) {
        if (_isSame(sideIn, sideOut)) return Refusal.SameToken;
        plan.recordIn = sideIn.record;
        plan.recordOut = sideOut.record;
        plan.tally = sideIn.tallyOf[account];
        return plan.evaluate(_termsIn(plan, sideIn, sideOut), amount, exactOut);
    }

    /// @dev The terms of the side that takes in; and brings the records up to date if prices are waiting.
    function _termsIn(
        SwapPlan.Plan memory plan,
        Side storage sideIn,
        Side storage sideOut
    ) private view returns (PoolTerms terms) {
        terms = sideIn.terms;
        if (plan.recordIn.haveNext(plan.recordOut)) {
            (plan.recordIn, terms) = _current(sideIn);
            (plan.recordOut, ) = _current(sideOut);
            plan.arePricesDue = true;
        }
    }

    /// @dev Where `poolGive` would put points that may last until `expiresAtMax`: the youngest lane that ends by then.
    function _youngestEpoch(IMerchantPoint token, uint256 expiresAtMax) private view returns (bool, uint256) {
        uint256 current = token.currentEpoch();
        for (uint256 age = 0; age < LANES && age <= current; ++age) {
            if (token.expiryOf(current - age) <= expiresAtMax) return (true, current - age);
        }
        return (false, 0);
    }

    function _requireInTime(uint256 deadline) private view {
        if (block.timestamp > deadline) revert ExchangeRefused(Refusal.DeadlinePassed);
    }

    function _isSame(Side storage one, Side storage other) private pure returns (bool same) {
        assembly ("memory-safe") {
            same := eq(one.slot, other.slot)
        }
    }
}
