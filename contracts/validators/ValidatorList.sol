// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IGenesisValidators} from "./IGenesisValidators.sol";

/// @title ValidatorList
/// @notice Asks a contract that may be broken or hostile for its validators, without ever failing with it.
library ValidatorList {
    /// @notice Longest list; as many members as an alliance has (Alliance.VALIDATORS_MAX).
    uint256 internal constant VALIDATORS_MAX = 30;

    /// @notice Gas for the question. Besu asks with as much as a block has, 60 million where our genesis is used: what is
    /// given here is fixed, so that the answer does not depend on the caller's limit. 30 members cost the alliance 134,000.
    uint256 internal constant CALL_GAS = 3_000_000;

    /// @notice Gas that stays here whatever the other does with its own: the longest list of the genesis costs 72,000.
    uint256 internal constant RESERVE_GAS = 200_000;

    uint256 private constant WORD = 32;

    /// @notice What `source` answers to `getValidators()`, if it is 1 to 30 addresses in ascending order, unique and
    /// non-zero, and encoded as the ABI says; otherwise, and when it does not answer, an empty list.
    function read(address source) internal view returns (address[] memory) {
        uint256 left = gasleft();
        if (left <= RESERVE_GAS) return new address[](0);

        uint256 callGas = Math.min(CALL_GAS, left - RESERVE_GAS);
        bytes memory question = abi.encodeCall(IGenesisValidators.getValidators, ());
        uint256[VALIDATORS_MAX + 2] memory answer;
        bool isAnswered;
        uint256 size;
        // In assembly, because Solidity's own call would copy an answer of any length, at our cost, and would revert when
        // it cannot be decoded. This copies at most as many words as the longest good answer has.
        assembly ("memory-safe") {
            let room := mul(add(VALIDATORS_MAX, 2), WORD)
            isAnswered := staticcall(callGas, source, add(question, WORD), mload(question), answer, room)
            size := returndatasize()
        }
        return isAnswered ? _decode(answer, size) : new address[](0);
    }

    /// @param answer The offset of the array, its length, its items.
    /// @param size Bytes that were returned, which may be more than were copied.
    function _decode(uint256[VALIDATORS_MAX + 2] memory answer, uint256 size) private pure returns (address[] memory) {
        uint256 count = answer[1];
        bool isArray = answer[0] == WORD && count > 0 && count <= VALIDATORS_MAX && size == (count + 2) * WORD;
        if (!isArray) return new address[](0);

        address[] memory list = new address[](count);
        uint256 previous = 0;
        for (uint256 i = 0; i < count; ++i) {
            uint256 item = answer[i + 2];
            if (item <= previous || item > type(uint160).max) return new address[](0);
            list[i] = address(uint160(item));
            previous = item;
        }
        return list;
    }
}
