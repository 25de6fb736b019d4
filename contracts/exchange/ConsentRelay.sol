// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILottery} from "../lottery/ILottery.sol";
import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {ISharingProgram} from "../sharing/ISharingProgram.sol";
import {IConsentRelay} from "./IConsentRelay.sol";
import {IExchangePool} from "./IExchangePool.sol";

/// @title ConsentRelay
/// @notice See `IConsentRelay`.
contract ConsentRelay is IConsentRelay {
    /// @inheritdoc IConsentRelay
    function relay(Call[] calldata calls) external {
        if (calls.length == 0) revert RelayEmpty();
        for (uint256 index = 0; index < calls.length; ++index) {
            _carryOut(index, calls[index].target, calls[index].data);
        }
    }

    function _carryOut(uint256 index, address target, bytes calldata data) private {
        bytes4 selector = bytes4(data);
        if (!_asksForSignature(selector)) revert RelayCallRefused(target, selector);
        if (target.code.length == 0) revert RelayTargetInvalid(target);
        // solhint-disable-next-line avoid-low-level-calls
        (bool isDone, bytes memory answer) = target.call(data);
        if (isDone) return;
        if (answer.length == 0) revert RelayCallFailed(index);
        assembly ("memory-safe") {
            revert(add(answer, 32), mload(answer))
        }
    }

    function _asksForSignature(bytes4 selector) private pure returns (bool) {
        return
            selector == IExchangePool.swapBySig.selector ||
            selector == IMerchantPoint.holdBySig.selector ||
            selector == IMerchantPoint.redeemBySig.selector ||
            selector == IMerchantPoint.transferWithAuthorization.selector ||
            selector == ILottery.buy.selector ||
            selector == ISharingProgram.redeemBySig.selector;
    }
}
