// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Roles
/// @notice Every role of the alliance's one AccessManager. Which function asks for which role stands in
/// `ignition/powers.ts`, the table that the deployment applies and the access matrix test checks; it is written out for
/// readers in docs/reference/powers.md.
/// @dev A role's number is for ever: schedules, grants and other organisations' records refer to it. A delay belongs to
/// a grant (`grantRole(role, account, delay)`), not to a role, so that a contract that must act at once, such as the
/// registry with HOLDER_KEEPER, and a person, who must not, can hold the same role.
library Roles {
    /// @notice The council: AccessManager's admin. Grants and revokes all roles, admits and expels members, changes the
    /// factory, removes holders. Whatever no other role is named for is its.
    uint64 internal constant COUNCIL = 0;

    /// @notice Admits merchants that have applied.
    uint64 internal constant REGISTRAR = 1;

    /// @notice Freezes accounts, pauses tokens, halts and resumes issuing.
    uint64 internal constant REGULATOR = 2;

    /// @notice Sets how much collateral stands behind a yuan of points.
    uint64 internal constant TREASURER = 3;

    /// @notice Admits holders of alliance tokens. The merchant registry has it, for the merchants it admits.
    uint64 internal constant HOLDER_KEEPER = 4;
}
