// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LotsLib} from "./LotsLib.sol";
import {SignedConsent} from "./SignedConsent.sol";
import {SupplyBooks} from "./SupplyBooks.sol";
import {Tills} from "./Tills.sol";
import {Lots} from "../types/Lots.sol";

/// @title Redemptions
/// @notice How points are consumed: at once, or held, then captured or given back with their ages; and how they are
/// turned in for collateral when the merchant winds down.
/// @dev The lots that a redemption took stay under (holder, ref), so whatever comes back has the ages it had. A frozen
/// holder can neither redeem, hold, turn in nor be captured from; what is released or refunded to it is credited all the
/// same (its own points, which would otherwise be stranded and expire) and can not be spent until it is unfrozen.
abstract contract Redemptions is SupplyBooks, Tills, SignedConsent {
    using LotsLib for Lots;
    using LotsLib for uint256;

    /// @dev The two flags of `lots` hold the `RedemptionState`.
    struct Record {
        Lots lots;
        uint64 releaseAt;
        RedemptionKind kind;
    }

    /// @notice The longest hold: an order that is not delivered within 30 days is cancelled.
    uint256 public constant HOLD_SECONDS_MAX = 30 days;

    bytes32 private constant REDEEM_TYPEHASH = keccak256(
        "Redeem(address holder,uint256 points,uint8 kind,bytes32 ref,uint256 deadline)"
    );
    bytes32 private constant HOLD_TYPEHASH = keccak256(
        "Hold(address holder,uint256 points,uint8 kind,bytes32 ref,uint64 releaseAt,uint256 deadline)"
    );
    uint256 private constant STATE_SHIFT = 254;

    mapping(address holder => mapping(bytes32 ref => Record record)) private _redemptions;

    modifier onlyCollateral() {
        if (msg.sender != collateral) revert MerchantPointNotCollateral(msg.sender);
        _;
    }

    // ---------------------------------------------------------------- by the holder

    function redeem(uint256 points, RedemptionKind kind, bytes32 ref) external {
        _requireHoldersKind(kind);
        _redeem(msg.sender, points, kind, ref);
    }

    function redeemBySig(
        address holder,
        uint256 points,
        RedemptionKind kind,
        bytes32 ref,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bytes32 consent = keccak256(abi.encode(REDEEM_TYPEHASH, holder, points, kind, ref, deadline));
        _requireConsent(holder, deadline, consent, signature);
        _requireHoldersKind(kind);
        _redeem(holder, points, kind, ref);
    }

    function hold(uint256 points, RedemptionKind kind, bytes32 ref, uint64 releaseAt) external {
        _hold(msg.sender, points, kind, ref, releaseAt);
    }

    function holdBySig(
        address holder,
        uint256 points,
        RedemptionKind kind,
        bytes32 ref,
        uint64 releaseAt,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bytes32 consent = keccak256(abi.encode(HOLD_TYPEHASH, holder, points, kind, ref, releaseAt, deadline));
        _requireConsent(holder, deadline, consent, signature);
        _hold(holder, points, kind, ref, releaseAt);
    }

    // ---------------------------------------------------------------- by the merchant

    function capture(address holder, bytes32 ref, uint256 points) external onlyTill {
        Lots supply = _unpausedSupply();
        _requireInRange(points);
        _unfrozen(_accounts[holder], holder);
        Record storage record = _recordIn(holder, ref, RedemptionState.Held);
        Lots lots = record.lots;
        if (block.timestamp >= record.releaseAt) revert MerchantPointHoldTimedOut(record.releaseAt);
        uint256 total = lots.lanesOf().total();
        (uint256 lanes, uint256 short) = lots.oldestFirst(points);
        if (short != 0) revert MerchantPointExceedsRedemption(points, total);

        record.lots = _withState(lanes.stamp(lots.touchedOf()), RedemptionState.Captured);
        // Casts keep the value: a hold has at most 2^56 − 1 base units.
        _sums.held -= uint64(total);
        _sums.redeemed += uint64(points);
        emit Redeemed(holder, ref, record.kind, points);
        if (points != total) emit Released(holder, ref, _giveBack(supply, holder, lots.sub(lanes)));
    }

    function release(address holder, bytes32 ref) external {
        Lots supply = _unpausedSupply();
        Record storage record = _recordIn(holder, ref, RedemptionState.Held);
        Lots lots = record.lots;
        if (block.timestamp < record.releaseAt && !_isTill(msg.sender)) {
            revert MerchantPointHoldActive(record.releaseAt);
        }
        record.lots = _withState(uint256(0).stamp(lots.touchedOf()), RedemptionState.Released);
        _sums.held -= uint64(lots.lanesOf().total());
        emit Released(holder, ref, _giveBack(supply, holder, lots));
    }

    function refund(address holder, bytes32 ref, uint256 points) external onlyTill {
        Lots supply = _unpausedSupply();
        _requireNotWindingDown();
        _requireInRange(points);
        Record storage record = _recordIn(holder, ref, RedemptionState.Captured);
        Lots lots = record.lots;
        (uint256 lanes, uint256 short) = lots.youngestFirst(points);
        if (short != 0) revert MerchantPointExceedsRedemption(points, points - short);

        record.lots = lots.sub(lanes);
        _sums.redeemed -= uint64(points);
        emit Refunded(holder, ref, points, _giveBack(supply, holder, lanes.stamp(lots.touchedOf())));
    }

    // ---------------------------------------------------------------- by the collateral contract

    function turnIn(address holder, uint256 points, bytes32 ref) external onlyCollateral {
        _redeem(holder, points, RedemptionKind.WindDown, ref);
    }

    function turnInHold(address holder, bytes32 ref) external onlyCollateral returns (uint256 points) {
        _unpausedSupply();
        _unfrozen(_accounts[holder], holder);
        Record storage record = _recordIn(holder, ref, RedemptionState.Held);
        Lots lots = record.lots;
        if (block.timestamp < record.releaseAt) revert MerchantPointHoldActive(record.releaseAt);
        points = lots.lanesOf().total();
        record.lots = _withState(lots.lanesOf().stamp(lots.touchedOf()), RedemptionState.Captured);
        record.kind = RedemptionKind.WindDown;
        // Casts keep the value: a hold has at most 2^56 − 1 base units.
        _sums.held -= uint64(points);
        _sums.redeemed += uint64(points);
        emit Redeemed(holder, ref, RedemptionKind.WindDown, points);
    }

    function redemptionOf(address holder, bytes32 ref) external view returns (Redemption memory) {
        Record memory record = _redemptions[holder][ref];
        Lots lots = record.lots;
        return
            Redemption({
                state: _stateOf(lots),
                kind: record.kind,
                lots: lots.lanesOf().stamp(lots.touchedOf()),
                releaseAt: record.releaseAt
            });
    }

    // ---------------------------------------------------------------- inside

    function _redeem(address holder, uint256 points, RedemptionKind kind, bytes32 ref) private {
        Lots lots = _consume(holder, points, ref);
        _redemptions[holder][ref] = Record(_withState(lots, RedemptionState.Captured), 0, kind);
        // The cast keeps the value: `points` is a part of a balance below 2^58.
        _sums.redeemed += uint64(points);
        emit Redeemed(holder, ref, kind, points);
    }

    function _hold(address holder, uint256 points, RedemptionKind kind, bytes32 ref, uint64 releaseAt) private {
        _requireHoldersKind(kind);
        uint256 duration = releaseAt < block.timestamp ? 0 : releaseAt - block.timestamp;
        if (duration == 0 || duration > HOLD_SECONDS_MAX) {
            revert MerchantPointHoldDuration(duration, HOLD_SECONDS_MAX);
        }
        Lots lots = _consume(holder, points, ref);
        _redemptions[holder][ref] = Record(_withState(lots, RedemptionState.Held), releaseAt, kind);
        _sums.held += uint64(points);
        emit Held(holder, ref, kind, points, releaseAt);
    }

    /// @dev Takes points out of circulation under a fresh ref of the holder.
    function _consume(address holder, uint256 points, bytes32 ref) private returns (Lots lots) {
        Lots supply = _unpausedSupply();
        _requireInRange(points);
        if (_stateOf(_redemptions[holder][ref].lots) != RedemptionState.None) {
            revert MerchantPointRedemptionExists(holder, ref);
        }
        uint256 current = currentEpoch();
        uint256 lanes = _debit(holder, current, points);
        _shrinkSupply(supply, current, lanes);
        emit Transfer(holder, address(0), points);
        return lanes.stamp(current);
    }

    /// @dev Puts what is still live of `lots` back into circulation at its holder, frozen or not, with its ages.
    function _giveBack(Lots supply, address holder, Lots lots) private returns (Lots live) {
        uint256 current = currentEpoch();
        uint256 lanes = lots.roll(current).lanesOf();
        _growSupply(supply, current, lanes);
        Account storage account = _accounts[holder];
        account.lots = account.lots.roll(current).add(lanes);
        emit Transfer(address(0), holder, lanes.total());
        return lanes.stamp(current);
    }

    function _recordIn(
        address holder,
        bytes32 ref,
        RedemptionState wanted
    ) private view returns (Record storage record) {
        record = _redemptions[holder][ref];
        RedemptionState state = _stateOf(record.lots);
        if (state != wanted) revert MerchantPointRedemptionState(holder, ref, state);
    }

    function _requireHoldersKind(RedemptionKind kind) private pure {
        if (kind == RedemptionKind.WindDown) revert MerchantPointRedemptionKind(kind);
    }

    function _stateOf(Lots lots) private pure returns (RedemptionState) {
        return RedemptionState(Lots.unwrap(lots) >> STATE_SHIFT);
    }

    /// @dev `lots` comes with clear flags.
    function _withState(Lots lots, RedemptionState state) private pure returns (Lots) {
        return Lots.wrap(Lots.unwrap(lots) | (uint256(state) << STATE_SHIFT));
    }
}
