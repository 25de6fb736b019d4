// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

import {IAllianceToken} from "./IAllianceToken.sol";

/// @title AllianceToken
/// @notice The alliance token (ALP, 联盟积分), held by participants only; see IAllianceToken.
/// @dev Nothing here mints after construction: emission comes through a contract of its own. Sending is never
/// restricted, so that nobody's tokens can be locked in by removing a holder; only receiving is.
contract AllianceToken is IAllianceToken, ERC20Permit, AccessManaged {
    mapping(address account => bool isAdmitted) private _isHolder;

    /// @param authority The AccessManager.
    /// @param treasury Who gets the initial supply; the first holder.
    /// @param initialSupply ALP wei.
    constructor(
        address authority,
        address treasury,
        uint256 initialSupply
    ) ERC20("Alliance Points", "ALP") ERC20Permit("Alliance Points") AccessManaged(authority) {
        _admitHolder(treasury);
        _mint(treasury, initialSupply);
    }

    /// @inheritdoc IAllianceToken
    function admitHolder(address account) external restricted {
        _admitHolder(account);
    }

    /// @inheritdoc IAllianceToken
    function removeHolder(address account) external restricted {
        if (!_isHolder[account]) revert AllianceTokenNotParticipant(account);
        _isHolder[account] = false;
        emit HolderRemoved(account);
    }

    /// @inheritdoc IAllianceToken
    function isHolder(address account) external view returns (bool) {
        return _isHolder[account];
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        if (!_isHolder[to]) revert AllianceTokenNotParticipant(to);
        super._update(from, to, value);
    }

    /// @dev Admitting twice changes nothing: a merchant's controller may be a participant already.
    function _admitHolder(address account) private {
        if (account == address(0)) revert AllianceTokenNotParticipant(account);
        if (_isHolder[account]) return;
        _isHolder[account] = true;
        emit HolderAdmitted(account);
    }
}
