// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {CollateralAccounts} from "./CollateralAccounts.sol";
import {ICollateral} from "./ICollateral.sol";

/// @title PayoutDesk
/// @notice What holders get for the points of a merchant that winds down; see ICollateral.
/// @dev Σ ⌊pot · n / points⌋ ≤ pot as long as Σ n ≤ points, and nothing adds to what was outstanding when the payouts
/// opened: so no claim can find the pot empty, in whatever order they come. A consent can not be used twice, since the
/// token takes every ref of a holder once; nor on another chain or contract, since the domain names both.
abstract contract PayoutDesk is CollateralAccounts, EIP712 {
    using SafeCast for uint256;

    enum Phase {
        None,
        Open,
        Closed
    }

    /// @dev Two slots. All points a token ever issued fit 64 bits, all of a deposit 96.
    struct WindDown {
        uint96 pot;
        uint96 paid;
        uint64 points;
        uint96 surplus;
        uint64 pointsPaid;
        Phase phase;
    }

    bytes32 private constant TURN_IN_TYPEHASH = keccak256(
        "TurnIn(address holder,uint256 merchantId,uint256 points,bytes32 ref,uint256 deadline)"
    );

    mapping(uint256 merchantId => WindDown windDown) private _windDowns;

    modifier onlyRegistry() {
        if (msg.sender != address(_registry)) revert CollateralNotRegistry(msg.sender);
        _;
    }

    modifier notWindingDown(uint256 merchantId) {
        if (_windDowns[merchantId].phase != Phase.None) revert CollateralWindingDown(merchantId);
        _;
    }

    constructor() EIP712("Collateral", "1") {}

    /// @inheritdoc ICollateral
    function openPayouts(uint256 merchantId) external onlyRegistry {
        _voidRequest(merchantId);
        uint256 points = _outstandingOf(merchantId);
        uint96 deposited = _accounts[merchantId].deposited;
        uint96 pot = uint96(Math.min(deposited, _faceValueOf(merchantId, points))); // fits, as the deposit does
        uint96 surplus = deposited - pot;
        _accounts[merchantId].deposited = 0;
        _windDowns[merchantId] = WindDown(pot, 0, points.toUint64(), surplus, 0, Phase.Open);
        emit PayoutsOpened(merchantId, pot, points, surplus);
    }

    /// @inheritdoc ICollateral
    function closePayouts(uint256 merchantId) external onlyRegistry {
        WindDown storage windDown = _windDowns[merchantId];
        windDown.phase = Phase.Closed;
        uint256 rest = windDown.pot - windDown.paid;
        emit PayoutsClosed(merchantId, rest);
        _send(treasury, rest);
    }

    // ---------------------------------------------------------------- holders

    /// @inheritdoc ICollateral
    function turnIn(uint256 merchantId, uint256 points, bytes32 ref) external returns (uint256 alp) {
        return _turnIn(msg.sender, merchantId, points, ref);
    }

    /// @inheritdoc ICollateral
    function turnInBySig(
        address holder,
        uint256 merchantId,
        uint256 points,
        bytes32 ref,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 alp) {
        if (block.timestamp > deadline) revert CollateralSignatureExpired(deadline);
        bytes32 consent = keccak256(abi.encode(TURN_IN_TYPEHASH, holder, merchantId, points, ref, deadline));
        if (!SignatureChecker.isValidSignatureNowCalldata(holder, _hashTypedDataV4(consent), signature)) {
            revert CollateralSignatureInvalid(holder);
        }
        return _turnIn(holder, merchantId, points, ref);
    }

    /// @inheritdoc ICollateral
    function turnInHold(uint256 merchantId, address holder, bytes32 ref) external returns (uint256 alp) {
        return _pay(merchantId, holder, _openPointOf(merchantId).turnInHold(holder, ref), ref);
    }

    // ---------------------------------------------------------------- the merchant

    /// @inheritdoc ICollateral
    function withdrawSurplus(uint256 merchantId) external onlyController(merchantId) {
        uint256 alp = _windDowns[merchantId].surplus;
        if (alp == 0) revert CollateralNoSurplus(merchantId);
        _windDowns[merchantId].surplus = 0;
        emit CollateralWithdrawn(merchantId, msg.sender, alp);
        _send(msg.sender, alp);
    }

    // ---------------------------------------------------------------- views

    /// @inheritdoc ICollateral
    function payoutsOf(uint256 merchantId) external view returns (Payouts memory) {
        WindDown memory windDown = _windDowns[merchantId];
        return
            Payouts({
                pot: windDown.pot,
                points: windDown.points,
                paid: windDown.paid,
                pointsPaid: windDown.pointsPaid,
                surplus: windDown.surplus,
                isOpen: windDown.phase == Phase.Open
            });
    }

    /// @inheritdoc ICollateral
    function quotePayout(uint256 merchantId, uint256 points) external view returns (uint256 alp) {
        WindDown memory windDown = _windDowns[merchantId];
        if (windDown.phase != Phase.Open || windDown.points == 0) return 0;
        return _partOf(windDown, Math.min(points, windDown.points));
    }

    // ---------------------------------------------------------------- internals

    function _turnIn(address holder, uint256 merchantId, uint256 points, bytes32 ref) private returns (uint256) {
        _openPointOf(merchantId).turnIn(holder, points, ref);
        return _pay(merchantId, holder, points, ref);
    }

    /// @dev The token has burned `points` of what was outstanding, so there are some and their part is not paid yet.
    function _pay(uint256 merchantId, address holder, uint256 points, bytes32 ref) private returns (uint256 alp) {
        WindDown memory windDown = _windDowns[merchantId];
        alp = _partOf(windDown, points);
        windDown.paid += uint96(alp); // a part of `pot`, which fits
        windDown.pointsPaid += points.toUint64();
        _windDowns[merchantId] = windDown;
        emit PaidOut(merchantId, holder, ref, points, alp);
        _send(holder, alp);
    }

    function _openPointOf(uint256 merchantId) private view returns (IMerchantPoint) {
        if (_windDowns[merchantId].phase != Phase.Open) revert CollateralNotWindingDown(merchantId);
        return _pointOf(merchantId);
    }

    /// @dev ⌈points · alpPerYuan / base units in a yuan⌉; 64 bits times 128.
    function _faceValueOf(uint256 merchantId, uint256 points) private view returns (uint256) {
        return Math.ceilDiv(points * _coverage.alpPerYuan, BASE_UNITS_PER_POINT * _pointsPerYuanOf(merchantId));
    }

    /// @dev 96 bits times 64.
    function _partOf(WindDown memory windDown, uint256 points) private pure returns (uint256) {
        return (uint256(windDown.pot) * points) / windDown.points;
    }
}
