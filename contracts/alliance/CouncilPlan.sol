// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorTimelockAccess} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockAccess.sol";

import {IAllianceCouncil} from "./IAllianceCouncil.sol";
import {Roles} from "./Roles.sol";

/// @title CouncilPlan
/// @notice How the actions of a proposal will be carried out: through the AccessManager or not, after which delay.
abstract contract CouncilPlan is IAllianceCouncil, GovernorTimelockAccess {
    /// @notice Most actions of one proposal, and the longest description in bytes: a proposal must fit people's heads.
    uint256 public constant ACTIONS_MAX = 32;
    uint256 public constant DESCRIPTION_BYTES_MAX = 4_096;

    /// @inheritdoc IAllianceCouncil
    uint32 public immutable SELF_DELAY;

    /// @dev Set while a proposal that calls the council itself is being made, so that its plan has the long delay and
    /// all its actions come due together.
    bool private transient _isAboutSelf;

    constructor(uint32 selfDelaySeconds) {
        SELF_DELAY = selfDelaySeconds;
    }

    /// @inheritdoc GovernorTimelockAccess
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) public virtual override returns (uint256 proposalId) {
        if (targets.length > ACTIONS_MAX || bytes(description).length > DESCRIPTION_BYTES_MAX) {
            revert CouncilProposalTooLarge(
                targets.length,
                ACTIONS_MAX,
                bytes(description).length,
                DESCRIPTION_BYTES_MAX
            );
        }
        _isAboutSelf = _includes(targets, address(this));
        proposalId = super.propose(targets, values, calldatas, description);
        _isAboutSelf = false;
        _checkRepetition(proposalId, targets, calldatas);
    }

    /// @inheritdoc GovernorTimelockAccess
    function baseDelaySeconds() public view override returns (uint32) {
        uint32 delay = super.baseDelaySeconds();
        return _isAboutSelf && delay < SELF_DELAY ? SELF_DELAY : delay;
    }

    /// @dev AccessManager says of every function that nobody restricted that ADMIN may call it. The council is ADMIN, but
    /// such functions, as a transfer of its own tokens, it must call itself.
    function isAccessManagerIgnored(address target, bytes4 selector) public view override returns (bool) {
        if (super.isAccessManagerIgnored(target, selector)) return true;
        IAccessManager manager = accessManager();
        return target != address(manager) && manager.getTargetFunctionRole(target, selector) == Roles.ADMIN;
    }

    /// @dev Whether the call appoints or dismisses the guardian, or a holder of the regulator's role.
    function _isAboutGuardian(address target, bytes memory data) internal view returns (bool) {
        bytes4 selector = bytes4(data);
        if (target == address(this)) return selector == GovernorProposalGuardian.setProposalGuardian.selector;
        if (target != address(accessManager()) || data.length < 36) return false;
        bool isGrant = selector == IAccessManager.grantRole.selector || selector == IAccessManager.revokeRole.selector;
        uint256 role;
        assembly ("memory-safe") {
            role := mload(add(data, 36)) // behind the length and the selector: the first argument of both
        }
        return isGrant && role == Roles.REGULATOR;
    }

    /// @dev AccessManager schedules a call once at a time, so a proposal with one twice could never be queued.
    function _checkRepetition(uint256 proposalId, address[] memory targets, bytes[] memory calldatas) private view {
        (, , bool[] memory isScheduled) = proposalExecutionPlan(proposalId);
        bytes32[] memory seen = new bytes32[](targets.length);
        for (uint256 i = 0; i < targets.length; ++i) {
            if (!isScheduled[i]) continue;
            seen[i] = keccak256(abi.encode(targets[i], calldatas[i]));
            for (uint256 k = 0; k < i; ++k) if (seen[k] == seen[i]) revert CouncilActionRepeated(k, i);
        }
    }

    function _includes(address[] memory list, address wanted) private pure returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) if (list[i] == wanted) return true;
        return false;
    }
}
