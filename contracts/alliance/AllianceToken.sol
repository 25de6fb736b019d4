// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {IAlliance} from "./IAlliance.sol";
import {IAllianceToken} from "./IAllianceToken.sol";

/// @title AllianceToken
/// @notice The alliance token (ALP, 联盟积分), held by participants only; see IAllianceToken.
/// @dev Sending is never restricted, so that nobody's tokens can be locked in by removing a holder; only receiving is.
/// Nothing mints after construction but `emitReward`, and nothing burns.
contract AllianceToken is IAllianceToken, ERC20Permit, AccessManaged {
    using Checkpoints for Checkpoints.Trace208;
    using SafeCast for uint256;

    uint256 private constant BPS = 10_000;

    /// @inheritdoc IAllianceToken
    uint256 public immutable INFLATION_BPS_MAX;

    /// @inheritdoc IAllianceToken
    uint256 public immutable startedAt;

    IAlliance private immutable _alliance;

    mapping(address account => bool isAdmitted) private _isHolder;
    mapping(address account => bool isPayer) private _isPayer;
    Checkpoints.Trace208 private _inflation;
    Checkpoints.Trace208 private _supply;
    mapping(uint256 year => uint256 alp) private _supplyAtStartOf;
    mapping(uint256 year => uint256 alp) private _emittedIn;

    /// @param authority The AccessManager.
    /// @param alliance_ Whose representatives may hold it.
    /// @param treasury Who gets the initial supply; the first holder.
    /// @param initialSupply ALP wei.
    /// @param inflationBpsMax Highest yearly inflation ever, bps; at most 10,000.
    constructor(
        address authority,
        IAlliance alliance_,
        address treasury,
        uint256 initialSupply,
        uint256 inflationBpsMax
    ) ERC20("Alliance Points", "ALP") ERC20Permit("Alliance Points") AccessManaged(authority) {
        if (inflationBpsMax > BPS) revert AllianceTokenInflationInvalid(inflationBpsMax, BPS);
        _alliance = alliance_;
        INFLATION_BPS_MAX = inflationBpsMax;
        startedAt = block.timestamp;
        _admitHolder(treasury);
        _mintRecorded(treasury, initialSupply);
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
    function setPayer(address payer, bool isPayer_) external restricted {
        // The zero address is where mints come from: rewards go to participants only.
        if (payer == address(0)) revert AllianceTokenNotParticipant(payer);
        _isPayer[payer] = isPayer_;
        emit PayerSet(payer, isPayer_);
    }

    /// @inheritdoc IAllianceToken
    function setInflation(uint256 bps) external restricted {
        if (bps > INFLATION_BPS_MAX) revert AllianceTokenInflationInvalid(bps, INFLATION_BPS_MAX);
        _inflation.push(block.timestamp.toUint48(), bps.toUint208());
        emit InflationChanged(bps);
    }

    /// @inheritdoc IAllianceToken
    function emitReward(address to, uint256 amount, uint256 year) external restricted {
        // In a year's first second its supply is not final yet: what it emitted then would raise its own cap.
        if (block.timestamp <= yearStart(year)) revert AllianceTokenYearNotBegun(year);
        uint256 supply = supplyAtStartOf(year);
        uint256 emitted = _emittedIn[year];
        // Cannot overflow: the supply fits 208 bits, the bps 14. Cannot underflow: the cap of a year never changes.
        uint256 left = (supply * INFLATION_BPS_MAX) / BPS - emitted;
        if (amount > left) revert AllianceTokenEmissionExceeded(year, amount, left);

        if (_supplyAtStartOf[year] == 0) _supplyAtStartOf[year] = supply;
        _emittedIn[year] = emitted + amount;
        emit RewardEmitted(to, amount, year);
        _mintRecorded(to, amount);
    }

    /// @inheritdoc IAllianceToken
    function isHolder(address account) external view returns (bool) {
        return _isHolder[account] || _alliance.memberIdOf(account) != 0;
    }

    /// @inheritdoc IAllianceToken
    function isPayer(address account) external view returns (bool) {
        return _isPayer[account];
    }

    /// @inheritdoc IAllianceToken
    function inflationBps() external view returns (uint256) {
        return _inflation.latest();
    }

    /// @inheritdoc IAllianceToken
    function inflationAt(uint256 timepoint) external view returns (uint256) {
        return _inflation.upperLookupRecent(_notFuture(timepoint));
    }

    /// @inheritdoc IAllianceToken
    function emittedIn(uint256 year) external view returns (uint256) {
        return _emittedIn[year];
    }

    /// @inheritdoc IAllianceToken
    function supplyAt(uint256 timepoint) public view returns (uint256) {
        return _supply.upperLookupRecent(_notFuture(timepoint));
    }

    /// @inheritdoc IAllianceToken
    function supplyAtStartOf(uint256 year) public view returns (uint256) {
        uint256 kept = _supplyAtStartOf[year];
        return kept == 0 ? supplyAt(yearStart(year)) : kept;
    }

    /// @inheritdoc IAllianceToken
    function yearStart(uint256 year) public view returns (uint256) {
        // Saturating, so that a year beyond all time is named as one that has not begun.
        return Math.saturatingAdd(startedAt, Math.saturatingMul(year, 365 days));
    }

    /// @dev The alliance and the payers are looked up when the receiver is no admitted holder only: between holders a
    /// transfer costs one look-up more than an ordinary ERC-20's.
    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        if (!_isHolder[to] && _alliance.memberIdOf(to) == 0 && !_isPayer[from]) revert AllianceTokenNotParticipant(to);
        super._update(from, to, value);
    }

    /// @dev The one way to mint: without its checkpoint a year's emission would be counted from another supply.
    function _mintRecorded(address to, uint256 amount) private {
        _mint(to, amount);
        _supply.push(block.timestamp.toUint48(), totalSupply().toUint208());
    }

    /// @dev Admitting twice changes nothing: a merchant's controller may be a participant already.
    function _admitHolder(address account) private {
        if (account == address(0)) revert AllianceTokenNotParticipant(account);
        if (_isHolder[account]) return;
        _isHolder[account] = true;
        emit HolderAdmitted(account);
    }

    function _notFuture(uint256 timepoint) private view returns (uint48) {
        if (timepoint > block.timestamp) revert AllianceTokenFutureLookup(timepoint, block.timestamp);
        return timepoint.toUint48();
    }
}
