// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {CollateralAccounts} from "./CollateralAccounts.sol";
import {IAllianceToken} from "./IAllianceToken.sol";
import {ICollateral} from "./ICollateral.sol";
import {IMerchantRegistry} from "./IMerchantRegistry.sol";
import {PayoutDesk} from "./PayoutDesk.sol";

/// @title Collateral
/// @notice Alliance tokens locked behind outstanding points; see ICollateral.
contract Collateral is PayoutDesk, AccessManaged {
    using SafeCast for uint256;

    /// @inheritdoc ICollateral
    uint256 public immutable WITHDRAW_DELAY;

    /// @param authority The AccessManager.
    /// @param token The alliance token.
    /// @param merchantRegistry Who says which merchants there are.
    /// @param treasury_ The council, which receives what is seized and what nobody claims.
    /// @param withdrawDelaySeconds From a request to the withdrawal, so that the council and holders see it coming.
    constructor(
        address authority,
        IAllianceToken token,
        IMerchantRegistry merchantRegistry,
        address treasury_,
        uint256 withdrawDelaySeconds
    ) AccessManaged(authority) CollateralAccounts(token, merchantRegistry, treasury_) {
        WITHDRAW_DELAY = withdrawDelaySeconds;
    }

    // ---------------------------------------------------------------- the merchant

    /// @inheritdoc ICollateral
    function deposit(uint256 merchantId, uint256 alp) external notWindingDown(merchantId) {
        if (alp == 0) revert CollateralAmountZero();
        Account storage account = _accounts[merchantId];
        if (account.pointsPerYuan == 0) account.pointsPerYuan = _pointsPerYuanOf(merchantId).toUint16();
        account.deposited = (account.deposited + alp).toUint96();
        emit CollateralDeposited(merchantId, msg.sender, alp);
        _receive(msg.sender, alp);
    }

    /// @inheritdoc ICollateral
    function requestWithdrawal(
        uint256 merchantId,
        uint256 alp
    ) external onlyController(merchantId) notWindingDown(merchantId) {
        if (alp == 0) revert CollateralAmountZero();
        Account storage account = _accounts[merchantId];
        if (alp > account.deposited) revert CollateralInsufficient(merchantId, alp, account.deposited);
        uint256 availableAt = block.timestamp + WITHDRAW_DELAY;
        account.requested = alp.toUint96();
        account.availableAt = availableAt.toUint40();
        emit WithdrawalRequested(merchantId, alp, availableAt);
    }

    /// @inheritdoc ICollateral
    function cancelWithdrawal(uint256 merchantId) external onlyController(merchantId) {
        _checkRequest(merchantId);
        _voidRequest(merchantId);
    }

    /// @inheritdoc ICollateral
    function withdraw(uint256 merchantId) external onlyController(merchantId) {
        _checkRequest(merchantId); // which payouts, once open, have made void
        Account storage account = _accounts[merchantId];
        uint256 availableAt = account.availableAt;
        if (block.timestamp < availableAt) revert CollateralNotYet(availableAt);

        uint96 alp = _clearRequest(merchantId);
        account.deposited = _coveredAfter(merchantId, alp);
        emit CollateralWithdrawn(merchantId, msg.sender, alp);
        _send(msg.sender, alp);
    }

    // ---------------------------------------------------------------- the council and the regulator's desk

    /// @inheritdoc ICollateral
    function setCoverage(uint256 alpPerYuan, uint256 coverageBps) external restricted {
        bool isValid = alpPerYuan > 0 && alpPerYuan <= type(uint128).max && coverageBps > 0 && coverageBps <= BPS;
        if (!isValid) revert CollateralCoverageInvalid(alpPerYuan, coverageBps);
        _coverage = Coverage(alpPerYuan.toUint128(), coverageBps.toUint128());
        emit CoverageChanged(alpPerYuan, coverageBps);
    }

    /// @inheritdoc ICollateral
    function setLimitCut(uint256 merchantId, uint8 percent) external restricted {
        _checkKnown(merchantId);
        if (percent > PERCENT_MAX) revert CollateralPercentInvalid(percent);
        _accounts[merchantId].cutPercent = percent;
        emit LimitCutSet(merchantId, percent);
    }

    /// @inheritdoc ICollateral
    function seize(uint256 merchantId, uint256 alp, bytes32 caseNumber) external restricted notWindingDown(merchantId) {
        if (alp == 0) revert CollateralAmountZero();
        _checkKnown(merchantId);
        Account storage account = _accounts[merchantId];
        uint96 left = _coveredAfter(merchantId, alp);
        account.deposited = left;
        // What was asked back is no more than what is locked: every issue relies on it.
        if (account.requested > left) _voidRequest(merchantId);
        emit CollateralSeized(merchantId, alp, caseNumber);
        _send(treasury, alp);
    }

    // ---------------------------------------------------------------- internals

    /// @dev What is left of the deposit without `alp`, which has to cover what is outstanding.
    function _coveredAfter(uint256 merchantId, uint256 alp) private view returns (uint96 left) {
        uint96 deposited = _accounts[merchantId].deposited;
        if (alp > deposited) revert CollateralInsufficient(merchantId, alp, deposited);
        left = deposited - uint96(alp); // fits: just compared
        uint256 required = requiredFor(merchantId, _outstandingOf(merchantId));
        if (left < required) revert CollateralUncovered(merchantId, left, required);
    }

    function _checkRequest(uint256 merchantId) private view {
        if (_accounts[merchantId].requested == 0) revert CollateralNoRequest(merchantId);
    }
}
