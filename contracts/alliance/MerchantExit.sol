// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IExchangePool} from "../exchange/IExchangePool.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {ICollateral} from "./ICollateral.sol";
import {IMerchantRegistry} from "./IMerchantRegistry.sol";
import {MerchantRecords} from "./MerchantRecords.sol";

/// @title MerchantExit
/// @notice How a merchant is stopped, and how it leaves without stranding anyone; see IMerchantRegistry.
/// @dev Its pool and its collateral are those its token was built with: another factory may one day build with others.
/// Nothing here can be blocked by the merchant, by a holder, or by a paused token.
abstract contract MerchantExit is MerchantRecords, AccessManaged {
    /// @inheritdoc IMerchantRegistry
    uint256 public immutable EXIT_NOTICE_SECONDS;
    /// @inheritdoc IMerchantRegistry
    uint256 public immutable WIND_DOWN_SECONDS;

    /// @inheritdoc IMerchantRegistry
    mapping(uint256 merchantId => uint256 time) public windDownFrom;
    /// @inheritdoc IMerchantRegistry
    mapping(uint256 merchantId => uint256 time) public closableFrom;

    constructor(uint256 exitNoticeSeconds, uint256 windDownSeconds) {
        EXIT_NOTICE_SECONDS = exitNoticeSeconds;
        WIND_DOWN_SECONDS = windDownSeconds;
    }

    // ---------------------------------------------------------------- supervision

    /// @inheritdoc IMerchantRegistry
    function haltIssue(uint256 merchantId) external restricted {
        _setStatus(merchantId, Status.Active, Status.IssueHalted);
        _point(merchantId).setIssueHalted(true);
    }

    /// @inheritdoc IMerchantRegistry
    function resumeIssue(uint256 merchantId) external restricted {
        _activate(merchantId, Status.IssueHalted);
    }

    /// @inheritdoc IMerchantRegistry
    function suspend(uint256 merchantId) external restricted {
        _setStatus(merchantId, Status.Active, Status.IssueHalted, Status.Suspended);
        _stop(_point(merchantId));
    }

    /// @inheritdoc IMerchantRegistry
    function reinstate(uint256 merchantId) external restricted {
        _activate(merchantId, Status.Suspended);
    }

    // ---------------------------------------------------------------- leaving

    /// @inheritdoc IMerchantRegistry
    function announceExit(uint256 merchantId) external onlyController(merchantId) {
        if (_known(merchantId).status != Status.IssueHalted) {
            _setStatus(merchantId, Status.Active, Status.IssueHalted);
            _point(merchantId).setIssueHalted(true);
        }
        if (windDownFrom[merchantId] != 0) revert RegistryExitAnnounced(merchantId, windDownFrom[merchantId]);
        uint256 from = block.timestamp + EXIT_NOTICE_SECONDS;
        windDownFrom[merchantId] = from;
        emit ExitAnnounced(merchantId, from);
    }

    /// @inheritdoc IMerchantRegistry
    function beginWindDown(uint256 merchantId) external onlyController(merchantId) {
        _setStatus(merchantId, Status.IssueHalted, Status.WindingDown);
        uint256 from = windDownFrom[merchantId];
        if (from == 0 || block.timestamp < from) revert RegistryNoticeNotOver(merchantId, from);
        _windDown(merchantId);
    }

    /// @inheritdoc IMerchantRegistry
    function orderWindDown(uint256 merchantId) external restricted {
        _setStatus(merchantId, Status.IssueHalted, Status.Suspended, Status.WindingDown);
        _windDown(merchantId);
    }

    /// @inheritdoc IMerchantRegistry
    function close(uint256 merchantId) external {
        _setStatus(merchantId, Status.WindingDown, Status.Closed);
        IMerchantPoint point = _point(merchantId);
        uint256 outstanding = point.outstanding();
        if (outstanding != 0) {
            uint256 from = Math.max(closableFrom[merchantId], point.pausedUntil());
            if (block.timestamp < from) revert RegistryNotClosable(merchantId, outstanding, from);
        }
        ICollateral(point.collateral()).closePayouts(merchantId);
    }

    // ---------------------------------------------------------------- internals

    function _activate(uint256 merchantId, Status from) private {
        _setStatus(merchantId, from, Status.Active);
        delete windDownFrom[merchantId];
        _point(merchantId).setIssueHalted(false);
    }

    /// @dev The payouts open last: what is outstanding then, the pool's points being gone, is what the pot is for.
    function _windDown(uint256 merchantId) private {
        uint256 from = block.timestamp + WIND_DOWN_SECONDS;
        closableFrom[merchantId] = from;
        emit WindDownBegun(merchantId, from);
        IMerchantPoint point = _point(merchantId);
        _stop(point);
        ICollateral(point.collateral()).openPayouts(merchantId);
    }

    /// @dev Neither issues nor swaps from now on.
    function _stop(IMerchantPoint point) private {
        point.setIssueHalted(true);
        IExchangePool(point.pool()).followStatus(address(point));
    }

    /// @dev Only a merchant that was admitted has one, and every standing that leads here comes after that.
    function _point(uint256 merchantId) private view returns (IMerchantPoint) {
        return IMerchantPoint(_merchants[merchantId - 1].token);
    }
}
