// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {IRegulatorDesk} from "../supervision/IRegulatorDesk.sol";
import {ISharingProgram} from "./ISharingProgram.sol";
import {ShareAccounts} from "./ShareAccounts.sol";

/// @title ShareDeposits
/// @notice Merchants in the program: their deposits of share points and the rebates they set; see ISharingProgram.
abstract contract ShareDeposits is ShareAccounts {
    /// @dev What a deposit must be worth at joining, yuan wei.
    uint256 private constant JOINING_YUAN = 500 ether;

    IMerchantRegistry internal immutable _registry;

    mapping(uint256 merchantId => Participant participant) internal _participants;

    modifier onlyController(uint256 merchantId) {
        if (_registry.controllerOf(merchantId) != msg.sender) revert SharingNotController(merchantId, msg.sender);
        _;
    }

    constructor(IMerchantRegistry registry) {
        _registry = registry;
    }

    /// @inheritdoc ISharingProgram
    function join(uint256 merchantId, uint256 alp, uint16 rebateBps) external whileOn onlyController(merchantId) {
        _requireActive(merchantId);
        Participant storage participant = _participants[merchantId];
        if (participant.isJoined) revert SharingJoined(merchantId);
        _requireRebate(rebateBps);
        uint256 min = _alpOf(JOINING_YUAN, _alpPerYuan());
        if (alp < min) revert SharingDepositTooSmall(alp, min);
        _giveAllDue();

        participant.isJoined = true;
        participant.rebateBps = rebateBps;
        uint256 points = _buy(msg.sender, alp);
        participant.depositPoints += points;
        emit MerchantJoined(merchantId, alp, points, rebateBps);
    }

    /// @inheritdoc ISharingProgram
    function addDeposit(uint256 merchantId, uint256 alp) external whileOn onlyController(merchantId) {
        if (alp == 0) revert SharingAmountInvalid(alp);
        Participant storage participant = _joined(merchantId);
        _giveAllDue();
        uint256 points = _buy(msg.sender, alp);
        participant.depositPoints += points;
        emit DepositAdded(merchantId, alp, points);
    }

    /// @inheritdoc ISharingProgram
    function withdrawDeposit(uint256 merchantId, uint256 points) external onlyController(merchantId) {
        _requireNotFrozen(msg.sender);
        Participant storage participant = _participants[merchantId];
        uint256 deposit = participant.depositPoints;
        // A merchant that has left may still get points back by refunds.
        if (!participant.isJoined && deposit == 0) revert SharingNotJoined(merchantId);
        if (points > deposit) revert SharingDepositExceeded(points, deposit);
        if (points == 0 && deposit != 0) revert SharingAmountInvalid(points);
        _giveAllDue();

        participant.depositPoints = deposit - points;
        if (points == deposit) participant.isJoined = false;
        uint256 alp = _sell(address(this), points, msg.sender);
        emit DepositWithdrawn(merchantId, points, alp);
    }

    /// @inheritdoc ISharingProgram
    function setRebate(uint256 merchantId, uint16 rebateBps) external onlyController(merchantId) {
        Participant storage participant = _joined(merchantId);
        _requireRebate(rebateBps);
        participant.rebateBps = rebateBps;
        emit RebateSet(merchantId, rebateBps);
    }

    /// @inheritdoc ISharingProgram
    function collect(uint256 merchantId, address account) external returns (uint256 points) {
        _giveAllDue();
        points = _collect(merchantId, account);
        if (points == 0) return 0;
        _participants[merchantId].depositPoints += points;
        emit DebtCollected(merchantId, account, points);
    }

    /// @inheritdoc ISharingProgram
    function participantOf(uint256 merchantId) external view returns (Participant memory) {
        return _participants[merchantId];
    }

    // ---------------------------------------------------------------- internals

    function _joined(uint256 merchantId) internal view returns (Participant storage participant) {
        participant = _participants[merchantId];
        if (!participant.isJoined) revert SharingNotJoined(merchantId);
    }

    function _requireActive(uint256 merchantId) internal view {
        if (_registry.statusOf(merchantId) != IMerchantRegistry.Status.Active) revert SharingMerchantStatus(merchantId);
    }

    /// @dev The parameters may have changed since the merchant set its rebate.
    function _requireRebate(uint256 rebateBps) internal view {
        (uint256 min, uint256 max) = (_parameters.rebateMinBps, _parameters.rebateMaxBps);
        if (rebateBps < min || rebateBps > max) revert SharingRebateInvalid(rebateBps, min, max);
    }

    function _requireNotFrozen(address account) internal view {
        if (IRegulatorDesk(_registry.desk()).isFrozen(account)) revert SharingAccountFrozen(account);
    }

    /// @dev Whether `account` acts for the merchant: its controller, or a till of its token.
    function _isOfMerchant(uint256 merchantId, address account) internal view returns (bool) {
        if (_registry.controllerOf(merchantId) == account) return true;
        address token = _registry.tokenOf(merchantId);
        return token != address(0) && IMerchantPoint(token).tillOf(account).dailyLimit != 0;
    }
}
