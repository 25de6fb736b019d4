// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAlliance} from "./IAlliance.sol";
import {INodeDirectory} from "./INodeDirectory.sol";

/// @title NodeDirectory
/// @notice How to reach each member's node, told by the node itself; see INodeDirectory.
contract NodeDirectory is INodeDirectory {
    uint256 private constant PUBLIC_KEY_BYTES = 64;
    uint256 private constant IPV4_BYTES = 4;
    uint256 private constant IPV6_BYTES = 16;

    IAlliance private immutable _alliance;

    mapping(address node => Endpoint endpoint) private _endpoints;

    /// @param alliance_ Whose nodes have a say here.
    constructor(IAlliance alliance_) {
        _alliance = alliance_;
    }

    /// @inheritdoc INodeDirectory
    function announce(bytes calldata publicKey, bytes calldata host, uint16 port) external {
        // A member that leaves has no node any more; one that is suspended keeps its own, to come back.
        if (_alliance.memberIdOfNode(msg.sender) == 0) revert NodeDirectoryNotMemberNode(msg.sender);
        bool isOwnKey =
            publicKey.length == PUBLIC_KEY_BYTES && address(uint160(uint256(keccak256(publicKey)))) == msg.sender;
        if (!isOwnKey) revert NodeDirectoryKeyInvalid(msg.sender);
        bool isHost = host.length == IPV4_BYTES || host.length == IPV6_BYTES;
        if (!isHost || port == 0) revert NodeDirectoryHostInvalid();

        _endpoints[msg.sender] = Endpoint({publicKey: publicKey, host: host, port: port});
        emit NodeAnnounced(msg.sender, publicKey, host, port);
    }

    /// @inheritdoc INodeDirectory
    function endpointOf(address node) external view returns (Endpoint memory) {
        return _endpoints[node];
    }
}
