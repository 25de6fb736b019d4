// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {IMerchantRegistry} from "./IMerchantRegistry.sol";

/// @title AllianceAccess
/// @notice OpenZeppelin's AccessManager, in which all merchant points share one line of the table of powers: a function
/// of a merchant point asks for the role that is set for the same selector on the registry.
/// @dev Without it, each admission would have to be followed by the council's `setTargetFunctionRole` for the new token;
/// until then nobody but the council could freeze or pause, and one forgotten call would leave a token without a
/// regulator. The alternative, to make the registry an admin, would give a contract power over every other one.
/// A role set for one token itself, other than COUNCIL, goes before the shared line.
/// To freeze an account in many tokens at once the regulator uses `multicall` of `execute(token, freeze…)`.
contract AllianceAccess is AccessManager {
    IMerchantRegistry private _registry;

    /// @notice From now on the merchant points of `registry` share the roles that are set for `registry`.
    event RegistrySet(address indexed registry);

    /// @param initialAdmin The first and only holder of COUNCIL.
    constructor(address initialAdmin) AccessManager(initialAdmin) {}

    /// @notice Names the registry whose merchant points share one line. Only the council.
    function setRegistry(IMerchantRegistry newRegistry) external onlyAuthorized {
        _registry = newRegistry;
        emit RegistrySet(address(newRegistry));
    }

    /// @notice The registry whose merchant points share one line; the zero address before it is set.
    function registry() external view returns (address) {
        return address(_registry);
    }

    /// @inheritdoc AccessManager
    function getTargetFunctionRole(address target, bytes4 selector) public view override returns (uint64) {
        uint64 role = super.getTargetFunctionRole(target, selector);
        if (role != ADMIN_ROLE || address(_registry) == address(0)) return role;
        return _registry.merchantIdOf(target) == 0 ? role : super.getTargetFunctionRole(address(_registry), selector);
    }
}
