// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

import {IAlliance} from "./IAlliance.sol";
import {IAllianceToken} from "./IAllianceToken.sol";

/// @title AllianceToken
/// @notice The alliance token (ALP, 联盟积分), held by participants only; see IAllianceToken.
/// @dev Nothing here mints after construction: emission comes through a contract of its own. Sending is never
/// restricted, so that nobody's tokens can be locked in by removing a holder; only receiving is.
contract AllianceToken is IAllianceToken, ERC20Permit, AccessManaged {
    uint256 public immutable INFLATION_BPS_MAX;
    IAlliance private immutable _alliance;
    mapping(address account => bool isAdmitted) private _isHolder;

    /// @param authority The AccessManager.
    /// @param treasury Who gets the initial supply; the first holder.
    /// @param alliance_ Whose representatives may hold it.
    /// @param initialSupply ALP wei.
    /// @param inflationBpsMax Highest yearly inflation ever, bps.
    constructor(
        address authority,
        IAlliance alliance_,
        address treasury,
        uint256 initialSupply,
        uint256 inflationBpsMax
    ) ERC20("Alliance Points", "ALP") ERC20Permit("Alliance Points") AccessManaged(authority) {
        _alliance = alliance_;
        INFLATION_BPS_MAX = inflationBpsMax;
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

    // ---------------------------------------------------------------- not built yet

    function setPayer(address, bool) external restricted {
        revert();
    }

    function setInflation(uint256) external restricted {
        revert();
    }

    function emitReward(address, uint256, uint256) external restricted {
        revert();
    }

    function isPayer(address) external view returns (bool) {
        revert();
    }

    function inflationBps() external view returns (uint256) {
        revert();
    }

    function inflationAt(uint256) external view returns (uint256) {
        revert();
    }

    function supplyAt(uint256) external view returns (uint256) {
        revert();
    }

    function startedAt() external view returns (uint256) {
        revert();
    }

    function yearStart(uint256) external view returns (uint256) {
        revert();
    }

    function emittedIn(uint256) external view returns (uint256) {
        revert();
    }
}
