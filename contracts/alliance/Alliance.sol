// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import {AllianceVotes} from "./AllianceVotes.sol";
import {IAlliance} from "./IAlliance.sol";

/// @title Alliance
/// @notice The organisations that run the chain together; see IAlliance.
/// @dev The first member is admitted by the constructor, so the validator list is never empty, not even for one block.
contract Alliance is AllianceVotes, AccessManaged {
    using EnumerableSet for EnumerableSet.AddressSet;

    /// @notice Most members that can be active at once. QBFT's messages grow with the square of the validators: 30 keep a
    /// round below 1,000 of them.
    uint256 public constant VALIDATORS_MAX = 30;

    /// @notice Longest name and longest profile URI, in bytes.
    uint256 public constant NAME_BYTES_MAX = 64;
    uint256 public constant PROFILE_URI_BYTES_MAX = 256;

    /// @inheritdoc IAlliance
    uint256 public validatorFloor = 4;

    Member[] private _members;
    mapping(address node => uint256 memberId) private _memberIdOfNode;
    mapping(address account => bool isTaken) private _isTaken;
    EnumerableSet.AddressSet private _activeNodes;

    /// @param authority The AccessManager.
    /// @param first The founding member; its `status` and `since` are not read.
    constructor(address authority, Member memory first) AccessManaged(authority) {
        _admit(first);
    }

    /// @inheritdoc IAlliance
    function admit(
        string calldata name,
        string calldata profileUri,
        bytes32 profileHash,
        address representative,
        address node
    ) external restricted returns (uint256 memberId) {
        return
            _admit(
                Member({
                    name: name,
                    profileUri: profileUri,
                    profileHash: profileHash,
                    representative: representative,
                    node: node,
                    status: MemberStatus.Active,
                    since: 0
                })
            );
    }

    /// @inheritdoc IAlliance
    function suspend(uint256 memberId) external restricted {
        Member storage member = _known(memberId);
        if (member.status != MemberStatus.Active) revert AllianceMemberStatusInvalid(memberId, member.status);
        _deactivate(memberId, member.node);
        _setStatus(memberId, MemberStatus.Suspended);
    }

    /// @inheritdoc IAlliance
    function reinstate(uint256 memberId) external restricted {
        Member storage member = _known(memberId);
        if (member.status != MemberStatus.Suspended) revert AllianceMemberStatusInvalid(memberId, member.status);
        _activate(memberId, member.node);
        _setStatus(memberId, MemberStatus.Active);
    }

    /// @inheritdoc IAlliance
    function expel(uint256 memberId) external restricted {
        _leave(memberId);
    }

    /// @inheritdoc IAlliance
    function resign() external {
        _leave(_memberOfCaller());
    }

    /// @inheritdoc IAlliance
    function changeRepresentative(uint256 memberId, address representative) external restricted {
        _changeRepresentative(memberId, representative);
    }

    /// @inheritdoc IAlliance
    function changeNode(uint256 memberId, address node) external restricted {
        _changeNode(memberId, node);
    }

    /// @inheritdoc IAlliance
    function setValidatorFloor(uint256 floor) external restricted {
        if (floor == 0 || floor > VALIDATORS_MAX) revert AllianceValidatorFloorInvalid(floor, VALIDATORS_MAX);
        emit ValidatorFloorChanged(validatorFloor, floor);
        validatorFloor = floor;
    }

    /// @inheritdoc IAlliance
    function rotateRepresentative(address representative) external {
        _changeRepresentative(_memberOfCaller(), representative);
    }

    /// @inheritdoc IAlliance
    function rotateNode(address node) external {
        _changeNode(_memberOfCaller(), node);
    }

    /// @inheritdoc IAlliance
    function memberCount() external view returns (uint256) {
        return _members.length;
    }

    /// @inheritdoc IAlliance
    function activeCount() external view returns (uint256) {
        return _activeNodes.length();
    }

    /// @inheritdoc IAlliance
    function memberOf(uint256 memberId) external view returns (Member memory) {
        return _known(memberId);
    }

    /// @inheritdoc IAlliance
    function memberIdOfNode(address node) external view returns (uint256) {
        return _memberIdOfNode[node];
    }

    /// @inheritdoc IAlliance
    function isTaken(address account) external view returns (bool) {
        return _isTaken[account];
    }

    /// @inheritdoc IAlliance
    function getValidators() external view returns (address[] memory) {
        return Arrays.sort(_activeNodes.values());
    }

    function _admit(Member memory member) private returns (uint256 memberId) {
        _checkField(bytes(member.name).length, NAME_BYTES_MAX, "name");
        _checkField(bytes(member.profileUri).length, PROFILE_URI_BYTES_MAX, "profileUri");
        if (member.profileHash == bytes32(0)) revert AllianceFieldInvalid("profileHash");
        _take(member.representative, "representative");
        _take(member.node, "node");

        member.status = MemberStatus.Active;
        member.since = uint64(block.timestamp);
        _members.push(member);
        memberId = _members.length; // ids start at 1, so that 0 can mean nobody
        _seat(member.representative, memberId);
        _memberIdOfNode[member.node] = memberId;
        _activate(memberId, member.node);
        emit MemberAdmitted(memberId, member.representative, member.node, member.name);
    }

    function _leave(uint256 memberId) private {
        Member storage member = _staying(memberId);
        if (member.status == MemberStatus.Active) _deactivate(memberId, member.node);
        _unseat(member.representative);
        delete _memberIdOfNode[member.node];
        _setStatus(memberId, MemberStatus.Left);
    }

    function _changeRepresentative(uint256 memberId, address representative) private {
        Member storage member = _staying(memberId);
        _take(representative, "representative");

        address from = member.representative;
        _unseat(from);
        _seat(representative, memberId);
        member.representative = representative;
        emit RepresentativeChanged(memberId, from, representative);
    }

    function _changeNode(uint256 memberId, address node) private {
        Member storage member = _staying(memberId);
        _take(node, "node");

        address from = member.node;
        if (member.status == MemberStatus.Active) {
            // Directly, not through _deactivate: the only member may replace its node, the list never shrinks by it.
            _activeNodes.remove(from);
            _activeNodes.add(node);
        }
        delete _memberIdOfNode[from];
        _memberIdOfNode[node] = memberId;
        member.node = node;
        emit NodeChanged(memberId, from, node);
    }

    /// @dev Addresses are taken for ever: a key that served once, perhaps for another organisation, may be known.
    function _take(address account, string memory field) private {
        if (account == address(0)) revert AllianceFieldInvalid(field);
        if (_isTaken[account]) revert AllianceAddressTaken(account);
        _isTaken[account] = true;
    }

    function _activate(uint256 memberId, address node) private {
        _activeNodes.add(node);
        uint256 count = _activeNodes.length();
        if (count > VALIDATORS_MAX) revert AllianceValidatorCount(count, VALIDATORS_MAX);
        _setVotes(memberId, true, count);
    }

    function _deactivate(uint256 memberId, address node) private {
        _activeNodes.remove(node);
        uint256 count = _activeNodes.length();
        if (count == 0) revert AllianceValidatorCount(0, VALIDATORS_MAX);
        _setVotes(memberId, false, count);
    }

    function _setStatus(uint256 memberId, MemberStatus to) private {
        Member storage member = _members[memberId - 1];
        emit MemberStatusChanged(memberId, member.status, to);
        member.status = to;
    }

    function _known(uint256 memberId) private view returns (Member storage) {
        if (memberId == 0 || memberId > _members.length) revert AllianceMemberUnknown(memberId);
        return _members[memberId - 1];
    }

    function _staying(uint256 memberId) private view returns (Member storage member) {
        member = _known(memberId);
        if (member.status == MemberStatus.Left) revert AllianceMemberStatusInvalid(memberId, member.status);
    }

    function _memberOfCaller() private view returns (uint256 memberId) {
        memberId = memberIdOf(msg.sender);
        if (memberId == 0) revert AllianceNotRepresentative(msg.sender);
    }

    function _checkField(uint256 length, uint256 max, string memory field) private pure {
        if (length == 0 || length > max) revert AllianceFieldInvalid(field);
    }
}
