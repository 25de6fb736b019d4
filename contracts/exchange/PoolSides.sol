// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {DayTallies, DayTally} from "./DayTally.sol";
import {IExchangePool} from "./IExchangePool.sol";
import {PoolRecord, PoolRecordLib} from "./PoolRecord.sol";
import {NextPrices, PoolTerms, PoolTermsLib} from "./PoolTerms.sol";

/// @title PoolSides
/// @notice What is stored of each merchant's side of the exchange pool, what of it is in force, and who may change it.
/// @dev Powers over a side belong to the controller the registry names for its token, looked up on every call: a
/// controller handed over loses them at once.
abstract contract PoolSides is IExchangePool {
    using DayTallies for DayTally;
    using PoolRecordLib for PoolRecord;
    using PoolTermsLib for PoolTerms;
    using PoolTermsLib for NextPrices;

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

    uint256 internal constant BPS = 10_000;
    uint256 private constant PRICE_DELAY_MAX = 30 days;

    IMerchantRegistry internal immutable _REGISTRY;
    IERC20 internal immutable _ALP;

    /// @inheritdoc IExchangePool
    uint256 public immutable PRICE_DELAY;

    /// @inheritdoc IExchangePool
    uint256 public immutable PRICE_MOVE_MAX_BPS;

    mapping(address token => Side side) internal _sideOf;

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

    /// @dev Not while the merchant is suspended, winds down or is closed.
    modifier onlyRunning(address token) {
        if (_isStopped(token)) revert ExchangeMerchantStopped(token);
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

    function _isStopped(address token) internal view returns (bool) {
        return _statusOf(token) >= IMerchantRegistry.Status.Suspended;
    }

    function _statusOf(address token) internal view returns (IMerchantRegistry.Status) {
        return _REGISTRY.statusOf(_REGISTRY.merchantIdOf(token));
    }

    /// @dev 0 when `alp` wei is zero or not a whole number of units.
    function _toUnits(uint256 alp) internal pure returns (uint256) {
        return alp % ALP_UNIT == 0 ? alp / ALP_UNIT : 0;
    }

    function _toWei(uint256 units) internal pure returns (uint256) {
        return units * ALP_UNIT;
    }

    function _prices(uint256 accept, uint256 release) private pure returns (Prices memory) {
        return Prices(SafeCast.toUint64(_toWei(accept)), SafeCast.toUint64(_toWei(release)));
    }
}
