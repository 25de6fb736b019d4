// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {IAllianceToken} from "./IAllianceToken.sol";
import {ICollateral} from "./ICollateral.sol";
import {IMerchantRegistry} from "./IMerchantRegistry.sol";

/// @title Collateral
/// @notice Alliance tokens locked behind outstanding points; see ICollateral.
contract Collateral is ICollateral, AccessManaged {
    using SafeCast for uint256;
    using SafeERC20 for IAllianceToken;

    /// @dev One slot a merchant, because every issue of points reads it.
    /// @param deposited ALP wei; 96 bits hold 7.9e10 ALP, and a deposit that does not fit reverts.
    /// @param requested ALP wei asked back, ≤ deposited.
    /// @param availableAt Unix seconds; good for 34,000 years.
    /// @param pointsPerYuan Copied from the registry by the first deposit: the terms are fixed for life.
    struct Account {
        uint96 deposited;
        uint96 requested;
        uint40 availableAt;
        uint24 pointsPerYuan;
    }

    /// @dev One slot: both are read together.
    struct Coverage {
        uint128 alpPerYuan;
        uint128 bps;
    }

    uint256 private constant BASE_UNITS_PER_POINT = 100;
    uint256 private constant BPS = 10_000;

    /// @inheritdoc ICollateral
    uint256 public immutable WITHDRAW_DELAY;

    /// @inheritdoc ICollateral
    address public immutable treasury;

    IAllianceToken private immutable _allianceToken;
    IMerchantRegistry private immutable _registry;

    Coverage private _coverage;
    mapping(uint256 merchantId => Account account) private _accounts;

    modifier onlyController(uint256 merchantId) {
        _checkKnown(merchantId);
        if (_registry.controllerOf(merchantId) != msg.sender) revert CollateralNotController(merchantId, msg.sender);
        _;
    }

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
    ) AccessManaged(authority) {
        treasury = treasury_;
        _allianceToken = token;
        _registry = merchantRegistry;
        WITHDRAW_DELAY = withdrawDelaySeconds;
    }

    /// @inheritdoc ICollateral
    function deposit(uint256 merchantId, uint256 alp) external {
        if (alp == 0) revert CollateralAmountZero();
        Account storage account = _accounts[merchantId];
        if (account.pointsPerYuan == 0) account.pointsPerYuan = _pointsPerYuanOf(merchantId).toUint24();
        account.deposited = (account.deposited + alp).toUint96();
        emit CollateralDeposited(merchantId, msg.sender, alp);
        _allianceToken.safeTransferFrom(msg.sender, address(this), alp);
    }

    /// @inheritdoc ICollateral
    function requestWithdrawal(uint256 merchantId, uint256 alp) external onlyController(merchantId) {
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
        emit WithdrawalCancelled(merchantId, _clearRequest(merchantId));
    }

    /// @inheritdoc ICollateral
    function withdraw(uint256 merchantId) external onlyController(merchantId) {
        Account storage account = _accounts[merchantId];
        uint256 availableAt = account.availableAt;
        uint96 alp = _clearRequest(merchantId);
        if (block.timestamp < availableAt) revert CollateralNotYet(availableAt);

        uint96 left = account.deposited - alp;
        uint256 required = requiredFor(merchantId, _outstandingOf(merchantId));
        if (left < required) revert CollateralUncovered(merchantId, left, required);

        account.deposited = left;
        emit CollateralWithdrawn(merchantId, msg.sender, alp);
        _allianceToken.safeTransfer(msg.sender, alp);
    }

    /// @inheritdoc ICollateral
    function setCoverage(uint256 alpPerYuan, uint256 coverageBps) external restricted {
        bool isValid = alpPerYuan > 0 && alpPerYuan <= type(uint128).max && coverageBps > 0 && coverageBps <= BPS;
        if (!isValid) revert CollateralCoverageInvalid(alpPerYuan, coverageBps);
        _coverage = Coverage(alpPerYuan.toUint128(), coverageBps.toUint128());
        emit CoverageChanged(alpPerYuan, coverageBps);
    }

    /// @inheritdoc ICollateral
    function depositOf(uint256 merchantId) external view returns (uint256) {
        return _accounts[merchantId].deposited;
    }

    /// @inheritdoc ICollateral
    function requestOf(uint256 merchantId) external view returns (uint256 alp, uint256 availableAt) {
        Account storage account = _accounts[merchantId];
        return (account.requested, account.availableAt);
    }

    /// @inheritdoc ICollateral
    function outstandingMaxOf(address token) external view returns (uint256) {
        Account memory account = _accounts[_registry.merchantIdOf(token)]; // id 0 never has a deposit
        uint256 price = _price();
        if (price == 0) return 0;
        // ⌈n · price / unit⌉ ≤ alp ⟺ n ≤ alp · unit / price, since alp is whole: rounding down is the exact inverse.
        // 2^96 · 10^9 fits 256 bits many times over.
        return (uint256(account.deposited - account.requested) * _unit(account.pointsPerYuan)) / price;
    }

    /// @inheritdoc ICollateral
    function coverage() external view returns (uint256 alpPerYuan, uint256 coverageBps) {
        return (_coverage.alpPerYuan, _coverage.bps);
    }

    /// @inheritdoc ICollateral
    function requiredFor(uint256 merchantId, uint256 points) public view returns (uint256) {
        return Math.mulDiv(points, _price(), _unit(_pointsPerYuanOf(merchantId)), Math.Rounding.Ceil);
    }

    /// @dev Takes the request back and gives what it asked for.
    function _clearRequest(uint256 merchantId) private returns (uint96 alp) {
        Account storage account = _accounts[merchantId];
        alp = account.requested;
        if (alp == 0) revert CollateralNoRequest(merchantId);
        account.requested = 0;
        account.availableAt = 0;
    }

    function _outstandingOf(uint256 merchantId) private view returns (uint256) {
        address token = _registry.tokenOf(merchantId);
        return token == address(0) ? 0 : IMerchantPoint(token).outstanding();
    }

    function _pointsPerYuanOf(uint256 merchantId) private view returns (uint256) {
        _checkKnown(merchantId);
        return _registry.merchantOf(merchantId).terms.pointsPerYuan;
    }

    function _checkKnown(uint256 merchantId) private view {
        if (merchantId == 0 || merchantId > _registry.merchantCount()) revert CollateralMerchantUnknown(merchantId);
    }

    /// @dev ALP wei · bps for one yuan; below 2^142.
    function _price() private view returns (uint256) {
        return uint256(_coverage.alpPerYuan) * _coverage.bps;
    }

    /// @dev Base units · bps in one yuan; at most 10^9.
    function _unit(uint256 pointsPerYuan) private pure returns (uint256) {
        return BASE_UNITS_PER_POINT * pointsPerYuan * BPS;
    }

    // ---------------------------------------------------------------- not built yet

    function setLimitCut(uint256, uint8) external restricted {
        revert();
    }

    function seize(uint256, uint256, bytes32) external restricted {
        revert();
    }

    function openPayouts(uint256) external {
        revert();
    }

    function closePayouts(uint256) external {
        revert();
    }

    function turnIn(uint256, uint256, bytes32) external returns (uint256) {
        revert();
    }

    function turnInBySig(address, uint256, uint256, bytes32, uint256, bytes calldata) external returns (uint256) {
        revert();
    }

    function turnInHold(uint256, address, bytes32) external returns (uint256) {
        revert();
    }

    function withdrawSurplus(uint256) external {
        revert();
    }

    function payoutsOf(uint256) external view returns (Payouts memory) {
        revert();
    }

    function quotePayout(uint256, uint256) external view returns (uint256) {
        revert();
    }

    function limitCutOf(uint256) external view returns (uint8) {
        revert();
    }
}
