// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {ILottery} from "./ILottery.sol";
import {LotteryBook} from "./LotteryBook.sol";

/// @title LotteryPrizes
/// @notice Prizes lie here from the announcement until they are paid: what this contract holds of a token's epoch is the
/// sum of the prizes of that epoch that are not paid yet; see ILottery.
/// @dev Only movements of one epoch are used, in and out, so every prize keeps the age that was published.
abstract contract LotteryPrizes is LotteryBook {
    /// @inheritdoc ILottery
    function claim(uint256 drawId, uint256 index) external {
        Book storage book = _bookIn(drawId, State.Drawn);
        _requirePrize(drawId, book, index);
        if (_isPaid(book, index)) revert LotteryPrizePaid(drawId, index);
        address owner = _ownerOf(book, book.numbers[index]);
        bool isWinner = owner != address(0);
        _pay(drawId, book, index, isWinner ? owner : _controllerOf(book.terms.token), isWinner);
    }

    /// @inheritdoc ILottery
    function sweep(uint256 drawId, uint256[] calldata indexes) external {
        Book storage book = _bookOf(drawId);
        State state = book.draw.state;
        if (state == State.Drawn) {
            uint256 claimEnd = book.terms.claimEnd;
            if (block.timestamp < claimEnd) revert LotteryClaimNotOver(drawId, claimEnd);
        } else if (state == State.Void) {
            if (book.unsettled != 0) revert LotteryNotSettled(drawId, book.unsettled);
        } else {
            revert LotteryDrawState(drawId, state);
        }
        address merchant = _controllerOf(book.terms.token);
        for (uint256 i = 0; i < indexes.length; i++) {
            _requirePrize(drawId, book, indexes[i]);
            if (!_isPaid(book, indexes[i])) _pay(drawId, book, indexes[i], merchant, false);
        }
    }

    // ---------------------------------------------------------------- inside

    /// @dev Takes the prizes out of the merchant's own points, of just the epochs that were published.
    function _escrow(Book storage book, address merchant, Tier[] calldata tiers) internal {
        uint256 prizes = 0;
        for (uint256 i = 0; i < tiers.length; i++) {
            Tier calldata tier = tiers[i];
            if (_registry.merchantIdOf(tier.token) == 0) revert LotteryTermsInvalid("tiers.token");
            if (tier.points == 0) revert LotteryTermsInvalid("tiers.points");
            if (tier.count == 0) revert LotteryTermsInvalid("tiers.count");
            IMerchantPoint point = IMerchantPoint(tier.token);
            if (point.expiryOf(tier.epoch) < book.terms.claimEnd) revert LotteryTermsInvalid("tiers.epoch");
            prizes += tier.count;
            book.tiers.push(tier);
            point.transferFromAtEpoch(tier.epoch, merchant, address(this), uint256(tier.points) * tier.count);
        }
        if (prizes == 0 || prizes > PRIZES_MAX || prizes > book.terms.ticketsMax) revert LotteryTermsInvalid("tiers");
        book.prizes = uint16(prizes); // at most PRIZES_MAX
    }

    /// @dev All prizes back to the merchant, size by size. What can not move now (a paused token, a frozen merchant, an
    /// epoch that is over) stays for `sweep`, so that nothing can keep a draw from becoming void.
    function _returnPrizes(uint256 drawId, Book storage book) internal {
        address merchant = _controllerOf(book.terms.token);
        uint256 index = 0;
        for (uint256 i = 0; i < book.tiers.length; i++) {
            Tier memory tier = book.tiers[i];
            uint256 points = uint256(tier.points) * tier.count;
            uint256 end = index + tier.count;
            try IMerchantPoint(tier.token).transferAtEpoch(tier.epoch, merchant, points) {
                for (uint256 j = index; j < end; j++) _markPaid(drawId, book, j, merchant, false);
            } catch {
                // For `sweep`.
            }
            index = end;
        }
    }

    function _pay(uint256 drawId, Book storage book, uint256 index, address to, bool isWinner) private {
        _markPaid(drawId, book, index, to, isWinner);
        Tier memory tier = _tierOf(book, index);
        IMerchantPoint(tier.token).transferAtEpoch(tier.epoch, to, tier.points);
    }

    function _markPaid(uint256 drawId, Book storage book, uint256 index, address to, bool isWinner) private {
        book.paid |= 1 << index;
        emit PrizePaid(drawId, index, to, isWinner);
    }

    /// @dev Prizes are counted through the tiers in their order; `index` is that of a prize.
    function _tierOf(Book storage book, uint256 index) private view returns (Tier memory) {
        uint256 tier = 0;
        uint256 end = book.tiers[0].count;
        while (index >= end) end += book.tiers[++tier].count;
        return book.tiers[tier];
    }
}
