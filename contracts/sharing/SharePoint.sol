// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ISharingProgram} from "./ISharingProgram.sol";

/// @title SharePoint
/// @notice The share point and the vault behind it: bought and redeemed at net asset value; see ISharingProgram.
/// @dev Points that nobody has claimed, merchants' deposits and the locked seed are balances of this contract, so the sum
/// of all balances is the supply at every time. Both roundings are against who buys or redeems: vault / supply never falls
/// by either, and Σ ⌊points · vault / supply⌋ ≤ vault as long as Σ points ≤ supply, which holds for any ERC-20.
abstract contract SharePoint is ISharingProgram, ERC20 {
    using SafeERC20 for IERC20;

    uint256 internal constant POINT = 1e18;

    IERC20 private immutable _alp;

    /// @dev ALP wei accounted for. What somebody just sends here is nobody's, and moves no price.
    uint256 internal _vault;

    constructor(IERC20 alp) ERC20("Share Points", "SHP") {
        _alp = alp;
    }

    /// @inheritdoc ISharingProgram
    function nav() public view returns (uint256) {
        uint256 supply = totalSupply();
        return supply == 0 ? 0 : Math.mulDiv(_vault, POINT, supply);
    }

    /// @notice Not transferable: refused always.
    function transfer(address, uint256) public pure override(ERC20, IERC20) returns (bool) {
        revert SharingNotTransferable();
    }

    /// @notice Not transferable: refused always.
    function transferFrom(address, address, uint256) public pure override(ERC20, IERC20) returns (bool) {
        revert SharingNotTransferable();
    }

    /// @notice Not transferable: refused always.
    function approve(address, uint256) public pure override(ERC20, IERC20) returns (bool) {
        revert SharingNotTransferable();
    }

    /// @dev Takes `alp` of `payer` into the vault and keeps the points it buys here.
    function _buy(address payer, uint256 alp) internal returns (uint256 points) {
        points = Math.mulDiv(alp, totalSupply(), _vault);
        _fund(payer, alp, points);
    }

    /// @dev The same at any price: the seed alone, which makes the first one.
    function _fund(address payer, uint256 alp, uint256 points) internal {
        _vault += alp;
        _mint(address(this), points);
        _alp.safeTransferFrom(payer, address(this), alp);
    }

    /// @dev Redeems `points` that lie at `holder`, which is `to` or this contract itself.
    function _sell(address holder, uint256 points, address to) internal returns (uint256 alp) {
        alp = Math.mulDiv(points, _vault, totalSupply());
        _vault -= alp;
        _burn(holder, points);
        _alp.safeTransfer(to, alp);
    }

    /// @dev Points worth `alp`, rounded up.
    function _pointsWorth(uint256 alp) internal view returns (uint256) {
        return Math.mulDiv(alp, totalSupply(), _vault, Math.Rounding.Ceil);
    }
}
