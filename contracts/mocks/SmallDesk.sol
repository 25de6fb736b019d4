// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {AccountFreezes} from "../supervision/AccountFreezes.sol";
import {DeskCases} from "../supervision/DeskCases.sol";
import {MerchantMeasures} from "../supervision/MerchantMeasures.sol";
import {TokenPauses} from "../supervision/TokenPauses.sol";
import {TransferOrders} from "../supervision/TransferOrders.sol";

/// @title SmallDesk
/// @notice The regulator's desk with calls that reach few tokens, so that a dozen tokens make it carry in parts. Never
/// deployed: for tests.
contract SmallDesk is MerchantMeasures, TokenPauses, TransferOrders {
    constructor(
        address authority,
        IMerchantRegistry registry,
        uint256 tokensPerCallMax
    ) DeskCases(authority, registry) AccountFreezes(tokensPerCallMax) {}
}
