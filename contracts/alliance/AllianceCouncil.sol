// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Governor, IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorNoncesKeyed} from "@openzeppelin/contracts/governance/extensions/GovernorNoncesKeyed.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorSequentialProposalId} from "@openzeppelin/contracts/governance/extensions/GovernorSequentialProposalId.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorStorage} from "@openzeppelin/contracts/governance/extensions/GovernorStorage.sol";
import {GovernorSuperQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorSuperQuorum.sol";
import {GovernorTimelockAccess} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockAccess.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IAlliance} from "./IAlliance.sol";
import {IAllianceCouncil} from "./IAllianceCouncil.sol";
import {Roles} from "./Roles.sol";

/// @title AllianceCouncil
/// @notice The council of the alliance: OpenZeppelin's Governor as an m-of-n multi-signature; see IAllianceCouncil.
/// @dev Who votes is looked up in the alliance: a vote belongs to the member, so a new representative neither loses the
/// vote on proposals already open nor can cast it twice.
contract AllianceCouncil is
    IAllianceCouncil,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorStorage,
    GovernorSequentialProposalId,
    GovernorSuperQuorum,
    GovernorTimelockAccess,
    GovernorProposalGuardian,
    GovernorNoncesKeyed
{
    /// @notice How a fresh council works. Seconds.
    struct Rules {
        uint32 votingPeriodSeconds;
        uint32 baseDelaySeconds;
        uint32 selfDelaySeconds;
    }

    /// @notice Most actions of one proposal, and the longest description in bytes: a proposal must fit people's heads.
    uint256 public constant ACTIONS_MAX = 32;
    uint256 public constant DESCRIPTION_BYTES_MAX = 4_096;

    /// @inheritdoc IAllianceCouncil
    /// @dev As AccessManager's own `expiration()`: what it has scheduled expires a week after its time.
    uint256 public constant GRACE_SECONDS = 1 weeks;

    /// @inheritdoc IAllianceCouncil
    uint32 public immutable SELF_DELAY;

    IAlliance private immutable _alliance;

    /// @dev Support + 1; 0 = not voted.
    mapping(uint256 proposalId => mapping(uint256 memberId => uint8 ballot)) private _ballots;

    constructor(
        IAlliance alliance_,
        address manager,
        Rules memory rules
    )
        Governor("AllianceCouncil")
        // Voting begins at once: the snapshot is the second of the proposal, votes count from the next one on.
        GovernorSettings(0, rules.votingPeriodSeconds, 1)
        GovernorTimelockAccess(manager, rules.baseDelaySeconds)
    {
        _alliance = alliance_;
        SELF_DELAY = rules.selfDelaySeconds;
    }

    /// @notice The membership whose votes count here.
    function alliance() external view returns (address) {
        return address(_alliance);
    }

    /// @inheritdoc IAllianceCouncil
    function threshold() external view returns (uint256) {
        return _thresholdOf(_alliance.activeCount());
    }

    /// @inheritdoc IAllianceCouncil
    function voteOf(uint256 proposalId, uint256 memberId) external view returns (bool hasVoted_, uint8 support) {
        uint8 ballot = _ballots[proposalId][memberId];
        return ballot == 0 ? (false, 0) : (true, ballot - 1);
    }

    /// @inheritdoc IAllianceCouncil
    function expiresAt(uint256 proposalId) public view returns (uint256) {
        uint256 eta = proposalEta(proposalId);
        return (eta == 0 ? proposalDeadline(proposalId) : eta) + GRACE_SECONDS;
    }

    // ---------------------------------------------------------------- time and votes

    /// @inheritdoc Governor
    function clock() public view override(Governor) returns (uint48) {
        return SafeCast.toUint48(block.timestamp);
    }

    /// @inheritdoc Governor
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc IGovernor
    // solhint-disable-next-line func-name-mixedcase
    function COUNTING_MODE() public pure override(IGovernor, GovernorCountingSimple) returns (string memory) {
        return "support=bravo&quorum=for";
    }

    /// @inheritdoc Governor
    function quorum(uint256 timepoint) public view override returns (uint256) {
        return _thresholdOf(_alliance.getPastTotalSupply(timepoint));
    }

    /// @inheritdoc GovernorSuperQuorum
    function superQuorum(uint256 timepoint) public view override returns (uint256) {
        return quorum(timepoint);
    }

    /// @dev By whoever represents the member now, whoever voted.
    function hasVoted(
        uint256 proposalId,
        address account
    ) public view override(IGovernor, GovernorCountingSimple) returns (bool) {
        return _ballots[proposalId][_alliance.memberIdOf(account)] != 0;
    }

    // ---------------------------------------------------------------- proposals

    /// @inheritdoc IGovernor
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) public override(Governor, GovernorTimelockAccess) returns (uint256) {
        _activeMemberOf(msg.sender);
        if (targets.length > ACTIONS_MAX || bytes(description).length > DESCRIPTION_BYTES_MAX) {
            revert CouncilProposalTooLarge(
                targets.length,
                ACTIONS_MAX,
                bytes(description).length,
                DESCRIPTION_BYTES_MAX
            );
        }
        return super.propose(targets, values, calldatas, description);
    }

    /// @inheritdoc Governor
    function state(uint256 proposalId) public view override(Governor, GovernorSuperQuorum) returns (ProposalState) {
        ProposalState current = super.state(proposalId);
        bool isWaiting = current == ProposalState.Succeeded || current == ProposalState.Queued;
        return isWaiting && block.timestamp > expiresAt(proposalId) ? ProposalState.Expired : current;
    }

    /// @dev AccessManager says of every function that nobody restricted that ADMIN may call it. The council is ADMIN, but
    /// such functions, as a transfer of its own tokens, it must call itself.
    function isAccessManagerIgnored(address target, bytes4 selector) public view override returns (bool) {
        if (super.isAccessManagerIgnored(target, selector)) return true;
        IAccessManager manager = accessManager();
        return target != address(manager) && manager.getTargetFunctionRole(target, selector) == Roles.ADMIN;
    }

    /// @inheritdoc Governor
    function proposalNeedsQueuing(
        uint256 proposalId
    ) public view override(Governor, GovernorTimelockAccess) returns (bool) {
        return super.proposalNeedsQueuing(proposalId) || (SELF_DELAY > 0 && _touchesSelf(proposalId));
    }

    /// @inheritdoc Governor
    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    /// @inheritdoc Governor
    function getProposalId(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) public view override(Governor, GovernorSequentialProposalId) returns (uint256) {
        return super.getProposalId(targets, values, calldatas, descriptionHash);
    }

    /// @inheritdoc GovernorCountingSimple
    function proposalVotes(
        uint256 proposalId
    )
        public
        view
        override(GovernorCountingSimple, GovernorSuperQuorum)
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
    {
        return super.proposalVotes(proposalId);
    }

    // ---------------------------------------------------------------- internals

    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override(Governor, GovernorSequentialProposalId, GovernorStorage) returns (uint256) {
        return super._propose(targets, values, calldatas, description, proposer);
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockAccess) returns (uint48) {
        uint48 eta = super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
        uint48 selfEta = _touchesSelf(proposalId) ? clock() + SELF_DELAY : 0;
        return eta < selfEta ? selfEta : eta;
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockAccess) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockAccess) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _validateCancel(
        uint256 proposalId,
        address caller
    ) internal view override(Governor, GovernorProposalGuardian) returns (bool) {
        if (caller == proposalGuardian() && _isAboutGuardianOnly(proposalId)) revert CouncilVetoOfOwnOffice(proposalId);
        return super._validateCancel(proposalId, caller);
    }

    function _validateVoteSig(
        uint256 proposalId,
        uint8 support,
        address voter,
        bytes memory signature
    ) internal override(Governor, GovernorNoncesKeyed) returns (bool) {
        return super._validateVoteSig(proposalId, support, voter, signature);
    }

    function _validateExtendedVoteSig(
        uint256 proposalId,
        uint8 support,
        address voter,
        string memory reason,
        bytes memory params,
        bytes memory signature
    ) internal override(Governor, GovernorNoncesKeyed) returns (bool) {
        return super._validateExtendedVoteSig(proposalId, support, voter, reason, params, signature);
    }

    function _useCheckedNonce(address owner, uint256 nonce) internal override(Nonces, GovernorNoncesKeyed) {
        super._useCheckedNonce(owner, nonce);
    }

    function _countVote(
        uint256 proposalId,
        address account,
        uint8 support,
        uint256 weight,
        bytes memory params
    ) internal override(Governor, GovernorCountingSimple) returns (uint256) {
        uint256 memberId = _activeMemberOf(account);
        if (weight == 0) revert CouncilMemberHasNoVote(proposalId, memberId);
        if (_ballots[proposalId][memberId] != 0) revert GovernorAlreadyCastVote(account);
        uint256 counted = super._countVote(proposalId, account, support, weight, params);
        _ballots[proposalId][memberId] = support + 1;
        emit MemberVoted(proposalId, memberId, support);
        return counted;
    }

    /// @dev ⌊2n/3⌋ + 1 for it: abstaining is no yes.
    function _quorumReached(
        uint256 proposalId
    ) internal view override(Governor, GovernorCountingSimple) returns (bool) {
        (, uint256 forVotes, ) = proposalVotes(proposalId);
        return forVotes >= quorum(proposalSnapshot(proposalId));
    }

    function _voteSucceeded(
        uint256 proposalId
    ) internal view override(Governor, GovernorCountingSimple) returns (bool) {
        return super._voteSucceeded(proposalId);
    }

    /// @dev The member's vote at that time, for whoever represents it now.
    function _getVotes(address account, uint256 timepoint, bytes memory) internal view override returns (uint256) {
        uint256 memberId = _alliance.memberIdOf(account);
        return memberId == 0 ? 0 : _alliance.getPastMemberVotes(memberId, timepoint);
    }

    function _activeMemberOf(address account) private view returns (uint256 memberId) {
        memberId = _alliance.memberIdOf(account);
        if (memberId == 0) revert CouncilNotRepresentative(account);
        if (_alliance.memberOf(memberId).status != IAlliance.MemberStatus.Active) {
            revert CouncilMemberNotActive(memberId);
        }
    }

    function _touchesSelf(uint256 proposalId) private view returns (bool) {
        (address[] memory targets, , , ) = proposalDetails(proposalId);
        for (uint256 i = 0; i < targets.length; ++i) if (targets[i] == address(this)) return true;
        return false;
    }

    /// @dev Whether all it does is to appoint or dismiss the guardian, or holders of the regulator's role.
    function _isAboutGuardianOnly(uint256 proposalId) private view returns (bool) {
        (address[] memory targets, , bytes[] memory calldatas, ) = proposalDetails(proposalId);
        for (uint256 i = 0; i < targets.length; ++i) {
            if (!_isAboutGuardian(targets[i], calldatas[i])) return false;
        }
        return true;
    }

    function _isAboutGuardian(address target, bytes memory data) private view returns (bool) {
        bytes4 selector = bytes4(data);
        if (target == address(this)) return selector == this.setProposalGuardian.selector;
        if (target != address(accessManager()) || data.length < 36) return false;
        bool isGrant = selector == IAccessManager.grantRole.selector || selector == IAccessManager.revokeRole.selector;
        uint256 role;
        assembly ("memory-safe") {
            role := mload(add(data, 36))
        }
        return isGrant && role == Roles.REGULATOR;
    }

    function _thresholdOf(uint256 members) private pure returns (uint256) {
        return (2 * members) / 3 + 1;
    }
}
