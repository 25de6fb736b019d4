// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title DrawNumbers
/// @notice Distinct numbers out of a seed, each set of them as likely as any other. Pure; anybody can do the same sum.
///
/// Random words: word k is the k-th group of 32 bits (lowest first) of keccak256(abi.encode(seed, k / 8)). A word at or
/// above the largest multiple of n below 2^32 is thrown away, the others count modulo n: so no number is favoured, and at
/// 1,000,000 numbers fewer than 2 words in 10,000 are thrown away.
///
/// Numbers: Fisher–Yates from the front. Step i swaps position i with position i + (a number below n − i) and takes what
/// lies there. Only positions that moved are kept, in a table of memory: 100 of 1,000,000 numbers cost what 100 of 100 do.
library DrawNumbers {
    /// @dev Where the words come from, and how many were taken.
    struct Stream {
        bytes32 seed;
        uint256 hash;
        uint256 taken;
    }

    /// @notice How many numbers one call can pick: it keeps the table half empty, so that a search soon ends.
    uint256 internal constant PICKS_MAX = 128;

    uint256 private constant SLOTS = 256;
    uint256 private constant WORDS_PER_HASH = 8;
    uint256 private constant WORD_BITS = 32;
    uint256 private constant WORDS = 1 << 32;

    /// @param numbers How many numbers there are: 0 to `numbers` − 1. Less than 2^32.
    /// @param picks How many are picked, at most `numbers` and `PICKS_MAX`.
    function pick(bytes32 seed, uint256 numbers, uint256 picks) internal pure returns (uint32[] memory picked) {
        picked = new uint32[](picks);
        uint256[] memory moved = new uint256[](SLOTS);
        Stream memory stream = Stream(seed, 0, 0);
        for (uint256 i = 0; i < picks; i++) {
            uint256 position = i + _below(stream, numbers - i);
            // Casts keep the value: every number lies below `numbers`.
            picked[i] = uint32(_at(moved, position));
            _put(moved, position, _at(moved, i));
        }
    }

    /// @dev A number below `bound`, each as likely as any other.
    function _below(Stream memory stream, uint256 bound) private pure returns (uint256) {
        uint256 fair = WORDS - (WORDS % bound);
        uint256 word = _next(stream);
        while (word >= fair) word = _next(stream);
        return word % bound;
    }

    function _next(Stream memory stream) private pure returns (uint256 word) {
        uint256 place = stream.taken % WORDS_PER_HASH;
        if (place == 0) stream.hash = uint256(keccak256(abi.encode(stream.seed, stream.taken / WORDS_PER_HASH)));
        stream.taken++;
        return (stream.hash >> (place * WORD_BITS)) % WORDS;
    }

    /// @dev The number at a position: its own, unless another was moved there.
    function _at(uint256[] memory moved, uint256 position) private pure returns (uint256) {
        uint256 entry = moved[_slotOf(moved, position)];
        return entry == 0 ? position : entry % WORDS;
    }

    function _put(uint256[] memory moved, uint256 position, uint256 number) private pure {
        moved[_slotOf(moved, position)] = ((position + 1) << WORD_BITS) | number;
    }

    /// @dev Where the position is, or would be: open addressing with steps of one.
    function _slotOf(uint256[] memory moved, uint256 position) private pure returns (uint256 slot) {
        slot = position % SLOTS;
        while (moved[slot] != 0 && moved[slot] >> WORD_BITS != position + 1) slot = (slot + 1) % SLOTS;
    }
}
