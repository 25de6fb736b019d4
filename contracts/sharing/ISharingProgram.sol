// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title ISharingProgram
/// @notice The sharing program (共享购). Off until the council turns it on. It is itself the ERC-20 of the share points.
///
/// Share point (共享积分): 18 decimals, not transferable, made and destroyed by this contract alone. Its price is its net
/// asset value: NAV = vault / supply, where `vault` is the ALP wei this contract accounts for (donations are not) and
/// `supply` counts points given out and not yet claimed too. Points are bought and redeemed at NAV, rounded against the
/// caller, so the program never owes more than it holds. It makes no promise that NAV rises; days that give out points
/// lower it, sales that burn points raise it.
///
/// Share value (共享值): a right to a part of the daily points, in yuan with 18 decimals. It is no claim on the vault.
///
/// Sale of `a` at rebate `r`: R = a · r. The merchant's deposit burns share points worth R (at `alpPerYuan` of the
/// collateral contract and NAV, rounded up); the consumer gains `consumerMultiple` · R share value, the merchant
/// `merchantMultiple` · R. A deposit too small refuses the sale.
///
/// Day: at most once for each 24 hours since `enabledAt`, anyone calls `distribute`. With S all share value, p = NAV in yuan at the
/// day's opening, E = `dailyPoints`: E' = min(E, S / (2 p)) share points are given out in proportion to share value, and every
/// share value falls by the value of the points received, all by the same proportion E'·p / S. One index and one accumulator do it:
/// a day costs the same gas for 10 and for 10,000 holders. (At most half of S clears in a day, so the index never
/// reaches zero; for S ≥ 2·E·p that bound does not bind.) Whatever changes share value first gives out the days that
/// are due, so nobody's points depend on who came later other than by this formula.
///
/// The price is read, and a day is given out, when it is due and somebody asks for it; `alpPerYuan` is the one of then.
///
/// Refund: takes back, for the part refunded, exactly the share value that the sale still has and exactly the points it has
/// earned on both sides, and gives the merchant's deposit back the very points that it burned, less what the two sides
/// have redeemed meanwhile: the merchant stands in for the consumer, who owes it from then on. What a consumer owes is
/// netted from its later points, and the merchant collects it. (If the program bore it, a merchant could share a sale
/// with an account of its own, redeem what that earns and refund the sale, as often as it likes.) What is missing beyond
/// the points burned is owed to the program, and destroyed when it is earned.
///
/// Points wei: 1e-18 of a share point. What lies unclaimed, merchants' deposits and the locked seed are balances of this
/// contract, so that the balances add up to the supply.
interface ISharingProgram is IERC20 {
    // ---------------------------------------------------------------- types

    enum State {
        Off,
        On,
        Halted
    }

    /// @param consumerMultiple Share value per yuan of rebate for the consumer, 0 to 10.
    /// @param merchantMultiple The same for the merchant, 0 to 2.
    /// @param dailyPoints Share points given out a day, 18 decimals, at most 498e18.
    /// @param rebateMinBps Smallest rebate a merchant may set, ≥ 1.
    /// @param rebateMaxBps Largest, at most 10,000.
    struct Parameters {
        uint8 consumerMultiple;
        uint8 merchantMultiple;
        uint128 dailyPoints;
        uint16 rebateMinBps;
        uint16 rebateMaxBps;
    }

    /// @param lockedPoints Points of the deposit that were bought today, and can be withdrawn when the day is over.
    struct Participant {
        uint256 depositPoints;
        uint16 rebateBps;
        bool isJoined;
        uint256 lockedPoints;
    }

    struct Sale {
        address consumer;
        uint256 merchantId;
        uint256 amountFen;
        uint256 refundedFen;
        uint256 rebateYuan;
        uint256 burnedPoints;
    }

