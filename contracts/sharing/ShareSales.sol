// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ISharingProgram} from "./ISharingProgram.sol";
import {ShareDeposits} from "./ShareDeposits.sol";
import {ShareIndex} from "./ShareIndex.sol";

/// @title ShareSales
/// @notice Sales shared and refunded; see ISharingProgram.
/// @dev A sale keeps its own units and the moment they began, so a refund knows to the unit what the sale still has and
/// what it has earned, however much else its accounts have bought, earned and redeemed meanwhile.
abstract contract ShareSales is ShareDeposits {
    using SafeCast for uint256;
    using ShareIndex for ShareIndex.Index;

    /// @dev Seven slots. `merchantAccount` is who was controller at the sale: its share value stays there.
    struct Record {
        address consumer;
        uint64 amountFen;
        uint32 scale;
        address merchantAccount;
        uint64 refundedFen;
        uint16 rebateBps;
        uint256 merchantId;
        uint256 burnedPoints;
        uint256 acc;
        uint256 consumerRaw;
        uint256 merchantRaw;
    }

    /// @dev A refund under way: what goes back, and what is missing, points wei.
    struct Refund {
        uint256 consumerPoints;
        uint256 merchantPoints;
        uint256 returnedPoints;
        uint256 consumerMissing;
        uint256 merchantMissing;
    }

    /// @dev Yuan wei in a fen, divided by the 10,000 bps of a rebate.
    uint256 private constant REBATE_UNIT = 1e12;
    /// @dev A trillion yuan: far above any sale, and so small that no product below can overflow.
    uint256 private constant AMOUNT_FEN_MAX = 1e14;

    mapping(bytes32 ref => Record sale) private _sales;

    /// @inheritdoc ISharingProgram
    function share(uint256 merchantId, address consumer, uint256 amountFen, bytes32 ref) external whileOn {
        if (!_isOfMerchant(merchantId, msg.sender)) revert SharingNotTill(merchantId, msg.sender);
        _requireActive(merchantId);
        Deposit storage deposit = _joined(merchantId);
        uint256 rebateBps = deposit.rebateBps;
        _requireRebate(rebateBps);
        if (_sales[ref].merchantId != 0) revert SharingRefUsed(ref);
        if (amountFen == 0 || amountFen > AMOUNT_FEN_MAX) revert SharingAmountInvalid(amountFen);
        _requireCustomer(merchantId, consumer);
        _giveAllDue();

        uint256 rebateYuan = amountFen * rebateBps * REBATE_UNIT;
        uint256 burned = _burnRebate(deposit, rebateYuan);
        Record storage sale = _sales[ref];
        (sale.merchantId, sale.consumer, sale.burnedPoints) = (merchantId, consumer, burned);
        (sale.amountFen, sale.rebateBps) = (uint64(amountFen), uint16(rebateBps)); // both checked above
        _open(sale, rebateYuan);
        emit SaleShared(ref, merchantId, consumer, amountFen, rebateYuan, burned);
    }

    /// @inheritdoc ISharingProgram
    function refund(bytes32 ref, uint256 amountFen) external {
        Record storage sale = _sales[ref];
        uint256 merchantId = sale.merchantId;
        if (merchantId == 0) revert SharingSaleUnknown(ref);
        if (!_isOfMerchant(merchantId, msg.sender)) revert SharingNotTill(merchantId, msg.sender);
        if (amountFen == 0) revert SharingAmountInvalid(amountFen);
        uint256 left = sale.amountFen - sale.refundedFen;
        if (amountFen > left) revert SharingRefundExceeds(amountFen, left);
        _giveAllDue();

        Refund memory part;
        (part.consumerPoints, part.consumerMissing) = _takePart(sale, sale.consumer, sale.consumerRaw, amountFen);
        (part.merchantPoints, part.merchantMissing) = _takePart(
            sale,
            sale.merchantAccount,
            sale.merchantRaw,
            amountFen
        );
        part.returnedPoints =
            _partOf(sale, sale.burnedPoints, left) - _partOf(sale, sale.burnedPoints, left - amountFen);
        sale.refundedFen += uint64(amountFen); // at most amountFen of the sale
        _settle(sale, part);
        emit SaleRefunded(
            ref,
            amountFen,
            part.consumerPoints,
            part.merchantPoints,
            part.returnedPoints,
            part.consumerMissing,
            part.merchantMissing
        );
    }

    /// @inheritdoc ISharingProgram
    function saleOf(bytes32 ref) external view returns (Sale memory) {
        Record storage sale = _sales[ref];
        return
            Sale({
                consumer: sale.consumer,
                merchantId: sale.merchantId,
                amountFen: sale.amountFen,
                refundedFen: sale.refundedFen,
                rebateYuan: uint256(sale.amountFen) * sale.rebateBps * REBATE_UNIT,
                burnedPoints: sale.burnedPoints
            });
    }

    // ---------------------------------------------------------------- internals

    function _burnRebate(Deposit storage deposit, uint256 rebateYuan) private returns (uint256 points) {
        points = _pointsWorth(_alpOf(rebateYuan, _alpPerYuan()));
        uint256 left = deposit.points;
        if (points > left) revert SharingDepositExceeded(points, left);
        deposit.points = left - points;
        _burn(address(this), points);
    }

    /// @dev Gives both sides their share value, and remembers it as the sale's.
    function _open(Record storage sale, uint256 rebateYuan) private {
        address merchantAccount = _registry.controllerOf(sale.merchantId);
        ShareIndex.Units memory units = _gain(sale.consumer, rebateYuan * _parameters.consumerMultiple);
        sale.consumerRaw = units.raw;
        sale.acc = units.acc;
        sale.scale = units.scale.toUint32();
        sale.merchantAccount = merchantAccount;
        sale.merchantRaw = _gain(merchantAccount, rebateYuan * _parameters.merchantMultiple).raw;
    }

    /// @dev Takes from one side what the part refunded has and has earned: what the sale has before, less what it has
    /// after, so that the parts of any sequence of refunds add up to the whole.
    function _takePart(
        Record storage sale,
        address account,
        uint256 raw,
        uint256 amountFen
    ) private returns (uint256 taken, uint256 missing) {
        uint256 left = sale.amountFen - sale.refundedFen;
        (uint256 rawBefore, uint256 fineBefore) = _grownSince(sale, _partOf(sale, raw, left));
        (uint256 rawAfter, uint256 fineAfter) = _grownSince(sale, _partOf(sale, raw, left - amountFen));
        return _takeBack(account, rawBefore - rawAfter, fineBefore - fineAfter);
    }

    /// @dev Returns the points that the sale burned, less what neither side can give back any more: what the consumer
    /// lacks it owes to the merchant from now on. Who vouches for a sale stands in for it; else a merchant could share a
    /// sale with itself, redeem what it earns and refund the sale, again and again.
    function _settle(Record storage sale, Refund memory part) private {
        uint256 merchantId = sale.merchantId;
        uint256 own = Math.min(part.merchantMissing, part.returnedPoints);
        uint256 stoodIn = Math.min(part.consumerMissing, part.returnedPoints - own);
        part.returnedPoints -= own + stoodIn;
        part.merchantMissing -= own;
        if (part.merchantMissing != 0) _owe(sale.merchantAccount, merchantId, 0, part.merchantMissing);
        if (part.consumerMissing != 0) _owe(sale.consumer, merchantId, stoodIn, part.consumerMissing - stoodIn);
        _deposits[merchantId].points += part.returnedPoints;
        _mint(address(this), part.returnedPoints);
    }

    /// @dev Not this contract: its balance is what others have not claimed, so a refund must never take from it.
    function _requireCustomer(uint256 merchantId, address consumer) private view {
        if (consumer == address(0) || consumer == address(this)) revert ERC20InvalidReceiver(consumer);
        if (_isOfMerchant(merchantId, consumer)) revert SharingSelfDealing(merchantId, consumer);
        _requireNotFrozen(consumer);
    }

    function _grownSince(Record storage sale, uint256 raw) private view returns (uint256, uint256) {
        return _index.grown(ShareIndex.Units({raw: raw, acc: sale.acc, scale: sale.scale}));
    }

    /// @dev The part of a sale's `whole` that `fen` of its amount stand for, rounded down.
    function _partOf(Record storage sale, uint256 whole, uint256 fen) private view returns (uint256) {
        return Math.mulDiv(whole, fen, sale.amountFen);
    }
}
