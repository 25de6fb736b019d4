// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title PoolTerms
/// @notice On what terms one merchant's side takes in and gives out: the slot a swap only reads.
/// @dev bits 0–63 accept price; 64–127 release price; 128–183 pool's daily limit; 184–239 an account's daily limit;
/// bits 240–243: open, accept paused, release paused, prices posted and not yet taken over from `NextPrices`.
type PoolTerms is uint256;

/// @title NextPrices
/// @notice The last prices posted. A swap reads this slot only while `PoolTerms.hasNext` says so.
/// @dev bits 0–63 accept price; 64–127 release price; 128–191 the unix second they take effect.
type NextPrices is uint256;

/// @title PoolTermsLib
/// @notice Packs and unpacks `PoolTerms` and `NextPrices`.
library PoolTermsLib {
    uint256 private constant PRICE_MASK = type(uint64).max;
    uint256 private constant PRICES_MASK = type(uint128).max;
    uint256 private constant LIMIT_MASK = type(uint56).max;
    uint256 private constant RELEASE_SHIFT = 64;
    uint256 private constant POOL_LIMIT_SHIFT = 128;
    uint256 private constant EFFECTIVE_SHIFT = 128;
    uint256 private constant ACCOUNT_LIMIT_SHIFT = 184;
    uint256 private constant LIMITS_MASK = uint256(type(uint112).max) << POOL_LIMIT_SHIFT;
    uint256 private constant OPEN = 1 << 240;
    uint256 private constant ACCEPT_PAUSED = 1 << 241;
    uint256 private constant RELEASE_PAUSED = 1 << 242;
    uint256 private constant HAS_NEXT = 1 << 243;

    function accept(PoolTerms self) internal pure returns (uint256) {
        return PoolTerms.unwrap(self) & PRICE_MASK;
    }

    function release(PoolTerms self) internal pure returns (uint256) {
        return (PoolTerms.unwrap(self) >> RELEASE_SHIFT) & PRICE_MASK;
    }

    function poolDaily(PoolTerms self) internal pure returns (uint256) {
        return (PoolTerms.unwrap(self) >> POOL_LIMIT_SHIFT) & LIMIT_MASK;
    }

    function accountDaily(PoolTerms self) internal pure returns (uint256) {
        return (PoolTerms.unwrap(self) >> ACCOUNT_LIMIT_SHIFT) & LIMIT_MASK;
    }

    function isOpen(PoolTerms self) internal pure returns (bool) {
        return PoolTerms.unwrap(self) & OPEN != 0;
    }

    function isAcceptPaused(PoolTerms self) internal pure returns (bool) {
        return PoolTerms.unwrap(self) & ACCEPT_PAUSED != 0;
    }

    function isReleasePaused(PoolTerms self) internal pure returns (bool) {
        return PoolTerms.unwrap(self) & RELEASE_PAUSED != 0;
    }

    function hasNext(PoolTerms self) internal pure returns (bool) {
        return PoolTerms.unwrap(self) & HAS_NEXT != 0;
    }

    /// @notice An open side with these prices, nothing allowed in yet (limits 0), nothing paused.
    function opened(uint256 accept_, uint256 release_) internal pure returns (PoolTerms) {
        return PoolTerms.wrap(accept_ | (release_ << RELEASE_SHIFT) | OPEN);
    }

    function withLimits(PoolTerms self, uint256 poolDaily_, uint256 accountDaily_) internal pure returns (PoolTerms) {
        uint256 rest = PoolTerms.unwrap(self) & ~LIMITS_MASK;
        return PoolTerms.wrap(rest | (poolDaily_ << POOL_LIMIT_SHIFT) | (accountDaily_ << ACCOUNT_LIMIT_SHIFT));
    }

    function withPause(PoolTerms self, bool accept_, bool release_) internal pure returns (PoolTerms) {
        uint256 rest = PoolTerms.unwrap(self) & ~(ACCEPT_PAUSED | RELEASE_PAUSED);
        return PoolTerms.wrap(rest | (accept_ ? ACCEPT_PAUSED : 0) | (release_ ? RELEASE_PAUSED : 0));
    }

    function withNext(PoolTerms self) internal pure returns (PoolTerms) {
        return PoolTerms.wrap(PoolTerms.unwrap(self) | HAS_NEXT);
    }

    /// @notice The terms once `next` has taken effect: both prices change together, so accept ≤ release never breaks.
    function withTakenOver(PoolTerms self, NextPrices next) internal pure returns (PoolTerms) {
        uint256 rest = PoolTerms.unwrap(self) & ~(PRICES_MASK | HAS_NEXT);
        return PoolTerms.wrap(rest | (NextPrices.unwrap(next) & PRICES_MASK));
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
