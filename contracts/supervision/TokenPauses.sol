// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {DeskCases} from "./DeskCases.sol";

/// @title TokenPauses
/// @notice The regulator's emergency pause, which lapses, and the council's, which does not.
/// @dev A window opens with the regulator's pause and closes 7 days later, or when the council lifts the pause. The
/// regulator may pause and resume as it likes inside it, and open the next one 30 days after this one began. So without
/// the council's word a token stands still for 7 days of any 30 at most, whatever number of cases the regulator finds.
/// Whether a pause was ratified is read from the token: only a ratified one has no end.
abstract contract TokenPauses is DeskCases {
    struct Window {
        uint64 begun;
        uint64 end;
    }

    uint256 public constant PAUSE_SECONDS = 7 days;
    uint256 public constant PAUSE_INTERVAL = 30 days;

    uint64 private constant ENDLESS = type(uint64).max;

    mapping(address token => Window window) private _windows;

    function pause(address token, bytes32 caseNumber) external restricted underCase(caseNumber) {
        _requireToken(token);
        _requireNotRatified(_pausedUntil(token), token);
        Window memory window = _windows[token];
        if (block.timestamp >= window.end) {
            uint256 from = window.begun + PAUSE_INTERVAL;
            if (block.timestamp < from) revert DeskPauseTooSoon(token, from);
            // Casts keep the value: 64 bits of seconds are 584 billion years.
            window = Window(uint64(block.timestamp), uint64(block.timestamp + PAUSE_SECONDS));
            _windows[token] = window;
        }
        _pause(token, caseNumber, window.end);
    }

    function unpause(address token, bytes32 caseNumber) external restricted underCase(caseNumber) {
        _requireNotRatified(_requirePaused(token), token);
        _unpause(token, caseNumber);
    }

    function ratifyPause(address token, bytes32 caseNumber) external restricted underCase(caseNumber) {
        _requireToken(token);
        _requireNotRatified(_pausedUntil(token), token);
        _pause(token, caseNumber, ENDLESS);
    }

    function liftPause(address token, bytes32 caseNumber) external restricted underCase(caseNumber) {
        _requirePaused(token);
        if (block.timestamp < _windows[token].end) _windows[token].end = uint64(block.timestamp);
        _unpause(token, caseNumber);
    }

    function pauseOf(address token) external view returns (uint64 until, uint256 pausableFrom) {
        _requireToken(token);
        until = _pausedUntil(token);
        Window memory window = _windows[token];
        bool isOpen = block.timestamp < window.end || window.begun == 0;
        pausableFrom = isOpen ? window.begun : window.begun + PAUSE_INTERVAL;
    }

    function _pause(address token, bytes32 caseNumber, uint64 until) private {
        emit TokenPaused(token, caseNumber, until);
        IMerchantPoint(token).pause(caseNumber, until);
    }

    function _unpause(address token, bytes32 caseNumber) private {
        emit TokenUnpaused(token, caseNumber);
        IMerchantPoint(token).unpause(caseNumber);
    }

    function _requirePaused(address token) private view returns (uint64 until) {
        _requireToken(token);
        until = _pausedUntil(token);
        if (until == 0) revert DeskTokenNotPaused(token);
    }

    function _pausedUntil(address token) private view returns (uint64) {
        return IMerchantPoint(token).pausedUntil();
    }

    function _requireNotRatified(uint64 until, address token) private pure {
        if (until == ENDLESS) revert DeskPauseRatified(token);
    }
}
