// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {LotsLib} from "../points/LotsLib.sol";
import {Lots} from "../types/Lots.sol";
import {ILottery} from "./ILottery.sol";
import {LotteryPrizes} from "./LotteryPrizes.sol";

/// @title LotteryTickets
/// @notice How tickets are bought, and what becomes of the points that paid for them; see ILottery.
abstract contract LotteryTickets is LotteryPrizes {
    using LotsLib for Lots;
    using LotsLib for uint256;

    /// @inheritdoc ILottery
    function buy(
        uint256 drawId,
        address buyer,
        uint32 count,
        bytes32 salt,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 purchaseId) {
        Book storage book = _bookIn(drawId, State.Open);
        _requireForSale(drawId, book, buyer, count);
        Sale memory sale = Sale(buyer, book.draw.sold, count, false, ticketRef(drawId, buyer, salt));
        bool isHeld = _isHeld(book, sale);
        purchaseId = _record(drawId, book, sale);
        if (!isHeld) _hold(book.terms, sale, deadline, signature);
    }

    /// @inheritdoc ILottery
    function settle(uint256 drawId, uint256[] calldata purchaseIds) external {
        Book storage book = _bookOf(drawId);
        State state = book.draw.state;
        if (state != State.Drawn && state != State.Void) revert LotteryDrawState(drawId, state);
        for (uint256 i = 0; i < purchaseIds.length; i++) {
            Sale storage sale = _saleOf(drawId, book, purchaseIds[i]);
            if (sale.isSettled) continue;
            (bool isDone, bool isCaptured) = state == State.Drawn
                ? _capture(book.terms, sale)
                : _letGo(book.terms, sale);
            if (!isDone) continue;
            sale.isSettled = true;
            book.unsettled--;
            emit TicketsSettled(drawId, purchaseIds[i], isCaptured);
        }
        if (state == State.Void && book.unsettled == 0 && book.paid == 0) _returnPrizes(drawId, book);
    }

    // ---------------------------------------------------------------- inside

    function _record(uint256 drawId, Book storage book, Sale memory sale) private returns (uint256 purchaseId) {
        purchaseId = book.sales.length;
        book.sales.push(sale);
        book.draw.sold = sale.first + sale.count;
        book.unsettled++;
        book.tickets[sale.buyer] += sale.count;
        book.refs[sale.ref] = true;
        emit TicketsBought(drawId, purchaseId, sale.buyer, sale.first, sale.count, sale.ref);
    }

    function _hold(Terms storage terms, Sale memory sale, uint256 deadline, bytes calldata signature) private {
        IMerchantPoint(terms.token).holdBySig(
            sale.buyer,
            _priceOf(terms, sale),
            IMerchantPoint.RedemptionKind.Lottery,
            sale.ref,
            terms.releaseAt,
            deadline,
            signature
        );
    }

    /// @dev The draw took place: the points are redeemed. A frozen buyer's wait until it is free, or for `releaseAt`.
    function _capture(Terms storage terms, Sale storage sale) private returns (bool isDone, bool isCaptured) {
        IMerchantPoint point = IMerchantPoint(terms.token);
        IMerchantPoint.RedemptionState state = point.redemptionOf(sale.buyer, sale.ref).state;
        // Another till of the merchant was quicker: what it took or gave away is its own.
        if (state != IMerchantPoint.RedemptionState.Held) {
            return (true, state == IMerchantPoint.RedemptionState.Captured);
        }
        if (block.timestamp >= terms.releaseAt) {
            point.release(sale.buyer, sale.ref);
            return (true, false);
        }
        if (point.isFrozen(sale.buyer)) return (false, false);
        _requireTill(terms.token);
        point.capture(sale.buyer, sale.ref, _priceOf(terms, sale));
        return (true, true);
    }

    /// @dev The draw is void: the points go back with their ages, also those that the merchant captured by another till.
    /// Only what was turned in for collateral, which paid for it, is gone for good.
    function _letGo(Terms storage terms, Sale storage sale) private returns (bool isDone, bool isCaptured) {
        IMerchantPoint point = IMerchantPoint(terms.token);
        IMerchantPoint.Redemption memory held = point.redemptionOf(sale.buyer, sale.ref);
        if (held.state == IMerchantPoint.RedemptionState.Held) {
            if (block.timestamp < terms.releaseAt) _requireTill(terms.token);
            point.release(sale.buyer, sale.ref);
            return (true, false);
        }
        if (held.kind == IMerchantPoint.RedemptionKind.WindDown) return (true, true);
        uint256 taken = held.lots.lanesOf().total();
        if (taken != 0) {
            _requireTill(terms.token);
            point.refund(sale.buyer, sale.ref, taken);
        }
        return (true, false);
    }

    function _requireForSale(uint256 drawId, Book storage book, address buyer, uint256 count) private view {
        Terms storage terms = book.terms;
        if (block.timestamp >= terms.salesEnd) revert LotterySalesOver(drawId, terms.salesEnd);
        if (count == 0) revert LotteryTicketsInvalid(count);
        // It sees the result before all others, and by its silence could undo a draw in which it did not win.
        if (buyer == book.draw.witness) revert LotteryWitnessInvalid(buyer);
        // Neither can underflow: what was sold is within both limits.
        uint256 left = terms.ticketsMax - book.draw.sold;
        if (count > left) revert LotterySoldOut(drawId, count, left);
        left = terms.accountMax - book.tickets[buyer];
        if (count > left) revert LotteryAccountLimit(drawId, buyer, count, left);
    }

    /// @dev Whether the very hold that pays for this purchase is there already: made by the buyer itself, or by somebody who
    /// took the signature out of the pool of transactions to have it used up. Its ref names draw and buyer, so it can
    /// have been meant for nothing else; without this the buyer's points would be stuck until `releaseAt` for nothing.
    function _isHeld(Book storage book, Sale memory sale) private view returns (bool) {
        IMerchantPoint.Redemption memory held = IMerchantPoint(book.terms.token).redemptionOf(sale.buyer, sale.ref);
        return
            held.state == IMerchantPoint.RedemptionState.Held &&
            held.kind == IMerchantPoint.RedemptionKind.Lottery &&
            held.releaseAt == book.terms.releaseAt &&
            held.lots.lanesOf().total() == _priceOf(book.terms, sale) &&
            !book.refs[sale.ref];
    }

    function _priceOf(Terms storage terms, Sale memory sale) private view returns (uint256) {
        return uint256(terms.ticketPoints) * sale.count;
    }

    function _requireTill(address token) private view {
        if (!_isTill(token, address(this))) revert LotteryNotTill(token);
    }
}
