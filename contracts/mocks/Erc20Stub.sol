// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title Erc20Stub
/// @notice A plain ERC-20 that anyone can mint: stands in for alliance tokens in tests. Never deployed.
contract Erc20Stub is ERC20 {
    constructor() ERC20("Stub", "STUB") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
