// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title ILottery
/// @notice Draws of prizes for points. Tickets cost a merchant's points; prizes are points that lie in escrow before the
/// first ticket is sold; every ticket has the odds that were published, whoever else buys.
///
/// Odds: a draw has `ticketsMax` numbers, and its prizes fall on distinct numbers of all of them, sold or not. A ticket
/// therefore wins prize tier t with probability `count_t / ticketsMax`, fixed at opening, and nobody's ticket makes
/// another's worth less. A prize on an unsold number goes back to the merchant.
///
/// Randomness: seed = keccak256(drawId, chainId, this, merchant's secret, witness' secret, hash of the entropy block).
/// Merchant and witness (an active member's representative, not the merchant's controller) commit before the first ticket is
/// sold. The entropy block is the one after `close`, so it is later than every ticket, and its proposer knows neither
/// secret. Neither PREVRANDAO (a constant under QBFT) nor the hash alone decides anything. The merchant reveals first: it
/// is the one that would gain by its silence, and before the witness has revealed it can not know the result. Known limit:
/// the witness sees the result before it reveals and may keep silent; it may therefore buy no tickets, and when it is
/// silent the draw is void, every ticket goes back with its original ages, and the silence is on the chain.
///
/// Tickets: a purchase is a hold of kind `Lottery` in the merchant's token, by the buyer's own signature; its ref is
/// `ticketRef`. A draw that takes place captures the holds (`settle`); a draw that does not lets them go (`settle`, too, or the
/// token's own `release` by anybody from `releaseAt` on). The lottery is a till of the merchant for that (any daily limit:
/// it has no way to issue). What a merchant captures by another till of its own before that, the lottery gives back when
/// the draw is void; the prizes of a void draw stay in escrow until every ticket has been given back. Known limit: a
/// merchant that captures tickets itself, then takes the lottery's till away, keeps those points at the price of all its
/// prizes; both acts are events of its token, for the regulator to see.
///
/// Units: points in base units (0.01 point), times in unix seconds.
interface ILottery {
    // ---------------------------------------------------------------- types

    /// @notice Announced → Open (witness committed) → Closed (no more tickets) → Drawn, or Void (not witnessed in time,
    /// called off before the first ticket, or not closed and revealed in time).
    enum State {
        None,
        Announced,
        Open,
        Closed,
        Drawn,
        Void
    }

    /// @notice Prizes of one size: `count` of `points` of `token` from its epoch `epoch`, in escrow.
    struct Tier {
        address token;
        uint64 points;
        uint32 epoch;
        uint16 count;
    }

    /// @notice What is decided at opening and never changes.
    /// @param token Whose points tickets cost: the merchant's own.
    /// @param ticketPoints Base units a ticket costs, ≥ 1.
    /// @param ticketsMax How many numbers there are, 1 to `TICKETS_MAX`.
    /// @param accountMax How many tickets one account may buy, 1 to `ticketsMax`.
    /// @param salesEnd No ticket is sold from this second on.
    /// @param revealEnd No secret is taken from this second on. At least `REVEAL_SECONDS_MIN` after `salesEnd`.
    /// @param releaseAt Holds end here; at least `SETTLE_SECONDS_MIN` after `revealEnd` and at most 30 days after opening.
    /// @param claimEnd Prizes not claimed by then go back to the merchant; not before `releaseAt`. Every tier's epoch
    /// must live at least until then.
    /// @param commitment keccak256(abi.encode(chainid, this, secret)) of the merchant's secret.
    /// @param termsHash keccak256 of the terms that buyers read.
    struct Terms {
        address token;
        uint64 ticketPoints;
        uint32 ticketsMax;
        uint32 accountMax;
        uint64 salesEnd;
        uint64 revealEnd;
        uint64 releaseAt;
        uint64 claimEnd;
        bytes32 commitment;
        bytes32 termsHash;
    }

    /// @notice One purchase: `count` consecutive numbers from `first` on (numbers begin at 0).
    struct Purchase {
        address buyer;
        uint32 first;
        uint32 count;
        bytes32 ref;
    }

    struct Draw {
        State state;
        address merchant;
        address witness;
        uint32 sold;
        uint64 openedAt;
        uint64 entropyBlock;
        bytes32 witnessCommitment;
        bytes32 entropy;
        bytes32 merchantSecret;
        bytes32 witnessSecret;
        bytes32 seed;
    }

