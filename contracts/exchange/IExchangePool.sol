// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IExchangePool
/// @notice Swaps one merchant's points for another's at prices the merchants post, from reserves they have prefunded,
/// at no fee. ALP (18 decimals) is the unit between them.
///
/// hub = amountIn · accept(in); amountOut = ⌊hub / release(out)⌋; exact-out: hub' = amountOut · release(out),
/// amountIn = ⌈hub' / accept(in)⌉. The reserve of `in` pays hub to the reserve of `out`: the merchant whose points come
/// in pays for what they buy, the other is paid at its own price, nobody gives credit. accept ≤ release for every
/// merchant and rounding is against the caller, so no cycle of swaps gains.
///
/// Units: points in base units (0.01 point); prices in ALP wei per base unit; reserves of ALP in wei. Prices and amounts
/// of ALP are whole multiples of `ALP_UNIT` (10^6 wei), which lets a side's reserves and release price share one slot.
/// Only internal accounts count, never `balanceOf(this)`. Points in the pool do not age.
interface IExchangePool {
    /// @notice Why a swap would fail; `None` when it would succeed now.
    enum Refusal {
        None,
        SameToken,
        PoolClosed,
        AmountOutOfRange,
        AcceptPaused,
        ReleasePaused,
        TokenPaused,
        AccountFrozen,
        BalanceTooLow,
        AlpReserveTooLow,
        PointReserveTooLow,
        PoolDailyLimit,
        AccountDailyLimit,
        WouldOutlive,
        Slippage,
        DeadlinePassed
    }

    /// @param accept ALP wei the pool pays for a base unit coming in.
    /// @param release ALP wei it asks for a base unit going out.
    struct Prices {
        uint64 accept;
        uint64 release;
    }

    /// @param poolDaily Base units the pool takes in a day (UTC).
    /// @param accountDaily Base units it takes in from one account a day (UTC).
    struct Limits {
        uint56 poolDaily;
        uint56 accountDaily;
    }

    /// @notice What a merchant's side of the pool looks like now.
    struct Pool {
        uint256 pointReserve;
        uint256 alpReserve;
        Prices prices;
        Prices nextPrices;
        uint256 nextPricesAt;
        Limits limits;
        uint256 takenToday;
        bool isOpen;
        bool isAcceptPaused;
        bool isReleasePaused;
    }

    /// @notice The answer to "what would this swap do now".
    /// @param epochOut Epoch of `tokenOut` the points bought would be put into.
    struct Quote {
        Refusal refusal;
        uint256 amountIn;
        uint256 hub;
        uint256 amountOut;
        uint256 epochOut;
    }

    /// @notice A swap order. `exactOut` false: give exactly `amountIn`, get at least `amountOut`; true: get exactly
    /// `amountOut`, give at most `amountIn`.
    struct Order {
        address account;
        address tokenIn;
        address tokenOut;
        uint256 amountIn;
        uint256 amountOut;
        bool exactOut;
        uint256 nonce;
        uint256 deadline;
    }

    event PoolOpened(address indexed token, uint256 accept, uint256 release);
    event PricesPosted(address indexed token, uint256 accept, uint256 release, uint256 effectiveAt);
    event LimitsSet(address indexed token, uint256 poolDaily, uint256 accountDaily);
    event PauseSet(address indexed token, bool acceptPaused, bool releasePaused);
    event PointsFunded(address indexed token, bytes32 indexed ref, uint256 points);
    event PointsWithdrawn(address indexed token, uint256 points);
    event AlpFunded(address indexed token, address indexed from, uint256 alp);
    event AlpWithdrawn(address indexed token, address indexed to, uint256 alp);

    /// @notice `account` gave `amountIn`, oldest first, and got `amountOut` in `epochOut`. It follows the
    /// `Transfer(account, 0)` of `tokenIn` and the `Transfer(0, account)` of `tokenOut`.
    event Swapped(
        address indexed account,
        address indexed tokenIn,
        address indexed tokenOut,
        uint256 amountIn,
        uint256 hub,
        uint256 amountOut,
        uint256 epochOut
    );

