// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title MinimalBatchMint
/// @notice The peer that a batch issue is measured against: the least an ERC-20 can do for many receivers in one
/// transaction. One packed word an item (bits 96–255 the receiver, bits 0–95 the amount), the supply written once, one
/// `Transfer` each; no expiry, no limits, no refs, no access control. Never deployed.
contract MinimalBatchMint {
    uint256 public totalSupply;
    mapping(address account => uint256 balance) public balanceOf;

    event Transfer(address indexed from, address indexed to, uint256 value);

    function mintBatch(uint256[] calldata items) external {
        uint256 total;
        // Unchecked so that the peer is at its leanest: 500 amounts of 96 bits stay far below 2^256.
        unchecked {
            for (uint256 i = 0; i < items.length; ++i) {
                uint256 item = items[i];
                address to = address(uint160(item >> 96));
                uint256 value = uint96(item);
                balanceOf[to] += value;
                total += value;
                emit Transfer(address(0), to, value);
            }
        }
        totalSupply += total;
    }
}
