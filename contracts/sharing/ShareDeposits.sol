// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {IRegulatorDesk} from "../supervision/IRegulatorDesk.sol";
import {ISharingProgram} from "./ISharingProgram.sol";
import {ShareAccounts} from "./ShareAccounts.sol";

/// @title ShareDeposits
/// @notice Merchants in the program: their deposits of share points and the rebates they set; see ISharingProgram.
abstract contract ShareDeposits is ShareAccounts {
    /// @param lockDay The day on which `lockedPoints` were bought.
    struct Deposit {
        uint256 points;
        uint256 lockedPoints;
        uint64 lockDay;
        uint16 rebateBps;
        bool isJoined;
    }

    /// @dev What a deposit must be worth at joining, yuan wei.
    uint256 private constant JOINING_YUAN = 500 ether;

    IMerchantRegistry internal immutable _registry;

    mapping(uint256 merchantId => Deposit deposit) internal _deposits;

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
        Deposit storage deposit = _deposits[merchantId];
        if (deposit.isJoined) revert SharingJoined(merchantId);
        _requireRebate(rebateBps);
        uint256 min = _alpOf(JOINING_YUAN, _alpPerYuan());
        if (alp < min) revert SharingDepositTooSmall(alp, min);
        deposit.isJoined = true;
        deposit.rebateBps = rebateBps;
        emit MerchantJoined(merchantId, alp, _add(deposit, alp), rebateBps);
    }

    /// @inheritdoc ISharingProgram
    function addDeposit(uint256 merchantId, uint256 alp) external whileOn onlyController(merchantId) {
        if (alp == 0) revert SharingAmountInvalid(alp);
        emit DepositAdded(merchantId, alp, _add(_joined(merchantId), alp));
    }

    /// @inheritdoc ISharingProgram
    function withdrawDeposit(uint256 merchantId, uint256 points) external onlyController(merchantId) {
        _requireNotFrozen(msg.sender);
        Deposit storage deposit = _deposits[merchantId];
        uint256 left = deposit.points;
        // A merchant that has left may still get points back by refunds.
        if (!deposit.isJoined && left == 0) revert SharingNotJoined(merchantId);
        if (points > left) revert SharingDepositExceeded(points, left);
        if (points == 0 && left != 0) revert SharingAmountInvalid(points);
        uint256 free = left - _lockedOf(deposit);
        if (points > free) revert SharingDepositLocked(points, free);
        _giveAllDue();

        deposit.points = left - points;
        if (points == left) deposit.isJoined = false;
        uint256 alp = _sell(address(this), points, msg.sender);
        emit DepositWithdrawn(merchantId, points, alp);
    }

    /// @inheritdoc ISharingProgram
    function setRebate(uint256 merchantId, uint16 rebateBps) external onlyController(merchantId) {
        Deposit storage deposit = _joined(merchantId);
        _requireRebate(rebateBps);
        deposit.rebateBps = rebateBps;
        emit RebateSet(merchantId, rebateBps);
    }

    /// @inheritdoc ISharingProgram
    function collect(uint256 merchantId, address account) external returns (uint256 points) {
        _giveAllDue();
        points = _collect(merchantId, account);
        if (points == 0) return 0;
        _deposits[merchantId].points += points;
        emit DebtCollected(merchantId, account, points);
    }

    /// @inheritdoc ISharingProgram
    function participantOf(uint256 merchantId) external view returns (Participant memory) {
        Deposit storage deposit = _deposits[merchantId];
        return Participant(deposit.points, deposit.rebateBps, deposit.isJoined, _lockedOf(deposit));
    }

    // ---------------------------------------------------------------- internals

    function _joined(uint256 merchantId) internal view returns (Deposit storage deposit) {
        deposit = _deposits[merchantId];
        if (!deposit.isJoined) revert SharingNotJoined(merchantId);
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

    /// @dev Buys points of the caller into a deposit; they are locked until the day is over.
    function _add(Deposit storage deposit, uint256 alp) private returns (uint256 points) {
        _giveAllDue();
        points = _buy(msg.sender, alp);
        deposit.lockedPoints = _lockedOf(deposit) + points;
        deposit.lockDay = _today();
        deposit.points += points;
    }

    /// @dev Sales burn what is free first.
    function _lockedOf(Deposit storage deposit) private view returns (uint256) {
        return deposit.lockDay == _today() ? Math.min(deposit.lockedPoints, deposit.points) : 0;
    }

    /// @dev Days since the program was turned on, beginning with 1.
    function _today() private view returns (uint64) {
        return uint64((block.timestamp - enabledAt) / 1 days + 1);
    }
}
