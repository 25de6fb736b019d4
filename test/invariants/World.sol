// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Alliance} from "../../contracts/alliance/Alliance.sol";
import {AllianceAccess} from "../../contracts/alliance/AllianceAccess.sol";
import {AllianceToken} from "../../contracts/alliance/AllianceToken.sol";
import {Collateral} from "../../contracts/alliance/Collateral.sol";
import {IAlliance} from "../../contracts/alliance/IAlliance.sol";
import {IMerchantRegistry} from "../../contracts/alliance/IMerchantRegistry.sol";
import {MerchantRegistry} from "../../contracts/alliance/MerchantRegistry.sol";
import {ExchangePool} from "../../contracts/exchange/ExchangePool.sol";
import {IExchangePool} from "../../contracts/exchange/IExchangePool.sol";
import {MerchantPoint} from "../../contracts/points/MerchantPoint.sol";
import {MerchantPointFactory} from "../../contracts/points/MerchantPointFactory.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {VM} from "./Vm.sol";

/// @title World
/// @notice The real contracts, wired as they are deployed, with three merchants whose points live by month, by quarter
/// and for ever. This contract is the council, the regulator, the treasury and every merchant's till.
abstract contract World {
    uint256 internal constant ALP = 1e18;
    uint256 internal constant MERCHANTS = 3;
    uint256 internal constant ACTORS = 5;

    AllianceAccess internal immutable _ACCESS;
    AllianceToken internal immutable _ALP;
    MerchantRegistry internal immutable _REGISTRY;
    Collateral internal immutable _COLLATERAL;
    ExchangePool internal immutable _POOL;

    MerchantPoint[] internal _tokens;

    constructor() {
        _ACCESS = new AllianceAccess(address(this));
        IAlliance.Member memory founder;
        (founder.name, founder.profileUri, founder.profileHash) = (
            "Founder",
            "https://example.com",
            keccak256("founder")
        );
        (founder.representative, founder.node) = (address(0xF001), address(0xF002));
        Alliance alliance = new Alliance(address(_ACCESS), founder);
        _ALP = new AllianceToken(address(_ACCESS), alliance, address(this), 1_000_000_000 * ALP, 500);
        _REGISTRY = new MerchantRegistry(address(_ACCESS), _ALP, 7 days, 180 days);
        _COLLATERAL = new Collateral(address(_ACCESS), _ALP, _REGISTRY, address(this), 7 days);
        _POOL = new ExchangePool(_REGISTRY, _ALP, 1 days, 1_000);
        MerchantPoint.Peers memory peers = MerchantPoint.Peers(
            address(_ACCESS),
            address(_REGISTRY),
            address(_POOL),
            address(_COLLATERAL)
        );
        // Who may do what across the alliance is another suite's concern: here the council does everything.
        _ACCESS.grantRole(_ACCESS.ADMIN_ROLE(), address(_REGISTRY), 0);
        _ACCESS.setRegistry(_REGISTRY);
        _REGISTRY.setFactory(address(new MerchantPointFactory(peers)));
        _ALP.admitHolder(address(_COLLATERAL));
        _ALP.admitHolder(address(_POOL));
        _COLLATERAL.setCoverage(ALP, 3_000);
        _ALP.approve(address(_COLLATERAL), type(uint256).max);
        _ALP.approve(address(_POOL), type(uint256).max);
        Calendar[3] memory calendars = [Calendar.Month, Calendar.Quarter, Calendar.Never];
        for (uint256 i = 0; i < MERCHANTS; ++i) _admit(i, calendars[i]);
    }

    /// @dev Seats are numbered from 0, the registry's ids from 1.
    function _controller(uint256 seat) internal pure returns (address) {
        return address(uint160(0xC000 + seat));
    }

    function _actor(uint256 seed) internal pure returns (address) {
        return address(uint160(0xA000 + (seed % ACTORS)));
    }

    function _admit(uint256 seat, Calendar calendar) private {
        IMerchantRegistry.Terms memory terms = IMerchantRegistry.Terms({
            legalName: "Merchant",
            tokenName: "Points",
            tokenSymbol: "PTS",
            category: "restaurant",
            pointsPerYuan: seat == 1 ? 1_000 : 100,
            calendar: calendar,
            utcOffsetSeconds: 8 hours
        });
        VM.prank(_controller(seat));
        uint256 merchantId = _REGISTRY.applyFor(terms, "https://example.com", keccak256("profile"));
        MerchantPoint token = MerchantPoint(_REGISTRY.approve(merchantId));
        _tokens.push(token);
        _COLLATERAL.deposit(merchantId, 200 * ALP);
        VM.prank(_controller(seat));
        token.setTill(address(this), type(uint64).max);
        // Two sides take in at their release price, and the prices do not divide: rounding alone must keep a swap from
        // gaining.
        uint64 face = [uint64(100_000e9), 10_000e9, 70_003e9][seat];
        uint64 accept = seat == 1 ? (face / 10) * 8 : face;
        VM.prank(_controller(seat));
        _POOL.open(address(token), IExchangePool.Prices(accept, face), IExchangePool.Limits(1_000_000, 300_000));
        VM.prank(_controller(seat));
        _POOL.fundPoints(address(token), keccak256("first"), 200_000);
        _POOL.fundAlp(address(token), 20 * ALP);
    }
}
