// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IConsentRelay
/// @notice Carries out several signed consents in one transaction, all or none: "swap A into B and hold B for this order" is
/// one signature (see `CompositeSignature`) and one transaction.
///
/// It has no power: no owner, no storage, no funds, and it calls nothing but functions that ask for a signature of whom
/// they are about: swapBySig, holdBySig, redeemBySig, transferWithAuthorization, the lottery's buy and the sharing program's
/// redeemBySig. So whoever names it a till, or allows it to spend, gives nobody anything. Consents stay bound to
/// their own contracts and serve once; anybody may also bring them one by one, in an order that holds by itself.
interface IConsentRelay {
    struct Call {
        address target;
        bytes data;
    }

    error RelayEmpty();
    /// @notice `selector` is none of the functions that ask for a signature.
    error RelayCallRefused(address target, bytes4 selector);
    /// @notice There is no contract at `target`.
    error RelayTargetInvalid(address target);
    /// @notice The call failed without a word, as for want of gas. Else its own error is passed on as it is.
    error RelayCallFailed(uint256 index);

    /// @notice Carries out `calls` in their order. If one fails, all are undone and its error is passed on.
    function relay(Call[] calldata calls) external;
}
