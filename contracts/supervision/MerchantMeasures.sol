// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICollateral} from "../alliance/ICollateral.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {AccountFreezes} from "./AccountFreezes.sol";

/// @title MerchantMeasures
/// @notice The supervision ladder: what the regulator may do to a merchant, from a warning to its suspension.
/// @dev Which standing allows which step is the registry's to say. A token that not all freezes have reached was not
/// yet allowed to issue, so no step up leads round that.
abstract contract MerchantMeasures is AccountFreezes {
    uint8 private constant PERCENT_MAX = 100;

    function warn(uint256 merchantId, bytes32 caseNumber) external restricted underCase(caseNumber) {
        _registry.statusOf(merchantId); // refuses a merchant that there is not
        emit MeasureTaken(merchantId, Measure.Warning, caseNumber, 0);
    }

    function cutLimit(uint256 merchantId, uint8 percent, bytes32 caseNumber) external restricted underCase(caseNumber) {
        if (percent > PERCENT_MAX) revert DeskPercentInvalid(percent);
        address token = _registry.tokenOf(merchantId);
        _requireToken(token);
        emit MeasureTaken(merchantId, Measure.LimitCut, caseNumber, percent);
        ICollateral(IMerchantPoint(token).collateral()).setLimitCut(merchantId, percent);
    }

    function haltIssue(uint256 merchantId, bytes32 caseNumber) external restricted underCase(caseNumber) {
        emit MeasureTaken(merchantId, Measure.IssueHalt, caseNumber, 0);
        _registry.haltIssue(merchantId);
    }

    function resumeIssue(uint256 merchantId, bytes32 caseNumber) external restricted underCase(caseNumber) {
        emit MeasureTaken(merchantId, Measure.IssueResumption, caseNumber, 0);
        _registry.resumeIssue(merchantId);
        _requireFreezesCarried(merchantId);
    }

    function suspend(uint256 merchantId, bytes32 caseNumber) external restricted underCase(caseNumber) {
        emit MeasureTaken(merchantId, Measure.Suspension, caseNumber, 0);
        _registry.suspend(merchantId);
    }

    function reinstate(uint256 merchantId, bytes32 caseNumber) external restricted underCase(caseNumber) {
        emit MeasureTaken(merchantId, Measure.Reinstatement, caseNumber, 0);
        _registry.reinstate(merchantId);
        _requireFreezesCarried(merchantId);
    }

    function adviseWindDown(uint256 merchantId, bytes32 caseNumber) external restricted underCase(caseNumber) {
        _registry.statusOf(merchantId); // refuses a merchant that there is not
        emit MeasureTaken(merchantId, Measure.WindDownAdvice, caseNumber, 0);
    }

    function _requireFreezesCarried(uint256 merchantId) private view {
        address token = _registry.tokenOf(merchantId);
        if (!isTokenCarried(token)) revert DeskTokenBehind(token);
    }
}
