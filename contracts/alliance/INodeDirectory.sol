// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title INodeDirectory
/// @notice How to reach each member's node, told by the node itself: its public key and where it listens. An address
/// alone cannot be dialled (an enode carries the whole key), so without this list every operator would pass files by
/// hand. Agents build their node's allow-list from it.
/// @dev Nobody has a power here: a node speaks for itself only, and what it says is checked against its address.
interface INodeDirectory {
    /// @param publicKey 64 bytes: uncompressed secp256k1 without the leading 04. keccak256 of it ends in the node's address.
    /// @param host IPv4 (4 bytes) or IPv6 (16 bytes).
    /// @param port TCP, 1 to 65535.
    struct Endpoint {
        bytes publicKey;
        bytes host;
        uint16 port;
    }

    /// @notice A node said where it is reached, for the first time or anew.
    event NodeAnnounced(address indexed node, bytes publicKey, bytes host, uint16 port);

    /// @notice The caller is no node of a member that is active or suspended.
    error NodeDirectoryNotMemberNode(address caller);
    /// @notice The key is not the caller's.
    error NodeDirectoryKeyInvalid(address caller);
    /// @notice The host is neither IPv4 nor IPv6, or the port is 0.
    error NodeDirectoryHostInvalid();

    /// @notice The calling node says where it is reached; the last word counts.
    function announce(bytes calldata publicKey, bytes calldata host, uint16 port) external;

    /// @notice Empty when the node has said nothing. What a node said stays when it is no member's any more: ask the
    /// alliance who belongs.
    function endpointOf(address node) external view returns (Endpoint memory);
}
