// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {DayTallies, DayTally} from "./DayTally.sol";
import {IExchangePool} from "./IExchangePool.sol";
import {PoolReserves, PoolReservesLib} from "./PoolReserves.sol";
import {NextPrices, PoolTerms, PoolTermsLib} from "./PoolTerms.sol";

/// @title PoolDesk
/// @notice The merchants' counter of the exchange pool: opening a side, prices, limits, pauses and reserves.
/// @dev Powers over a side belong to the controller the registry names for its token, looked up on every call: a
/// controller handed over loses them at once. Nothing here reads `balanceOf`: what is sent to the pool past `fundAlp`
/// belongs to nobody and changes nothing.
abstract contract PoolDesk is IExchangePool {
    using DayTallies for DayTally;
    using PoolReservesLib for PoolReserves;
    using PoolTermsLib for PoolTerms;
    using PoolTermsLib for NextPrices;
    using SafeERC20 for IERC20;

    /// @notice One merchant's side: a slot that swaps write, a slot that they read, a slot for prices to come.
    struct Side {
        PoolReserves reserves;
        PoolTerms terms;
        NextPrices next;
    }

    uint256 private constant BPS = 10_000;
    uint256 private constant PRICE_DELAY_MAX = 30 days;
    uint256 private constant POST_INTERVAL = 1 days;

    IMerchantRegistry internal immutable _REGISTRY;
    IERC20 internal immutable _ALP;

    /// @inheritdoc IExchangePool
    uint256 public immutable PRICE_DELAY;

    /// @inheritdoc IExchangePool
    uint256 public immutable PRICE_MOVE_MAX_BPS;

    mapping(address token => Side side) internal _sideOf;

    /// @dev ALP wei of all sides together. It never exceeds one side's field, so no swap can overflow a side.
    uint256 private _alpTotal;

    /// @dev Only the controller of the token's merchant may call; only the registry's tokens have one.
    modifier onlyController(address token) {
        uint256 merchantId = _REGISTRY.merchantIdOf(token);
        if (merchantId == 0) revert ExchangeTokenUnknown(token);
        if (_REGISTRY.controllerOf(merchantId) != msg.sender) revert ExchangeNotController(token, msg.sender);
        _;
    }

    modifier onlyOpen(address token) {
        if (!_sideOf[token].terms.isOpen()) revert ExchangePoolNotOpen(token);
        _;
    }

    constructor(IMerchantRegistry registry_, IERC20 alp_, uint256 priceDelaySeconds, uint256 priceMoveMaxBps) {
        if (priceDelaySeconds > PRICE_DELAY_MAX || priceMoveMaxBps == 0 || priceMoveMaxBps > BPS) {
            revert ExchangePriceRulesInvalid(priceDelaySeconds, priceMoveMaxBps);
        }
        _REGISTRY = registry_;
        _ALP = alp_;
        PRICE_DELAY = priceDelaySeconds;
        PRICE_MOVE_MAX_BPS = priceMoveMaxBps;
    }

    // ---------------------------------------------------------------- terms

    /// @inheritdoc IExchangePool
    function open(address token, Prices calldata prices, Limits calldata limits) external onlyController(token) {
        if (_sideOf[token].terms.isOpen()) revert ExchangePoolAlreadyOpen(token);
        // A token built for another pool would refuse every swap of this one, after the quote had promised it.
        if (IMerchantPoint(token).pool() != address(this)) revert ExchangeTokenUnknown(token);
        _requireValid(prices);
        PoolTerms terms = PoolTermsLib.opened(prices.accept, prices.release);
        _sideOf[token].terms = terms.withLimits(limits.poolDaily, limits.accountDaily);
        emit PoolOpened(token, prices.accept, prices.release);
        emit LimitsSet(token, limits.poolDaily, limits.accountDaily);
    }

    /// @inheritdoc IExchangePool
    function postPrices(address token, Prices calldata prices) external onlyController(token) onlyOpen(token) {
        Side storage side = _sideOf[token];
        NextPrices last = side.next;
        // Every post so far took effect, or will, exactly PRICE_DELAY after it was made. 0 = none so far.
        if (last.effectiveAt() != 0) {
            uint256 postableAt = last.effectiveAt() - PRICE_DELAY + POST_INTERVAL;
            if (block.timestamp < postableAt) revert ExchangePricesTooSoon(postableAt);
        }
        _requireValid(prices);
        (PoolTerms terms, ) = _termsOf(token);
        _requireMove(terms.accept(), prices.accept);
        _requireMove(terms.release(), prices.release);

        uint256 effectiveAt = block.timestamp + PRICE_DELAY;
        side.terms = terms.withNext();
        side.next = PoolTermsLib.packNext(prices.accept, prices.release, effectiveAt);
        emit PricesPosted(token, prices.accept, prices.release, effectiveAt);
    }

    /// @inheritdoc IExchangePool
    function setLimits(address token, Limits calldata limits) external onlyController(token) onlyOpen(token) {
        (PoolTerms terms, ) = _termsOf(token);
        _sideOf[token].terms = terms.withLimits(limits.poolDaily, limits.accountDaily);
        emit LimitsSet(token, limits.poolDaily, limits.accountDaily);
    }

    /// @inheritdoc IExchangePool
    function setPause(
        address token,
        bool acceptPaused,
        bool releasePaused
    ) external onlyController(token) onlyOpen(token) {
        (PoolTerms terms, ) = _termsOf(token);
        _sideOf[token].terms = terms.withPause(acceptPaused, releasePaused);
        emit PauseSet(token, acceptPaused, releasePaused);
    }

    // ---------------------------------------------------------------- reserves

    /// @inheritdoc IExchangePool
    function fundPoints(address token, bytes32 ref, uint256 points) external onlyController(token) onlyOpen(token) {
        PoolReserves reserves = _sideOf[token].reserves;
        if (points == 0 || points > PoolReservesLib.POINTS_MAX - reserves.points()) {
            revert ExchangeAmountOutOfRange(points);
        }
        // The token reads this reserve to know what is outstanding and adds `points` to it: so it grows afterwards.
        IMerchantPoint(token).poolIssue(ref, points);
        _sideOf[token].reserves = PoolReservesLib.pack(reserves.points() + points, reserves.alp(), reserves.tally());
        emit PointsFunded(token, ref, points);
    }

    /// @inheritdoc IExchangePool
    function withdrawPoints(address token, uint256 points) external onlyController(token) onlyOpen(token) {
        PoolReserves reserves = _sideOf[token].reserves;
        if (points == 0) revert ExchangeAmountOutOfRange(points);
        if (points > reserves.points()) revert ExchangeReserveTooLow(points, reserves.points());
        _sideOf[token].reserves = PoolReservesLib.pack(reserves.points() - points, reserves.alp(), reserves.tally());
        IMerchantPoint(token).poolRetire(points);
        emit PointsWithdrawn(token, points);
    }

    /// @inheritdoc IExchangePool
    function fundAlp(address token, uint256 alp) external onlyOpen(token) {
        if (alp == 0 || alp > PoolReservesLib.ALP_MAX - _alpTotal) revert ExchangeAmountOutOfRange(alp);
        PoolReserves reserves = _sideOf[token].reserves;
        _alpTotal += alp;
        _sideOf[token].reserves = PoolReservesLib.pack(reserves.points(), reserves.alp() + alp, reserves.tally());
        _ALP.safeTransferFrom(msg.sender, address(this), alp);
        emit AlpFunded(token, msg.sender, alp);
    }

    /// @inheritdoc IExchangePool
    function withdrawAlp(address token, uint256 alp) external onlyController(token) onlyOpen(token) {
        PoolReserves reserves = _sideOf[token].reserves;
        if (alp == 0) revert ExchangeAmountOutOfRange(alp);
        if (alp > reserves.alp()) revert ExchangeReserveTooLow(alp, reserves.alp());
        _alpTotal -= alp;
        _sideOf[token].reserves = PoolReservesLib.pack(reserves.points(), reserves.alp() - alp, reserves.tally());
        _ALP.safeTransfer(msg.sender, alp);
        emit AlpWithdrawn(token, msg.sender, alp);
    }

    // ---------------------------------------------------------------- views

    /// @inheritdoc IExchangePool
    function registry() external view returns (address) {
        return address(_REGISTRY);
    }

    /// @inheritdoc IExchangePool
    function allianceToken() external view returns (address) {
        return address(_ALP);
    }

    /// @inheritdoc IExchangePool
    function poolOf(address token) external view returns (Pool memory pool) {
        Side storage side = _sideOf[token];
        (PoolTerms terms, ) = _termsOf(token);
        pool.pointReserve = side.reserves.points();
        pool.alpReserve = side.reserves.alp();
        pool.prices = Prices(SafeCast.toUint64(terms.accept()), SafeCast.toUint64(terms.release()));
        if (terms.hasNext()) {
            NextPrices next = side.next;
            pool.nextPrices = Prices(SafeCast.toUint64(next.nextAccept()), SafeCast.toUint64(next.nextRelease()));
            pool.nextPricesAt = next.effectiveAt();
        }
        pool.limits = Limits(SafeCast.toUint56(terms.poolDaily()), SafeCast.toUint56(terms.accountDaily()));
        pool.takenToday = side.reserves.tally().takenOn(DayTallies.dayOf(block.timestamp));
        pool.isOpen = terms.isOpen();
        pool.isAcceptPaused = terms.isAcceptPaused();
        pool.isReleasePaused = terms.isReleasePaused();
    }

    /// @inheritdoc IExchangePool
    function pointReserveOf(address token) external view returns (uint256) {
        return _sideOf[token].reserves.points();
    }

    // ---------------------------------------------------------------- internals

    /// @dev Writes prices in force into the terms, so that later swaps need not read the third slot (2,100 gas).
    function _takeOverPrices(address token) internal {
        (PoolTerms terms, bool isDue) = _termsOf(token);
        if (isDue) _sideOf[token].terms = terms;
    }

    /// @dev The terms in force now: posted prices take over in the second they take effect, written down or not.
    /// @return terms The terms in force.
    /// @return isDue Whether they differ from what is stored.
    function _termsOf(address token) internal view returns (PoolTerms terms, bool isDue) {
        terms = _sideOf[token].terms;
        if (terms.hasNext()) {
            NextPrices next = _sideOf[token].next;
            isDue = block.timestamp >= next.effectiveAt();
            if (isDue) terms = terms.withTakenOver(next);
        }
    }

    /// @dev |to − from| ≤ from · PRICE_MOVE_MAX_BPS / 10,000.
    function _requireMove(uint256 from, uint256 to) private view {
        uint256 move = to > from ? to - from : from - to;
        if (move * BPS > from * PRICE_MOVE_MAX_BPS) {
            revert ExchangePriceMoveTooLarge(from, to, PRICE_MOVE_MAX_BPS);
        }
    }

    function _requireValid(Prices calldata prices) private pure {
        if (prices.accept == 0 || prices.accept > prices.release) {
            revert ExchangePricesInvalid(prices.accept, prices.release);
        }
    }
}