    /// @notice What every page about the program shows.
    /// @param vault ALP wei funded.
    /// @param supply Share points outstanding, unclaimed ones counted.
    /// @param nav ALP wei of one share point (1e18 units), rounded down.
    /// @param shareValue All share value, yuan with 18 decimals.
    /// @param coverageBps vault against share value at `alpPerYuan`, basis points; max when there is no share value.
    /// @param daysToClear ⌈share value / value of a day's points⌉ at today's NAV; max when nothing is given out.
    /// @param daysGiven Days that are over and given out; days due are not counted, nor is anything they will change.
    struct Disclosure {
        State state;
        uint256 vault;
        uint256 supply;
        uint256 nav;
        uint256 shareValue;
        uint256 coverageBps;
        uint256 daysToClear;
        uint256 daysGiven;
    }

    // ---------------------------------------------------------------- events

    event SharingEnabled(uint256 seedAlp, Parameters parameters);
    event ParametersChanged(Parameters parameters);
    event SharingHalted(bool isHalted);
    event MerchantJoined(uint256 indexed merchantId, uint256 alp, uint256 points, uint256 rebateBps);
    event DepositAdded(uint256 indexed merchantId, uint256 alp, uint256 points);
    event DepositWithdrawn(uint256 indexed merchantId, uint256 points, uint256 alp);
    event RebateSet(uint256 indexed merchantId, uint256 rebateBps);
    event SaleShared(
        bytes32 indexed ref,
        uint256 indexed merchantId,
        address indexed consumer,
        uint256 amountFen,
        uint256 rebateYuan,
        uint256 burnedPoints
    );
    /// @notice `amountFen` of a sale were refunded. Points taken back from the consumer and from the merchant's account were
    /// destroyed; `returnedPoints` went to the deposit. The consumer lacked `consumerDebt`, the merchant's account
    /// `merchantDebt` more than its deposit's part covered; both owe it from now on.
    event SaleRefunded(
        bytes32 indexed ref,
        uint256 amountFen,
        uint256 consumerPoints,
        uint256 merchantPoints,
        uint256 returnedPoints,
        uint256 consumerDebt,
        uint256 merchantDebt
    );
    /// @notice The deposit received `points` that `account` owed the merchant for refunds, and has earned since.
    event DebtCollected(uint256 indexed merchantId, address indexed account, uint256 points);
    /// @notice Day `day` (1, 2, 3 …) gave out `points` at `nav`, and share value fell by `value` (yuan, 18 decimals). Days
    /// that gave nothing are passed over.
    event DayGiven(uint256 indexed day, uint256 points, uint256 value, uint256 nav);
    event PointsClaimed(address indexed account, uint256 points);
    event PointsRedeemed(address indexed account, uint256 points, uint256 alp);

    // ---------------------------------------------------------------- errors

    error SharingOff(State state);
    error SharingParametersInvalid(string field);
    error SharingNotTransferable();
    error SharingNotController(uint256 merchantId, address caller);
    error SharingNotTill(uint256 merchantId, address caller);
    error SharingMerchantStatus(uint256 merchantId);
    error SharingNotJoined(uint256 merchantId);
    error SharingJoined(uint256 merchantId);
    /// @notice The deposit must be worth `min` ALP wei (500 yuan) at joining.
    error SharingDepositTooSmall(uint256 alp, uint256 min);
    /// @notice The sale burns `asked` share points, the deposit has `left`.
    error SharingDepositExceeded(uint256 asked, uint256 left);
    /// @notice Points bought today stand through the day's end: `free` points can be withdrawn before.
    error SharingDepositLocked(uint256 asked, uint256 free);
    error SharingRebateInvalid(uint256 bps, uint256 min, uint256 max);
    error SharingAmountInvalid(uint256 amount);
    /// @notice The merchant's own accounts (controller, tills) earn nothing at its shop.
    error SharingSelfDealing(uint256 merchantId, address account);
    error SharingRefUsed(bytes32 ref);
    error SharingSaleUnknown(bytes32 ref);
    error SharingRefundExceeds(uint256 asked, uint256 left);
    /// @notice So many days are due that `distribute` must be called first.
    error SharingDaysDue(uint256 due, uint256 max);
    error SharingAccountFrozen(address account);
    error SharingPointsExceeded(uint256 asked, uint256 left);
    error SharingSignatureExpired(uint256 deadline);
    error SharingSignatureInvalid(address account);

