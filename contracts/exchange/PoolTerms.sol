// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title PoolTerms
/// @notice On what terms one merchant's side takes in: a slot that a swap reads of the side that takes in only.
/// @dev bits 0–63 accept price in units of `PoolRecordLib.ALP_UNIT`; 64–119 the pool's daily limit; 120–175 an account's daily limit; bit 176:
/// accept paused.
type PoolTerms is uint256;

/// @title NextPrices
/// @notice The last prices posted, in the same units. A swap reads this slot only while `PoolRecord.hasNext` says so.
/// @dev bits 0–63 accept price; 64–127 release price; 128–191 the unix second they take effect.
type NextPrices is uint256;

/// @title PoolTermsLib
/// @notice Packs and unpacks `PoolTerms` and `NextPrices`.
library PoolTermsLib {
    uint256 private constant PRICE_MASK = type(uint64).max;
    uint256 private constant LIMIT_MASK = type(uint56).max;
    uint256 private constant POOL_LIMIT_SHIFT = 64;
    uint256 private constant ACCOUNT_LIMIT_SHIFT = 120;
    uint256 private constant LIMITS_MASK = uint256(type(uint112).max) << POOL_LIMIT_SHIFT;
    uint256 private constant ACCEPT_PAUSED = 1 << 176;
    uint256 private constant RELEASE_SHIFT = 64;
    uint256 private constant EFFECTIVE_SHIFT = 128;

    function accept(PoolTerms self) internal pure returns (uint256) {
        return PoolTerms.unwrap(self) & PRICE_MASK;
    }

    function poolDaily(PoolTerms self) internal pure returns (uint256) {
        return (PoolTerms.unwrap(self) >> POOL_LIMIT_SHIFT) & LIMIT_MASK;
    }

    function accountDaily(PoolTerms self) internal pure returns (uint256) {
        return (PoolTerms.unwrap(self) >> ACCOUNT_LIMIT_SHIFT) & LIMIT_MASK;
    }

    function isAcceptPaused(PoolTerms self) internal pure returns (bool) {
        return PoolTerms.unwrap(self) & ACCEPT_PAUSED != 0;
    }

    function withAccept(PoolTerms self, uint256 accept_) internal pure returns (PoolTerms) {
        return PoolTerms.wrap((PoolTerms.unwrap(self) & ~PRICE_MASK) | accept_);
    }

    function withLimits(PoolTerms self, uint256 poolDaily_, uint256 accountDaily_) internal pure returns (PoolTerms) {
        uint256 rest = PoolTerms.unwrap(self) & ~LIMITS_MASK;
        return PoolTerms.wrap(rest | (poolDaily_ << POOL_LIMIT_SHIFT) | (accountDaily_ << ACCOUNT_LIMIT_SHIFT));
    }

    function withAcceptPaused(PoolTerms self, bool isPaused) internal pure returns (PoolTerms) {
        uint256 rest = PoolTerms.unwrap(self) & ~ACCEPT_PAUSED;
        return PoolTerms.wrap(isPaused ? rest | ACCEPT_PAUSED : rest);
    }

    function nextAccept(NextPrices self) internal pure returns (uint256) {
        return NextPrices.unwrap(self) & PRICE_MASK;
    }

    function nextRelease(NextPrices self) internal pure returns (uint256) {
        return (NextPrices.unwrap(self) >> RELEASE_SHIFT) & PRICE_MASK;
    }

    function effectiveAt(NextPrices self) internal pure returns (uint256) {
        return NextPrices.unwrap(self) >> EFFECTIVE_SHIFT;
    }

    function packNext(uint256 accept_, uint256 release_, uint256 time) internal pure returns (NextPrices) {
        return NextPrices.wrap(accept_ | (release_ << RELEASE_SHIFT) | (time << EFFECTIVE_SHIFT));
    }
}
