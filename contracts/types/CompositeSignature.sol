// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title CompositeSignature
/// @notice One signature for several consents, in the manner of ERC-7920: the account signs the root of a Merkle tree
/// whose leaves are the EIP-712 digests that each contract computes for itself, and shows each contract the way from its
/// leaf to the root. A plain signature of the digest is taken as before.
///
/// Signed: `CompositeMessage(bytes32 merkleRoot)` in the domain `EIP712Domain(string name,string version,uint256 chainId)`
/// = ("CompositeSignature", "1", this chain). It names no contract, because its leaves do: a digest binds its own contract,
/// chain and nonce, so a root gives no leaf more force than a signature of that leaf alone would.
///
/// Layout: siblings from the leaf up (32 bytes each) ‖ the account's own signature, ERC-1271: of any length ‖ trailer:
/// 31 bytes of `TRAILER`, 1 byte with the number of siblings, 1 to 255. Siblings are hashed in ascending order (keccak256 of
/// 64 bytes), so a tree says nothing of places.
///
/// Why a node can not pass for a leaf: a leaf is the keccak256 of 66 bytes that begin with 0x1901, a node that of 64.
/// Why a root of one leaf is refused: it needs no tree, and each consent shall have one form only.
library CompositeSignature {
    bytes32 private constant DOMAIN_TYPEHASH = keccak256("EIP712Domain(string name,string version,uint256 chainId)");
    bytes32 private constant NAME_HASH = keccak256("CompositeSignature");
    bytes32 private constant VERSION_HASH = keccak256("1");
    bytes32 private constant MESSAGE_TYPEHASH = keccak256("CompositeMessage(bytes32 merkleRoot)");

    /// @dev Its first 31 bytes end every composite signature; no plain one ends so but by a chance of 2^-248.
    bytes32 private constant TRAILER = keccak256("alliance points ledger: composite signature");

    /// @notice Whether `signer` consented to `digest`: by itself, or as a leaf of what it signed. Contracts: ERC-1271.
    function isValid(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        (uint256 siblings, uint256 end) = _split(signature);
        if (end == signature.length) {
            return SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature);
        }
        uint256 start = siblings * 32;
        if (siblings == 0 || start > end) return false;
        bytes32 node = digest;
        for (uint256 offset = 0; offset < start; offset += 32) {
            node = Hashes.commutativeKeccak256(node, bytes32(signature[offset:offset + 32]));
        }
        bytes32 signed = MessageHashUtils.toTypedDataHash(
            keccak256(abi.encode(DOMAIN_TYPEHASH, NAME_HASH, VERSION_HASH, block.chainid)),
            keccak256(abi.encode(MESSAGE_TYPEHASH, node))
        );
        return SignatureChecker.isValidSignatureNowCalldata(signer, signed, signature[start:end]);
    }

    /// @dev How many siblings there are, and where the account's own signature ends: at the end of a plain one.
    function _split(bytes calldata signature) private pure returns (uint256 siblings, uint256 end) {
        end = signature.length;
        if (end < 32) return (0, end);
        bytes32 last = bytes32(signature[end - 32:]);
        if ((last ^ TRAILER) >> 8 != 0) return (0, end);
        return (uint8(uint256(last)), end - 32);
    }
}
