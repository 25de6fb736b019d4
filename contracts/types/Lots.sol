// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Lots
/// @notice The points of one account (or of the whole supply), by age, in one storage slot.
/// @dev Layout, from the lowest bit:
/// - bits 0–223: four lanes of 56 bits. Lane k holds base units (0.01 point) issued in epoch `touched − k`.
/// - bits 224–253: `touched`, the epoch the lanes were last rolled to (30 bits).
/// - bits 254 and 255: two flags, whose meaning belongs to the owner of the slot
///   (account: 254 has debt, 255 frozen; supply: 254 issue halted, 255 paused).
/// A lane can hold 2^56 − 1 base units (7.2e14 points). The supply's lane is the sum of all accounts' lanes of that
/// epoch, so an overflow check on the supply lane alone keeps every account lane inside 56 bits.
type Lots is uint256;
