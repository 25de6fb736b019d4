// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title LotModel
/// @notice What the merchant points should do, in the plainest form: a map from epoch to amount that is never rolled,
/// packed or cleared, and running sums. The walks compare the contracts with it after every call.
abstract contract LotModel {
    uint256 internal constant LIVE_EPOCHS = 4;

    /// @dev Base units, by kind of happening, since the beginning. `lost` went back to its holder after it had expired.
    struct Sums {
        uint256 issued;
        uint256 redeemed;
        uint256 reversed;
        uint256 held;
        uint256 inLots;
        uint256 lost;
    }

    /// @dev A hold or redemption: `points[k]` were issued in epoch `epoch − k`.
    struct Taken {
        uint256 seat;
        address holder;
        bytes32 ref;
        uint256 epoch;
        uint256[LIVE_EPOCHS] points;
        uint256 releaseAt;
        bool isHeld;
    }

    /// @dev One item of an issue, to be reversed later.
    struct Item {
        uint256 seat;
        bytes32 ref;
        uint256 epoch;
        uint256 index;
        uint256 left;
        uint256[] items;
    }

    mapping(uint256 seat => Sums sums) internal _sums;
    mapping(uint256 seat => mapping(address holder => mapping(uint256 epoch => uint256 points))) internal _lots;
    mapping(uint256 seat => mapping(address holder => uint256 points)) internal _debts;

    /// @dev Live points of a holder, by age.
    function _liveOf(
        uint256 seat,
        address holder,
        uint256 epoch
    ) internal view returns (uint256[LIVE_EPOCHS] memory live) {
        for (uint256 age = 0; age < LIVE_EPOCHS && age <= epoch; ++age) live[age] = _lots[seat][holder][epoch - age];
    }

    function _balance(uint256 seat, address holder, uint256 epoch) internal view returns (uint256) {
        return _total(_liveOf(seat, holder, epoch));
    }

    /// @dev Takes oldest first; the caller has seen that there is enough.
    function _take(
        uint256 seat,
        address holder,
        uint256 epoch,
        uint256 points
    ) internal returns (uint256[LIVE_EPOCHS] memory taken) {
        taken = _oldestFirst(_liveOf(seat, holder, epoch), points);
        for (uint256 age = 0; age < LIVE_EPOCHS; ++age) {
            if (taken[age] != 0) _lots[seat][holder][epoch - age] -= taken[age];
        }
        _sums[seat].inLots -= points;
    }

    function _put(uint256 seat, address holder, uint256 epoch, uint256 points) internal {
        _lots[seat][holder][epoch] += points;
        _sums[seat].inLots += points;
    }

    /// @dev Gives lots taken in `then` back in `epoch`: those that have expired meanwhile are lost.
    function _giveBack(
        uint256 seat,
        address holder,
        uint256 then,
        uint256 epoch,
        uint256[LIVE_EPOCHS] memory points
    ) internal {
        for (uint256 age = 0; age < LIVE_EPOCHS; ++age) {
            if (points[age] == 0) continue;
            if (epoch - (then - age) < LIVE_EPOCHS) _put(seat, holder, then - age, points[age]);
            else _sums[seat].lost += points[age];
        }
    }

    /// @dev Issues net of debt, which counts as reversed.
    function _issueNet(uint256 seat, address holder, uint256 epoch, uint256 points) internal returns (uint256 net) {
        uint256 debt = _debts[seat][holder];
        uint256 settled = debt < points ? debt : points;
        _debts[seat][holder] -= settled;
        net = points - settled;
        _sums[seat].issued += points;
        _sums[seat].reversed += settled;
        _put(seat, holder, epoch, net);
    }

    function _oldestFirst(
        uint256[LIVE_EPOCHS] memory lots,
        uint256 points
    ) internal pure returns (uint256[LIVE_EPOCHS] memory taken) {
        for (uint256 age = LIVE_EPOCHS; age > 0; --age) {
            taken[age - 1] = lots[age - 1] < points ? lots[age - 1] : points;
            points -= taken[age - 1];
        }
    }

    function _total(uint256[LIVE_EPOCHS] memory lots) internal pure returns (uint256) {
        return lots[0] + lots[1] + lots[2] + lots[3];
    }
}
