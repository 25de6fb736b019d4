// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IMerchantPoint} from "../points/IMerchantPoint.sol";
import {IMerchantPointFactory} from "../points/IMerchantPointFactory.sol";
import {IRegulatorDesk} from "../supervision/IRegulatorDesk.sol";
import {IAllianceToken} from "./IAllianceToken.sol";
import {IMerchantRegistry} from "./IMerchantRegistry.sol";
import {MerchantExit} from "./MerchantExit.sol";

/// @title MerchantRegistry
/// @notice Who may issue points, and the tokens of those who may; see IMerchantRegistry.
/// @dev Holds the role HOLDER_KEEPER, so that whoever it admits can hold alliance tokens. It never takes that back: the
/// old controller of a merchant may be a participant for another reason, so removing holders is left to the council.
contract MerchantRegistry is MerchantExit {
    uint256 private constant LEGAL_NAME_BYTES_MAX = 64;
    /// @dev Token name and symbol fit one storage slot, or an immutable, as OpenZeppelin's ShortString.
    uint256 private constant TOKEN_NAME_BYTES_MAX = 31;
    uint256 private constant TOKEN_SYMBOL_BYTES_MAX = 11;
    uint256 private constant CATEGORY_BYTES_MAX = 32;
    uint256 private constant PROFILE_URI_BYTES_MAX = 256;
    /// @dev The offsets in use on Earth: UTC−12 to UTC+14.
    int32 private constant UTC_OFFSET_SECONDS_MIN = -12 hours;
    int32 private constant UTC_OFFSET_SECONDS_MAX = 14 hours;
    /// @dev A freeze carried into a new token costs 36,000 gas, the token itself 5 million: together 13 of a block's 30.
    uint256 private constant FREEZES_PER_APPROVAL_MAX = 200;

    IAllianceToken private immutable _allianceToken;

    IMerchantPointFactory private _factory;
    IRegulatorDesk private _desk;
    mapping(uint256 merchantId => address controller) private _proposedControllerOf;

    /// @param authority The AccessManager.
    /// @param token The alliance token.
    /// @param exitNoticeSeconds From the announcement of an exit to the winding down.
    /// @param windDownSeconds How long holders have to turn points in.
    constructor(
        address authority,
        IAllianceToken token,
        uint256 exitNoticeSeconds,
        uint256 windDownSeconds
    ) AccessManaged(authority) MerchantExit(exitNoticeSeconds, windDownSeconds) {
        _allianceToken = token;
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
        merchantId = _merchants.length;
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
        _carryFreezes(merchantId, token);
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
        _setController(merchant, merchantId, msg.sender);
    }

    /// @inheritdoc IMerchantRegistry
    function assignController(uint256 merchantId, address controller) external restricted {
        Merchant storage merchant = _known(merchantId);
        if (controller == address(0)) revert RegistryFieldInvalid("controller");
        _setController(merchant, merchantId, controller);
    }

    /// @inheritdoc IMerchantRegistry
    function setFactory(address newFactory) external restricted {
        if (newFactory.code.length == 0) revert RegistryFieldInvalid("factory");
        _factory = IMerchantPointFactory(newFactory);
        emit FactoryChanged(newFactory);
    }

    /// @inheritdoc IMerchantRegistry
    function setDesk(address newDesk) external restricted {
        if (newDesk.code.length == 0) revert RegistryFieldInvalid("desk");
        _desk = IRegulatorDesk(newDesk);
        emit DeskChanged(newDesk);
    }

    /// @inheritdoc IMerchantRegistry
    function proposedControllerOf(uint256 merchantId) external view returns (address) {
        return _proposedControllerOf[merchantId];
    }

    /// @inheritdoc IMerchantRegistry
    function factory() external view returns (address) {
        return address(_factory);
    }

    /// @inheritdoc IMerchantRegistry
    function desk() external view returns (address) {
        return address(_desk);
    }

    /// @inheritdoc IMerchantRegistry
    function allianceToken() external view returns (address) {
        return address(_allianceToken);
    }

    /// @dev Before a desk is set there is nobody who could have frozen anyone.
    function _carryFreezes(uint256 merchantId, address token) private {
        if (address(_desk) == address(0) || _desk.carryIntoToken(token, FREEZES_PER_APPROVAL_MAX)) return;
        _setStatus(merchantId, Status.Active, Status.IssueHalted);
        IMerchantPoint(token).setIssueHalted(true);
    }

    function _setController(Merchant storage merchant, uint256 merchantId, address to) private {
        if (_controls[to] != 0) revert RegistryControllerTaken(to);
        address from = merchant.controller;
        delete _proposedControllerOf[merchantId];
        delete _controls[from];
        _controls[to] = merchantId;
        merchant.controller = to;
        emit ControllerChanged(merchantId, from, to);
        if (merchant.token != address(0)) _allianceToken.admitHolder(to);
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
}
