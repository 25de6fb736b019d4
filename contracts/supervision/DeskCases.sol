// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IRegulatorDesk} from "./IRegulatorDesk.sol";

/// @title DeskCases
/// @notice What every act of the desk asks first: is there a case, and is this a token of the alliance.
abstract contract DeskCases is IRegulatorDesk, AccessManaged {
    IMerchantRegistry internal immutable _registry;

    modifier underCase(bytes32 caseNumber) {
        if (caseNumber == 0) revert DeskCaseNumberMissing();
        _;
    }

    constructor(address authority, IMerchantRegistry registry) AccessManaged(authority) {
        _registry = registry;
    }

    function _requireToken(address token) internal view {
        if (_registry.merchantIdOf(token) == 0) revert DeskTokenUnknown(token);
    }
}
