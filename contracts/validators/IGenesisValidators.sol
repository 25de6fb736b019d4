// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IGenesisValidators
/// @notice The validator contract of a network that selects its validators by contract from block 0 on: it stands in the
/// genesis, before there is an alliance, and follows the alliance from when the first validators have named it.
///
/// Until then `getValidators` is the list of the genesis. Each of those validators names a contract with `follow`; at
/// ⌈2n/3⌉ of them (the quorum with which the same nodes could agree on any block) that contract's list counts for good.
/// So nobody gets a power here that a quorum of validators does not have anyway.
/// @dev Besu calls `getValidators` on the state of the block before, with limited gas; a revert, an empty list or a
/// duplicate stops the chain (Besu does not check). So it never reverts: a list that is not well-formed, a call that
/// fails or runs out of its gas gives the list of the genesis instead. Storage is written by the genesis: slot 0 is
/// the array, sorted; the constructor never runs there.
interface IGenesisValidators {
    /// @notice A validator of the genesis named a contract to follow; its last word counts.
    event AllianceNamed(address indexed validator, address indexed alliance, uint256 names, uint256 required);
    /// @notice From the next block on the validators are those of `alliance`.
    event AllianceFollowed(address indexed alliance);

    /// @notice Only validators of the genesis have a say.
    error GenesisValidatorsNotValidator(address caller);
    /// @notice The decision was made.
    error GenesisValidatorsFollowing(address alliance);
    /// @notice The contract's list is not 1 to 30 addresses, ascending, unique, non-zero, or lacks a quorum of the
    /// genesis' validators: the chain would stop at the next block.
    error GenesisValidatorsListInvalid(address alliance);

    function follow(address alliance) external;

    /// @notice Besu's validator contract ABI, selector 0xb7ab4db5. Ascending, unique, non-zero, 1 to 30, never reverts.
    function getValidators() external view returns (address[] memory);

    /// @notice Those of the genesis, ascending.
    function genesisValidators() external view returns (address[] memory);

    /// @notice The contract whose list counts; 0 while none does.
    function alliance() external view returns (address);

    /// @notice What that validator named last; 0 if nothing.
    function namedBy(address validator) external view returns (address);
}
