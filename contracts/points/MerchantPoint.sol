// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {ShortString, ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";
import {EpochClock} from "./EpochClock.sol";
import {IERC7818} from "./IERC7818.sol";
import {IMerchantPoint} from "./IMerchantPoint.sol";
import {IMerchantPointFactory} from "./IMerchantPointFactory.sol";
import {PoolSide} from "./PoolSide.sol";
import {Redemptions} from "./Redemptions.sol";
import {Supervision} from "./Supervision.sol";
import {SupplyBooks} from "./SupplyBooks.sol";
import {Tills} from "./Tills.sol";

/// @title MerchantPoint
/// @notice One merchant's point token, put together from its parts. `IMerchantPoint` is the specification; read the
/// parts in this order: LotsLib, CalendarLib, EpochClock, LotsLedger, SupplyBooks, Tills, Issuance, Redemptions,
/// PoolSide, SignedConsent, Supervision.
/// @dev Immutable: no proxy, no owner, every parameter fixed in the code. Only `authority` (the council's
/// AccessManager) can be handed on, by itself.
contract MerchantPoint is PoolSide, Redemptions, Supervision, ERC165, IERC20Metadata {
    using ShortStrings for string;
    using ShortStrings for ShortString;

    /// @notice The contracts that all tokens of an alliance share.
    struct Peers {
        address authority;
        address registry;
        address pool;
        address collateral;
    }

    uint256 public immutable pointsPerYuan;
    ShortString private immutable _symbol;

    constructor(
        Peers memory peers,
        IMerchantPointFactory.Params memory params
    )
        EpochClock(params.calendar, params.utcOffsetSeconds)
        SupplyBooks(peers.pool, peers.collateral)
        Tills(params.merchantId, peers.registry)
        EIP712(params.name, "1")
        AccessManaged(peers.authority)
    {
        pointsPerYuan = params.pointsPerYuan;
        _symbol = params.symbol.toShortString();
    }

    function name() external view returns (string memory) {
        return _EIP712Name();
    }

    function symbol() external view returns (string memory) {
        return _symbol.toString();
    }

    function decimals() external pure returns (uint8) {
        return 2;
    }

    function supportsInterface(bytes4 id) public view override returns (bool) {
        return
            id == type(IERC20).interfaceId ||
            id == type(IERC20Metadata).interfaceId ||
            id == type(IERC20Permit).interfaceId ||
            id == type(IERC5267).interfaceId ||
            id == type(IERC7818).interfaceId ||
            id == type(IMerchantPoint).interfaceId ||
            super.supportsInterface(id);
    }
}
