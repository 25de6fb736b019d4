// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Calendar} from "../types/Calendar.sol";

/// @title IMerchantRegistry
/// @notice Who may issue points: each merchant's terms, profile, controller, token and standing.
interface IMerchantRegistry {
    /// @notice Standing of a merchant, in the order of severity. Applied → Active ⇄ IssueHalted; Active or IssueHalted →
    /// Suspended → Active; IssueHalted or Suspended → WindingDown → Closed. Suspended: neither issues nor swaps; its
    /// points can be transferred and redeemed. WindingDown: holders turn points into their part of the collateral.
    enum Status {
        None,
        Applied,
        Active,
        IssueHalted,
        Suspended,
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

    /// @notice A merchant applied; `ProfileUpdated` follows.
    event MerchantApplied(uint256 indexed merchantId, address indexed controller, string legalName);
    /// @notice The merchant was admitted and `token` made for it. It follows its `MerchantStatusChanged`.
    event MerchantApproved(uint256 indexed merchantId, address indexed token);
    /// @notice The merchant's standing changed.
    event MerchantStatusChanged(uint256 indexed merchantId, Status from, Status to);
    /// @notice The merchant's profile is the JSON document at `profileUri` with this keccak256.
    event ProfileUpdated(uint256 indexed merchantId, string profileUri, bytes32 profileHash);
    /// @notice `controller` may take the merchant's controls over; the zero address takes the proposal back.
    event ControllerProposed(uint256 indexed merchantId, address indexed controller);
    /// @notice Another address controls the merchant now.
    event ControllerChanged(uint256 indexed merchantId, address indexed from, address indexed to);
    /// @notice Tokens of merchants approved from now on are built by `factory`.
    event FactoryChanged(address indexed factory);
    /// @notice Freezes are carried into new tokens by `desk`.
    event DeskChanged(address indexed desk);
    /// @notice The merchant announced that it leaves; it may begin to wind down from `windDownFrom` (unix seconds) on.
    event ExitAnnounced(uint256 indexed merchantId, uint256 windDownFrom);
    /// @notice The merchant winds down; it can be closed from `closableFrom` on, or when nothing is outstanding.
    event WindDownBegun(uint256 indexed merchantId, uint256 closableFrom);

    /// @notice There is no merchant with this id.
    error RegistryMerchantUnknown(uint256 merchantId);
    /// @notice The merchant is in `status`, which does not allow this.
    error RegistryMerchantStatus(uint256 merchantId, Status status);
    /// @notice The caller is not the merchant's controller, or not the proposed one.
    error RegistryNotController(uint256 merchantId, address caller);
    /// @notice A term or profile field is out of its bounds; `field` names it.
    error RegistryFieldInvalid(string field);
    /// @notice A controller speaks for one merchant only.
    error RegistryControllerTaken(address controller);
    /// @notice The exit was announced before; the merchant may begin to wind down from `windDownFrom` on.
    error RegistryExitAnnounced(uint256 merchantId, uint256 windDownFrom);
    /// @notice The exit was not announced, or its notice ends at `from` (unix seconds; 0 = not announced).
    error RegistryNoticeNotOver(uint256 merchantId, uint256 from);
    /// @notice Points are outstanding, and holders have until `closableFrom` to turn them in: while the token is paused
    /// they can not, so that is when the pause ends, if later.
    error RegistryNotClosable(uint256 merchantId, uint256 outstanding, uint256 closableFrom);

    /// @notice Applies with the caller as controller. Anyone may; nothing is granted by it.
    function applyFor(
        Terms calldata terms,
        string calldata profileUri,
        bytes32 profileHash
    ) external returns (uint256 merchantId);

    /// @notice Admits an applicant: deploys its token and lets its controller hold alliance tokens. AccessManaged.
    function approve(uint256 merchantId) external returns (address token);

    /// @notice Stops and resumes issuing of one merchant. Resuming takes an announced exit back. AccessManaged.
    function haltIssue(uint256 merchantId) external;
    function resumeIssue(uint256 merchantId) external;

    /// @notice Stops issuing and swaps of one merchant, from Active or IssueHalted; and puts it back to Active (its sides
    /// of the pool stay paused until it opens them again), which takes an announced exit back. AccessManaged.
    function suspend(uint256 merchantId) external;
    function reinstate(uint256 merchantId) external;

    /// @notice The merchant leaves: stops issuing now (from Active or IssueHalted), and may wind down after
    /// `EXIT_NOTICE_SECONDS`, in which holders spend or swap. Only the controller.
    function announceExit(uint256 merchantId) external;
    /// @notice Begins the winding down, from IssueHalted after the notice. Only the controller.
    function beginWindDown(uint256 merchantId) external;
    /// @notice Orders it, from IssueHalted or Suspended, without notice. AccessManaged (the council).
    function orderWindDown(uint256 merchantId) external;
    /// @notice Closes a merchant when nothing is outstanding, or `WIND_DOWN_SECONDS` after the winding down began, but not
    /// while its token is paused. Anyone.
    function close(uint256 merchantId) external;

    /// @notice Gives a merchant another controller, for a lost key. AccessManaged (the council).
    function assignController(uint256 merchantId, address controller) external;

    /// @notice New profile document. Only the controller.
    function updateProfile(uint256 merchantId, string calldata profileUri, bytes32 profileHash) external;

    /// @notice Hands the controller over in two steps: proposed by the old one, accepted by the new one. A new proposal
    /// replaces the old one; the zero address takes it back.
    function proposeController(uint256 merchantId, address controller) external;
    function acceptController(uint256 merchantId) external;

    /// @notice Which factory builds tokens of merchants approved later. AccessManaged.
    function setFactory(address factory) external;
    /// @notice Which desk carries freezes into new tokens. A token that not all freezes reach within its approval begins
    /// with its issuing halted. AccessManaged.
    function setDesk(address desk) external;

    /// @notice Merchants that ever applied; ids are 1 to this.
    function merchantCount() external view returns (uint256);
    /// @notice All about one merchant. Reverts for an unknown id, as `controllerOf`, `statusOf` and `tokenOf` do.
    function merchantOf(uint256 merchantId) external view returns (Merchant memory);
    /// @notice The address that acts for the merchant.
    function controllerOf(uint256 merchantId) external view returns (address);

    /// @notice Who may accept the merchant's controls; the zero address when nobody is proposed.
    function proposedControllerOf(uint256 merchantId) external view returns (address);

    /// @notice 0 when the address controls no merchant.
    function merchantIdOfController(address controller) external view returns (uint256);
    /// @notice The merchant's standing.
    function statusOf(uint256 merchantId) external view returns (Status);
    /// @notice The zero address before approval.
    function tokenOf(uint256 merchantId) external view returns (address);

    /// @notice 0 when `token` is not a merchant point made by this registry.
    function merchantIdOf(address token) external view returns (uint256);

    /// @notice From when the merchant itself may begin to wind down; 0 when it has not announced its exit.
    function windDownFrom(uint256 merchantId) external view returns (uint256);
    /// @notice From when a merchant that winds down can be closed whatever is outstanding; 0 before.
    function closableFrom(uint256 merchantId) external view returns (uint256);
    function EXIT_NOTICE_SECONDS() external view returns (uint256);
    function WIND_DOWN_SECONDS() external view returns (uint256);
    function desk() external view returns (address);

    /// @notice Builds the tokens of merchants approved from now on; the zero address before it is set.
    function factory() external view returns (address);
    /// @notice The alliance token, which controllers of admitted merchants may hold.
    function allianceToken() external view returns (address);
}
