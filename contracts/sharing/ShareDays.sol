// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ICollateral} from "../alliance/ICollateral.sol";
import {ISharingProgram} from "./ISharingProgram.sol";
import {ShareIndex} from "./ShareIndex.sol";
import {SharePoint} from "./SharePoint.sol";

/// @title ShareDays
/// @notice What the council decides about the program, and its days; see ISharingProgram.
abstract contract ShareDays is SharePoint, AccessManaged {
    using ShareIndex for ShareIndex.Index;

    /// @inheritdoc ISharingProgram
    uint256 public constant DAYS_PER_CALL_MAX = 100;
    uint256 internal constant BPS = 10_000;
    uint256 private constant CONSUMER_MULTIPLE_MAX = 10;
    uint256 private constant MERCHANT_MULTIPLE_MAX = 2;
    uint256 private constant DAILY_POINTS_MAX = 498e18;

    /// @inheritdoc ISharingProgram
    uint256 public immutable SEED_ALP;

    ICollateral private immutable _collateral;

    /// @inheritdoc ISharingProgram
    State public state;
    /// @inheritdoc ISharingProgram
    uint256 public enabledAt;
    uint256 internal _daysGiven;
    Parameters internal _parameters;
    ShareIndex.Index internal _index;

    modifier whileOn() {
        if (state != State.On) revert SharingOff(state);
        _;
    }

    constructor(ICollateral collateral, uint256 seedAlp) {
        _collateral = collateral;
        SEED_ALP = seedAlp;
        _index.value = ShareIndex.ONE;
    }

    // ---------------------------------------------------------------- the council

    /// @inheritdoc ISharingProgram
    function enable(Parameters calldata parameters_) external restricted {
        if (state != State.Off) revert SharingOff(state);
        _setParameters(parameters_);
        // A share point begins at one yuan. The seed must be one whole point at least, so that rounding stays dust.
        uint256 points = Math.mulDiv(SEED_ALP, POINT, _alpPerYuan());
        if (points < POINT) revert SharingParametersInvalid("alpPerYuan");
        state = State.On;
        enabledAt = block.timestamp;
        emit SharingEnabled(SEED_ALP, parameters_);
        _fund(_collateral.treasury(), SEED_ALP, points);
    }

    /// @inheritdoc ISharingProgram
    function setParameters(Parameters calldata parameters_) external restricted {
        if (state == State.Off) revert SharingOff(state);
        _giveAllDue();
        _setParameters(parameters_);
        emit ParametersChanged(parameters_);
    }

    /// @inheritdoc ISharingProgram
    function setHalted(bool isHalted) external restricted {
        if (state == State.Off) revert SharingOff(state);
        state = isHalted ? State.Halted : State.On;
        emit SharingHalted(isHalted);
    }

    /// @inheritdoc ISharingProgram
    function parameters() external view returns (Parameters memory) {
        return _parameters;
    }

    // ---------------------------------------------------------------- days

    /// @inheritdoc ISharingProgram
    function distribute() public returns (uint256 given) {
        uint256 due = daysDue();
        if (due == 0) return 0;
        uint256 first = _daysGiven;
        given = Math.min(due, DAYS_PER_CALL_MAX);
        uint256 alpPerYuan = _alpPerYuan();
        for (uint256 day = first + 1; day <= first + given; ++day) {
            // A day that gives nothing changes nothing, so all days after it give nothing, too.
            if (!_giveDay(day, alpPerYuan)) {
                given = due;
                break;
            }
        }
        _daysGiven = first + given;
    }

    /// @inheritdoc ISharingProgram
    function daysDue() public view returns (uint256) {
        return state == State.Off ? 0 : (block.timestamp - enabledAt) / 1 days - _daysGiven;
    }

    /// @dev Before anything that changes share value, vault or supply: so that a day does not ask who came first.
    function _giveAllDue() internal {
        distribute();
        uint256 due = daysDue();
        if (due != 0) revert SharingDaysDue(due, DAYS_PER_CALL_MAX);
    }

    /// @dev ALP wei a yuan; never 0 once the program is on, because it cannot be set to 0.
    function _alpPerYuan() internal view returns (uint256 alpPerYuan) {
        (alpPerYuan, ) = _collateral.coverage();
        if (alpPerYuan == 0) revert SharingParametersInvalid("alpPerYuan");
    }

    /// @dev ALP wei of `yuan` yuan wei, rounded up.
    function _alpOf(uint256 yuan, uint256 alpPerYuan) internal pure returns (uint256) {
        return Math.mulDiv(yuan, alpPerYuan, 1 ether, Math.Rounding.Ceil);
    }

    function _giveDay(uint256 day, uint256 alpPerYuan) private returns (bool) {
        uint256 total = _index.total();
        uint256 supply = totalSupply();
        uint256 halfAlp = Math.mulDiv(total / 2, alpPerYuan, 1 ether);
        uint256 points = Math.min(_parameters.dailyPoints, Math.mulDiv(halfAlp, supply, _vault));
        if (points == 0) return false;

        // Twice rounded down, as the bound is: at most half of the total.
        uint256 worth = Math.mulDiv(Math.mulDiv(points, _vault, supply), 1 ether, alpPerYuan);
        emit DayGiven(day, points, worth, nav());
        _index.give(points, worth, total);
        _mint(address(this), points);
        return true;
    }

    function _setParameters(Parameters calldata parameters_) private {
        if (parameters_.consumerMultiple > CONSUMER_MULTIPLE_MAX) revert SharingParametersInvalid("consumerMultiple");
        if (parameters_.merchantMultiple > MERCHANT_MULTIPLE_MAX) revert SharingParametersInvalid("merchantMultiple");
        if (parameters_.dailyPoints > DAILY_POINTS_MAX) revert SharingParametersInvalid("dailyPoints");
        (uint256 min, uint256 max) = (parameters_.rebateMinBps, parameters_.rebateMaxBps);
        if (min == 0 || min > max) revert SharingParametersInvalid("rebateMinBps");
        if (max > BPS) revert SharingParametersInvalid("rebateMaxBps");
        _parameters = parameters_;
    }
}
