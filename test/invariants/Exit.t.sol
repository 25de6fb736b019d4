// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ExitWalk} from "./ExitWalk.sol";
import {VM} from "./Vm.sol";

/// @title ExitTest
/// @notice Random walks in which merchants leave, over the real contracts; every law is checked after every step.
contract ExitTest {
    /// @dev Before the walks' own clock starts: roles are granted from then on.
    uint256 private constant BEGINNING = 1_790_000_000;

    ExitWalk private _walk;

    /// @notice The walks went by without trying what they are for.
    error TooLittleTried(uint256 claims, uint256 heldClaims, uint256 closings, uint256 leftOpen);

    function setUp() external {
        _walk = new ExitWalk();
    }

    /// @notice Any walk: the runner picks the seed, and finds a smaller one when a law breaks.
    function testFuzz_everyLawHolds(uint256 seed) external {
        _run(seed, 300);
    }

    /// @notice Walks that are known, so that the laws are seen to be tried: merchants have to close with and without points
    /// left over, and holders to claim what they have and what they hold.
    function test_walksDoEverything() external {
        uint256[4] memory sums;
        for (uint256 walk = 0; walk < 6; ++walk) {
            VM.warp(BEGINNING);
            if (walk != 0) _walk = new ExitWalk();
            _run(walk, 400);
            sums[0] += _walk.claims();
            sums[1] += _walk.heldClaims();
            sums[2] += _walk.closings();
            sums[3] += _walk.leftOpen();
        }
        bool isEnough = sums[0] >= 30 && sums[1] >= 3 && sums[2] >= 8 && sums[3] >= 1 && sums[3] < sums[2];
        if (!isEnough) revert TooLittleTried(sums[0], sums[1], sums[2], sums[3]);
    }

    function _run(uint256 seed, uint256 steps) private {
        for (uint256 i = 0; i < steps; ++i) {
            _step(uint256(keccak256(abi.encode("exit", seed, i))));
            _walk.requireLaws();
        }
    }

    function _step(uint256 seed) private {
        (uint256 a, uint256 b, uint256 c, uint256 d) = (seed >> 16, seed >> 64, seed >> 112, seed >> 160);
        uint256 kind = seed % 16;
        if (kind < 3) _walk.advance(a, b);
        else if (kind < 5) _walk.turnIn(a, b, c);
        else if (kind < 6) _walk.turnInHold(a);
        else if (kind < 8) _walk.wait(a, b);
        else if (kind < 9) _walk.hold(a, b, c, d);
        else if (kind < 10) _walk.settle(a, b, c);
        else if (kind < 11) _walk.supervise(a, b, c);
        else if (kind < 12) _walk.issue(a, b, c);
        else if (kind < 13) _walk.transfer(a, b, c, d);
        else if (kind < 14) _walk.swap(a, b, c, d);
        else if (kind < 15) _walk.redeem(a, b, c);
        else if (a % 2 == 0) _walk.fundPoints(b, c);
        else _walk.moveCollateral(b, c, d);
    }
}