    /// @notice The swap was refused; nothing changed.
    error ExchangeRefused(Refusal refusal);
    error ExchangeNotController(address token, address caller);
    /// @notice The merchant is suspended, winds down or is closed: its side stays paused and takes in nothing.
    error ExchangeMerchantStopped(address token);
    error ExchangeTokenUnknown(address token);
    error ExchangePoolAlreadyOpen(address token);
    error ExchangePoolNotOpen(address token);
    /// @notice Prices are ≥ 1 `ALP_UNIT`, whole multiples of it, and accept ≤ release.
    error ExchangePricesInvalid(uint256 accept, uint256 release);
    /// @notice A price may move at most `maxBps` of its present value a day.
    error ExchangePriceMoveTooLarge(uint256 from, uint256 to, uint256 maxBps);
    /// @notice The delay is at most 30 days and a daily move 1 to 10,000 bps. Raised by the constructor only.
    error ExchangePriceRulesInvalid(uint256 delaySeconds, uint256 moveMaxBps);
    /// @notice Prices can be posted again from `postableAt`.
    error ExchangePricesTooSoon(uint256 postableAt);
    /// @notice Zero, more than a side can hold, or ALP that is not a whole multiple of `ALP_UNIT`.
    error ExchangeAmountOutOfRange(uint256 amount);
    error ExchangeReserveTooLow(uint256 asked, uint256 reserve);
    error ExchangeSignatureInvalid(address account);

    /// @notice Opens a merchant's side with its first prices and limits. Only the merchant's controller.
    function open(address token, Prices calldata prices, Limits calldata limits) external;

    /// @notice Posts prices that take effect after `PRICE_DELAY` seconds; at most one post a day, at most
    /// `PRICE_MOVE_MAX_BPS` each. Only the controller.
    function postPrices(address token, Prices calldata prices) external;
    function setLimits(address token, Limits calldata limits) external;

    /// @notice Brings a side in step with its merchant's standing: Suspended or worse pauses both directions, and the
    /// controller cannot lift that; WindingDown or Closed also destroys the points in reserve. The reserve of ALP stays
    /// the merchant's to withdraw. Anyone may call; the registry does whenever the standing worsens.
    function followStatus(address token) external;

    /// @notice One-way pauses by the controller: stop taking in, stop giving out.
    function setPause(address token, bool acceptPaused, bool releasePaused) external;

    /// @notice Issues points into the reserve (within the collateral's cap) under a unique ref. Only the controller.
    function fundPoints(address token, bytes32 ref, uint256 points) external;
    function withdrawPoints(address token, uint256 points) external;

    /// @notice Pulls `alp` of the caller into the token's ALP reserve. Anyone may add.
    function fundAlp(address token, uint256 alp) external;
    function withdrawAlp(address token, uint256 alp) external;

    function swapExactIn(
        address tokenIn,
        address tokenOut,
        uint256 amountIn,
        uint256 amountOutMin,
        uint256 deadline
    ) external returns (uint256 amountOut);

    function swapExactOut(
        address tokenIn,
        address tokenOut,
        uint256 amountOut,
        uint256 amountInMax,
        uint256 deadline
    ) external returns (uint256 amountIn);

    /// @notice Runs an order signed by its account (EIP-712 or ERC-1271); anyone may relay it. Nonces are keyed
    /// (`nonce` = 192-bit key, 64-bit sequence), so orders with different keys need no order among themselves.
    function swapBySig(
        Order calldata order,
        bytes calldata signature
    ) external returns (uint256 amountIn, uint256 amountOut);

    /// @notice Agrees with execution in the same block: `refusal` is `None` if and only if the swap would succeed.
    /// @param amount `amountIn`, or `amountOut` when `exactOut`.
    function quote(
        address account,
        address tokenIn,
        address tokenOut,
        uint256 amount,
        bool exactOut
    ) external view returns (Quote memory);

    function poolOf(address token) external view returns (Pool memory);

    /// @notice Base units of `token` in the pool; 0 for an unknown token.
    function pointReserveOf(address token) external view returns (uint256);
    function takenTodayBy(address account, address token) external view returns (uint256);

    /// @notice Wei in which ALP is kept here: 10^6, a millionth of a millionth of an ALP.
    function ALP_UNIT() external view returns (uint256);

    /// @notice Seconds between posting prices and their taking effect.
    function PRICE_DELAY() external view returns (uint256);

    /// @notice How far a price may move by one post, in basis points of its present value.
    function PRICE_MOVE_MAX_BPS() external view returns (uint256);
    function registry() external view returns (address);
    function allianceToken() external view returns (address);
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}
