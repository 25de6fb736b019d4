// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IERC7818
/// @notice Expirable ERC-20 (ERC-7818, Final). Amounts are base units of the token.
interface IERC7818 is IERC20 {
    /// @notice What an epoch is measured in. The name is the ERC's own.
    // solhint-disable-next-line contract-name-capwords
    enum EPOCH_TYPE {
        BLOCKS_BASED,
        TIME_BASED
    }

    /// @notice The epoch has expired (or was never live), so nothing can move at it.
    error ERC7818TransferredExpiredToken(address sender, uint256 epoch);

    /// @notice Moves `value` of exactly the points issued in `epoch`, or reverts.
    function transferAtEpoch(uint256 epoch, address to, uint256 value) external returns (bool);

    /// @notice Like `transferAtEpoch`, out of `from`'s allowance for the caller.
    function transferFromAtEpoch(uint256 epoch, address from, address to, uint256 value) external returns (bool);

    /// @notice Live balance of `account` issued in `epoch`; 0 once the epoch has expired.
    function balanceOfAtEpoch(uint256 epoch, address account) external view returns (uint256);

    /// @notice The epoch of the current block time.
    function currentEpoch() external view returns (uint256);

    /// @notice Nominal length of an epoch in seconds.
    function epochLength() external view returns (uint256);

    /// @notice Always `TIME_BASED` here.
    function epochType() external view returns (EPOCH_TYPE);

    /// @notice Number of epochs during which points are live, counting the one they were issued in.
    function validityDuration() external view returns (uint256);

    /// @notice Whether points issued in `epoch` have expired.
    function isEpochExpired(uint256 epoch) external view returns (bool);
}
