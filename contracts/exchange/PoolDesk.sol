// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {IExchangePool} from "./IExchangePool.sol";
import {PoolRecord, PoolRecordLib} from "./PoolRecord.sol";
import {PoolReserves} from "./PoolReserves.sol";
import {NextPrices, PoolTerms, PoolTermsLib} from "./PoolTerms.sol";

/// @title PoolDesk
/// @notice The merchants' counter of the exchange pool: opening a side, prices, limits and pauses.
abstract contract PoolDesk is PoolReserves {
    using PoolRecordLib for PoolRecord;
    using PoolTermsLib for PoolTerms;
    using PoolTermsLib for NextPrices;

    uint256 private constant POST_INTERVAL = 1 days;

    /// @inheritdoc IExchangePool
    function open(
        address token,
        Prices calldata prices,
        Limits calldata limits
    ) external onlyController(token) onlyRunning(token) {
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
    function postPrices(
        address token,
        Prices calldata prices
    ) external onlyController(token) onlyOpen(token) onlyRunning(token) {
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
    ) external onlyController(token) onlyOpen(token) onlyRunning(token) {
        _setPause(token, acceptPaused, releasePaused);
    }

    /// @inheritdoc IExchangePool
    function followStatus(address token) external {
        if (_REGISTRY.merchantIdOf(token) == 0) revert ExchangeTokenUnknown(token);
        Side storage side = _sideOf[token];
        if (!side.record.isOpen() || !_isStopped(token)) return;
        // Swaps look at these flags alone: asking the registry would cost each of them 5,000 gas.
        if (!side.terms.isAcceptPaused() || !side.record.isReleasePaused()) _setPause(token, true, true);
        uint256 reserve = side.record.points();
        if (reserve != 0 && _statusOf(token) >= IMerchantRegistry.Status.WindingDown) _retire(token, reserve);
    }

    function _setPause(address token, bool acceptPaused, bool releasePaused) private {
        Side storage side = _sideOf[token];
        side.terms = side.terms.withAcceptPaused(acceptPaused);
        side.record = side.record.withReleasePaused(releasePaused);
        emit PauseSet(token, acceptPaused, releasePaused);
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
}
