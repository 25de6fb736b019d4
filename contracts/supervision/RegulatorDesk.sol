// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {AccountFreezes} from "./AccountFreezes.sol";
import {DeskCases} from "./DeskCases.sol";
import {MerchantMeasures} from "./MerchantMeasures.sol";
import {TokenPauses} from "./TokenPauses.sol";
import {TransferOrders} from "./TransferOrders.sol";

/// @title RegulatorDesk
/// @notice The regulator's powers, every use of them public under a case number. `IRegulatorDesk` is the specification;
/// read the parts in this order: DeskCases, AccountFreezes, TokenPauses, TransferOrders, MerchantMeasures.
/// @dev What a hostile regulator can do with it, and who ends it: stand a token still for 7 days of any 30 (the council
/// lifts it); freeze accounts, halt or suspend merchants (the council appoints another regulator, who undoes it); move
/// nobody's points, mint none, spend no collateral and touch no alliance token. Freezing the pool, the collateral
/// contract, the council or a till stops nothing: none of them holds points of its own, and a freeze binds whose points
/// move, not who calls.
contract RegulatorDesk is MerchantMeasures, TokenPauses, TransferOrders {
    constructor(address authority, IMerchantRegistry registry) DeskCases(authority, registry) AccountFreezes(500) {}
}