    // ---------------------------------------------------------------- council

    /// @notice Turns the program on for ever, at one yuan a share point. `SEED_ALP` is taken from the treasury, which allowed
    /// it, into the vault and its points are locked, so the supply is never zero. AccessManaged.
    function enable(Parameters calldata parameters) external;
    /// @notice Changes the parameters within their caps, for every sale and every day that ends from now on. AccessManaged.
    function setParameters(Parameters calldata parameters) external;
    /// @notice Stops (or resumes) new sales and joining. Days, claims, redeeming and refunds go on. AccessManaged.
    function setHalted(bool isHalted) external;

    // ---------------------------------------------------------------- merchant

    /// @notice Joins with `alp` ALP wei worth at least 500 yuan, bought as share points at NAV. Only the controller.
    function join(uint256 merchantId, uint256 alp, uint16 rebateBps) external;
    function addDeposit(uint256 merchantId, uint256 alp) external;
    /// @notice Redeems points of the deposit at NAV to the controller, also while the program is halted. Taking all of them
    /// is leaving; what refunds bring back later can be withdrawn, too. Points bought today only tomorrow: who buys just
    /// before a sale burns points and sells just after would take what the sale gives to those who hold.
    function withdrawDeposit(uint256 merchantId, uint256 points) external;
    function setRebate(uint256 merchantId, uint16 rebateBps) external;
    /// @notice Shares a sale, once for each ref (of the whole program: hash the merchant's id into it). The merchant's part
    /// goes to its present controller. Only a till of the merchant, or its controller.
    function share(uint256 merchantId, address consumer, uint256 amountFen, bytes32 ref) external;
    /// @notice Refunds `amountFen` of a sale (see above). Only a till of its merchant, or the controller.
    function refund(bytes32 ref, uint256 amountFen) external;

    // ---------------------------------------------------------------- anyone

    /// @notice Gives out up to `DAYS_PER_CALL_MAX` days that are due; returns how many.
    function distribute() external returns (uint256 given);
    /// @notice Turns what `account` has earned into its balance.
    function claim(address account) external returns (uint256 points);
    /// @notice Moves to the merchant's deposit what `account` owed it for refunds and has earned since.
    function collect(uint256 merchantId, address account) external returns (uint256 points);

    // ---------------------------------------------------------------- holders

    /// @notice Claims, then redeems `points` of the caller at NAV for ALP.
    function redeem(uint256 points) external returns (uint256 alp);
    /// @notice The same by EIP-712 `RedeemShare(address account,uint256 points,uint256 nonce,uint256 deadline)`.
    function redeemBySig(
        address account,
        uint256 points,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 alp);

    // ---------------------------------------------------------------- views

    function state() external view returns (State);
    function parameters() external view returns (Parameters memory);
    function disclosure() external view returns (Disclosure memory);
    function nav() external view returns (uint256);
    function enabledAt() external view returns (uint256);
    function daysDue() external view returns (uint256);
    /// @notice The account's share value now (days due not counted), yuan with 18 decimals.
    function shareValueOf(address account) external view returns (uint256);
    /// @notice Points earned and not yet claimed, debts netted.
    function earnedOf(address account) external view returns (uint256);
    /// @notice Points owed for refunds and not yet earned.
    function debtOf(address account) external view returns (uint256);
    /// @notice Points that `account` owes the merchant or has earned for it, and the merchant has not collected.
    function owedTo(uint256 merchantId, address account) external view returns (uint256);
    function participantOf(uint256 merchantId) external view returns (Participant memory);
    function saleOf(bytes32 ref) external view returns (Sale memory);
    function SEED_ALP() external view returns (uint256);
    function DAYS_PER_CALL_MAX() external view returns (uint256);
}
