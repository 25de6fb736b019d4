// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IMerchantRegistry} from "../alliance/IMerchantRegistry.sol";
import {IRegulatorDesk} from "./IRegulatorDesk.sol";

/// @title RegulatorDesk
/// @notice The regulator's powers, every use public under a case number; see IRegulatorDesk.
contract RegulatorDesk is IRegulatorDesk, AccessManaged {
    uint256 public constant TOKENS_PER_CALL_MAX = 500;
    uint256 public constant PAUSE_SECONDS = 7 days;
    uint256 public constant PAUSE_INTERVAL = 30 days;
    uint256 public constant ORDER_SECONDS = 30 days;
    IMerchantRegistry private immutable _registry;

    constructor(address authority, IMerchantRegistry registry) AccessManaged(authority) {
        _registry = registry;
    }

    function freeze(address, bytes32) external restricted {
        revert();
    }

    function unfreeze(address, bytes32) external restricted {
        revert();
    }

    function carryAccount(address, uint256) external {
        revert();
    }

    function carryIntoToken(address, uint256) external returns (bool) {
        return true;
    }

    function pause(address, bytes32) external restricted {
        revert();
    }

    function unpause(address, bytes32) external restricted {
        revert();
    }

    function ratifyPause(address, bytes32) external restricted {
        revert();
    }

    function liftPause(address, bytes32) external restricted {
        revert();
    }

    function orderTransfer(address, address, address, uint256, bytes32) external restricted returns (uint256) {
        revert();
    }

    function withdrawOrder(uint256) external restricted {
        revert();
    }

    function executeOrder(uint256) external restricted {
        revert();
    }

    function warn(uint256, bytes32) external restricted {
        revert();
    }

    function cutLimit(uint256, uint8, bytes32) external restricted {
        revert();
    }

    function haltIssue(uint256, bytes32) external restricted {
        revert();
    }

    function resumeIssue(uint256, bytes32) external restricted {
        revert();
    }

    function suspend(uint256, bytes32) external restricted {
        revert();
    }

    function reinstate(uint256, bytes32) external restricted {
        revert();
    }

    function adviseWindDown(uint256, bytes32) external restricted {
        revert();
    }

    function isFrozen(address) external view returns (bool) {
        revert();
    }

    function frozenCount() external view returns (uint256) {
        revert();
    }

    function frozenAccounts(uint256, uint256) external view returns (address[] memory) {
        revert();
    }

    function isCarried(address) external view returns (bool) {
        revert();
    }

    function pauseOf(address) external view returns (uint64, uint256) {
        revert();
    }

    function orderOf(uint256) external view returns (Order memory) {
        revert();
    }

    function orderCount() external view returns (uint256) {
        revert();
    }
}
