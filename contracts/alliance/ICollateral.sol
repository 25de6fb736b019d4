// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title ICollateral
/// @notice Alliance tokens (ALP, 18 decimals) that merchants lock to back their outstanding points.
/// @dev required = ⌈outstanding · alpPerYuan · coverageBps / (100 · pointsPerYuan · 10,000)⌉ with outstanding in base
/// units (0.01 point) and alpPerYuan in ALP wei a yuan. `outstandingMaxOf` is its exact inverse, rounded down.
interface ICollateral {
    /// @notice `from` locked `alp` wei for the merchant.
    event CollateralDeposited(uint256 indexed merchantId, address indexed from, uint256 alp);
    /// @notice The merchant asked for `alp` wei back; it can take them from `availableAt` (unix seconds) on.
    event WithdrawalRequested(uint256 indexed merchantId, uint256 alp, uint256 availableAt);
    /// @notice The merchant took its request for `alp` wei back.
    event WithdrawalCancelled(uint256 indexed merchantId, uint256 alp);
    /// @notice `alp` wei of the merchant were paid to its controller `to`.
    event CollateralWithdrawn(uint256 indexed merchantId, address indexed to, uint256 alp);
    /// @notice Points must be covered by `coverageBps` of their face value at `alpPerYuan` ALP wei a yuan.
    event CoverageChanged(uint256 alpPerYuan, uint256 coverageBps);

    /// @notice There is no merchant with this id.
    error CollateralMerchantUnknown(uint256 merchantId);
    /// @notice The caller is not the merchant's controller (see the registry).
    error CollateralNotController(uint256 merchantId, address caller);
    /// @notice Zero ALP has no meaning here.
    error CollateralAmountZero();
    /// @notice The merchant asked for more ALP wei than is locked for it.
    error CollateralInsufficient(uint256 merchantId, uint256 asked, uint256 deposited);
    /// @notice The merchant has no withdrawal requested.
    error CollateralNoRequest(uint256 merchantId);
    /// @notice The request can be taken from `availableAt` (unix seconds) on.
    error CollateralNotYet(uint256 availableAt);
    /// @notice What would be left does not cover the points outstanding.
    error CollateralUncovered(uint256 merchantId, uint256 left, uint256 required);
    /// @notice `alpPerYuan` is 1 to 2^128 − 1 wei, `coverageBps` 1 to 10,000.
    error CollateralCoverageInvalid(uint256 alpPerYuan, uint256 coverageBps);

    /// @notice Locks `alp` of the caller for a merchant. Anyone may add.
    function deposit(uint256 merchantId, uint256 alp) external;

    /// @notice Asks for `alp` back; it can be taken after `WITHDRAW_DELAY` seconds. Counts as withdrawn for the cap at
    /// once. A new request replaces the old one. Only the merchant's controller.
    function requestWithdrawal(uint256 merchantId, uint256 alp) external;
    /// @notice Takes the request back. Only the controller.
    function cancelWithdrawal(uint256 merchantId) external;

    /// @notice Pays the requested amount to the controller if what is left still covers. Only the controller.
    function withdraw(uint256 merchantId) external;

    /// @notice Sets ALP wei a yuan and the share of face value to be covered (1–10,000 bps). AccessManaged.
    function setCoverage(uint256 alpPerYuan, uint256 coverageBps) external;

    /// @notice ALP locked for a merchant, requested withdrawals included.
    function depositOf(uint256 merchantId) external view returns (uint256);
    /// @notice ALP wei requested back and when they can be taken; (0, 0) without a request.
    function requestOf(uint256 merchantId) external view returns (uint256 alp, uint256 availableAt);

    /// @notice ALP needed for `points` base units of the merchant outstanding, rounded up.
    function requiredFor(uint256 merchantId, uint256 points) external view returns (uint256);

    /// @notice Largest number of base units the merchant of `token` may have outstanding. 0 for a foreign token.
    function outstandingMaxOf(address token) external view returns (uint256);

    /// @notice (0, 0) before it is set: then nothing can be issued.
    function coverage() external view returns (uint256 alpPerYuan, uint256 coverageBps);

    /// @notice Seconds between a request and its withdrawal.
    function WITHDRAW_DELAY() external view returns (uint256);
}
