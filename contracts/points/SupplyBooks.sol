// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICollateral} from "../alliance/ICollateral.sol";
import {IExchangePool} from "../exchange/IExchangePool.sol";
import {LotsLedger} from "./LotsLedger.sol";
import {LotsLib} from "./LotsLib.sol";
import {Lots} from "../types/Lots.sol";

/// @title SupplyBooks
/// @notice Where all points ever issued are, and how many may be outstanding.
/// @dev Four running sums in one slot; the circulating part is the supply's slot, the pooled part is the pool's own
/// record, and what has expired is the rest, so expiry needs no bookkeeping and a swap touches no sum. 64 bits are
/// enough: 1.8e19 base units are 1.8e17 points, at 100 points a yuan more than ten times the world's yearly product.
/// Sums are checked all the same: beyond that the token refuses instead of wrapping round.
abstract contract SupplyBooks is LotsLedger {
    using LotsLib for Lots;
    using LotsLib for uint256;

    struct Sums {
        uint64 issued;
        uint64 redeemed;
        uint64 reversed;
        uint64 held;
    }

    address public immutable pool;
    address public immutable collateral;
    Sums internal _sums;

    constructor(address pool_, address collateral_) {
        pool = pool_;
        collateral = collateral_;
    }

    function outstanding() external view returns (uint256) {
        return totalSupply() + _sums.held + _pooled();
    }

    function supplySplit() external view returns (SupplySplit memory split) {
        Sums memory sums = _sums;
        split.issued = sums.issued;
        split.circulating = totalSupply();
        split.held = sums.held;
        split.pooled = _pooled();
        split.redeemed = sums.redeemed;
        split.reversed = sums.reversed;
        split.expired = split.issued - split.circulating - split.held - split.pooled - split.redeemed - split.reversed;
    }

    /// @dev Reverts when circulating (`supply`, rolled) + held + pooled + `extra` exceed what collateral covers.
    function _requireCovered(Lots supply, uint256 extra) internal view {
        uint256 after_ = supply.lanesOf().total() + _sums.held + _pooled() + extra;
        uint256 max = ICollateral(collateral).outstandingMaxOf(address(this));
        if (after_ > max) revert MerchantPointCapExceeded(after_, max);
    }

    /// @dev During an issue into the pool this is the reserve before it: the pool books the points after our answer, so
    /// the cap counts them once (`extra` above).
    function _pooled() private view returns (uint256) {
        return IExchangePool(pool).pointReserveOf(address(this));
    }
}
