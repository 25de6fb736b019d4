// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Pausable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Pausable.sol";

/// @title PausableERC20Peer
/// @notice The peer that a transfer is measured against: OpenZeppelin's ERC20 with its pause, as shipped, without any
/// access control. Never deployed.
contract PausableERC20Peer is ERC20Pausable {
    constructor() ERC20("Peer", "PEER") {}

    function mint(address to, uint256 value) external {
        _mint(to, value);
    }

    function pause() external {
        _pause();
    }
}
