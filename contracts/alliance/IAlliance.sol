// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC5805} from "@openzeppelin/contracts/interfaces/IERC5805.sol";

/// @title IAlliance
/// @notice The organisations that run the chain together, and their votes: one organisation, one vote.
/// @dev Votes are ERC-5805 with the clock in unix seconds (ERC-6372 mode=timestamp). An active member has one vote, cast
/// by its representative. An address represents one member once, for one span of time, so what an address could vote
/// with at a past time never changes. Votes cannot be delegated.
interface IAlliance is IERC5805 {
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
    /// @notice The council allows the nodes' agents to go down to so many validators.
    event ValidatorFloorChanged(uint256 from, uint256 to);

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
    /// @notice The floor is 1 to `max`.
    error AllianceValidatorFloorInvalid(uint256 floor, uint256 max);
    /// @notice The caller represents no member (any more).
    error AllianceNotRepresentative(address caller);
    /// @notice Votes cannot be delegated: one organisation, one vote.
    error AllianceDelegationDisabled();
    /// @notice Past votes can be asked for times before `clock` only.
    error AllianceFutureLookup(uint256 timepoint, uint48 clock);

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

    /// @notice Below how many validators no agent votes a node out, 1 to 30; at first 4, the fewest that bear the loss of
    /// one (n = 3f + 1, f = 1). The chain does not enforce it: it is the council's word to the agents, so that members
    /// leaving one after another do not take the network's tolerance with them unless the council says so. AccessManaged.
    function setValidatorFloor(uint256 floor) external;

    /// @notice The caller's own member gives itself another representative or node. Not for one that has left. Only its
    /// representative; the council's way, for a lost key, is `changeRepresentative`.
    function rotateRepresentative(address representative) external;
    function rotateNode(address node) external;

    /// @notice The caller's own member leaves for good; what rewards it has not claimed are never minted. Only its
    /// representative. The last active member cannot leave.
    function resign() external;

    /// @notice Members ever admitted, those that have left included.
    function memberCount() external view returns (uint256);
    /// @notice Members that are active, 1 to 30; as many as validators.
    function activeCount() external view returns (uint256);

    /// @param memberId 1 to `memberCount()`; ids are never reused.
    function memberOf(uint256 memberId) external view returns (Member memory);

    /// @notice 0 when the address represents nobody (any more).
    function memberIdOf(address representative) external view returns (uint256);

    /// @notice 0 when the address is no member's node (any more).
    function memberIdOfNode(address node) external view returns (uint256);

    /// @notice See `setValidatorFloor`.
    function validatorFloor() external view returns (uint256);

    /// @notice True for every address that serves or ever served a member, as representative or node. Agents vote out
    /// only nodes that the alliance once knew: a validator of the genesis that is not admitted yet is left alone.
    function isTaken(address account) external view returns (bool);

    /// @notice 1 if the member was active at `timepoint` (unix seconds, past), else 0.
    function getPastMemberVotes(uint256 memberId, uint256 timepoint) external view returns (uint256);

    /// @notice Node addresses of active members: sorted ascending, unique, non-zero, never empty (Besu's
    /// contract-validator ABI, selector 0xb7ab4db5).
    function getValidators() external view returns (address[] memory);
}
