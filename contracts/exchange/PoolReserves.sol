// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {IExchangePool} from "./IExchangePool.sol";
import {PoolRecord, PoolRecordLib} from "./PoolRecord.sol";
import {PoolSides} from "./PoolSides.sol";

/// @title PoolReserves
/// @notice What goes into and out of the reserves of a side, but by swaps.
/// @dev Nothing here reads `balanceOf`: what is sent to the pool past `fundAlp` belongs to nobody and changes nothing. A
/// merchant that is stopped can take its reserves out and put nothing in.
abstract contract PoolReserves is PoolSides {
    using PoolRecordLib for PoolRecord;
    using SafeERC20 for IERC20;

    /// @dev ALP of all sides together, in units. It never exceeds one side's field, so no swap can overflow a side.
    uint256 private _alpUnitsTotal;

    /// @inheritdoc IExchangePool
    function fundPoints(
        address token,
        bytes32 ref,
        uint256 points
    ) external onlyController(token) onlyOpen(token) onlyRunning(token) {
        PoolRecord record = _sideOf[token].record;
        if (points == 0 || points > PoolRecordLib.POINTS_MAX - record.points()) {
            revert ExchangeAmountOutOfRange(points);
        }
        // The token reads this reserve to know what is outstanding and adds `points` to it: so it grows afterwards.
        IMerchantPoint(token).poolIssue(ref, points);
        _sideOf[token].record = record.withReserves(record.points() + points, record.alp());
        emit PointsFunded(token, ref, points);
    }

    /// @inheritdoc IExchangePool
    function withdrawPoints(address token, uint256 points) external onlyController(token) onlyOpen(token) {
        uint256 reserve = _sideOf[token].record.points();
        if (points == 0) revert ExchangeAmountOutOfRange(points);
        if (points > reserve) revert ExchangeReserveTooLow(points, reserve);
        _retire(token, points);
    }

    /// @inheritdoc IExchangePool
    function fundAlp(address token, uint256 alp) external onlyOpen(token) onlyRunning(token) {
        uint256 units = _wholeUnits(alp);
        if (units > PoolRecordLib.ALP_MAX - _alpUnitsTotal) revert ExchangeAmountOutOfRange(alp);
        PoolRecord record = _sideOf[token].record;
        _alpUnitsTotal += units;
        _sideOf[token].record = record.withReserves(record.points(), record.alp() + units);
        _ALP.safeTransferFrom(msg.sender, address(this), alp);
        emit AlpFunded(token, msg.sender, alp);
    }

    /// @inheritdoc IExchangePool
    function withdrawAlp(address token, uint256 alp) external onlyController(token) onlyOpen(token) {
        uint256 units = _wholeUnits(alp);
        PoolRecord record = _sideOf[token].record;
        if (units > record.alp()) revert ExchangeReserveTooLow(alp, _toWei(record.alp()));
        _alpUnitsTotal -= units;
        _sideOf[token].record = record.withReserves(record.points(), record.alp() - units);
        _ALP.safeTransfer(msg.sender, alp);
        emit AlpWithdrawn(token, msg.sender, alp);
    }

    /// @dev Destroys points of a reserve that holds them.
    function _retire(address token, uint256 points) internal {
        PoolRecord record = _sideOf[token].record;
        _sideOf[token].record = record.withReserves(record.points() - points, record.alp());
        IMerchantPoint(token).poolRetire(points);
        emit PointsWithdrawn(token, points);
    }

    /// @dev The units of `alp` wei, which must be one or more whole ones.
    function _wholeUnits(uint256 alp) private pure returns (uint256 units) {
        units = _toUnits(alp);
        if (units == 0) revert ExchangeAmountOutOfRange(alp);
    }
}
