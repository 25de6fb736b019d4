// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {IAllianceToken} from "./IAllianceToken.sol";
import {ICollateral} from "./ICollateral.sol";
import {IMerchantRegistry} from "./IMerchantRegistry.sol";

/// @title CollateralAccounts
/// @notice What is locked for each merchant and what that is good for; see ICollateral.
abstract contract CollateralAccounts is ICollateral {
    using SafeERC20 for IAllianceToken;

    /// @dev One slot a merchant, because every issue of points reads it.
    /// @param deposited ALP wei; 96 bits hold 7.9e10 ALP, and a deposit that does not fit reverts.
    /// @param requested ALP wei asked back, ≤ deposited.
    /// @param availableAt Unix seconds; good for 34,000 years.
    /// @param pointsPerYuan Copied from the registry by the first deposit: the terms are fixed for life.
    /// @param cutPercent By how much the regulator cut the limit, 0 to 100.
    struct Account {
        uint96 deposited;
        uint96 requested;
        uint40 availableAt;
        uint16 pointsPerYuan;
        uint8 cutPercent;
    }

    /// @dev One slot: both are read together.
    struct Coverage {
        uint128 alpPerYuan;
        uint128 bps;
    }

    uint256 internal constant BASE_UNITS_PER_POINT = 100;
    uint256 internal constant BPS = 10_000;
    uint256 internal constant PERCENT_MAX = 100;

    /// @inheritdoc ICollateral
    address public immutable treasury;

    IAllianceToken private immutable _allianceToken;
    IMerchantRegistry internal immutable _registry;

    Coverage internal _coverage;
    mapping(uint256 merchantId => Account account) internal _accounts;

    modifier onlyController(uint256 merchantId) {
        _checkKnown(merchantId);
        if (_registry.controllerOf(merchantId) != msg.sender) revert CollateralNotController(merchantId, msg.sender);
        _;
    }

    constructor(IAllianceToken token, IMerchantRegistry merchantRegistry, address treasury_) {
        treasury = treasury_;
        _allianceToken = token;
        _registry = merchantRegistry;
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
    function limitCutOf(uint256 merchantId) external view returns (uint8 percent) {
        return _accounts[merchantId].cutPercent;
    }

    /// @inheritdoc ICollateral
    function outstandingMaxOf(address token) external view returns (uint256) {
        Account memory account = _accounts[_registry.merchantIdOf(token)]; // id 0 never has a deposit
        uint256 price = _price();
        if (price == 0) return 0;
        // Cannot under- or overflow: no more is requested than deposited, no more cut than 100; 2^96 · 10^9 · 100 fits
        // 256 bits many times over.
        unchecked {
            // ⌈n · price / unit⌉ ≤ alp ⟺ n ≤ alp · unit / price, since alp is whole: rounding down is the exact inverse.
            uint256 max = (uint256(account.deposited - account.requested) * _unit(account.pointsPerYuan)) / price;
            return account.cutPercent == 0 ? max : (max * (PERCENT_MAX - account.cutPercent)) / PERCENT_MAX;
        }
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
    function _clearRequest(uint256 merchantId) internal returns (uint96 alp) {
        Account storage account = _accounts[merchantId];
        alp = account.requested;
        account.requested = 0;
        account.availableAt = 0;
    }

    /// @dev A request that can no longer be met is taken back for the merchant.
    function _voidRequest(uint256 merchantId) internal {
        uint96 alp = _clearRequest(merchantId);
        if (alp != 0) emit WithdrawalCancelled(merchantId, alp);
    }

    function _receive(address from, uint256 alp) internal {
        _allianceToken.safeTransferFrom(from, address(this), alp);
    }

    function _send(address to, uint256 alp) internal {
        _allianceToken.safeTransfer(to, alp);
    }

    /// @dev The token of a merchant, or the zero address before it is admitted.
    function _pointOf(uint256 merchantId) internal view returns (IMerchantPoint) {
        return IMerchantPoint(_registry.tokenOf(merchantId));
    }

    function _outstandingOf(uint256 merchantId) internal view returns (uint256) {
        IMerchantPoint point = _pointOf(merchantId);
        return address(point) == address(0) ? 0 : point.outstanding();
    }

    function _pointsPerYuanOf(uint256 merchantId) internal view returns (uint256) {
        _checkKnown(merchantId);
        return _registry.merchantOf(merchantId).terms.pointsPerYuan;
    }

    function _checkKnown(uint256 merchantId) internal view {
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
}
