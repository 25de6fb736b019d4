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
/// No token has a line of its own, nor can one be closed by itself: what is set for it is not read. So nobody need look
/// through hundreds of tokens to know who may do what to them, and freezing an account in 500 of them costs a tenth less.
contract AllianceAccess is AccessManager {
    IMerchantRegistry private _registry;

    /// @notice From now on the merchant points of `registry` share the roles that are set for `registry`.
    event RegistrySet(address indexed registry);

    /// @param initialAdmin The deployer, who makes the council the only admin and renounces.
    constructor(address initialAdmin) AccessManager(initialAdmin) {}

    /// @notice Names the registry whose merchant points share one line. Only the admin.
    function setRegistry(IMerchantRegistry newRegistry) external onlyAuthorized {
        _registry = newRegistry;
        emit RegistrySet(address(newRegistry));
    }

    /// @notice The registry whose merchant points share one line; the zero address before it is set.
    function registry() external view returns (address) {
        return address(_registry);
    }

    /// @inheritdoc AccessManager
    function canCall(address caller, address target, bytes4 selector) public view override returns (bool, uint32) {
        // What the manager itself executes it has checked before, and remembers by its true target.
        return super.canCall(caller, caller == address(this) ? target : _lineOf(target), selector);
    }

    /// @inheritdoc AccessManager
    function getTargetFunctionRole(address target, bytes4 selector) public view override returns (uint64) {
        return super.getTargetFunctionRole(_lineOf(target), selector);
    }

    /// @dev Where the roles of `target` are written: for a merchant point at the registry.
    function _lineOf(address target) private view returns (address) {
        IMerchantRegistry line = _registry;
        if (target == address(line) || address(line) == address(0)) return target;
        return line.merchantIdOf(target) == 0 ? target : address(line);
    }
}
