// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {NoncesKeyed} from "@openzeppelin/contracts/utils/NoncesKeyed.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {DayTallies, DayTally} from "./DayTally.sol";
import {IExchangePool} from "./IExchangePool.sol";
import {PoolDesk} from "./PoolDesk.sol";
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
/// With several reasons at once the quote names the first in the order of the enum, the swap the first it meets (the
/// pool's own before the tokens').
///
/// No reentrancy guard: everything is stored before the first call that can change state, and those calls go to
/// tokens that the registry deployed (checked when a side opens), which call nobody on these paths. The only foreign
/// code that runs is an account's ERC-1271 check, by STATICCALL and before anything is read.
contract ExchangePool is PoolDesk, EIP712, NoncesKeyed {
    using DayTallies for DayTally;

    bytes32 private constant ORDER_TYPEHASH = keccak256(
        "Order(address account,address tokenIn,address tokenOut,uint256 amountIn,uint256 amountOut,bool exactOut,uint256 nonce,uint256 deadline)"
    );

    /// @dev A merchant point's lots live in four epochs: the current one and the three before it.
    uint256 private constant LANES = 4;

    /// @dev What each account has given of each token on its last day.
    mapping(address token => mapping(address account => DayTally tally)) private _tallyOf;

    constructor(
        IMerchantRegistry registry_,
        IERC20 alp_,
        uint256 priceDelaySeconds,
        uint256 priceMoveMaxBps
    ) PoolDesk(registry_, alp_, priceDelaySeconds, priceMoveMaxBps) EIP712("ExchangePool", "1") {}

    // ---------------------------------------------------------------- swaps

    /// @inheritdoc IExchangePool
    function swapExactIn(
        address tokenIn,
        address tokenOut,
        uint256 amountIn,
        uint256 amountOutMin,
        uint256 deadline
    ) external returns (uint256 amountOut) {
        (, amountOut) = _swap(Order(msg.sender, tokenIn, tokenOut, amountIn, amountOutMin, false, 0, deadline));
    }

    /// @inheritdoc IExchangePool
    function swapExactOut(
        address tokenIn,
        address tokenOut,
        uint256 amountOut,
        uint256 amountInMax,
        uint256 deadline
    ) external returns (uint256 amountIn) {
        (amountIn, ) = _swap(Order(msg.sender, tokenIn, tokenOut, amountInMax, amountOut, true, 0, deadline));
    }

    /// @inheritdoc IExchangePool
    function swapBySig(
        Order calldata order,
        bytes calldata signature
    ) external returns (uint256 amountIn, uint256 amountOut) {
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(ORDER_TYPEHASH, order)));
        if (!SignatureChecker.isValidSignatureNowCalldata(order.account, digest, signature)) {
            revert ExchangeSignatureInvalid(order.account);
        }
        _useCheckedNonce(order.account, order.nonce);
        return _swap(order);
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
        SwapPlan.Outcome memory outcome = _plan(account, tokenIn, tokenOut, amount, exactOut);
        answer.refusal = outcome.refusal;
        answer.amountIn = outcome.amountIn;
        answer.hub = outcome.hub;
        answer.amountOut = outcome.amountOut;
        // Up to here the reasons come before the tokens'; SameToken and PoolClosed also keep us from calling a token
        // that nobody vouches for.
        if (answer.refusal != Refusal.None && answer.refusal <= Refusal.ReleasePaused) return answer;

        IMerchantPoint giver = IMerchantPoint(tokenIn);
        IMerchantPoint taker = IMerchantPoint(tokenOut);
        if (giver.isPaused() || taker.isPaused()) answer.refusal = Refusal.TokenPaused;
        else if (giver.isFrozen(account) || taker.isFrozen(account)) answer.refusal = Refusal.AccountFrozen;
        else if (giver.balanceOf(account) < outcome.amountIn) answer.refusal = Refusal.BalanceTooLow;
        if (answer.refusal != Refusal.None) return answer;

        (uint256 expiresAt, ) = giver.nextExpiryOf(account);
        bool isFound;
        (isFound, answer.epochOut) = _youngestEpoch(taker, expiresAt);
        if (!isFound) answer.refusal = Refusal.WouldOutlive;
    }

    /// @inheritdoc IExchangePool
    function takenTodayBy(address account, address token) external view returns (uint256) {
        return _tallyOf[token][account].takenOn(DayTallies.dayOf(block.timestamp));
    }

    /// @inheritdoc IExchangePool
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    // ---------------------------------------------------------------- internals

    function _swap(Order memory order) private returns (uint256 amountIn, uint256 amountOut) {
        SwapPlan.Outcome memory outcome = _plan(
            order.account,
            order.tokenIn,
            order.tokenOut,
            order.exactOut ? order.amountOut : order.amountIn,
            order.exactOut
        );
        (amountIn, amountOut) = (outcome.amountIn, outcome.amountOut);
        if (outcome.refusal != Refusal.None) revert ExchangeRefused(outcome.refusal);
        // The amount that is exact equals its own bound, so one test serves both kinds.
        if (amountIn > order.amountIn || amountOut < order.amountOut) revert ExchangeRefused(Refusal.Slippage);
        if (block.timestamp > order.deadline) revert ExchangeRefused(Refusal.DeadlinePassed);

        _store(order, outcome);
        uint256 expiresAt = IMerchantPoint(order.tokenIn).poolTake(order.account, amountIn);
        uint256 epochOut = IMerchantPoint(order.tokenOut).poolGive(order.account, amountOut, expiresAt);
        emit Swapped(order.account, order.tokenIn, order.tokenOut, amountIn, outcome.hub, amountOut, epochOut);
    }

    function _store(Order memory order, SwapPlan.Outcome memory outcome) private {
        if (outcome.arePricesDue) {
            _takeOverPrices(order.tokenIn);
            _takeOverPrices(order.tokenOut);
        }
        _sideOf[order.tokenIn].reserves = outcome.reservesIn;
        _sideOf[order.tokenOut].reserves = outcome.reservesOut;
        _tallyOf[order.tokenIn][order.account] = outcome.account;
    }

    function _plan(
        address account,
        address tokenIn,
        address tokenOut,
        uint256 amount,
        bool exactOut
    ) private view returns (SwapPlan.Outcome memory outcome) {
        if (tokenIn == tokenOut) {
            outcome.refusal = Refusal.SameToken;
            return outcome;
        }
        SwapPlan.Start memory start;
        bool isDueIn;
        bool isDueOut;
        (start.termsIn, isDueIn) = _termsOf(tokenIn);
        (start.termsOut, isDueOut) = _termsOf(tokenOut);
        start.reservesIn = _sideOf[tokenIn].reserves;
        start.reservesOut = _sideOf[tokenOut].reserves;
        start.account = _tallyOf[tokenIn][account];
        start.day = DayTallies.dayOf(block.timestamp);
        start.amount = amount;
        start.exactOut = exactOut;
        outcome = SwapPlan.evaluate(start);
        outcome.arePricesDue = isDueIn || isDueOut;
    }

    /// @dev Where `poolGive` would put points that may last until `expiresAtMax`: the youngest lane that ends by then.
    function _youngestEpoch(IMerchantPoint token, uint256 expiresAtMax) private view returns (bool, uint256) {
        uint256 current = token.currentEpoch();
        for (uint256 age = 0; age < LANES && age <= current; ++age) {
            if (token.expiryOf(current - age) <= expiresAtMax) return (true, current - age);
        }
        return (false, 0);
    }
}
