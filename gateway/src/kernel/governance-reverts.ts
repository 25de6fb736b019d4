import { COUNCIL_REVERTS } from "./council-reverts.ts";

/** Errors of the roles, node rewards, supervision and exit: what happened and what to do, [English, 中文]. */
export const GOVERNANCE_REVERTS = {
  ...COUNCIL_REVERTS,
  // roles
  AccessManagerAlreadyScheduled: [
    "Operation {operationId} is scheduled already. Execute or cancel it first.",
    "操作 {operationId} 已排期。请先执行或取消。",
  ],
  AccessManagerNotScheduled: [
    "Operation {operationId} is not scheduled. Queue the proposal first.",
    "操作 {operationId} 未排期。请先对提案排期。",
  ],
  AccessManagerNotReady: [
    "Operation {operationId} still waits for its delay. Try again when it is over.",
    "操作 {operationId} 等待期未满。请到期后再试。",
  ],
  AccessManagerExpired: [
    "Operation {operationId} was not carried out within a week of its time. Propose it again.",
    "操作 {operationId} 到期一周内未执行，已失效。请重新提案。",
  ],
  AccessManagerLockedRole: [
    "Role {roleId} can not be given, taken or changed like this.",
    "角色 {roleId} 不能以此方式授予、撤销或更改。",
  ],
  AccessManagerLockedFunction: ["The role of {selector} can not be changed.", "函数 {selector} 的角色不能更改。"],
  AccessManagerBadConfirmation: [
    "A role can be given up by its holder only. Confirm with the holder's own address.",
    "角色只能由持有者本人放弃。请以其自身地址确认。",
  ],
  AccessManagerInvalidInitialAdmin: [
    "{initialAdmin} can not administer the roles. Deploy with another address.",
    "{initialAdmin} 不能管理角色。请以其他地址部署。",
  ],
  AccessManagerUnauthorizedConsume: [
    "{target} may not use up scheduled operations.",
    "{target} 无权使用已排期的操作。",
  ],
  AccessManagerUnauthorizedCancel: [
    "{msgsender} may not cancel what {caller} scheduled for {selector} of {target}.",
    "{msgsender} 不能取消 {caller} 对 {target} 的 {selector} 的排期。",
  ],
  AccessManagedInvalidAuthority: ["{authority} is no access manager.", "{authority} 不是访问管理合约。"],
  // members
  AllianceNotRepresentative: [
    "{caller} represents no member (any more). Sign with the key of a present representative.",
    "{caller} 不是（或已不再是）任何联盟方的代表。请使用现任代表的密钥。",
  ],
  AllianceDelegationDisabled: [
    "Votes cannot be delegated: one organisation, one vote. Vote as the representative.",
    "投票权不可委托：一家一票。请由代表投票。",
  ],
  AllianceFutureLookup: [
    "Votes can be asked for times before {clock} only, not for {timepoint}.",
    "只能查询 {clock} 之前的票数，不能查询 {timepoint}。",
  ],
  VotesExpiredSignature: [
    "The signature was valid until {expiry} (unix seconds). Sign again.",
    "签名有效期至 {expiry}（unix 秒）。请重新签名。",
  ],
  // alliance token and node rewards
  AllianceTokenInflationInvalid: [
    "Inflation is 0 to {max} bps a year, not {bps}. Propose a lower rate.",
    "年增发率应为 0 至 {max} 个基点，不能为 {bps}。请提出更低的比率。",
  ],
  AllianceTokenEmissionExceeded: [
    "Rewards of year {year} are capped: {left} wei are left, {asked} were asked. What is above the cap is never minted.",
    "第 {year} 年的奖励有上限：剩余 {left} wei，请求 {asked}。超出部分不会增发。",
  ],
  AllianceTokenFutureLookup: [
    "Second {timepoint} is not over: it is {timestamp} (unix seconds). Ask for the past.",
    "{timepoint} 秒尚未过去：现在是 {timestamp}（unix 秒）。请查询过去的时间。",
  ],
  AllianceTokenYearNotBegun: [
    "Year {year} of the alliance token has not begun. Wait for it.",
    "联盟积分的第 {year} 年尚未开始。请等待。",
  ],
  NodeRewardsScheduleInvalid: [
    "Epochs of {epochSeconds} s with windows of {windowSeconds} s of which {windowsRequired} are required do not fit into each other and a year.",
    "奖励周期 {epochSeconds} 秒、时窗 {windowSeconds} 秒、要求 {windowsRequired} 个时窗，与一年不能整除或不相符。",
  ],
  NodeRewardsNotNode: [
    "{caller} is no active member's node. Attest with the node's own key, or have its member reinstated.",
    "{caller} 不是任何有效联盟方的节点。请使用节点自身密钥，或先恢复该联盟方资格。",
  ],
  NodeRewardsBlockUnknown: [
    "{blockHash} is not the hash of block {blockNumber}, or that block is not among the last 256. Attest a newer block.",
    "{blockHash} 不是区块 {blockNumber} 的哈希，或该区块不在最近 256 个之内。请见证更新的区块。",
  ],
  NodeRewardsAlreadyAttested: [
    "Member {memberId} has attested in window {window} of epoch {epoch}. Attest again in the next window.",
    "联盟方 {memberId} 已在周期 {epoch} 的时窗 {window} 见证。请在下一时窗再见证。",
  ],
  NodeRewardsEpochNotOver: [
    "Epoch {epoch} ends at {endsAt} (unix seconds). Claim its reward then.",
    "周期 {epoch} 于 {endsAt}（unix 秒）结束。请届时领取。",
  ],
  NodeRewardsNotEarned: [
    "Member {memberId} earned nothing in epoch {epoch}: it attested in {count} windows of {required} required, or was not active when it began.",
    "联盟方 {memberId} 在周期 {epoch} 未获奖励：见证 {count} 个时窗（要求 {required} 个），或周期开始时并非有效成员。",
  ],
  NodeRewardsAlreadyClaimed: [
    "The reward of member {memberId} for epoch {epoch} was claimed before. Leave this epoch out.",
    "联盟方 {memberId} 周期 {epoch} 的奖励已领取。请去除该周期。",
  ],
  NodeRewardsMemberLeft: [
    "Member {memberId} has left the alliance: what it did not claim is never minted.",
    "联盟方 {memberId} 已退出联盟，未领取的奖励不再增发。",
  ],
  NodeRewardsClaimSize: [
    "One call claims 1 to {max} epochs; {count} were given. Split them.",
    "一次可领取 1 至 {max} 个周期，本次为 {count} 个。请拆分。",
  ],
  // where nodes are reached
  NodeDirectoryNotMemberNode: [
    "{caller} is not the node of a member. Sign with the node's own key, once the council has named it.",
    "{caller} 不是任何联盟方的节点。请在理事会登记该节点后，使用节点自身密钥。",
  ],
  NodeDirectoryKeyInvalid: [
    "The public key is not that of {caller}. Send the 64 bytes of its uncompressed key.",
    "公钥不属于 {caller}。请提供其未压缩公钥（64 字节）。",
  ],
  NodeDirectoryHostInvalid: [
    "The host is neither IPv4 (4 bytes) nor IPv6 (16 bytes), or the port is 0. Correct it.",
    "主机地址既非 IPv4（4 字节）亦非 IPv6（16 字节），或端口为 0。请更正。",
  ],
  // the regulator's desk
  DeskCaseNumberMissing: ["Every measure needs a case number. Send one.", "每项监管措施都需要案号。请提供。"],
  DeskAccountFrozen: ["{account} is frozen already.", "{account} 已被冻结。"],
  DeskAccountNotFrozen: ["{account} is not frozen.", "{account} 未被冻结。"],
  DeskTokenUnknown: ["{token} is no merchant point of this alliance.", "{token} 不是本联盟的商家积分。"],
  DeskPauseTooSoon: [
    "The regulator may pause {token} again from {from} (unix seconds). Ask the council to ratify the pause.",
    "监管方可自 {from}（unix 秒）起再次暂停 {token}。如需延长，请理事会追认。",
  ],
  DeskTokenNotPaused: ["{token} is not paused.", "{token} 未被暂停。"],
  DeskPauseRatified: [
    "The council has ratified the pause of {token}: only the council can lift it, by a proposal.",
    "{token} 的暂停已由理事会追认，仅理事会可通过提案解除。",
  ],
  DeskPercentInvalid: [
    "A limit is cut by 0 to 100 percent, not {percent}.",
    "额度下调比例应为 0 至 100%，不能为 {percent}。",
  ],
  DeskOrderUnknown: [
    "There is no open order {orderId}: it was carried out, withdrawn, or never given.",
    "不存在待执行的划转令 {orderId}：已执行、已撤回或从未下达。",
  ],
  DeskSameHand: [
    "{account} gave this order, so another hand must carry it out: the council, by a proposal.",
    "{account} 是下令方，须由另一方执行：请理事会通过提案执行。",
  ],
  DeskOrderExpired: [
    "Order {orderId} could be carried out until {expiresAt} (unix seconds). Order it again.",
    "划转令 {orderId} 的执行期限为 {expiresAt}（unix 秒）。请重新下达。",
  ],
  DeskOrderInvalid: [
    "An order needs a receiver other than the sender, and 1 to 72057594037927935 base units.",
    "划转令的接收方须不同于转出方，数量为 1 至 72057594037927935 个基本单位。",
  ],
  DeskHandHidden: [
    "An order is given by the regulator's own key, not through {caller}, which would hide whose hand it was.",
    "划转令须由监管方密钥直接下达，不能经 {caller} 转发，否则无法辨认下令方。",
  ],
  DeskTokenBehind: [
    "Not all freezes have reached {token} yet. Anyone can carry them into it (carryIntoToken); then try again.",
    "尚有冻结未同步至 {token}。任何人均可调用 carryIntoToken 同步，完成后请重试。",
  ],
  MerchantPointRedemptionKind: [
    "Redemptions of kind {kind} are made by turning points in for collateral. Use deduction, goods or lottery.",
    "{kind} 类核销仅限清算兑付时使用，请选用抵现、兑换商品或抽奖。",
  ],
  // exit of a merchant
  RegistryNoticeNotOver: [
    "Merchant {merchantId} may begin to wind down from {from} (unix seconds; 0 = its exit was not announced). Announce the exit, or wait.",
    "商家 {merchantId} 自 {from}（unix 秒；0 表示尚未公告退出）起可开始清算。请先公告退出或等待。",
  ],
  RegistryNotClosable: [
    "{outstanding} base units of merchant {merchantId} are outstanding: holders have until {closableFrom} (unix seconds) to turn them in.",
    "商家 {merchantId} 尚有 {outstanding} 个基本单位在外，持有人可在 {closableFrom}（unix 秒）前交回。",
  ],
  CollateralPercentInvalid: [
    "A limit is cut by 0 to 100 percent, not {percent}.",
    "额度下调比例应为 0 至 100%，不能为 {percent}。",
  ],
  CollateralWindingDown: [
    "Merchant {merchantId} winds down or is closed: its collateral belongs to the holders now.",
    "商家 {merchantId} 正在清算或已关闭，其保证金归持有人兑付。",
  ],
  CollateralNotWindingDown: [
    "Merchant {merchantId} does not wind down, so its points cannot be turned in. Redeem or swap them.",
    "商家 {merchantId} 未在清算，积分不能交回。请核销或兑换。",
  ],
  CollateralNotRegistry: ["Only the registry may do this, not {caller}.", "仅商家登记处可执行此操作，{caller} 无权。"],
  CollateralSignatureExpired: [
    "The signature was valid until {deadline} (unix seconds). Ask the holder to sign again.",
    "签名有效期至 {deadline}（unix 秒）。请持有人重新签名。",
  ],
  CollateralSignatureInvalid: [
    "The signature is not {signer}'s, or it was made for other values. Ask the holder to sign again.",
    "签名不属于 {signer}，或签名内容不符。请持有人重新签名。",
  ],
  CollateralNoSurplus: [
    "Merchant {merchantId} has no surplus left to take.",
    "商家 {merchantId} 没有可取回的盈余保证金。",
  ],
  MerchantPointNotCollateral: [
    "Only the collateral contract may do this, not {caller}. Turn points in there.",
    "仅保证金合约可执行此操作，{caller} 无权。请在保证金合约交回积分。",
  ],
  MerchantPointWindingDown: [
    "The merchant winds down or is closed: what was redeemed stays redeemed.",
    "商家正在清算或已关闭，已核销的积分不能退还。",
  ],
  RegistryExitAnnounced: [
    "Merchant {merchantId} has announced its exit: it may begin to wind down from {windDownFrom} (unix seconds).",
    "商家 {merchantId} 已公告退出，自 {windDownFrom}（unix 秒）起可开始清算。",
  ],
  ExchangeMerchantStopped: [
    "The merchant of {token} is suspended or leaving: its side of the pool stays paused until it is reinstated.",
    "{token} 的商家已被暂停或正在退出，恢复前其兑换保持暂停。",
  ],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
