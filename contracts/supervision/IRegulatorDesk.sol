// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IRegulatorDesk
/// @notice The regulator's powers over tokens, accounts and merchants, every use of them public under a case number.
///
/// Freezing: an account is frozen in all tokens at once, and in those made later. One call reaches `TOKENS_PER_CALL_MAX`
/// tokens; if there are more, anyone carries on with `carryAccount`. The registry asks for `carryIntoToken` when it makes
/// a token; a token into which not all freezes were carried yet cannot issue. A desk that takes over from another knows
/// no token at first: anyone tells it of each one with `carryIntoToken`.
///
/// Pausing: at once, but for `PAUSE_SECONDS` (7 days) at most: then it lapses by itself, unless the council has ratified
/// it. The regulator can pause a token again within the same 7 days (which does not prolong them; not when the council
/// lifted the pause), or when `PAUSE_INTERVAL` (30 days) have passed since they began.
///
/// Forced transfer: ordered by the regulator, carried out by ENFORCER, another hand, within `ORDER_SECONDS` (30 days). It
/// moves points whether the accounts are frozen or the token paused.
///
/// Ladder for merchants: warning, limit cut, issue halt, suspension; the last rung, winding down, is the council's alone
/// (`MerchantRegistry.orderWindDown`): the regulator can only advise it.
interface IRegulatorDesk {
    /// @notice Steps of supervision. `LimitCut` has the percent cut (0 = none any more) as its value, others 0.
    enum Measure {
        Warning,
        LimitCut,
        IssueHalt,
        IssueResumption,
        Suspension,
        Reinstatement,
        WindDownAdvice
    }

    /// @notice A forced transfer that was ordered. `expiresAt` 0: there is none, or it is done or withdrawn.
    struct Order {
        address token;
        address from;
        address to;
        uint256 points;
        bytes32 caseNumber;
        address orderedBy;
        uint256 expiresAt;
    }

    /// @notice `account` is frozen in, or freed in, all tokens of now and later.
    event AccountFrozenEverywhere(address indexed account, bytes32 indexed caseNumber);
    event AccountFreedEverywhere(address indexed account, bytes32 indexed caseNumber);
    /// @notice `token` is paused until `until` (unix seconds; the largest uint64: until the council lifts it).
    event TokenPaused(address indexed token, bytes32 indexed caseNumber, uint64 until);
    /// @notice `token` moves again.
    event TokenUnpaused(address indexed token, bytes32 indexed caseNumber);
    /// @notice A measure of the supervision ladder was taken.
    event MeasureTaken(uint256 indexed merchantId, Measure indexed measure, bytes32 indexed caseNumber, uint256 value);
    /// @notice The regulator ordered, withdrew, or ENFORCER carried out a forced transfer.
    event TransferOrdered(
        uint256 indexed orderId,
        address indexed token,
        bytes32 indexed caseNumber,
        address from,
        address to,
        uint256 points,
        uint256 expiresAt
    );
    event TransferOrderWithdrawn(uint256 indexed orderId, bytes32 indexed caseNumber);
    /// @dev `executedBy` is the AccessManager when the council's delay for ENFORCER is not 0: it calls through it.
    event TransferOrderExecuted(uint256 indexed orderId, bytes32 indexed caseNumber, address executedBy);

    /// @notice Every act needs a case number.
    error DeskCaseNumberMissing();
    /// @notice The account is frozen, or not frozen, already.
    error DeskAccountFrozen(address account);
    error DeskAccountNotFrozen(address account);
    /// @notice The token is no merchant point of the registry.
    error DeskTokenUnknown(address token);
    /// @notice The regulator may pause this token again from `from` (unix seconds) on; the council at any time.
    error DeskPauseTooSoon(address token, uint256 from);
    /// @notice The token is not paused, or its pause was ratified and only the council can lift it.
    error DeskTokenNotPaused(address token);
    error DeskPauseRatified(address token);
    /// @notice A limit is cut by 0 to 100 percent.
    error DeskPercentInvalid(uint256 percent);
    /// @notice There is no open order with this id.
    error DeskOrderUnknown(uint256 orderId);
    /// @notice `account` gives orders and has the role to carry them out: its orders cannot be.
    error DeskSameHand(address account);
    /// @notice Orders are given directly: through the AccessManager nobody could tell whose hand it was.
    error DeskHandHidden(address caller);
    /// @notice The order could be carried out until `expiresAt`.
    error DeskOrderExpired(uint256 orderId, uint256 expiresAt);
    /// @notice An order needs a receiver other than the sender, and 1 to 2^56 − 1 base units.
    error DeskOrderInvalid();
    /// @notice Not all freezes have reached this token: carry them into it first (`carryIntoToken`).
    error DeskTokenBehind(address token);

