// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

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

import {CouncilBallots} from "./CouncilBallots.sol";
import {CouncilPlan} from "./CouncilPlan.sol";
import {CouncilSettings} from "./CouncilSettings.sol";
import {IAlliance} from "./IAlliance.sol";
import {IAllianceCouncil} from "./IAllianceCouncil.sol";

/// @title AllianceCouncil
/// @notice The council of the alliance: OpenZeppelin's Governor as an m-of-n multi-signature; see IAllianceCouncil.
/// @dev CouncilBallots knows the members, CouncilPlan what may be proposed and after which delay it happens,
/// CouncilSettings the bounds of the rules. Here they meet Governor; what only calls `super` says which of two bases
/// goes first.
contract AllianceCouncil is
    CouncilBallots,
    CouncilSettings,
    GovernorCountingSimple,
    GovernorStorage,
    GovernorSequentialProposalId,
    GovernorSuperQuorum,
    CouncilPlan,
    GovernorProposalGuardian,
    GovernorNoncesKeyed
{
    /// @notice How a fresh council works. Seconds.
    struct Rules {
        uint32 votingPeriodSeconds;
        uint32 baseDelaySeconds;
        uint32 selfDelaySeconds;
    }

    /// @inheritdoc IAllianceCouncil
    /// @dev As AccessManager's own `expiration()`: what it has scheduled expires a week after its time.
    uint256 public constant GRACE_SECONDS = 1 weeks;

    /// @param alliance_ Whose members decide.
    /// @param manager The AccessManager, whose admin the council is to be.
    constructor(
        IAlliance alliance_,
        address manager,
        Rules memory rules
    )
        Governor("AllianceCouncil")
        CouncilBallots(alliance_)
        // Voting begins at once: the snapshot is the second of the proposal, votes count from the next one on.
        GovernorSettings(0, rules.votingPeriodSeconds, 1)
        GovernorTimelockAccess(manager, rules.baseDelaySeconds)
        CouncilPlan(rules.selfDelaySeconds)
    {
        _checkSetting("selfDelay", rules.selfDelaySeconds, 0, DELAY_MAX);
    }

    /// @inheritdoc IAllianceCouncil
    function voidBallot(uint256 nonce) external {
        _useCheckedNonce(msg.sender, nonce);
    }

    /// @inheritdoc IGovernor
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) public override(Governor, CouncilPlan) returns (uint256) {
        _activeMemberOf(msg.sender);
        return super.propose(targets, values, calldatas, description);
    }

    /// @inheritdoc IAllianceCouncil
    function expiresAt(uint256 proposalId) public view returns (uint256) {
        uint256 eta = proposalEta(proposalId);
        return (eta == 0 ? proposalDeadline(proposalId) : eta) + GRACE_SECONDS;
    }

    /// @inheritdoc IGovernor
    function state(uint256 proposalId) public view override(Governor, GovernorSuperQuorum) returns (ProposalState) {
        ProposalState current = super.state(proposalId);
        bool isWaiting = current == ProposalState.Succeeded || current == ProposalState.Queued;
        return isWaiting && block.timestamp >= expiresAt(proposalId) ? ProposalState.Expired : current;
    }

    /// @inheritdoc Governor
    function clock() public view override returns (uint48) {
        return SafeCast.toUint48(block.timestamp);
    }

    /// @inheritdoc IGovernor
    function quorum(uint256 timepoint) public view override returns (uint256) {
        return _thresholdAt(timepoint);
    }

    /// @inheritdoc GovernorSuperQuorum
    function superQuorum(uint256 timepoint) public view override returns (uint256) {
        return _thresholdAt(timepoint);
    }

    /// @dev By whoever represents the member now, whoever voted.
    function hasVoted(
        uint256 proposalId,
        address account
    ) public view override(IGovernor, GovernorCountingSimple) returns (bool) {
        return _hasVoted(proposalId, account);
    }

    /// @inheritdoc IGovernor
    function proposalNeedsQueuing(
        uint256 proposalId
    ) public view override(Governor, GovernorTimelockAccess) returns (bool) {
        return super.proposalNeedsQueuing(proposalId);
    }

    /// @inheritdoc IGovernor
    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    /// @inheritdoc IGovernor
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

    /// @notice The clock is unix seconds (ERC-6372).
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @dev Only votes for it count towards the quorum.
    // solhint-disable-next-line func-name-mixedcase
    function COUNTING_MODE() public pure override(IGovernor, GovernorCountingSimple) returns (string memory) {
        return "support=bravo&quorum=for";
    }

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
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
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

    function _countVote(
        uint256 proposalId,
        address account,
        uint8 support,
        uint256 weight,
        bytes memory params
    ) internal override(Governor, GovernorCountingSimple) returns (uint256) {
        uint256 memberId = _activeMemberOf(account);
        if (weight == 0) revert CouncilMemberHasNoVote(proposalId, memberId);
        if (_hasVoted(proposalId, account)) revert GovernorAlreadyCastVote(account);
        uint256 counted = super._countVote(proposalId, account, support, weight, params); // refuses other supports
        _recordVote(proposalId, memberId, support);
        return counted;
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

    function _setBaseDelaySeconds(uint32 seconds_) internal override {
        _checkSetting("baseDelay", seconds_, 0, DELAY_MAX);
        super._setBaseDelaySeconds(seconds_);
    }

    function _validateCancel(
        uint256 proposalId,
        address caller
    ) internal view override(Governor, GovernorProposalGuardian) returns (bool) {
        if (caller == proposalGuardian() && _isAboutGuardianOnly(proposalId)) revert CouncilVetoOfOwnOffice(proposalId);
        return super._validateCancel(proposalId, caller);
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

    function _getVotes(address account, uint256 timepoint, bytes memory) internal view override returns (uint256) {
        return _votesOf(account, timepoint);
    }

    /// @dev Whether the regulator's office is all that it is about.
    function _isAboutGuardianOnly(uint256 proposalId) private view returns (bool) {
        (address[] memory targets, , bytes[] memory calldatas, ) = proposalDetails(proposalId);
        for (uint256 i = 0; i < targets.length; ++i) {
            if (!_isAboutGuardian(targets[i], calldatas[i])) return false;
        }
        return true;
    }
}
