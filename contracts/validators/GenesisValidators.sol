// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IGenesisValidators} from "./IGenesisValidators.sol";
import {ValidatorList} from "./ValidatorList.sol";

/// @title GenesisValidators
/// @notice The validator contract of the genesis, until the alliance is followed; see IGenesisValidators.
/// @dev The genesis holds this contract's runtime code and slot 0, so there are neither immutables nor a constructor, and
/// the order of the state variables is part of the genesis' format: `_genesis` stays first.
contract GenesisValidators is IGenesisValidators {
    address[] private _genesis;

    /// @inheritdoc IGenesisValidators
    address public alliance;

    /// @inheritdoc IGenesisValidators
    mapping(address validator => address alliance) public namedBy;

    /// @inheritdoc IGenesisValidators
    function follow(address alliance_) external {
        if (alliance != address(0)) revert GenesisValidatorsFollowing(alliance);
        address[] memory validators = _genesis;
        if (_countIn(validators, _one(msg.sender)) == 0) revert GenesisValidatorsNotValidator(msg.sender);
        if (!_canTakeOver(alliance_, validators)) revert GenesisValidatorsListInvalid(alliance_);

        namedBy[msg.sender] = alliance_;
        uint256 names = 0;
        for (uint256 i = 0; i < validators.length; ++i) if (namedBy[validators[i]] == alliance_) ++names;
        uint256 required = _quorum(validators.length);
        emit AllianceNamed(msg.sender, alliance_, names, required);
        if (names < required) return;
        alliance = alliance_;
        emit AllianceFollowed(alliance_);
    }

    /// @inheritdoc IGenesisValidators
    function getValidators() external view returns (address[] memory) {
        address source = alliance;
        if (source == address(0)) return _genesis;
        address[] memory list = ValidatorList.read(source);
        return list.length == 0 ? _genesis : list;
    }

    /// @inheritdoc IGenesisValidators
    function genesisValidators() external view returns (address[] memory) {
        return _genesis;
    }

    /// @dev Those who run the chain now must be a quorum of the list, or the next block finds no majority; and a quorum of
    /// them must be in it, or an alliance whose founder has not admitted the others yet would be left with one validator.
    function _canTakeOver(address source, address[] memory validators) private view returns (bool) {
        if (source == address(this)) return false; // its own list, for ever
        address[] memory list = ValidatorList.read(source);
        uint256 staying = _countIn(validators, list);
        return list.length > 0 && staying >= _quorum(list.length) && staying >= _quorum(validators.length);
    }

    /// @dev Both are ascending, so one walk through the two is enough.
    function _countIn(address[] memory validators, address[] memory list) private pure returns (uint256 count) {
        uint256 next = 0;
        for (uint256 i = 0; i < list.length; ++i) {
            while (next < validators.length && validators[next] < list[i]) ++next;
            if (next < validators.length && validators[next] == list[i]) ++count;
        }
    }

    /// @dev QBFT's: ⌈2n/3⌉.
    function _quorum(uint256 validators) private pure returns (uint256) {
        return Math.ceilDiv(2 * validators, 3);
    }

    function _one(address account) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = account;
    }
}