    // ---------------------------------------------------------------- accounts

    /// @notice Freezes `account` in all tokens. AccessManaged (REGULATOR).
    function freeze(address account, bytes32 caseNumber) external;
    /// @notice Frees it in all tokens. AccessManaged (REGULATOR).
    function unfreeze(address account, bytes32 caseNumber) external;
    /// @notice Carries the standing of `account` on to tokens that a call could not reach, `max` at most (and no more than
    /// `TOKENS_PER_CALL_MAX`). Anyone.
    function carryAccount(address account, uint256 max) external;
    /// @notice Carries the freezes not yet in `token` into it, `max` at most (and no more than `TOKENS_PER_CALL_MAX`). Its
    /// first call for a token makes the desk know it. Anyone. About 36,000 gas a freeze.
    /// @return isComplete Whether none is left.
    function carryIntoToken(address token, uint256 max) external returns (bool isComplete);

    // ---------------------------------------------------------------- tokens

    /// @notice Pauses `token` for 7 days at most. AccessManaged (REGULATOR).
    function pause(address token, bytes32 caseNumber) external;
    /// @notice Ends a pause that the council has not ratified. AccessManaged (REGULATOR).
    function unpause(address token, bytes32 caseNumber) external;
    /// @notice The council makes a pause last until it lifts it, or pauses the token itself. AccessManaged (STEWARD).
    function ratifyPause(address token, bytes32 caseNumber) external;
    /// @notice The council ends any pause. AccessManaged (STEWARD).
    function liftPause(address token, bytes32 caseNumber) external;

    // ---------------------------------------------------------------- forced transfer

    /// @notice Orders `points` of `from` to be moved to `to`, oldest first. AccessManaged (REGULATOR).
    function orderTransfer(
        address token,
        address from,
        address to,
        uint256 points,
        bytes32 caseNumber
    ) external returns (uint256 orderId);
    /// @notice Takes an order back, also an expired one. AccessManaged (REGULATOR).
    function withdrawOrder(uint256 orderId) external;
    /// @notice Carries an order out. AccessManaged (ENFORCER); not while the hand that ordered has that role, too.
    function executeOrder(uint256 orderId) external;

    // ---------------------------------------------------------------- merchants (AccessManaged, REGULATOR)

    function warn(uint256 merchantId, bytes32 caseNumber) external;
    /// @notice Cuts what the merchant may have outstanding to (100 − percent) % of what its collateral allows.
    function cutLimit(uint256 merchantId, uint8 percent, bytes32 caseNumber) external;
    function haltIssue(uint256 merchantId, bytes32 caseNumber) external;
    function resumeIssue(uint256 merchantId, bytes32 caseNumber) external;
    /// @notice Stops issuing and swaps of the merchant; holders can still redeem and transfer.
    function suspend(uint256 merchantId, bytes32 caseNumber) external;
    function reinstate(uint256 merchantId, bytes32 caseNumber) external;
    function adviseWindDown(uint256 merchantId, bytes32 caseNumber) external;

    // ---------------------------------------------------------------- views

    function isFrozen(address account) external view returns (bool);
    function frozenCount() external view returns (uint256);
    /// @notice Frozen accounts from `from`, at most `max`; in no particular order.
    function frozenAccounts(uint256 from, uint256 max) external view returns (address[] memory);
    /// @notice The case under which the account was frozen or freed last; 0 when it never was.
    function caseOf(address account) external view returns (bytes32);
    /// @notice Whether the account's standing has reached every token. Of a frozen account also false as long as any
    /// token still waits for freezes, be it this account's or not.
    function isCarried(address account) external view returns (bool);
    /// @notice Tokens that the desk knows.
    function tokenCount() external view returns (uint256);
    /// @notice Whether the desk knows the token and all freezes have reached it.
    function isTokenCarried(address token) external view returns (bool);
    /// @notice Until when the token is paused (0 = it is not) and from when the regulator may pause it (again): in the
    /// past, it may now, unless the pause is ratified.
    function pauseOf(address token) external view returns (uint64 until, uint256 pausableFrom);
    function orderOf(uint256 orderId) external view returns (Order memory);
    function orderCount() external view returns (uint256);

    function TOKENS_PER_CALL_MAX() external view returns (uint256);
    function PAUSE_SECONDS() external view returns (uint256);
    function PAUSE_INTERVAL() external view returns (uint256);
    function ORDER_SECONDS() external view returns (uint256);
}
