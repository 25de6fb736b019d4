// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IAlliance
/// @notice The organisations that run the chain together.
interface IAlliance {
    /// @notice Standing of a member. Active ⇄ Suspended; both → Left, which is final.
    enum MemberStatus {
        None,
        Active,
        Suspended,
        Left
    }

    /// @param name 1–64 bytes of UTF-8.
    /// @param profileUri Where the profile JSON is; `profileHash` is its keccak256.
    /// @param representative The address that acts for the organisation.
    /// @param node The address of its validator node.
    /// @param since Unix seconds of admission.
    struct Member {
        string name;
        string profileUri;
        bytes32 profileHash;
        address representative;
        address node;
        MemberStatus status;
        uint64 since;
    }

    /// @notice An organisation joined; it is active from this block on.
    event MemberAdmitted(uint256 indexed memberId, address indexed representative, address indexed node, string name);
    /// @notice A member was suspended, reinstated or expelled.
    event MemberStatusChanged(uint256 indexed memberId, MemberStatus from, MemberStatus to);
    /// @notice Another address acts for the member now.
    event RepresentativeChanged(uint256 indexed memberId, address indexed from, address indexed to);
    /// @notice The member runs its validator under another address now.
    event NodeChanged(uint256 indexed memberId, address indexed from, address indexed to);

    /// @notice There is no member with this id.
    error AllianceMemberUnknown(uint256 memberId);
    /// @notice The member is in `status`, which does not allow this.
    error AllianceMemberStatusInvalid(uint256 memberId, MemberStatus status);
    /// @notice A representative or node address serves one member only, ever.
    error AllianceAddressTaken(address account);
    /// @notice A field is empty or too long; `field` names it.
    error AllianceFieldInvalid(string field);
    /// @notice The validator list may not be empty nor longer than `max`.
    error AllianceValidatorCount(uint256 count, uint256 max);

    /// @notice Admits an organisation. AccessManaged.
    function admit(
        string calldata name,
        string calldata profileUri,
        bytes32 profileHash,
        address representative,
        address node
    ) external returns (uint256 memberId);

    /// @notice Changes of standing. AccessManaged. The last active member can neither be suspended nor expelled.
    function suspend(uint256 memberId) external;
    function reinstate(uint256 memberId) external;
    function expel(uint256 memberId) external;

    /// @notice Replaces the address that acts for a member, or that of its node. The old one can not be used again.
    /// Not for a member that has left. AccessManaged.
    function changeRepresentative(uint256 memberId, address representative) external;
    function changeNode(uint256 memberId, address node) external;

    /// @notice Members ever admitted, those that have left included.
    function memberCount() external view returns (uint256);
    /// @notice Members that are active, 1 to 30; as many as validators.
    function activeCount() external view returns (uint256);

    /// @param memberId 1 to `memberCount()`; ids are never reused.
    function memberOf(uint256 memberId) external view returns (Member memory);

    /// @notice 0 when the address represents nobody (any more).
    function memberIdOf(address representative) external view returns (uint256);

    /// @notice Node addresses of active members: sorted ascending, unique, non-zero, never empty (Besu's
    /// contract-validator ABI, selector 0xb7ab4db5).
    function getValidators() external view returns (address[] memory);
}
