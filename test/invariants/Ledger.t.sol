// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerWalk} from "./LedgerWalk.sol";

/// @title LedgerTest
/// @notice Random walks of five customers, three merchants and the regulator over the real contracts; every law is
/// checked after every step.
contract LedgerTest {
    LedgerWalk private _walk;

    function setUp() external {
        _walk = new LedgerWalk();
    }

    /// @notice The steps are the walk's functions and nothing else.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_walk);
    }

    function invariant_everyLawHolds() external {
        _walk.requireLaws();
    }

    /// @notice One long walk whose steps are known, so that the laws are seen to be tried: it has to swap, redeem, hold
    /// and reverse often enough to mean something.
    function test_longWalkDoesEverything() external {
        for (uint256 i = 0; i < 3_000; ++i) {
            _step(uint256(keccak256(abi.encode("long walk", i))));
            if (i % 10 == 0) _walk.requireLaws();
        }
        _walk.requireLaws();
        require(_walk.swaps() >= 100, "too few swaps");
        require(_walk.redemptions() >= 100, "too few redemptions");
        require(_walk.reversals() >= 50, "too few reversals");
    }

    function _step(uint256 seed) private {
        (uint256 a, uint256 b, uint256 c, uint256 d) = (seed >> 16, seed >> 64, seed >> 112, seed >> 160);
        uint256 kind = seed % 16;
        if (kind < 3) _walk.swapExactIn(a, b, c, d);
        else if (kind < 4) _walk.swapExactOut(a, b, c, d);
        else if (kind < 6) _walk.issue(a, b, c);
        else if (kind < 7) _walk.issueBatch(a, b, c);
        else if (kind < 8) _walk.transfer(a, b, c, d);
        else if (kind < 9) _walk.redeem(a, b, c);
        else if (kind < 10) _walk.hold(a, b, c, d);
        else if (kind < 11) _walk.capture(a, b);
        else if (kind < 12) _walk.release(a, b);
        else if (kind < 13) _walk.refund(a, b);
        else if (kind < 14) _walk.reverseIssue(a, b);
        else if (kind < 15) _walk.wait(a, b);
        else _rareStep(a, b, c);
    }

    function _rareStep(uint256 a, uint256 b, uint256 c) private {
        uint256 kind = a % 6;
        if (kind == 0) _walk.supervise(a >> 8, b, c);
        else if (kind == 1) _walk.postPrices(a >> 8, b);
        else if (kind == 2) _walk.fundPoints(a >> 8, b);
        else if (kind == 3) _walk.withdrawPoints(a >> 8, b);
        else if (kind == 4) _walk.moveAlp(a >> 8, b, c);
        else _walk.moveCollateral(a >> 8, b, c);
    }
}
