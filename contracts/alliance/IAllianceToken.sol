// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IAllianceToken
/// @notice ALP (联盟积分): rights token and medium of exchange of the alliance. ERC-20, ERC-2612, 18 decimals.
/// Only participants (members, approved merchants, protocol contracts) may hold it.
interface IAllianceToken is IERC20 {
    /// @notice `account` can receive ALP from now on.
    event HolderAdmitted(address indexed account);
    /// @notice `account` can receive no more.
    event HolderRemoved(address indexed account);

    /// @notice `account` is not a participant, so it can not receive ALP.
    error AllianceTokenNotParticipant(address account);

    /// @notice Lets `account` receive ALP. AccessManaged (the registry and the council).
    function admitHolder(address account) external;

    /// @notice `account` can receive no more; what it has it can still send. AccessManaged.
    function removeHolder(address account) external;
    /// @notice Whether `account` can receive ALP.
    function isHolder(address account) external view returns (bool);
}
