// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC7818} from "./IERC7818.sol";
import {Calendar} from "../types/Calendar.sol";
import {Lots} from "../types/Lots.sol";

/// @title IMerchantPoint
/// @notice One merchant's loyalty points: an ERC-20 that expires by calendar epochs.
///
/// Units: every amount is in base units; a point is 100 base units (`decimals` = 2). Times are unix seconds.
///
/// Ages: points issued in epoch e are live in e, e+1, e+2 and e+3 and expire, without an event, at the first second of
/// e+4 (`expiryOf(e)`). A plain movement takes the oldest live points first and keeps their ages at the receiver, so
/// an observer can follow every lot from `Transfer` and block time alone. Each movement in another order names its
/// lots in an event of the same transaction: `Issued`, `TransferredAtEpoch`, `Released`, `Refunded`, `Reversed`, and
/// the pool's `Swapped` for points bought.
///
/// Supply: `totalSupply` is the live circulating supply (ERC-7818 only says SHOULD be 0 or max; we depart from that
/// so that percentages, coverage and explorers are right). Points in holds and in the exchange pool are out of
/// circulation: they leave by `Transfer(holder, 0)` and come back by `Transfer(0, holder)`. For every token, always:
/// issued = circulating + held + in the pool + redeemed + expired + reversed (`supplySplit`).
interface IMerchantPoint is IERC7818 {
    // ---------------------------------------------------------------- types

    /// @notice Why points are consumed.
    enum RedemptionKind {
        Deduction,
        Goods,
        Lottery,
        WindDown
    }

    /// @notice Life of a redemption. `Held` may become `Captured` or `Released`; the last two are final.
    enum RedemptionState {
        None,
        Held,
        Captured,
        Released
    }

    /// @notice One redemption, found by its holder and ref.
    /// @param state Where it stands.
    /// @param kind Why the points are consumed.
    /// @param lots The points that it holds (Held) or has consumed and not refunded (Captured), with original ages.
    /// @param releaseAt From this second on a hold can no longer be captured, and anyone may release it.
    struct Redemption {
        RedemptionState state;
        RedemptionKind kind;
        Lots lots;
        uint64 releaseAt;
    }

    /// @notice A key of the merchant that may issue (a till), and how much it may issue on one day.
    /// @param dailyLimit Base units per day in the merchant's UTC offset; 0 = may not issue at all.
    /// @param issuedToday Base units issued on `day`.
    /// @param day Day number since 1970 in the merchant's UTC offset.
    struct Till {
        uint64 dailyLimit;
        uint64 issuedToday;
        uint32 day;
    }

    /// @notice Where all points ever issued are now. The first equals the sum of the other six.
    struct SupplySplit {
        uint256 issued;
        uint256 circulating;
        uint256 held;
        uint256 pooled;
        uint256 redeemed;
        uint256 expired;
        uint256 reversed;
    }

    // ---------------------------------------------------------------- events

    /// @notice `till` issued `points` base units in `count` items into `epoch` under `ref`. It follows the `Transfer`
    /// of each item (one an item, in order, net of debt).
    event Issued(bytes32 indexed ref, address indexed till, uint256 epoch, uint256 count, uint256 points);

    /// @notice `points` of an issue to `account` were kept back to settle its debt.
    event DebtSettled(address indexed account, uint256 points);

    /// @notice `points` base units were issued straight into the exchange pool's reserve.
    event IssuedToPool(bytes32 indexed ref, uint256 points);

    /// @notice `points` base units of the exchange pool's reserve were destroyed by the merchant (counted as reversed).
    event RetiredFromPool(uint256 points);

    /// @notice `value` base units of exactly `epoch` moved. It follows its `Transfer`.
    event TransferredAtEpoch(address indexed from, address indexed to, uint256 indexed epoch, uint256 value);

    /// @notice `holder` put `points` on hold, oldest first. It follows `Transfer(holder, 0)`.
    event Held(address indexed holder, bytes32 indexed ref, RedemptionKind kind, uint256 points, uint64 releaseAt);

    /// @notice `points` of `holder` are redeemed for good. Without a hold before it, it follows `Transfer(holder, 0)`.
    event Redeemed(address indexed holder, bytes32 indexed ref, RedemptionKind kind, uint256 points);

    /// @notice Held points went back to `holder` with their ages. `lots` names lanes relative to its own `touched`
    /// epoch; lanes that have expired meanwhile are not in it. It follows `Transfer(0, holder)`.
    event Released(address indexed holder, bytes32 indexed ref, Lots lots);

