// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Lots} from "../types/Lots.sol";

/// @title LotsLib
/// @notice Counts on a slot of lots (see the layout at `Lots`). Pure; knows nothing of accounts or time.
///
/// Two shapes of value: `Lots` is a whole slot (lanes, touched epoch, flags); `lanes` is a plain word with the four
/// lanes alone (bits 224–255 are zero), the amount that moves. Adding and subtracting lanes is one 256-bit operation for
/// all four. It is exact as long as no lane leaves its 56 bits: `fits` proves that on the supply, and every other
/// slot's lane is a part of the supply's (or was, before it went on hold), so `add` needs no check of its own.
/// @dev `age` of a lane = touched epoch − its epoch, 0 to 3; a lane of age k starts at bit 56·k.
library LotsLib {
    uint256 internal constant LANES = 4;
    uint256 internal constant LANE_BITS = 56;
    uint256 internal constant LANE_MAX = (1 << 56) - 1;
    uint256 internal constant EPOCH_MAX = (1 << 30) - 1;
    uint256 internal constant LOW_FLAG = 1 << 254;
    uint256 internal constant HIGH_FLAG = 1 << 255;

    uint256 private constant LANES_MASK = (1 << 224) - 1;
    uint256 private constant FLAGS_MASK = LOW_FLAG | HIGH_FLAG;
    uint256 private constant OLDEST_SHIFT = 168;
    /// @dev Where a carry out of each lane shows.
    uint256 private constant CARRIES = (1 << 56) | (1 << 112) | (1 << 168) | (1 << 224);

    /// @notice The same points seen from `epoch`: lanes grow older by one shift and fall out when they expire.
    /// @dev `epoch` never lies before the touched epoch, because block time does not go back. A shift of 224 bits and
    /// more leaves nothing under the mask, so no age needs a branch.
    function roll(Lots lots, uint256 epoch) internal pure returns (Lots) {
        uint256 word = Lots.unwrap(lots);
        // Cannot overflow: epochs have 30 bits, so the difference times 56 has at most 36.
        unchecked {
            uint256 shift = (epoch - ((word >> 224) & EPOCH_MAX)) * LANE_BITS;
            return Lots.wrap((word & FLAGS_MASK) | (epoch << 224) | ((word << shift) & LANES_MASK));
        }
    }

    /// @notice `lots.roll(epoch).add(lanes)` in one step, for the loop that runs 500 times a batch: with two calls an
    /// existing holder's item of a batch costs 1.08 times the minimal mint's, in one 1.06 times.
    function rollAndAdd(Lots lots, uint256 epoch, uint256 lanes) internal pure returns (Lots) {
        uint256 word = Lots.unwrap(lots);
        // Cannot overflow: see `roll` and `add`.
        unchecked {
            uint256 shift = (epoch - ((word >> 224) & EPOCH_MAX)) * LANE_BITS;
            return Lots.wrap(((word & FLAGS_MASK) | (epoch << 224) | ((word << shift) & LANES_MASK)) + lanes);
        }
    }

    /// @notice Puts lanes and their epoch together, flags clear.
    function stamp(uint256 lanes, uint256 epoch) internal pure returns (Lots) {
        return Lots.wrap(lanes | (epoch << 224));
    }

    function lanesOf(Lots lots) internal pure returns (uint256) {
        return Lots.unwrap(lots) & LANES_MASK;
    }

    function touchedOf(Lots lots) internal pure returns (uint256) {
        return (Lots.unwrap(lots) >> 224) & EPOCH_MAX;
    }

    /// @notice Base units in the lane of that age (0 to 3).
    function laneOf(Lots lots, uint256 age) internal pure returns (uint256) {
        return (Lots.unwrap(lots) >> (age * LANE_BITS)) & LANE_MAX;
    }

    /// @notice Base units in all four lanes.
    function total(uint256 lanes) internal pure returns (uint256) {
        // Cannot overflow: four numbers of 56 bits.
        unchecked {
            return (lanes & LANE_MAX) + ((lanes >> 56) & LANE_MAX) + ((lanes >> 112) & LANE_MAX) + (lanes >> 168);
        }
    }

    /// @notice `points` (at most `LANE_MAX`) in the lane of that age (0 to 3), the others empty.
    function ofAge(uint256 points, uint256 age) internal pure returns (uint256) {
        return points << (age * LANE_BITS);
    }

    /// @notice The age of the oldest points in `lanes`; 0 when there are none. The oldest lane is looked at first: what
    /// leaves an account oldest first mostly comes from there.
    function oldestAge(uint256 lanes) internal pure returns (uint256) {
        if (lanes >> 168 != 0) return 3;
        if (lanes >> 112 != 0) return 2;
        return lanes >> LANE_BITS != 0 ? 1 : 0;
    }

    /// @notice Picks `points` out of `lots`, oldest first. `short` is what is missing.
    function oldestFirst(Lots lots, uint256 points) internal pure returns (uint256 lanes, uint256 short) {
        uint256 word = Lots.unwrap(lots);
        short = points;
        // Cannot overflow: the shift ends at 0, and a lane is subtracted only from more than it holds.
        unchecked {
            for (uint256 shift = OLDEST_SHIFT; ; shift -= LANE_BITS) {
                uint256 lane = (word >> shift) & LANE_MAX;
                if (short <= lane) return (lanes | (short << shift), 0);
                lanes |= lane << shift;
                short -= lane;
                if (shift == 0) return (lanes, short);
            }
        }
    }

    /// @notice Picks `points` out of `lots`, youngest first. `short` is what is missing.
    function youngestFirst(Lots lots, uint256 points) internal pure returns (uint256 lanes, uint256 short) {
        uint256 word = Lots.unwrap(lots);
        short = points;
        // Cannot overflow: a lane is subtracted only from more than it holds.
        unchecked {
            for (uint256 shift = 0; shift <= OLDEST_SHIFT; shift += LANE_BITS) {
                uint256 lane = (word >> shift) & LANE_MAX;
                if (short <= lane) return (lanes | (short << shift), 0);
                lanes |= lane << shift;
                short -= lane;
            }
        }
    }

    /// @notice Picks `points` out of `lots`: from the lane of `age` first, then oldest first. `short` is what is missing.
    function ownLaneFirst(Lots lots, uint256 age, uint256 points) internal pure returns (uint256 lanes, uint256 short) {
        uint256 own = laneOf(lots, age);
        if (points <= own) return (ofAge(points, age), 0);
        lanes = ofAge(own, age);
        uint256 others;
        (others, short) = oldestFirst(sub(lots, lanes), points - own);
        lanes |= others;
    }

    /// @notice Adds lanes of the same touched epoch. See the library's note for why it needs no check.
    function add(Lots lots, uint256 lanes) internal pure returns (Lots) {
        // Cannot overflow: the supply's lanes, of which these are parts, fit (`fits`).
        unchecked {
            return Lots.wrap(Lots.unwrap(lots) + lanes);
        }
    }

    /// @notice Whether `lanes` can be added to `lots` with every lane inside its 56 bits.
    function fits(Lots lots, uint256 lanes) internal pure returns (bool) {
        uint256 present = lanesOf(lots);
        // Cannot overflow: two words of 224 bits. The bits where the sum differs from a sum without carries are the
        // carries themselves.
        unchecked {
            return ((present ^ lanes ^ (present + lanes)) & CARRIES) == 0;
        }
    }

    /// @notice Subtracts lanes of the same touched epoch, each of which `lots` holds.
    function sub(Lots lots, uint256 lanes) internal pure returns (Lots) {
        // Cannot underflow: callers subtract what one of the pickers above found in these very lots, or in an
        // account, whose lanes are part of the supply's.
        unchecked {
            return Lots.wrap(Lots.unwrap(lots) - lanes);
        }
    }

    function hasFlag(Lots lots, uint256 flag) internal pure returns (bool) {
        return Lots.unwrap(lots) & flag != 0;
    }

    function withFlag(Lots lots, uint256 flag, bool isSet) internal pure returns (Lots) {
        uint256 word = Lots.unwrap(lots);
        return Lots.wrap(isSet ? word | flag : word & ~flag);
    }
}