    // ---------------------------------------------------------------- events

    event DrawAnnounced(
        uint256 indexed drawId,
        address indexed token,
        address indexed merchant,
        Terms terms,
        Tier[] tiers
    );
    event DrawWitnessed(uint256 indexed drawId, address indexed witness, bytes32 commitment);
    /// @notice `buyer` bought the numbers `first` … `first + count − 1`, paid by the hold `ref`.
    event TicketsBought(
        uint256 indexed drawId,
        uint256 indexed purchaseId,
        address indexed buyer,
        uint256 first,
        uint256 count,
        bytes32 ref
    );
    /// @notice No more tickets; the hash of block `entropyBlock` will be mixed in.
    event DrawClosed(uint256 indexed drawId, uint256 entropyBlock, uint256 sold);
    /// @notice The hash of the entropy block was kept, before the chain forgets it (256 blocks).
    event EntropyKept(uint256 indexed drawId, uint256 entropyBlock, bytes32 entropy);
    event SecretRevealed(uint256 indexed drawId, bool isMerchant, bytes32 secret);
    /// @notice The seed is known: `numbers` win, in the order of the tiers' prizes.
    event DrawDrawn(uint256 indexed drawId, bytes32 seed, uint256[] numbers);
    event DrawVoided(uint256 indexed drawId);
    /// @notice The hold of a purchase was captured (draw taken place) or let go (void).
    event TicketsSettled(uint256 indexed drawId, uint256 indexed purchaseId, bool isCaptured);
    /// @notice Prize `index` went to `to`: the winner, or the merchant (its controller of that moment) when unsold,
    /// unclaimed or void.
    event PrizePaid(uint256 indexed drawId, uint256 indexed index, address indexed to, bool isWinner);

    // ---------------------------------------------------------------- errors

    error LotteryDrawUnknown(uint256 drawId);
    error LotteryDrawState(uint256 drawId, State state);
    error LotteryNotController(address token, address caller);
    /// @notice A field of the terms is out of its bounds.
    error LotteryTermsInvalid(string field);
    /// @notice The witness is the representative of an active member, no key of the merchant, and buys no tickets.
    error LotteryWitnessInvalid(address witness);
    /// @notice The lottery must be a till of the merchant, before a draw is announced and until its tickets are settled.
    error LotteryNotTill(address token);
    error LotterySalesOver(uint256 drawId, uint256 salesEnd);
    error LotterySalesNotOver(uint256 drawId, uint256 salesEnd);
    error LotterySoldOut(uint256 drawId, uint256 asked, uint256 left);
    error LotteryAccountLimit(uint256 drawId, address account, uint256 asked, uint256 left);
    error LotteryTicketsInvalid(uint256 count);
    /// @notice The secret is not what was committed to.
    error LotterySecretWrong(uint256 drawId);
    /// @notice The witness reveals after the merchant.
    error LotteryMerchantFirst(uint256 drawId);
    error LotteryRevealOver(uint256 drawId, uint256 revealEnd);
    error LotteryRevealNotOver(uint256 drawId, uint256 revealEnd);
    /// @notice The entropy block's hash is no longer (256 blocks) or not yet known: close again, or wait a block.
    error LotteryEntropyUnknown(uint256 drawId, uint256 entropyBlock);
    error LotteryPrizeUnknown(uint256 drawId, uint256 index);
    error LotteryPrizePaid(uint256 drawId, uint256 index);
    error LotteryClaimNotOver(uint256 drawId, uint256 claimEnd);
    /// @notice The draw is void and the holds of `left` purchases were not let go yet: settle them first.
    error LotteryNotSettled(uint256 drawId, uint256 left);
    error LotteryPurchaseUnknown(uint256 drawId, uint256 purchaseId);

    // ---------------------------------------------------------------- merchant and witness

    /// @notice Announces a draw and takes its prizes into escrow (the caller has allowed that in every tier's token).
    /// Only the controller of the token's merchant. Tickets are sold once a witness has committed.
    function announce(Terms calldata terms, Tier[] calldata tiers) external returns (uint256 drawId);

    /// @notice Calls a draw off before its first ticket is sold; the prizes go back. Only the merchant's controller.
    function callOff(uint256 drawId) external;