    /// @notice The merchant gave `lots` of a captured redemption back, with their ages. `requested` counts also
    /// base units whose epoch has expired meanwhile. It follows `Transfer(0, holder)`.
    event Refunded(address indexed holder, bytes32 indexed ref, uint256 requested, Lots lots);

    /// @notice Item `index` of issue `ref` was reversed by `lots` burned from `account` and `debt` recorded.
    /// It follows `Transfer(account, 0)`.
    event Reversed(bytes32 indexed ref, uint256 index, address indexed account, Lots lots, uint256 debt);

    /// @notice The merchant set what `till` may issue a day; 0 removes it.
    event TillSet(address indexed till, uint64 dailyLimit);

    /// @notice `authorizer`'s signed transfer with this nonce was carried out (ERC-3009).
    event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce);

    /// @notice The regulator froze or released `account` in this token under a case number.
    event AccountFrozen(address indexed account, bytes32 indexed caseNumber);
    event AccountUnfrozen(address indexed account, bytes32 indexed caseNumber);

    /// @notice The regulator moved `points` of `from` to `to` under a case number, oldest first. It follows its `Transfer`.
    event ForcedTransfer(address indexed from, address indexed to, bytes32 indexed caseNumber, uint256 points);

    /// @notice Every movement of this token is stopped under a case number, until `until` (unix seconds; it then ends
    /// without an event), or resumed.
    event Paused(bytes32 indexed caseNumber, uint64 until);
    event Unpaused(bytes32 indexed caseNumber);

    /// @notice The registry stopped or resumed issuing.
    event IssueHaltSet(bool halted);

    // ---------------------------------------------------------------- errors (ERC-6093's are used where they fit)

    /// @notice The amount does not fit a lane (2^56 − 1 base units) or is zero where zero has no meaning.
    error MerchantPointAmountOutOfRange(uint256 points);
    /// @notice This ref was used for an issue before. Nothing changed.
    error MerchantPointRefUsed(bytes32 ref);
    /// @notice There is no issue under `ref` with these very items and this epoch.
    error MerchantPointIssueUnknown(bytes32 ref);
    /// @notice The caller is not a till of this merchant.
    error MerchantPointNotTill(address caller);
    /// @notice The caller is not the merchant's controller (see the registry).
    error MerchantPointNotController(address caller);
    /// @notice The caller is not the exchange pool.
    error MerchantPointNotPool(address caller);
    /// @notice The caller is not the registry.
    error MerchantPointNotRegistry(address caller);
    /// @notice The caller is not the collateral contract.
    error MerchantPointNotCollateral(address caller);
    /// @notice The merchant winds down or is closed: what was redeemed stays redeemed, what was issued stays issued.
    error MerchantPointWindingDown();
    /// @notice Points are redeemed for `kind` by the collateral contract alone, which pays for them (`turnIn`).
    error MerchantPointRedemptionKind(RedemptionKind kind);
    /// @notice The till may issue `left` more today (the merchant's day).
    error MerchantPointTillLimitExceeded(address till, uint256 asked, uint256 left);
    /// @notice Collateral allows `max` base units outstanding; the issue would make it `outstanding`.
    error MerchantPointCapExceeded(uint256 outstanding, uint256 max);
    /// @notice Points can be issued only into a live epoch that has begun.
    error MerchantPointEpochNotOpen(uint256 epoch, uint256 current);
    /// @notice A batch has 1 to `max` items.
    error MerchantPointBatchSize(uint256 count, uint256 max);
    /// @notice The registry has halted issuing.
    error MerchantPointIssueHalted();
    /// @notice The token is paused by the regulator.
    error MerchantPointPaused();
    /// @notice The account is frozen by the regulator.
    error MerchantPointAccountFrozen(address account);
    /// @notice More was asked to be reversed than this item issued and is not yet reversed.
    error MerchantPointReverseExceedsIssue(uint256 asked, uint256 left);
    /// @notice The points of that epoch have expired: there is nothing left to reverse.
    error MerchantPointIssueExpired(uint256 epoch);
    /// @notice This holder used this ref for a redemption before.
    error MerchantPointRedemptionExists(address holder, bytes32 ref);
    /// @notice The redemption is in `state`, which does not allow this.
    error MerchantPointRedemptionState(address holder, bytes32 ref, RedemptionState state);
    /// @notice A hold lasts from 1 second to `max` seconds.
    error MerchantPointHoldDuration(uint256 asked, uint256 max);
    /// @notice The hold can be released by others, and no longer be captured, from `releaseAt`.
    error MerchantPointHoldTimedOut(uint256 releaseAt);
    /// @notice The hold is not over yet: only a till may release it before `releaseAt`.
    error MerchantPointHoldActive(uint256 releaseAt);
    /// @notice More was asked than the redemption has left.
    error MerchantPointExceedsRedemption(uint256 asked, uint256 left);
    /// @notice The signature's deadline has passed.
    error MerchantPointSignatureExpired(uint256 deadline);
    /// @notice The signature is not `signer`'s (EIP-712, or ERC-1271 for a contract).
    error MerchantPointSignatureInvalid(address signer);
    /// @notice This nonce was used before (ERC-3009).
    error MerchantPointAuthorizationUsed(address authorizer, bytes32 nonce);
    /// @notice The authorization is valid only after `validAfter`.
    error MerchantPointAuthorizationNotYetValid(uint256 validAfter);
    /// @notice No lane of this token ends by `expiresAt`: points bought may not outlive the points given.
    error MerchantPointNoLaneEndsBy(uint256 expiresAt);

    // ---------------------------------------------------------------- issue

    /// @notice Issues `points` to `to` in the current epoch. Only a till. Reverts when `ref` was used, the till's
    /// daily limit or the collateral's cap is exceeded, or issuing is halted.
    function issue(address to, uint256 points, bytes32 ref) external;

    /// @notice Issues many items into one live epoch (an older one makes them expire sooner) under one `ref`.
    /// @param items Packed words, 1 to `BATCH_ITEMS_MAX`: bits 96–255 the receiver, bits 40–95 base units (≥ 1),
    /// bits 0–39 the item's tag (the first 5 bytes of the keccak256 of the order's ref, 0 if none).
    function issueBatch(bytes32 ref, uint256 epoch, uint256[] calldata items) external;

    /// @notice Takes back `points` of item `index` of an issue (returned goods). Only a till. Burns from the issue's
    /// own lane, then oldest first; what the account no longer has becomes its debt, kept back from later issues.
    /// Not while the merchant winds down: a merchant that leaves could else take back what it has to pay for.
    /// @param items The very items of that issue (for `issue`: one word with tag 0).
    function reverse(bytes32 ref, uint256 epoch, uint256[] calldata items, uint256 index, uint256 points) external;

    // ---------------------------------------------------------------- redeem (any kind but `WindDown`)

    /// @notice Burns `points` of the caller, oldest first, for `ref`.
    function redeem(uint256 points, RedemptionKind kind, bytes32 ref) external;

    /// @notice Like `redeem`, by the holder's EIP-712 signature
    /// `Redeem(address holder,uint256 points,uint8 kind,bytes32 ref,uint256 deadline)`; anyone may relay it.
    function redeemBySig(
        address holder,
        uint256 points,
        RedemptionKind kind,
        bytes32 ref,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Puts `points` of the caller on hold until captured, released, or `releaseAt`.
    function hold(uint256 points, RedemptionKind kind, bytes32 ref, uint64 releaseAt) external;

    /// @notice Like `hold`, by the holder's EIP-712 signature
    /// `Hold(address holder,uint256 points,uint8 kind,bytes32 ref,uint64 releaseAt,uint256 deadline)`.
    function holdBySig(
        address holder,
        uint256 points,
        RedemptionKind kind,
        bytes32 ref,
        uint64 releaseAt,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Redeems `points` of a hold, oldest first, before `releaseAt`; the rest goes back with its ages.
    /// Only a till. Held points do not age: what was live when held can be captured in full.
    function capture(address holder, bytes32 ref, uint256 points) external;

    /// @notice Gives a hold back with its original ages. A till at any time, anyone from `releaseAt` on.
    function release(address holder, bytes32 ref) external;

    /// @notice Gives `points` of a captured redemption back with their original ages, latest expiry first. Only a till.
    /// Not while the merchant winds down: that would thin out what the others are paid.
    function refund(address holder, bytes32 ref, uint256 points) external;

    // ---------------------------------------------------------------- gas-free transfer (ERC-3009, bytes signature)

    /// @notice Moves `value` from `from` to `to`, oldest first, by `from`'s EIP-712 signature
    /// `TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)`;
    /// anyone may relay it. Valid while validAfter < block time < validBefore. ERC-1271 accounts too.
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    // ---------------------------------------------------------------- exchange pool only

    /// @notice Takes `points` of `from`, oldest first, out of circulation into the pool.
    /// @return expiresAt When the oldest of them would have expired (`type(uint256).max` = never).
    function poolTake(address from, uint256 points) external returns (uint256 expiresAt);

    /// @notice Puts `points` from the pool into circulation at `to`, in the youngest lane that ends by `expiresAtMax`.
    /// @return epoch The epoch they were put into.
    function poolGive(address to, uint256 points, uint256 expiresAtMax) external returns (uint256 epoch);

    /// @notice Issues `points` into the pool's reserve under a unique `ref`, within the collateral's cap.
    function poolIssue(bytes32 ref, uint256 points) external;

    /// @notice Destroys `points` of the pool's reserve.
    function poolRetire(uint256 points) external;

    // ---------------------------------------------------------------- collateral only (winding down)

    /// @notice Burns `points` of `holder`, oldest first, under a fresh `ref`, as a redemption of kind `WindDown`. The
    /// collateral contract has the holder's consent, and pays for them. Not of a frozen holder, nor while paused.
    function turnIn(address holder, uint256 points, bytes32 ref) external;

    /// @notice Burns the whole of a hold, from its `releaseAt` on; its kind becomes `WindDown`. Not of a frozen holder,
    /// nor while paused. Held points do not age here either: what was live when held is paid for.
    /// @return points Base units burned.
    function turnInHold(address holder, bytes32 ref) external returns (uint256 points);

    // ---------------------------------------------------------------- merchant, registry, regulator

    /// @notice Sets what `till` may issue a day; 0 removes it. Only the merchant's controller.
    function setTill(address till, uint64 dailyLimit) external;

    /// @notice Stops or resumes issuing. Only the registry.
    function setIssueHalted(bool halted) external;

    /// @notice Freezes `account`: it can neither send nor receive. Its points go on ageing. AccessManaged.
    function freeze(address account, bytes32 caseNumber) external;
    function unfreeze(address account, bytes32 caseNumber) external;

    /// @notice Moves `points` of `from` to `to`, oldest first with their ages, whether either is frozen or the token
    /// paused. It cannot reach points on hold; those come back to their holder, frozen or not, when released.
    /// AccessManaged.
    function forceTransfer(address from, address to, uint256 points, bytes32 caseNumber) external;

    /// @notice Stops every movement of this token but forced transfers until `until` (unix seconds; the largest uint64 =
    /// until unpaused); at that second the pause is over by itself. A new pause replaces the old one. AccessManaged.
    function pause(bytes32 caseNumber, uint64 until) external;
    function unpause(bytes32 caseNumber) external;

    // ---------------------------------------------------------------- views

    /// @notice Whether `authorizer` has used `nonce` (ERC-3009). Nonces are random and unordered.
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool);

    /// @notice All live lots of `account` rolled to the current epoch, flags cleared.
    function lotsOf(address account) external view returns (Lots);

    /// @notice When and how much of `account` expires next: (0, 0) without live points, time max for `Never`.
    function nextExpiryOf(address account) external view returns (uint256 expiresAt, uint256 points);

    /// @notice The first second at which points of `epoch` are no longer live.
    function expiryOf(uint256 epoch) external view returns (uint256);

    /// @notice Live and dead first seconds of an epoch: [start, end).
    function epochBounds(uint256 epoch) external view returns (uint256 start, uint256 end);

    function debtOf(address account) external view returns (uint256);
    function isFrozen(address account) external view returns (bool);
    function isPaused() external view returns (bool);
    /// @notice Until when the token is paused (unix seconds); 0 when it is not.
    function pausedUntil() external view returns (uint64);
    function isIssueHalted() external view returns (bool);
    function tillOf(address till) external view returns (Till memory);
    function redemptionOf(address holder, bytes32 ref) external view returns (Redemption memory);

    /// @notice keccak256(abi.encodePacked(epoch, items)) of an issue, 0 when `ref` is unused, 1 for a pool issue.
    function issueRecordOf(bytes32 ref) external view returns (bytes32);
    function reversedOf(bytes32 ref, uint256 index) external view returns (uint256);

    /// @notice circulating + held + in the pool: what collateral must cover.
    function outstanding() external view returns (uint256);
    function supplySplit() external view returns (SupplySplit memory);

    function merchantId() external view returns (uint256);
    function calendar() external view returns (Calendar);
    function utcOffsetSeconds() external view returns (int256);
    function pointsPerYuan() external view returns (uint256);
    function registry() external view returns (address);
    function pool() external view returns (address);
    function collateral() external view returns (address);
}
