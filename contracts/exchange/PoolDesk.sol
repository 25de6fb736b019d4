// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {DayTallies, DayTally} from "./DayTally.sol";
import {IExchangePool} from "./IExchangePool.sol";
import {PoolRecord, PoolRecordLib} from "./PoolRecord.sol";
import {NextPrices, PoolTerms, PoolTermsLib} from "./PoolTerms.sol";

/// @title PoolDesk
/// @notice The merchants' counter of the exchange pool: opening a side, prices, limits, pauses and reserves.
/// @dev Powers over a side belong to the controller the registry names for its token, looked up on every call: a
/// controller handed over loses them at once. Nothing here reads `balanceOf`: what is sent to the pool past `fundAlp`
/// belongs to nobody and changes nothing.
abstract contract PoolDesk is IExchangePool {
    using DayTallies for DayTally;
    using PoolRecordLib for PoolRecord;
    using PoolTermsLib for PoolTerms;
    using PoolTermsLib for NextPrices;
    using SafeERC20 for IERC20;

    /// @notice One merchant's side: a slot that swaps write; a slot that they read of the side that takes in; a slot for
    /// prices to come; and what each account has given of its points on its last day.
    struct Side {
        PoolRecord record;
        PoolTerms terms;
        NextPrices next;
        mapping(address account => DayTally tally) tallyOf;
    }

    /// @inheritdoc IExchangePool
    uint256 public constant ALP_UNIT = PoolRecordLib.ALP_UNIT;

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

    /// @dev ALP of all sides together, in units. It never exceeds one side's field, so no swap can overflow a side.
    uint256 private _alpUnitsTotal;

    /// @dev Only the controller of the token's merchant may call; only the registry's tokens have one.
    modifier onlyController(address token) {
        uint256 merchantId = _REGISTRY.merchantIdOf(token);
        if (merchantId == 0) revert ExchangeTokenUnknown(token);
        if (_REGISTRY.controllerOf(merchantId) != msg.sender) revert ExchangeNotController(token, msg.sender);
        _;
    }

    modifier onlyOpen(address token) {
        if (!_sideOf[token].record.isOpen()) revert ExchangePoolNotOpen(token);
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
        if (_sideOf[token].record.isOpen()) revert ExchangePoolAlreadyOpen(token);
        // A token built for another pool would refuse every swap of this one, after the quote had promised it.
        if (IMerchantPoint(token).pool() != address(this)) revert ExchangeTokenUnknown(token);
        _requireValid(prices);
        Side storage side = _sideOf[token];
        side.record = PoolRecordLib.opened(_toUnits(prices.release));
        side.terms = side.terms.withAccept(_toUnits(prices.accept)).withLimits(limits.poolDaily, limits.accountDaily);
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
        _takeOver(side);
        _requireMove(_toWei(side.terms.accept()), prices.accept);
        _requireMove(_toWei(side.record.release()), prices.release);

        uint256 effectiveAt = block.timestamp + PRICE_DELAY;
        side.record = side.record.withNext();
        side.next = PoolTermsLib.packNext(_toUnits(prices.accept), _toUnits(prices.release), effectiveAt);
        emit PricesPosted(token, prices.accept, prices.release, effectiveAt);
    }

    /// @inheritdoc IExchangePool
    function setLimits(address token, Limits calldata limits) external onlyController(token) onlyOpen(token) {
        Side storage side = _sideOf[token];
        side.terms = side.terms.withLimits(limits.poolDaily, limits.accountDaily);
        emit LimitsSet(token, limits.poolDaily, limits.accountDaily);
    }

    /// @inheritdoc IExchangePool
    function setPause(
        address token,
        bool acceptPaused,
        bool releasePaused
    ) external onlyController(token) onlyOpen(token) {
        Side storage side = _sideOf[token];
        side.terms = side.terms.withAcceptPaused(acceptPaused);
        side.record = side.record.withReleasePaused(releasePaused);
        emit PauseSet(token, acceptPaused, releasePaused);
    }

    // ---------------------------------------------------------------- reserves

    /// @inheritdoc IExchangePool
    function fundPoints(address token, bytes32 ref, uint256 points) external onlyController(token) onlyOpen(token) {
        PoolRecord record = _sideOf[token].record;
        if (points == 0 || points > PoolRecordLib.POINTS_MAX - record.points()) {
            revert ExchangeAmountOutOfRange(points);
        }
        // The token reads this reserve to know what is outstanding and adds `points` to it: so it grows afterwards.
        IMerchantPoint(token).poolIssue(ref, points);
        _sideOf[token].record = record.withReserves(record.points() + points, record.alp());
        emit PointsFunded(token, ref, points);
    }

    /// @inheritdoc IExchangePool
    function withdrawPoints(address token, uint256 points) external onlyController(token) onlyOpen(token) {
        PoolRecord record = _sideOf[token].record;
        if (points == 0) revert ExchangeAmountOutOfRange(points);
        if (points > record.points()) revert ExchangeReserveTooLow(points, record.points());
        _sideOf[token].record = record.withReserves(record.points() - points, record.alp());
        IMerchantPoint(token).poolRetire(points);
        emit PointsWithdrawn(token, points);
    }

    /// @inheritdoc IExchangePool
    function fundAlp(address token, uint256 alp) external onlyOpen(token) {
        uint256 units = _wholeUnits(alp);
        if (units > PoolRecordLib.ALP_MAX - _alpUnitsTotal) revert ExchangeAmountOutOfRange(alp);
        PoolRecord record = _sideOf[token].record;
        _alpUnitsTotal += units;
        _sideOf[token].record = record.withReserves(record.points(), record.alp() + units);
        _ALP.safeTransferFrom(msg.sender, address(this), alp);
        emit AlpFunded(token, msg.sender, alp);
    }

    /// @inheritdoc IExchangePool
    function withdrawAlp(address token, uint256 alp) external onlyController(token) onlyOpen(token) {
        uint256 units = _wholeUnits(alp);
        PoolRecord record = _sideOf[token].record;
        if (units > record.alp()) revert ExchangeReserveTooLow(alp, _toWei(record.alp()));
        _alpUnitsTotal -= units;
        _sideOf[token].record = record.withReserves(record.points(), record.alp() - units);
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
        (PoolRecord record, PoolTerms terms) = _current(side);
        pool.pointReserve = record.points();
        pool.alpReserve = _toWei(record.alp());
        pool.prices = _prices(terms.accept(), record.release());
        if (record.hasNext()) {
            NextPrices next = side.next;
            pool.nextPrices = _prices(next.nextAccept(), next.nextRelease());
            pool.nextPricesAt = next.effectiveAt();
        }
        pool.limits = Limits(SafeCast.toUint56(terms.poolDaily()), SafeCast.toUint56(terms.accountDaily()));
        pool.takenToday = record.tally().takenOn(DayTallies.dayOf(block.timestamp));
        pool.isOpen = record.isOpen();
        pool.isAcceptPaused = terms.isAcceptPaused();
        pool.isReleasePaused = record.isReleasePaused();
    }

    /// @inheritdoc IExchangePool
    function pointReserveOf(address token) external view returns (uint256) {
        return _sideOf[token].record.points();
    }

    // ---------------------------------------------------------------- internals

    /// @dev Writes prices in force down, so that later swaps need not read the third slot (2,100 gas).
    function _takeOver(Side storage side) internal {
        (side.record, side.terms) = _current(side);
    }

    /// @dev What is in force now: posted prices take over in the second they take effect, written down or not. Both
    /// change together, so accept ≤ release never breaks.
    function _current(Side storage side) internal view returns (PoolRecord record, PoolTerms terms) {
        record = side.record;
        terms = side.terms;
        if (record.hasNext()) {
            NextPrices next = side.next;
            if (block.timestamp >= next.effectiveAt()) {
                record = record.withTakenOver(next.nextRelease());
                terms = terms.withAccept(next.nextAccept());
            }
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
        if (_toUnits(prices.accept) == 0 || _toUnits(prices.release) == 0 || prices.accept > prices.release) {
            revert ExchangePricesInvalid(prices.accept, prices.release);
        }
    }

    /// @dev The units of `alp` wei, which must be one or more whole ones.
    function _wholeUnits(uint256 alp) private pure returns (uint256 units) {
        units = _toUnits(alp);
        if (units == 0) revert ExchangeAmountOutOfRange(alp);
    }

    function _prices(uint256 accept, uint256 release) private pure returns (Prices memory) {
        return Prices(SafeCast.toUint64(_toWei(accept)), SafeCast.toUint64(_toWei(release)));
    }

    /// @dev 0 when `alp` wei is zero or not a whole number of units.
    function _toUnits(uint256 alp) private pure returns (uint256) {
        return alp % ALP_UNIT == 0 ? alp / ALP_UNIT : 0;
    }

    function _toWei(uint256 units) private pure returns (uint256) {
        return units * ALP_UNIT;
    }

    function followStatus(address) external {
        revert();
    }
}
