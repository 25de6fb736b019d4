// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IRuleBooks
/// @notice Anchors of the merchants' loyalty rules. The rules themselves are documents; here stands, for every version of
/// a merchant's rules that ever was in force, the hash that proves its words. It changes no money.
interface IRuleBooks {
    /// @notice Version `version` of the merchant's rules is the document with this keccak256, from now on.
    event RulesPublished(uint256 indexed merchantId, uint256 indexed version, bytes32 rulesHash, string uri);

    /// @notice Only the merchant's controller publishes its rules.
    error RuleBooksNotController(uint256 merchantId, address caller);
    /// @notice Versions are 1, 2, 3 …: the next one is `next`.
    error RuleBooksVersion(uint256 merchantId, uint256 version, uint256 next);
    /// @notice A hash of zero says nothing; a URI has at most 256 bytes.
    error RuleBooksFieldInvalid(string field);

    /// @notice Publishes the next version of the merchant's rules.
    /// @param rulesHash keccak256 of the canonical JSON document (keys sorted, no spaces, UTF-8).
    /// @param uri Where it can be read; may be empty.
    function publish(uint256 merchantId, uint256 version, bytes32 rulesHash, string calldata uri) external;

    /// @notice How many versions the merchant has published; the latest is in force.
    function versionOf(uint256 merchantId) external view returns (uint256);

    /// @notice The hash of a published version; zero when there is none.
    function rulesHashOf(uint256 merchantId, uint256 version) external view returns (bytes32);
}
