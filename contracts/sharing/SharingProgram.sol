// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ICollateral} from "../alliance/ICollateral.sol";
import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {CompositeSignature} from "../types/CompositeSignature.sol";
import {ISharingProgram} from "./ISharingProgram.sol";
import {ShareDays} from "./ShareDays.sol";
import {ShareDeposits} from "./ShareDeposits.sol";
import {ShareIndex} from "./ShareIndex.sol";
import {SharePoint} from "./SharePoint.sol";
import {ShareSales} from "./ShareSales.sol";

/// @title SharingProgram
/// @notice The sharing program's counter for holders, and its disclosure; see ISharingProgram.
contract SharingProgram is ShareSales, EIP712, Nonces {
    using ShareIndex for ShareIndex.Index;

    bytes32 private constant REDEEM_TYPEHASH = keccak256(
        "RedeemShare(address account,uint256 points,uint256 nonce,uint256 deadline)"
    );

    /// @param authority The AccessManager.
    /// @param alp The alliance token.
    /// @param registry Who says which merchants there are, who controls them, and whom the regulator has frozen.
    /// @param collateral Who says what a yuan is in ALP, and where the treasury is.
    /// @param seedAlp ALP wei that the treasury gives when the program is turned on.
    constructor(
        address authority,
        IERC20 alp,
        IMerchantRegistry registry,
        ICollateral collateral,
        uint256 seedAlp
    )
        AccessManaged(authority)
        SharePoint(alp)
        ShareDays(collateral, seedAlp)
        ShareDeposits(registry)
        EIP712("SharingProgram", "1")
    {}

    /// @inheritdoc ISharingProgram
    function claim(address account) external returns (uint256 points) {
        return _claim(account);
    }

    /// @inheritdoc ISharingProgram
    function redeem(uint256 points) external returns (uint256 alp) {
        return _redeem(msg.sender, points);
    }

    /// @inheritdoc ISharingProgram
    function redeemBySig(
        address account,
        uint256 points,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 alp) {
        if (block.timestamp > deadline) revert SharingSignatureExpired(deadline);
        bytes32 consent = keccak256(abi.encode(REDEEM_TYPEHASH, account, points, _useNonce(account), deadline));
        if (!CompositeSignature.isValid(account, _hashTypedDataV4(consent), signature)) {
            revert SharingSignatureInvalid(account);
        }
        return _redeem(account, points);
    }

    /// @inheritdoc ISharingProgram
    function disclosure() external view returns (Disclosure memory figures) {
        figures.state = state;
        figures.vault = _vault;
        figures.supply = totalSupply();
        figures.nav = nav();
        figures.shareValue = _index.total();
        figures.daysGiven = _daysGiven;
        (figures.coverageBps, figures.daysToClear) = (type(uint256).max, 0);
        if (figures.shareValue == 0) return figures;

        uint256 claims = _alpOf(figures.shareValue, _alpPerYuan());
        uint256 daily = Math.mulDiv(_parameters.dailyPoints, _vault, figures.supply);
        figures.coverageBps = Math.mulDiv(_vault, BPS, claims);
        figures.daysToClear = daily == 0 ? type(uint256).max : Math.ceilDiv(claims, daily);
    }

    function _redeem(address account, uint256 points) private returns (uint256 alp) {
        if (points == 0) revert SharingAmountInvalid(points);
        _requireNotFrozen(account);
        _claim(account);
        uint256 left = balanceOf(account);
        if (points > left) revert SharingPointsExceeded(points, left);
        alp = _sell(account, points, account);
        emit PointsRedeemed(account, points, alp);
    }
}