    /// @notice Commits the witness. Only the representative of an active member that is not the merchant.
    /// @param commitment keccak256(abi.encode(chainid, this, secret)) of the witness' secret. As every commitment, it can be
    /// used once: not the merchant's own, nor one of another draw.
    function witness(uint256 drawId, bytes32 commitment) external;

    // ---------------------------------------------------------------- buyers

    /// @notice Buys `count` tickets for `buyer`, who signed the token's
    /// `Hold(holder, count · ticketPoints, Lottery, ticketRef(drawId, buyer, salt), releaseAt, deadline)`. Anyone may relay.
    /// If that very hold exists already (the buyer made it itself, or somebody used the signature at the token), it pays and
    /// the signature is not looked at.
    function buy(
        uint256 drawId,
        address buyer,
        uint32 count,
        bytes32 salt,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 purchaseId);

    // ---------------------------------------------------------------- anyone

    /// @notice Ends the sales from `salesEnd` on (or when sold out) and fixes the entropy block: the next one. May be called
    /// again when that block's hash was lost (256 blocks) before the first reveal.
    function close(uint256 drawId) external;

    /// @notice Keeps the entropy block's hash, from the block after it on. Whoever watches may do it, so that merchant and
    /// witness together can not wait until it is lost and have another one. Without effect when it is kept already.
    function keepEntropy(uint256 drawId) external;

    /// @notice Reveals the merchant's secret, then the witness', whoever sends them. The first keeps the entropy block's
    /// hash, the second draws.
    function reveal(uint256 drawId, bytes32 secret) external;

    /// @notice Voids a draw that was not witnessed by `salesEnd` or not revealed by `revealEnd`. Its prizes go back at once
    /// when no ticket was sold, else with the last purchase that `settle` lets go.
    function voidDraw(uint256 drawId) external;

    /// @notice Captures (Drawn) or lets go (Void, or from `releaseAt` on) the holds of purchases. Passed over are those already
    /// settled and, in a draw that took place, those of a frozen account before `releaseAt`.
    function settle(uint256 drawId, uint256[] calldata purchaseIds) external;

    /// @notice Pays prize `index` to the owner of its number (also after `claimEnd`, until it is swept), or to the merchant when
    /// that number was not sold.
    function claim(uint256 drawId, uint256 index) external;

    /// @notice Pays prizes that nobody claimed by `claimEnd` back to the merchant; and those of a void draw that could not move
    /// when the others did. Prizes already paid are passed over.
    function sweep(uint256 drawId, uint256[] calldata indexes) external;

    // ---------------------------------------------------------------- views

    function drawCount() external view returns (uint256);
    function drawOf(uint256 drawId) external view returns (Draw memory);
    function termsOf(uint256 drawId) external view returns (Terms memory terms, Tier[] memory tiers);
    function purchaseCount(uint256 drawId) external view returns (uint256);
    function purchaseOf(uint256 drawId, uint256 purchaseId) external view returns (Purchase memory);
    /// @notice Whether the hold of a purchase was captured or let go, and how many still stand.
    function isSettled(uint256 drawId, uint256 purchaseId) external view returns (bool);
    function unsettledOf(uint256 drawId) external view returns (uint256);
    function ticketsOf(uint256 drawId, address account) external view returns (uint256);
    /// @notice Who bought `number`; zero when unsold.
    function ownerOf(uint256 drawId, uint256 number) external view returns (address);
    /// @notice The winning numbers, prize by prize; empty until drawn.
    function numbersOf(uint256 drawId) external view returns (uint256[] memory);
    function isPaid(uint256 drawId, uint256 index) external view returns (bool);
    /// @notice The ref of the hold that pays a purchase: keccak256(abi.encode(chainid, this, drawId, buyer, salt)).
    function ticketRef(uint256 drawId, address buyer, bytes32 salt) external view returns (bytes32);

    /// @notice 100 prizes and 1,000,000 numbers are drawn in one transaction of bounded gas.
    function PRIZES_MAX() external view returns (uint256);
    function TICKETS_MAX() external view returns (uint256);
    function REVEAL_SECONDS_MIN() external view returns (uint256);
    function SETTLE_SECONDS_MIN() external view returns (uint256);
}
