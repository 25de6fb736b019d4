// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {IMerchantPointFactory} from "../points/IMerchantPointFactory.sol";
import {IAllianceToken} from "./IAllianceToken.sol";
import {IMerchantRegistry} from "./IMerchantRegistry.sol";

/// @title MerchantRegistry
/// @notice Who may issue points, and the tokens of those who may; see IMerchantRegistry.
/// @dev Holds the role HOLDER_KEEPER, so that whoever it admits can hold alliance tokens. It never takes that back: the
/// old controller of a merchant may be a participant for another reason, so removing holders is left to the council.
contract MerchantRegistry is IMerchantRegistry, AccessManaged {
    uint256 private constant LEGAL_NAME_BYTES_MAX = 64;
    /// @dev Token name and symbol fit one storage slot, or an immutable, as OpenZeppelin's ShortString.
    uint256 private constant TOKEN_NAME_BYTES_MAX = 31;
    uint256 private constant TOKEN_SYMBOL_BYTES_MAX = 11;
    uint256 private constant CATEGORY_BYTES_MAX = 32;
    uint256 private constant PROFILE_URI_BYTES_MAX = 256;
    /// @dev The offsets in use on Earth: UTC−12 to UTC+14.
    int32 private constant UTC_OFFSET_SECONDS_MIN = -12 hours;
    int32 private constant UTC_OFFSET_SECONDS_MAX = 14 hours;

    /// @inheritdoc IMerchantRegistry
    uint256 public immutable EXIT_NOTICE_SECONDS;
    /// @inheritdoc IMerchantRegistry
    uint256 public immutable WIND_DOWN_SECONDS;

    IAllianceToken private immutable _allianceToken;

    IMerchantPointFactory private _factory;
    Merchant[] private _merchants;
    mapping(address token => uint256 merchantId) private _merchantIdOf;
    mapping(address controller => uint256 merchantId) private _controls;
    mapping(uint256 merchantId => address controller) private _proposedControllerOf;

    modifier onlyController(uint256 merchantId) {
        if (_known(merchantId).controller != msg.sender) revert RegistryNotController(merchantId, msg.sender);
        _;
    }

    /// @param authority The AccessManager.
    /// @param token The alliance token.
    /// @param exitNoticeSeconds From the announcement of an exit to the winding down.
    /// @param windDownSeconds How long holders have to turn points in.
    constructor(
        address authority,
        IAllianceToken token,
        uint256 exitNoticeSeconds,
        uint256 windDownSeconds
    ) AccessManaged(authority) {
        _allianceToken = token;
        EXIT_NOTICE_SECONDS = exitNoticeSeconds;
        WIND_DOWN_SECONDS = windDownSeconds;
    }

    /// @inheritdoc IMerchantRegistry
    function applyFor(
        Terms calldata terms,
        string calldata profileUri,
        bytes32 profileHash
    ) external returns (uint256 merchantId) {
        _checkTerms(terms);
        _checkProfile(profileUri, profileHash);
        if (_controls[msg.sender] != 0) revert RegistryControllerTaken(msg.sender);

        _merchants.push(Merchant(terms, profileUri, profileHash, msg.sender, address(0), Status.Applied));
        merchantId = _merchants.length; // ids start at 1, so that 0 can mean none
        _controls[msg.sender] = merchantId;
        emit MerchantApplied(merchantId, msg.sender, terms.legalName);
        emit ProfileUpdated(merchantId, profileUri, profileHash);
    }

    /// @inheritdoc IMerchantRegistry
    function approve(uint256 merchantId) external restricted returns (address token) {
        Merchant storage merchant = _known(merchantId);
        if (address(_factory) == address(0)) revert RegistryFieldInvalid("factory");
        _setStatus(merchantId, Status.Applied, Status.Active);

        Terms memory terms = merchant.terms;
        token = _factory.create(
            IMerchantPointFactory.Params({
                merchantId: merchantId,
                name: terms.tokenName,
                symbol: terms.tokenSymbol,
                pointsPerYuan: terms.pointsPerYuan,
                calendar: terms.calendar,
                utcOffsetSeconds: terms.utcOffsetSeconds
            })
        );
        merchant.token = token;
        _merchantIdOf[token] = merchantId;
        emit MerchantApproved(merchantId, token);
        _allianceToken.admitHolder(merchant.controller);
    }

    /// @inheritdoc IMerchantRegistry
    function haltIssue(uint256 merchantId) external restricted {
        Merchant storage merchant = _known(merchantId);
        _setStatus(merchantId, Status.Active, Status.IssueHalted);
        IMerchantPoint(merchant.token).setIssueHalted(true);
    }

    /// @inheritdoc IMerchantRegistry
    function resumeIssue(uint256 merchantId) external restricted {
        Merchant storage merchant = _known(merchantId);
        _setStatus(merchantId, Status.IssueHalted, Status.Active);
        IMerchantPoint(merchant.token).setIssueHalted(false);
    }

    /// @inheritdoc IMerchantRegistry
    function updateProfile(
        uint256 merchantId,
        string calldata profileUri,
        bytes32 profileHash
    ) external onlyController(merchantId) {
        _checkProfile(profileUri, profileHash);
        Merchant storage merchant = _known(merchantId);
        merchant.profileUri = profileUri;
        merchant.profileHash = profileHash;
        emit ProfileUpdated(merchantId, profileUri, profileHash);
    }

    /// @inheritdoc IMerchantRegistry
    function proposeController(uint256 merchantId, address controller) external onlyController(merchantId) {
        if (_controls[controller] != 0) revert RegistryControllerTaken(controller);
        _proposedControllerOf[merchantId] = controller;
        emit ControllerProposed(merchantId, controller);
    }

    /// @inheritdoc IMerchantRegistry
    function acceptController(uint256 merchantId) external {
        Merchant storage merchant = _known(merchantId);
        if (_proposedControllerOf[merchantId] != msg.sender) revert RegistryNotController(merchantId, msg.sender);
        if (_controls[msg.sender] != 0) revert RegistryControllerTaken(msg.sender);

        address from = merchant.controller;
        delete _proposedControllerOf[merchantId];
        delete _controls[from];
        _controls[msg.sender] = merchantId;
        merchant.controller = msg.sender;
        emit ControllerChanged(merchantId, from, msg.sender);
        if (merchant.token != address(0)) _allianceToken.admitHolder(msg.sender);
    }

    /// @inheritdoc IMerchantRegistry
    function setFactory(address newFactory) external restricted {
        if (newFactory.code.length == 0) revert RegistryFieldInvalid("factory");
        _factory = IMerchantPointFactory(newFactory);
        emit FactoryChanged(newFactory);
    }

    /// @inheritdoc IMerchantRegistry
    function merchantCount() external view returns (uint256) {
        return _merchants.length;
    }

    /// @inheritdoc IMerchantRegistry
    function merchantOf(uint256 merchantId) external view returns (Merchant memory) {
        return _known(merchantId);
    }

    /// @inheritdoc IMerchantRegistry
    function controllerOf(uint256 merchantId) external view returns (address) {
        return _known(merchantId).controller;
    }

    /// @inheritdoc IMerchantRegistry
    function proposedControllerOf(uint256 merchantId) external view returns (address) {
        return _proposedControllerOf[merchantId];
    }

    /// @inheritdoc IMerchantRegistry
    function statusOf(uint256 merchantId) external view returns (Status) {
        return _known(merchantId).status;
    }

    /// @inheritdoc IMerchantRegistry
    function tokenOf(uint256 merchantId) external view returns (address) {
        return _known(merchantId).token;
    }

    /// @inheritdoc IMerchantRegistry
    function merchantIdOf(address token) external view returns (uint256) {
        return _merchantIdOf[token];
    }

    /// @inheritdoc IMerchantRegistry
    function merchantIdOfController(address controller) external view returns (uint256) {
        return _controls[controller];
    }

    /// @inheritdoc IMerchantRegistry
    function factory() external view returns (address) {
        return address(_factory);
    }

    /// @inheritdoc IMerchantRegistry
    function allianceToken() external view returns (address) {
        return address(_allianceToken);
    }

    function _setStatus(uint256 merchantId, Status from, Status to) private {
        Merchant storage merchant = _merchants[merchantId - 1];
        if (merchant.status != from) revert RegistryMerchantStatus(merchantId, merchant.status);
        merchant.status = to;
        emit MerchantStatusChanged(merchantId, from, to);
    }

    function _known(uint256 merchantId) private view returns (Merchant storage) {
        if (merchantId == 0 || merchantId > _merchants.length) revert RegistryMerchantUnknown(merchantId);
        return _merchants[merchantId - 1];
    }

    function _checkTerms(Terms calldata terms) private pure {
        _checkLength(bytes(terms.legalName).length, LEGAL_NAME_BYTES_MAX, "legalName");
        _checkLength(bytes(terms.tokenName).length, TOKEN_NAME_BYTES_MAX, "tokenName");
        _checkLength(bytes(terms.tokenSymbol).length, TOKEN_SYMBOL_BYTES_MAX, "tokenSymbol");
        _checkLength(bytes(terms.category).length, CATEGORY_BYTES_MAX, "category");
        if (terms.pointsPerYuan != 100 && terms.pointsPerYuan != 1000) revert RegistryFieldInvalid("pointsPerYuan");

        int32 offset = terms.utcOffsetSeconds;
        bool isOffset = offset >= UTC_OFFSET_SECONDS_MIN && offset <= UTC_OFFSET_SECONDS_MAX && offset % 60 == 0;
        if (!isOffset) revert RegistryFieldInvalid("utcOffsetSeconds");
    }

    function _checkProfile(string calldata profileUri, bytes32 profileHash) private pure {
        _checkLength(bytes(profileUri).length, PROFILE_URI_BYTES_MAX, "profileUri");
        if (profileHash == bytes32(0)) revert RegistryFieldInvalid("profileHash");
    }

    function _checkLength(uint256 length, uint256 max, string memory field) private pure {
        if (length == 0 || length > max) revert RegistryFieldInvalid(field);
    }

    // ---------------------------------------------------------------- not built yet

    function suspend(uint256) external restricted {
        revert();
    }

    function reinstate(uint256) external restricted {
        revert();
    }

    function announceExit(uint256) external {
        revert();
    }

    function beginWindDown(uint256) external {
        revert();
    }

    function orderWindDown(uint256) external restricted {
        revert();
    }

    function close(uint256) external {
        revert();
    }

    function assignController(uint256, address) external restricted {
        revert();
    }

    function setDesk(address) external restricted {}

    function windDownFrom(uint256) external view returns (uint256) {
        revert();
    }

    function closableFrom(uint256) external view returns (uint256) {
        revert();
    }

    function desk() external view returns (address) {
        revert();
    }
}
