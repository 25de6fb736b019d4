// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IExchangePool} from "../exchange/IExchangePool.sol";

/// @title QuoteProbe
/// @notice An account that asks for a quote and swaps in the same call, so that a test sees both answers for one and
/// the same block. Never deployed: for tests.
contract QuoteProbe {
    struct Result {
        IExchangePool.Quote quote;
        bool isDone;
        uint256 amountIn;
        uint256 amountOut;
        bytes failure;
    }

    function run(
        IExchangePool pool,
        address tokenIn,
        address tokenOut,
        uint256 amount,
        bool exactOut
    ) external returns (Result memory result) {
        result.quote = pool.quote(address(this), tokenIn, tokenOut, amount, exactOut);
        (result.amountIn, result.amountOut) = (amount, amount);
        if (exactOut) {
            try pool.swapExactOut(tokenIn, tokenOut, amount, type(uint256).max, block.timestamp) returns (uint256 v) {
                (result.isDone, result.amountIn) = (true, v);
            } catch (bytes memory failure) {
                result.failure = failure;
            }
        } else {
            try pool.swapExactIn(tokenIn, tokenOut, amount, 0, block.timestamp) returns (uint256 v) {
                (result.isDone, result.amountOut) = (true, v);
            } catch (bytes memory failure) {
                result.failure = failure;
            }
        }
    }
}
