// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Calendar} from "../types/Calendar.sol";

/// @title IMerchantRegistry
/// @notice Who may issue points: each merchant's terms, profile, controller, token and standing.
interface IMerchantRegistry {
    /// @notice Standing of a merchant. Applied → Active ⇄ IssueHalted → WindingDown → Closed.
    enum Status {
        None,
        Applied,
        Active,
        IssueHalted,
        WindingDown,
        Closed
    }

    /// @notice Terms fixed for the life of a merchant's token.
    /// @param legalName 1–64 bytes of UTF-8.
    /// @param tokenName ERC-20 name, 1–31 bytes.
    /// @param tokenSymbol ERC-20 symbol, 1–11 bytes.
    /// @param category Line of business, 1–32 bytes.
    /// @param pointsPerYuan 100 or 1000 whole points a yuan.
    /// @param calendar How its time is cut into epochs.
    /// @param utcOffsetSeconds −43,200 to 50,400, whole minutes.
    struct Terms {
        string legalName;
        string tokenName;
        string tokenSymbol;
        string category;
        uint32 pointsPerYuan;
        Calendar calendar;
        int32 utcOffsetSeconds;
    }

    /// @notice One merchant. `profileHash` is the keccak256 of the JSON document at `profileUri` (introduction, terms).
    struct Merchant {
        Terms terms;
        string profileUri;
        bytes32 profileHash;
        address controller;
        address token;
        Status status;
    }

    event MerchantApplied(uint256 indexed merchantId, address indexed controller, string legalName);
    event MerchantApproved(uint256 indexed merchantId, address indexed token);
    event MerchantStatusChanged(uint256 indexed merchantId, Status from, Status to);
    event ProfileUpdated(uint256 indexed merchantId, string profileUri, bytes32 profileHash);
    event ControllerProposed(uint256 indexed merchantId, address indexed controller);
    event ControllerChanged(uint256 indexed merchantId, address indexed from, address indexed to);
    event FactoryChanged(address indexed factory);

    error RegistryMerchantUnknown(uint256 merchantId);
    /// @notice The merchant is in `status`, which does not allow this.
    error RegistryMerchantStatus(uint256 merchantId, Status status);
    error RegistryNotController(uint256 merchantId, address caller);
    /// @notice A term or profile field is out of its bounds; `field` names it.
    error RegistryFieldInvalid(string field);
    /// @notice A controller speaks for one merchant only.
    error RegistryControllerTaken(address controller);

    /// @notice Applies with the caller as controller. Anyone may; nothing is granted by it.
    function applyFor(
        Terms calldata terms,
        string calldata profileUri,
        bytes32 profileHash
    ) external returns (uint256 merchantId);

    /// @notice Admits an applicant: deploys its token and lets its controller hold alliance tokens. AccessManaged.
    function approve(uint256 merchantId) external returns (address token);

    /// @notice Stops and resumes issuing of one merchant. AccessManaged.
    function haltIssue(uint256 merchantId) external;
    function resumeIssue(uint256 merchantId) external;

    /// @notice New profile document. Only the controller.
    function updateProfile(uint256 merchantId, string calldata profileUri, bytes32 profileHash) external;

    /// @notice Hands the controller over in two steps: proposed by the old one, accepted by the new one. A new proposal
    /// replaces the old one; the zero address takes it back.
    function proposeController(uint256 merchantId, address controller) external;
    function acceptController(uint256 merchantId) external;

    /// @notice Which factory builds tokens of merchants approved later. AccessManaged.
    function setFactory(address factory) external;

    function merchantCount() external view returns (uint256);
    function merchantOf(uint256 merchantId) external view returns (Merchant memory);
    function controllerOf(uint256 merchantId) external view returns (address);

    /// @notice Who may accept the merchant's controls; the zero address when nobody is proposed.
    function proposedControllerOf(uint256 merchantId) external view returns (address);

    /// @notice 0 when the address controls no merchant.
    function merchantIdOfController(address controller) external view returns (uint256);
    function statusOf(uint256 merchantId) external view returns (Status);
    function tokenOf(uint256 merchantId) external view returns (address);

    /// @notice 0 when `token` is not a merchant point made by this registry.
    function merchantIdOf(address token) external view returns (uint256);

    /// @notice Builds the tokens of merchants approved from now on; the zero address before it is set.
    function factory() external view returns (address);
    function allianceToken() external view returns (address);
}
