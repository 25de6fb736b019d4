// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Roles} from "../alliance/Roles.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {DeskCases} from "./DeskCases.sol";

/// @title TransferOrders
/// @notice Forced transfers: one hand orders, another carries out.
/// @dev That they are two is made sure by roles, not by comparing callers: whoever calls through the AccessManager's
/// `execute` (the council does, after a delay) arrives here as the AccessManager. So orders are given directly, and an
/// order cannot be carried out, by anyone, while the one who gave it also has the role to carry orders out.
abstract contract TransferOrders is DeskCases {
    uint256 public constant ORDER_SECONDS = 30 days;

    uint256 public orderCount;
    mapping(uint256 orderId => Order order) private _orders;

    function orderTransfer(
        address token,
        address from,
        address to,
        uint256 points,
        bytes32 caseNumber
    ) external restricted underCase(caseNumber) returns (uint256 orderId) {
        _requireToken(token);
        if (msg.sender == authority()) revert DeskHandHidden(msg.sender);
        _requireOneHand(msg.sender);
        bool isValid = to != address(0) && to != from && points != 0 && points <= type(uint56).max;
        if (!isValid) revert DeskOrderInvalid();

        orderId = ++orderCount;
        uint256 expiresAt = block.timestamp + ORDER_SECONDS;
        _orders[orderId] = Order(token, from, to, points, caseNumber, msg.sender, expiresAt);
        emit TransferOrdered(orderId, token, caseNumber, from, to, points, expiresAt);
    }

    function withdrawOrder(uint256 orderId) external restricted {
        emit TransferOrderWithdrawn(orderId, _close(orderId).caseNumber);
    }

    function executeOrder(uint256 orderId) external restricted {
        uint256 expiresAt = _orders[orderId].expiresAt;
        Order storage order = _close(orderId);
        if (block.timestamp > expiresAt) revert DeskOrderExpired(orderId, expiresAt);
        _requireOneHand(order.orderedBy);
        emit TransferOrderExecuted(orderId, order.caseNumber, msg.sender);
        IMerchantPoint(order.token).forceTransfer(order.from, order.to, order.points, order.caseNumber);
    }

    function orderOf(uint256 orderId) external view returns (Order memory) {
        return _orders[orderId];
    }

    function _close(uint256 orderId) private returns (Order storage order) {
        order = _orders[orderId];
        if (order.expiresAt == 0) revert DeskOrderUnknown(orderId);
        order.expiresAt = 0;
    }

    /// @dev Who orders must not be able to carry out, either.
    function _requireOneHand(address orderedBy) private view {
        (bool isEnforcer, ) = IAccessManager(authority()).hasRole(Roles.ENFORCER, orderedBy);
        if (isEnforcer) revert DeskSameHand(orderedBy);
    }
}
