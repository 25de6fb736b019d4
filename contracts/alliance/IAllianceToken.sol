// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IAllianceToken
/// @notice ALP (联盟积分): rights token and medium of exchange of the alliance. ERC-20, ERC-2612, 18 decimals.
/// Only participants may receive it: representatives of members (looked up in the alliance), and holders admitted
/// (approved merchants, protocol contracts). What was paid out by a payer can be sent on to participants only.
/// Nothing mints it but rewards, at most `INFLATION_BPS_MAX` of a year's first supply in a year; nothing burns it.
interface IAllianceToken is IERC20 {
    /// @notice `account` can receive ALP from now on.
    event HolderAdmitted(address indexed account);
    /// @notice `account` can receive no more.
    event HolderRemoved(address indexed account);

    /// @notice `payer` may pay ALP to anybody from now on, or no longer.
    event PayerSet(address indexed payer, bool isPayer);
    /// @notice `bps` of the supply at a year's start may be emitted a year, for epochs that begin from now on.
    event InflationChanged(uint256 bps);
    /// @notice `amount` ALP wei were minted to `to` as rewards of year `year` (years of 365 days since the token began).
    event RewardEmitted(address indexed to, uint256 amount, uint256 indexed year);

    /// @notice `account` is not a participant, so it can not receive ALP.
    error AllianceTokenNotParticipant(address account);
    /// @notice Inflation is 0 to `max` bps a year.
    error AllianceTokenInflationInvalid(uint256 bps, uint256 max);
    /// @notice The emission of `year` is capped: `left` ALP wei are left.
    error AllianceTokenEmissionExceeded(uint256 year, uint256 asked, uint256 left);
    /// @notice That year has not begun, or its first second is not over.
    error AllianceTokenYearNotBegun(uint256 year);
    /// @notice Only what is past, or now, can be looked up.
    error AllianceTokenFutureLookup(uint256 timepoint, uint256 timestamp);

    /// @notice Lets `account` receive ALP. AccessManaged (the registry and the council).
    function admitHolder(address account) external;

    /// @notice Takes back `admitHolder`; what the account has it can still send. A member's representative can receive
    /// for as long as it represents, admitted or not. AccessManaged.
    function removeHolder(address account) external;

    /// @notice Lets `payer` pay ALP to accounts that are no participants (payouts of a wind-down), which can send it on to
    /// participants only. AccessManaged.
    function setPayer(address payer, bool isPayer) external;

    /// @notice Sets the yearly inflation, 0 to `INFLATION_BPS_MAX`, for reward epochs that begin later. AccessManaged.
    function setInflation(uint256 bps) external;

    /// @notice Mints `amount` ALP wei as rewards earned in `year`, whose first second must be over. All rewards of a year
    /// together are at most ⌊supplyAt(yearStart(year)) · INFLATION_BPS_MAX / 10,000⌋, whenever they are claimed.
    /// AccessManaged (NodeRewards).
    function emitReward(address to, uint256 amount, uint256 year) external;

    /// @notice Whether `account` can receive ALP.
    function isHolder(address account) external view returns (bool);

    /// @notice Whether `account` can pay ALP to anybody.
    function isPayer(address account) external view returns (bool);

    /// @notice Highest yearly inflation that can ever be set, fixed for the token's life.
    function INFLATION_BPS_MAX() external view returns (uint256);

    /// @notice Yearly inflation now, bps.
    function inflationBps() external view returns (uint256);

    /// @notice Yearly inflation in force at `timepoint` (unix seconds, not in the future), bps.
    function inflationAt(uint256 timepoint) external view returns (uint256);

    /// @notice Total supply at the end of second `timepoint` (not in the future), ALP wei. Before the token began: 0.
    function supplyAt(uint256 timepoint) external view returns (uint256);

    /// @notice `supplyAt(yearStart(year))`, at a cost that does not grow with the number of claims since.
    function supplyAtStartOf(uint256 year) external view returns (uint256);

    /// @notice First second of year 0: the token's first block.
    function startedAt() external view returns (uint256);

    /// @notice First second of `year`; years have 365 days.
    function yearStart(uint256 year) external view returns (uint256);

    /// @notice ALP wei minted so far as rewards of `year`.
    function emittedIn(uint256 year) external view returns (uint256);
}
