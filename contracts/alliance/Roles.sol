// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Roles
/// @notice Every role of the alliance's one AccessManager. Which function asks for which role stands in
/// `ignition/powers.ts`, the table that the deployment applies and the access matrix test checks; it is written out for
/// readers in docs/reference/powers.md.
/// @dev A role's number is for ever: schedules, grants and other organisations' records refer to it. A delay belongs to
/// a grant (`grantRole(role, account, delay)`), not to a role, so that a contract that must act at once, such as the
/// registry with HOLDER_KEEPER, and the council, which must not, can hold the same role. What matters in the same way
/// has the same role, so that the council's grants of them give each its delay: short for routine, long for danger.
/// Every function that asks for a role asks for one of 1 to 9: role 0 is what AccessManager answers for functions that
/// nobody restricted, so it stands for AccessManager's own functions only.
library Roles {
    /// @notice AccessManager's admin: grants and revokes roles, sets what functions ask for. The council, long delay.
    uint64 internal constant ADMIN = 0;

    /// @notice Admits merchants that have applied. The council, short delay.
    uint64 internal constant REGISTRAR = 1;

    /// @notice The regulator's desk: freezes, emergency pauses, orders of forced transfers, supervision. No delay.
    uint64 internal constant REGULATOR = 2;

    /// @notice Money rules: coverage, inflation, payers, seizure of collateral. The council, long delay.
    uint64 internal constant TREASURER = 3;

    /// @notice Admits holders of alliance tokens. The merchant registry, at once, for the merchants it admits; the
    /// council, short delay.
    uint64 internal constant HOLDER_KEEPER = 4;

    /// @notice What changes who decides or where points come from: admits and expels members, replaces representatives
    /// and controllers, removes holders, orders winding down, changes factory and desk. The council, long delay.
    uint64 internal constant COUNCIL = 5;

    /// @notice Day-to-day standing: suspends and reinstates members, replaces nodes, ratifies and lifts pauses. The
    /// council, short delay.
    uint64 internal constant STEWARD = 6;

    /// @notice What the regulator's desk does to tokens and merchants. The desk alone, no delay.
    uint64 internal constant SUPERVISOR = 7;

    /// @notice Mints node rewards. NodeRewards alone, no delay.
    uint64 internal constant EMITTER = 8;

    /// @notice Carries out forced transfers that the regulator ordered. The council, short delay.
    uint64 internal constant ENFORCER = 9;
}
