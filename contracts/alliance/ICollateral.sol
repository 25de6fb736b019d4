// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title ICollateral
/// @notice Alliance tokens (ALP, 18 decimals) that merchants lock to back their outstanding points.
///
/// Winding down: when it begins, pot = min(deposit, face value of all points outstanding at alpPerYuan, rounded up); the
/// surplus is the merchant's. From then on nothing adds to the points outstanding. A holder that turns in n of the
/// `points` outstanding then gets ⌊pot · n / points⌋, whenever and in whatever order holders come. What nobody claimed
/// when the merchant is closed, and the rounding, goes to the treasury.
/// @dev required = ⌈outstanding · alpPerYuan · coverageBps / (100 · pointsPerYuan · 10,000)⌉ with outstanding in base
/// units (0.01 point) and alpPerYuan in ALP wei a yuan. `outstandingMaxOf` is its exact inverse, rounded down.
interface ICollateral {
    /// @notice One merchant's winding down. All ALP wei but `points` and `pointsPaid` (base units).
    struct Payouts {
        uint256 pot;
        uint256 points;
        uint256 paid;
        uint256 pointsPaid;
        uint256 surplus;
        bool isOpen;
    }

    /// @notice `from` locked `alp` wei for the merchant.
    event CollateralDeposited(uint256 indexed merchantId, address indexed from, uint256 alp);
    /// @notice The merchant asked for `alp` wei back; it can take them from `availableAt` (unix seconds) on.
    event WithdrawalRequested(uint256 indexed merchantId, uint256 alp, uint256 availableAt);
    /// @notice The merchant took its request for `alp` wei back.
    event WithdrawalCancelled(uint256 indexed merchantId, uint256 alp);
    /// @notice `alp` wei of the merchant were paid to its controller `to`: of its deposit, or of its surplus once payouts
    /// are open.
    event CollateralWithdrawn(uint256 indexed merchantId, address indexed to, uint256 alp);
    /// @notice Points must be covered by `coverageBps` of their face value at `alpPerYuan` ALP wei a yuan.
    event CoverageChanged(uint256 alpPerYuan, uint256 coverageBps);

    /// @notice What the merchant may have outstanding is cut by `percent` of what its deposit allows.
    event LimitCutSet(uint256 indexed merchantId, uint8 percent);
    /// @notice `alp` wei of the merchant were seized for the treasury under a case number.
    event CollateralSeized(uint256 indexed merchantId, uint256 alp, bytes32 indexed caseNumber);
    /// @notice The merchant winds down: `pot` ALP wei for `points` base units outstanding; `surplus` above face value is
    /// the merchant's. Together they are its whole deposit, which is 0 from now on; a request for withdrawal is void.
    event PayoutsOpened(uint256 indexed merchantId, uint256 pot, uint256 points, uint256 surplus);
    /// @notice `holder` turned `points` in and `alp` wei were paid to it. `ref` is that of the redemption in the token.
    event PaidOut(uint256 indexed merchantId, address indexed holder, bytes32 indexed ref, uint256 points, uint256 alp);
    /// @notice `rest` ALP wei, which nobody claimed, went to the treasury.
    event PayoutsClosed(uint256 indexed merchantId, uint256 rest);

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
    /// @notice A limit is cut by 0 to 100 percent.
    error CollateralPercentInvalid(uint256 percent);
    /// @notice The merchant winds down or is closed: deposits, withdrawals and seizures are over.
    error CollateralWindingDown(uint256 merchantId);
    /// @notice The merchant does not wind down, so points cannot be turned in.
    error CollateralNotWindingDown(uint256 merchantId);
    /// @notice Only the registry.
    error CollateralNotRegistry(address caller);
    /// @notice The signature's deadline has passed.
    error CollateralSignatureExpired(uint256 deadline);
    /// @notice The signature is not `signer`'s (EIP-712, or ERC-1271 for a contract).
    error CollateralSignatureInvalid(address signer);
    /// @notice The merchant has no surplus left to take.
    error CollateralNoSurplus(uint256 merchantId);
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

    // ---------------------------------------------------------------- supervision

    /// @notice Cuts what the merchant may have outstanding by `percent` (0 to 100) of what its deposit allows. Points
    /// outstanding stay; there is no more issue until they are below. AccessManaged (the regulator's desk).
    function setLimitCut(uint256 merchantId, uint8 percent) external;
    /// @notice Takes `alp` wei of a deposit for the treasury, as far as what is left covers. A request for withdrawal of
    /// more than what is left is void. AccessManaged (the council).
    function seize(uint256 merchantId, uint256 alp, bytes32 caseNumber) external;

    // ---------------------------------------------------------------- winding down

    /// @notice Opens and closes the payouts of a merchant. Only the registry.
    function openPayouts(uint256 merchantId) external;
    function closePayouts(uint256 merchantId) external;

    /// @notice Turns `points` base units of the caller in, oldest first, under a fresh `ref`, and pays their part.
    function turnIn(uint256 merchantId, uint256 points, bytes32 ref) external returns (uint256 alp);

    /// @notice Like `turnIn`, by the holder's EIP-712 signature
    /// `TurnIn(address holder,uint256 merchantId,uint256 points,bytes32 ref,uint256 deadline)` in the domain
    /// ("Collateral", "1") or by ERC-1271; anyone may relay it, until `deadline`.
    function turnInBySig(
        address holder,
        uint256 merchantId,
        uint256 points,
        bytes32 ref,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 alp);

    /// @notice Turns the whole of a hold in, from its `releaseAt` on, and pays its holder. Anyone may call.
    function turnInHold(uint256 merchantId, address holder, bytes32 ref) external returns (uint256 alp);

    /// @notice Pays the surplus to the controller. Only the controller.
    function withdrawSurplus(uint256 merchantId) external;

    // ---------------------------------------------------------------- views

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

    /// @notice How a winding down stands; it stays readable when it is over. All zero for a merchant that never began.
    function payoutsOf(uint256 merchantId) external view returns (Payouts memory);
    /// @notice What `points` base units would be paid now; 0 when the merchant does not wind down.
    function quotePayout(uint256 merchantId, uint256 points) external view returns (uint256 alp);
    function limitCutOf(uint256 merchantId) external view returns (uint8 percent);
    /// @notice Where seizures and unclaimed payouts go: the council.
    function treasury() external view returns (address);
}
