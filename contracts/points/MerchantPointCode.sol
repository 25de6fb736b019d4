// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title MerchantPointCode
/// @notice Keeps one piece of the point token's creation code as its own code, for the factory to read.
/// @dev The token and a factory that carried its creation code would together outgrow the limit of 24,576 bytes for a
/// contract's code. The piece comes after one STOP byte: whoever calls this contract does nothing, and no piece can begin
/// with the byte 0xEF, which the chain refuses (EIP-3541).
contract MerchantPointCode {
    bytes1 private constant STOP = 0x00;

    constructor(bytes memory piece) {
        bytes memory code = bytes.concat(STOP, piece);
        // Solidity has no other way to say what code a constructor leaves behind.
        assembly ("memory-safe") {
            return(add(code, 32), mload(code))
        }
    }
}
