// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAlliance} from "../alliance/IAlliance.sol";
import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {DrawNumbers} from "./DrawNumbers.sol";
import {ILottery} from "./ILottery.sol";
import {LotteryBook} from "./LotteryBook.sol";
import {LotteryTickets} from "./LotteryTickets.sol";

/// @title Lottery
/// @notice The life of a draw, from its announcement to its numbers; `ILottery` is the specification. Read the parts in
/// this order: DrawNumbers, LotteryBook, LotteryPrizes, LotteryTickets.
/// @dev Nobody has any power here beyond their own draw: no role, no owner, no parameter that can change.
contract Lottery is LotteryTickets {
    /// @inheritdoc ILottery
    uint256 public constant REVEAL_SECONDS_MIN = 1 hours;
    /// @inheritdoc ILottery
    uint256 public constant SETTLE_SECONDS_MIN = 1 hours;

    /// @dev The token's longest hold, so that a ticket bought right after the announcement can be paid for.
    uint256 private constant OPEN_SECONDS_MAX = 30 days;

    IAlliance private immutable _alliance;

    mapping(bytes32 commitment => bool isTaken) private _commitments;

    constructor(IMerchantRegistry registry_, IAlliance alliance_) LotteryBook(registry_) {
        _alliance = alliance_;
    }

    // ---------------------------------------------------------------- merchant and witness

    /// @inheritdoc ILottery
    function announce(Terms calldata terms, Tier[] calldata tiers) external returns (uint256 drawId) {
        if (msg.sender != _controllerOf(terms.token)) revert LotteryNotController(terms.token, msg.sender);
        if (!_isTill(terms.token, address(this))) revert LotteryNotTill(terms.token);
        _requireTerms(terms);
        _commit(terms.commitment);

        Book storage book;
        (drawId, book) = _newBook();
        book.terms = terms;
        book.draw.state = State.Announced;
        book.draw.merchant = msg.sender;
        book.draw.openedAt = uint64(block.timestamp);
        emit DrawAnnounced(drawId, terms.token, msg.sender, terms, tiers);
        _escrow(book, msg.sender, tiers);
    }

    /// @inheritdoc ILottery
    function callOff(uint256 drawId) external {
        Book storage book = _bookOf(drawId);
        address token = book.terms.token;
        if (msg.sender != _controllerOf(token)) revert LotteryNotController(token, msg.sender);
        State state = book.draw.state;
        if ((state != State.Announced && state != State.Open) || book.draw.sold != 0) {
            revert LotteryDrawState(drawId, state);
        }
        _void(drawId, book);
    }

    /// @inheritdoc ILottery
    function witness(uint256 drawId, bytes32 commitment) external {
        Book storage book = _bookIn(drawId, State.Announced);
        Terms storage terms = book.terms;
        if (block.timestamp >= terms.salesEnd) revert LotterySalesOver(drawId, terms.salesEnd);
        if (!_isIndependent(book, msg.sender)) revert LotteryWitnessInvalid(msg.sender);
        _commit(commitment);
        book.draw.state = State.Open;
        book.draw.witness = msg.sender;
        book.draw.witnessCommitment = commitment;
        emit DrawWitnessed(drawId, msg.sender, commitment);
    }

    // ---------------------------------------------------------------- anyone

    /// @inheritdoc ILottery
    function close(uint256 drawId) external {
        Book storage book = _bookOf(drawId);
        Draw storage draw = book.draw;
        if (draw.state == State.Closed) {
            // Only when its hash is lost: else whoever did not like the entropy could ask for another.
            if (draw.entropy != 0 || block.number <= draw.entropyBlock + 256) {
                revert LotteryDrawState(drawId, draw.state);
            }
        } else if (draw.state != State.Open) {
            revert LotteryDrawState(drawId, draw.state);
        }
        Terms storage terms = book.terms;
        if (block.timestamp < terms.salesEnd && draw.sold < terms.ticketsMax) {
            revert LotterySalesNotOver(drawId, terms.salesEnd);
        }
        if (block.timestamp >= terms.revealEnd) revert LotteryRevealOver(drawId, terms.revealEnd);
        draw.state = State.Closed;
        draw.entropyBlock = uint64(block.number + 1);
        emit DrawClosed(drawId, draw.entropyBlock, draw.sold);
    }

    /// @inheritdoc ILottery
    function keepEntropy(uint256 drawId) external {
        _keepEntropy(drawId, _bookIn(drawId, State.Closed).draw);
    }

    /// @inheritdoc ILottery
    function reveal(uint256 drawId, bytes32 secret) external {
        Book storage book = _bookIn(drawId, State.Closed);
        Draw storage draw = book.draw;
        uint256 revealEnd = book.terms.revealEnd;
        if (block.timestamp >= revealEnd) revert LotteryRevealOver(drawId, revealEnd);
        bytes32 commitment = keccak256(abi.encode(block.chainid, address(this), secret));
        if (draw.merchantSecret == 0) {
            if (commitment == draw.witnessCommitment) revert LotteryMerchantFirst(drawId);
            if (commitment != book.terms.commitment) revert LotterySecretWrong(drawId);
            _keepEntropy(drawId, draw);
            draw.merchantSecret = secret;
            emit SecretRevealed(drawId, true, secret);
        } else {
            if (commitment != draw.witnessCommitment) revert LotterySecretWrong(drawId);
            draw.witnessSecret = secret;
            emit SecretRevealed(drawId, false, secret);
            _draw(drawId, book);
        }
    }

    /// @inheritdoc ILottery
    function voidDraw(uint256 drawId) external {
        Book storage book = _bookOf(drawId);
        State state = book.draw.state;
        Terms storage terms = book.terms;
        if (state == State.Announced) {
            if (block.timestamp < terms.salesEnd) revert LotterySalesNotOver(drawId, terms.salesEnd);
        } else if (state == State.Open || state == State.Closed) {
            if (block.timestamp < terms.revealEnd) revert LotteryRevealNotOver(drawId, terms.revealEnd);
        } else {
            revert LotteryDrawState(drawId, state);
        }
        _void(drawId, book);
    }

    // ---------------------------------------------------------------- inside

    function _void(uint256 drawId, Book storage book) private {
        book.draw.state = State.Void;
        emit DrawVoided(drawId);
        // Else with the last purchase that is let go: until then the prizes answer for the tickets.
        if (book.unsettled == 0) _returnPrizes(drawId, book);
    }

    function _draw(uint256 drawId, Book storage book) private {
        Draw storage draw = book.draw;
        bytes32 seed = keccak256(
            abi.encode(drawId, block.chainid, address(this), draw.merchantSecret, draw.witnessSecret, draw.entropy)
        );
        uint32[] memory numbers = DrawNumbers.pick(seed, book.terms.ticketsMax, book.prizes);
        draw.state = State.Drawn;
        draw.seed = seed;
        book.numbers = numbers;
        emit DrawDrawn(drawId, seed, _widen(numbers));
    }

    /// @dev A block's hash can be asked for from the next block on, for 256 blocks.
    function _keepEntropy(uint256 drawId, Draw storage draw) private {
        if (draw.entropy != 0) return;
        bytes32 entropy = blockhash(draw.entropyBlock);
        if (entropy == 0) revert LotteryEntropyUnknown(drawId, draw.entropyBlock);
        draw.entropy = entropy;
        emit EntropyKept(drawId, draw.entropyBlock, entropy);
    }

    /// @dev A commitment serves once: one that was used is the hash of a secret that is known, or that somebody else knows.
    function _commit(bytes32 commitment) private {
        if (commitment == 0 || _commitments[commitment]) revert LotteryTermsInvalid("commitment");
        _commitments[commitment] = true;
    }

    /// @dev Represents an active member, and is none of the merchant's keys.
    function _isIndependent(Book storage book, address account) private view returns (bool) {
        uint256 memberId = _alliance.memberIdOf(account);
        if (memberId == 0 || _alliance.memberOf(memberId).status != IAlliance.MemberStatus.Active) return false;
        address token = book.terms.token;
        return account != book.draw.merchant && account != _controllerOf(token) && !_isTill(token, account);
    }

    function _requireTerms(Terms calldata terms) private view {
        if (terms.ticketPoints == 0) revert LotteryTermsInvalid("ticketPoints");
        if (terms.ticketsMax == 0 || terms.ticketsMax > TICKETS_MAX) revert LotteryTermsInvalid("ticketsMax");
        if (terms.accountMax == 0 || terms.accountMax > terms.ticketsMax) revert LotteryTermsInvalid("accountMax");
        if (terms.termsHash == 0) revert LotteryTermsInvalid("termsHash");
        _requireTimes(terms);
    }

    /// @dev In 256 bits, so that no sum of times can overflow.
    function _requireTimes(Terms calldata terms) private view {
        uint256 salesEnd = terms.salesEnd;
        uint256 revealEnd = terms.revealEnd;
        uint256 releaseAt = terms.releaseAt;
        if (salesEnd <= block.timestamp) revert LotteryTermsInvalid("salesEnd");
        if (revealEnd < salesEnd + REVEAL_SECONDS_MIN) revert LotteryTermsInvalid("revealEnd");
        bool isLate = releaseAt > block.timestamp + OPEN_SECONDS_MAX;
        if (isLate || releaseAt < revealEnd + SETTLE_SECONDS_MIN) revert LotteryTermsInvalid("releaseAt");
        if (terms.claimEnd < releaseAt) revert LotteryTermsInvalid("claimEnd");
    }
}
