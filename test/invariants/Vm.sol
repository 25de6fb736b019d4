// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Vm
/// @notice The two cheatcodes of the test runner that the walks need.
interface Vm {
    function warp(uint256 timestamp) external;
    function prank(address sender) external;
}

/// @dev The address the runner answers at: the last 20 bytes of keccak256("hevm cheat code").
Vm constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
