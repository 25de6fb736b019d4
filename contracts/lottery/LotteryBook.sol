// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {ILottery} from "./ILottery.sol";

/// @title LotteryBook
/// @notice What is known of each draw, and how it is looked up; see ILottery.
abstract contract LotteryBook is ILottery {
    /// @dev One purchase, two slots.
    struct Sale {
        address buyer;
        uint32 first;
        uint32 count;
        bool isSettled;
        bytes32 ref;
    }

    /// @dev All of one draw. `paid` has a bit for each prize, `unsettled` counts purchases whose hold still stands.
    struct Book {
        Terms terms;
        Draw draw;
        Tier[] tiers;
        Sale[] sales;
        uint32[] numbers;
        uint256 paid;
        uint32 unsettled;
        uint16 prizes;
        mapping(address account => uint256 count) tickets;
        mapping(bytes32 ref => bool isSold) refs;
    }

    /// @inheritdoc ILottery
    uint256 public constant PRIZES_MAX = 100;
    /// @inheritdoc ILottery
    uint256 public constant TICKETS_MAX = 1_000_000;

    IMerchantRegistry internal immutable _registry;

    uint256 internal _drawCount;
    mapping(uint256 drawId => Book book) private _books;

    constructor(IMerchantRegistry registry_) {
        _registry = registry_;
    }

    // ---------------------------------------------------------------- views

    /// @inheritdoc ILottery
    function drawCount() external view returns (uint256) {
        return _drawCount;
    }

    /// @inheritdoc ILottery
    function drawOf(uint256 drawId) external view returns (Draw memory) {
        return _bookOf(drawId).draw;
    }

    /// @inheritdoc ILottery
    function termsOf(uint256 drawId) external view returns (Terms memory terms, Tier[] memory tiers) {
        Book storage book = _bookOf(drawId);
        return (book.terms, book.tiers);
    }

    /// @inheritdoc ILottery
    function purchaseCount(uint256 drawId) external view returns (uint256) {
        return _bookOf(drawId).sales.length;
    }

    /// @inheritdoc ILottery
    function purchaseOf(uint256 drawId, uint256 purchaseId) external view returns (Purchase memory) {
        Sale memory sale = _saleOf(drawId, _bookOf(drawId), purchaseId);
        return Purchase(sale.buyer, sale.first, sale.count, sale.ref);
    }

    /// @inheritdoc ILottery
    function isSettled(uint256 drawId, uint256 purchaseId) external view returns (bool) {
        return _saleOf(drawId, _bookOf(drawId), purchaseId).isSettled;
    }

    /// @inheritdoc ILottery
    function unsettledOf(uint256 drawId) external view returns (uint256) {
        return _bookOf(drawId).unsettled;
    }

    /// @inheritdoc ILottery
    function ticketsOf(uint256 drawId, address account) external view returns (uint256) {
        return _bookOf(drawId).tickets[account];
    }

    /// @inheritdoc ILottery
    function ownerOf(uint256 drawId, uint256 number) external view returns (address) {
        return _ownerOf(_bookOf(drawId), number);
    }

    /// @inheritdoc ILottery
    function numbersOf(uint256 drawId) external view returns (uint256[] memory) {
        return _widen(_bookOf(drawId).numbers);
    }

    /// @inheritdoc ILottery
    function isPaid(uint256 drawId, uint256 index) external view returns (bool) {
        Book storage book = _bookOf(drawId);
        _requirePrize(drawId, book, index);
        return _isPaid(book, index);
    }

    /// @inheritdoc ILottery
    function ticketRef(uint256 drawId, address buyer, bytes32 salt) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), drawId, buyer, salt));
    }

    // ---------------------------------------------------------------- inside

    function _newBook() internal returns (uint256 drawId, Book storage book) {
        drawId = ++_drawCount;
        book = _books[drawId];
    }

    function _bookOf(uint256 drawId) internal view returns (Book storage book) {
        book = _books[drawId];
        if (drawId == 0 || drawId > _drawCount) revert LotteryDrawUnknown(drawId);
    }

    function _bookIn(uint256 drawId, State wanted) internal view returns (Book storage book) {
        book = _bookOf(drawId);
        if (book.draw.state != wanted) revert LotteryDrawState(drawId, book.draw.state);
    }

    function _saleOf(uint256 drawId, Book storage book, uint256 purchaseId) internal view returns (Sale storage) {
        if (purchaseId >= book.sales.length) revert LotteryPurchaseUnknown(drawId, purchaseId);
        return book.sales[purchaseId];
    }

    /// @dev The purchases lie in the order of their numbers, without gaps: a search by halves.
    function _ownerOf(Book storage book, uint256 number) internal view returns (address) {
        if (number >= book.draw.sold) return address(0);
        uint256 low = 0;
        uint256 high = book.sales.length - 1;
        while (low < high) {
            uint256 middle = (low + high + 1) / 2;
            if (book.sales[middle].first <= number) low = middle;
            else high = middle - 1;
        }
        return book.sales[low].buyer;
    }

    /// @dev Who controls the merchant now: a merchant that lost its key gets its prizes back all the same.
    function _controllerOf(address token) internal view returns (address) {
        uint256 merchantId = _registry.merchantIdOf(token);
        return merchantId == 0 ? address(0) : _registry.controllerOf(merchantId);
    }

    function _isTill(address token, address account) internal view returns (bool) {
        return IMerchantPoint(token).tillOf(account).dailyLimit != 0;
    }

    function _requirePrize(uint256 drawId, Book storage book, uint256 index) internal view {
        if (index >= book.prizes) revert LotteryPrizeUnknown(drawId, index);
    }

    function _isPaid(Book storage book, uint256 index) internal view returns (bool) {
        return (book.paid >> index) & 1 != 0;
    }

    function _widen(uint32[] memory numbers) internal pure returns (uint256[] memory wide) {
        wide = new uint256[](numbers.length);
        for (uint256 i = 0; i < wide.length; i++) wide[i] = numbers[i];
    }
}
