// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {DeskCases} from "./DeskCases.sol";

/// @title AccountFreezes
/// @notice Which accounts are frozen everywhere, and how that reaches every token, also in parts.
/// @dev Two lists, tokens and frozen accounts, and a table of flags between them, which lives in the tokens. A call can
/// be too small for its row or column, so each keeps what is left of it:
///
/// - An account's row: tokens 0 to `_tokensLeft[account]` − 1 still have to be told its standing. A new standing makes
///   the whole row due again, so it does not matter how far the one before had come. Tokens are only ever added behind.
/// - A token's column: the accounts at places 0 to `_books[token].due` − 1 of the frozen set still have to be frozen in
///   it. It is worked off from the last place down, because taking an account out of the set moves the last one into
///   its place: that can bring one that is done to a place still due, which does no harm, but never the other way round.
///   Who joins the set later is behind all due places, and has this token in its own row.
///
/// So at all times a flag that differs from its account's standing is due in its row or in its column, and telling a
/// token twice changes nothing. No part asks who carries it: what is carried is only what was decided.
abstract contract AccountFreezes is DeskCases {
    using EnumerableSet for EnumerableSet.AddressSet;

    struct Book {
        bool isKnown;
        uint248 due;
    }

    uint256 public immutable TOKENS_PER_CALL_MAX;

    address[] private _tokens;
    mapping(address token => Book book) private _books;
    uint256 private _tokensBehind;

    EnumerableSet.AddressSet private _frozen;
    mapping(address account => uint256 count) private _tokensLeft;
    mapping(address account => bytes32 caseNumber) private _cases;

    constructor(uint256 tokensPerCallMax) {
        TOKENS_PER_CALL_MAX = tokensPerCallMax;
    }

    function freeze(address account, bytes32 caseNumber) external restricted underCase(caseNumber) {
        if (!_frozen.add(account)) revert DeskAccountFrozen(account);
        emit AccountFrozenEverywhere(account, caseNumber);
        _changeStanding(account, caseNumber);
    }

    function unfreeze(address account, bytes32 caseNumber) external restricted underCase(caseNumber) {
        if (!_frozen.remove(account)) revert DeskAccountNotFrozen(account);
        emit AccountFreedEverywhere(account, caseNumber);
        _changeStanding(account, caseNumber);
    }

    function carryAccount(address account, uint256 max) external {
        _carryAccount(account, max);
    }

    function carryIntoToken(address token, uint256 max) external returns (bool isComplete) {
        Book memory book = _books[token];
        if (!book.isKnown) {
            _requireToken(token);
            _tokens.push(token);
            // Casts keep the value: there are not that many addresses.
            book = Book(true, uint248(_frozen.length()));
            if (book.due != 0) ++_tokensBehind;
        } else if (book.due == 0) {
            return true;
        }

        uint256 left = _dueOf(book);
        for (uint256 budget = _bounded(max); left != 0 && budget != 0; --budget) {
            address account = _frozen.at(--left);
            IMerchantPoint(token).freeze(account, _cases[account]);
        }
        isComplete = left == 0;
        if (isComplete && book.due != 0) --_tokensBehind;
        _books[token] = Book(true, uint248(left));
    }

    function isFrozen(address account) external view returns (bool) {
        return _frozen.contains(account);
    }

    function frozenCount() external view returns (uint256) {
        return _frozen.length();
    }

    function frozenAccounts(uint256 from, uint256 max) external view returns (address[] memory) {
        return _frozen.values(from, Math.saturatingAdd(from, max));
    }

    function caseOf(address account) external view returns (bytes32) {
        return _cases[account];
    }

    function isCarried(address account) external view returns (bool) {
        return _tokensLeft[account] == 0 && (_tokensBehind == 0 || !_frozen.contains(account));
    }

    function tokenCount() external view returns (uint256) {
        return _tokens.length;
    }

    function isTokenCarried(address token) public view returns (bool) {
        Book memory book = _books[token];
        return book.isKnown && _dueOf(book) == 0;
    }

    function _changeStanding(address account, bytes32 caseNumber) private {
        _cases[account] = caseNumber;
        _tokensLeft[account] = _tokens.length;
        _carryAccount(account, TOKENS_PER_CALL_MAX);
    }

    function _carryAccount(address account, uint256 max) private {
        uint256 left = _tokensLeft[account];
        bytes32 caseNumber = _cases[account];
        bool isToFreeze = _frozen.contains(account);
        for (uint256 budget = _bounded(max); left != 0 && budget != 0; --budget) {
            // Never out of bounds: the list only grows, and `left` began at its length. The check would cost 500 reads.
            IMerchantPoint token = IMerchantPoint(Arrays.unsafeAccess(_tokens, --left).value);
            if (isToFreeze) token.freeze(account, caseNumber);
            else token.unfreeze(account, caseNumber);
        }
        _tokensLeft[account] = left;
    }

    /// @dev The set may have become shorter than what was due when it was written down.
    function _dueOf(Book memory book) private view returns (uint256) {
        uint256 count = _frozen.length();
        return book.due < count ? book.due : count;
    }

    function _bounded(uint256 max) private view returns (uint256) {
        return max < TOKENS_PER_CALL_MAX ? max : TOKENS_PER_CALL_MAX;
    }
}
