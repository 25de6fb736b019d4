// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AuthorityUtils} from "@openzeppelin/contracts/access/manager/AuthorityUtils.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {GovernorTimelockAccess} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockAccess.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title CouncilPreview
/// @notice What a proposal would change if it were executed now. Never deployed: its code takes the council's place for
/// the length of one `eth_call` with these state overrides:
/// - at the council's address: `code` = this contract's runtime code; its storage and balance stay;
/// - at `COUNCIL_CODE`: `code` = the council's own runtime code (`eth_getCode`), so that the council's functions go on
///   answering, to probes and to proposals about the council itself;
/// - at AllianceAccess, for each role that the council holds: `stateDiff` of the slot of `_roles[role].members[council]`,
///   keccak256(council, keccak256(role, 1)), both as 32-byte words, to its low 48 bits (`since`, so that the delay above
///   them is 0): calls then run at once, and still only if the council holds the role.
/// The call comes from the council's address, too (`from`). No transaction can, so a deployed copy would do nothing.
/// @dev Calls go out as `GovernorTimelockAccess` sends them: through the AccessManager if that restricts them.
contract CouncilPreview {
    struct Call {
        address target;
        uint256 value;
        bytes data;
    }

    /// @notice A view to ask before and after.
    struct Probe {
        address target;
        bytes data;
    }

    /// @param isOk Whether the call went through.
    /// @param data What it answered, or reverted with. AccessManager keeps the answers of calls through it to itself.
    struct Reply {
        bool isOk;
        bytes data;
    }

    /// @notice Where the council's own code stands during a preview: the first 20 bytes of keccak256("CouncilPreview").
    address public constant COUNCIL_CODE = address(bytes20(keccak256("CouncilPreview")));

    /// @notice Only an `eth_call` that comes from the council's own address can preview.
    error PreviewNotFromCouncil(address caller);

    /// @notice The council's own functions, but for calls that send it ether, which a chain without fees has none of.
    fallback(bytes calldata data) external returns (bytes memory) {
        return Address.functionDelegateCall(COUNCIL_CODE, data);
    }

    /// @notice Runs `calls` in order, as the council would, and asks `probes` before and after.
    /// @return earlier Replies of the probes before.
    /// @return results Replies of the calls, up to the first that failed, which then is the last.
    /// @return later Replies of the probes after; empty if a call failed: then the proposal changes nothing.
    function preview(
        Call[] calldata calls,
        Probe[] calldata probes
    ) external returns (Reply[] memory earlier, Reply[] memory results, Reply[] memory later) {
        if (msg.sender != address(this)) revert PreviewNotFromCouncil(msg.sender);
        earlier = _ask(probes);
        results = new Reply[](calls.length);
        for (uint256 i = 0; i < calls.length; ++i) {
            results[i] = _run(calls[i]);
            if (results[i].isOk) continue;
            assembly ("memory-safe") {
                mstore(results, add(i, 1)) // only ever shorter than it was made
            }
            return (earlier, results, later);
        }
        later = _ask(probes);
    }

    function _run(Call calldata call) private returns (Reply memory reply) {
        address manager = address(_council().accessManager());
        if (_isIndirect(manager, call)) {
            bytes memory data = abi.encodeCall(IAccessManager.execute, (call.target, call.data));
            (reply.isOk, reply.data) = manager.call{value: call.value}(data);
            if (reply.isOk) reply.data = "";
        } else {
            (reply.isOk, reply.data) = call.target.call{value: call.value}(call.data);
        }
    }

    function _isIndirect(address manager, Call calldata call) private view returns (bool) {
        if (call.data.length < 4) return false;
        bytes4 selector = bytes4(call.data);
        (bool isImmediate, uint32 delay) = AuthorityUtils.canCallWithDelay(
            manager,
            address(this),
            call.target,
            selector
        );
        return (isImmediate || delay > 0) && !_council().isAccessManagerIgnored(call.target, selector);
    }

    function _ask(Probe[] calldata probes) private view returns (Reply[] memory replies) {
        replies = new Reply[](probes.length);
        for (uint256 i = 0; i < probes.length; ++i) {
            (replies[i].isOk, replies[i].data) = probes[i].target.staticcall(probes[i].data);
        }
    }

    function _council() private view returns (GovernorTimelockAccess) {
        return GovernorTimelockAccess(payable(address(this)));
    }
}
