// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {CompositeSignature} from "../types/CompositeSignature.sol";
import {LotsLedger} from "./LotsLedger.sol";

/// @title SignedConsent
/// @notice What holders agree to by signature, so that they need no gas: permit (ERC-2612), transfer (ERC-3009 with a
/// bytes signature), and the check that redemptions by signature share. EIP-712; contract accounts by ERC-1271; one
/// signature may stand for several consents (`CompositeSignature`), but for `permit`, whose signature is v, r, s.
abstract contract SignedConsent is LotsLedger, EIP712, Nonces, IERC20Permit {
    bytes32 private constant PERMIT_TYPEHASH = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant TRANSFER_TYPEHASH = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    mapping(address authorizer => mapping(bytes32 nonce => bool isUsed)) private _authorizations;

    /// @dev Permit deadline has passed. Same error as OpenZeppelin's ERC20Permit.
    error ERC2612ExpiredSignature(uint256 deadline);
    /// @dev The permit is not the owner's. Same error as OpenZeppelin's ERC20Permit.
    error ERC2612InvalidSigner(address signer, address owner);

    /// @inheritdoc IERC20Permit
    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        if (block.timestamp > deadline) revert ERC2612ExpiredSignature(deadline);
        bytes32 consent = keccak256(abi.encode(PERMIT_TYPEHASH, owner, spender, value, _useNonce(owner), deadline));
        address signer = ECDSA.recover(_hashTypedDataV4(consent), v, r, s);
        if (signer != owner) revert ERC2612InvalidSigner(signer, owner);
        _approve(owner, spender, value);
    }

    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external {
        if (block.timestamp <= validAfter) revert MerchantPointAuthorizationNotYetValid(validAfter);
        if (block.timestamp >= validBefore) revert MerchantPointSignatureExpired(validBefore);
        if (_authorizations[from][nonce]) revert MerchantPointAuthorizationUsed(from, nonce);
        _authorizations[from][nonce] = true;
        bytes32 consent = keccak256(abi.encode(TRANSFER_TYPEHASH, from, to, value, validAfter, validBefore, nonce));
        _requireSigned(from, consent, signature);
        emit AuthorizationUsed(from, nonce);
        _move(from, to, value);
    }

    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool) {
        return _authorizations[authorizer][nonce];
    }

    /// @inheritdoc IERC20Permit
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @inheritdoc IERC20Permit
    function nonces(address owner) public view override(Nonces, IERC20Permit) returns (uint256) {
        return super.nonces(owner);
    }

    /// @dev `deadline` is the last second at which the consent can be used.
    function _requireConsent(
        address signer,
        uint256 deadline,
        bytes32 consent,
        bytes calldata signature
    ) internal view {
        if (block.timestamp > deadline) revert MerchantPointSignatureExpired(deadline);
        _requireSigned(signer, consent, signature);
    }

    function _requireSigned(address signer, bytes32 consent, bytes calldata signature) private view {
        if (!CompositeSignature.isValid(signer, _hashTypedDataV4(consent), signature)) {
            revert MerchantPointSignatureInvalid(signer);
        }
    }
}
