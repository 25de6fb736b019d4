/** Errors of the loyalty contracts (rule books, sharing program, lottery): what happened and what to do, [English, 中文]. */
export const LOYALTY_REVERTS = {
  // rule books
  RuleBooksNotController: [
    "{caller} is not the controller of merchant {merchantId}, who alone publishes its rules. Sign with the controller's key.",
    "{caller} 不是商家 {merchantId} 的控制人，规则只能由其控制人发布。请使用控制人密钥签名。",
  ],
  RuleBooksVersion: [
    "Version {version} of merchant {merchantId}'s rules can not be published: the next one is {next}. Publish it as that.",
    "商家 {merchantId} 的规则不能发布为第 {version} 版：下一版应为第 {next} 版。请按该版本号发布。",
  ],
  RuleBooksFieldInvalid: [
    "The {field} can not be anchored: a hash is not zero, a URI has at most 256 bytes. Correct it.",
    "字段 {field} 不能上链：哈希不能为零，URI 不超过 256 字节。请更正。",
  ],
  // lottery
  LotteryDrawUnknown: ["There is no draw {drawId}. Check its number.", "不存在编号为 {drawId} 的抽奖。请核对编号。"],
  LotteryDrawState: [
    "Draw {drawId} is {state}, which does not allow this. Read the draw first.",
    "抽奖 {drawId} 当前状态为 {state}，不允许此操作。请先查看该抽奖。",
  ],
  LotteryNotController: [
    "{caller} is not the controller of the merchant of {token}, who alone may do this. Sign with the controller's key.",
    "{caller} 不是 {token} 所属商家的控制人，仅其控制人可执行此操作。请使用控制人密钥签名。",
  ],
  LotteryTermsInvalid: [
    "The draw's {field} is out of its bounds. Correct it.",
    "抽奖条款中的 {field} 超出允许范围。请更正。",
  ],
  LotteryWitnessInvalid: [
    "{witness} can not be the witness: it must represent an active member that is not the merchant; and a witness buys no tickets. Use another account.",
    "{witness} 不能担任见证方：须为有效联盟方代表且不得为该商家；见证方也不得购票。请更换账户。",
  ],
  LotteryNotTill: [
    "The lottery is not a till of {token}, so it can not settle tickets. The merchant's controller must set a daily limit for it.",
    "抽奖合约不是 {token} 的收银密钥，无法结算抽奖券。请由商家控制人为其设置每日限额。",
  ],
  LotterySalesOver: [
    "Tickets of draw {drawId} were sold until {salesEnd} (unix seconds). Choose another draw.",
    "抽奖 {drawId} 已于 {salesEnd}（unix 秒）停止售票。请选择其他抽奖。",
  ],
  LotterySalesNotOver: [
    "Tickets of draw {drawId} are sold until {salesEnd} (unix seconds), or until they are sold out. Wait.",
    "抽奖 {drawId} 售票至 {salesEnd}（unix 秒）或售罄为止。请等待。",
  ],
  LotterySoldOut: [
    "Draw {drawId} has {left} tickets left, {asked} were asked. Ask for fewer.",
    "抽奖 {drawId} 仅余 {left} 张券，请求 {asked} 张。请减少数量。",
  ],
  LotteryAccountLimit: [
    "{account} may buy {left} more tickets of draw {drawId}, {asked} were asked. Ask for fewer.",
    "{account} 在抽奖 {drawId} 中还可购 {left} 张券，请求 {asked} 张。请减少数量。",
  ],
  LotteryTicketsInvalid: [
    "{count} tickets can not be bought. Ask for 1 or more.",
    "不能购买 {count} 张券，至少 1 张。",
  ],
  LotterySecretWrong: [
    "This is not the secret that the party whose turn it is in draw {drawId} has committed to. Send the secret that was kept at the commitment.",
    "该密文与抽奖 {drawId} 当前应揭示一方的承诺不符。请提交作出承诺时保存的密文。",
  ],
  LotteryMerchantFirst: [
    "In draw {drawId} the merchant reveals before the witness. Try again when it has.",
    "抽奖 {drawId} 须由商家先揭示，见证方后揭示。请在商家揭示后重试。",
  ],
  LotteryRevealOver: [
    "Secrets of draw {drawId} were taken until {revealEnd} (unix seconds). Void the draw: every ticket goes back.",
    "抽奖 {drawId} 的揭示已于 {revealEnd}（unix 秒）截止。请将该抽奖作废，抽奖券将全部退回。",
  ],
  LotteryRevealNotOver: [
    "Secrets of draw {drawId} are taken until {revealEnd} (unix seconds). It can be voided only then.",
    "抽奖 {drawId} 的揭示截至 {revealEnd}（unix 秒），届时方可作废。",
  ],
  LotteryEntropyUnknown: [
    "The hash of block {entropyBlock} for draw {drawId} is not known yet, or lost after 256 blocks. Wait a block, or close the draw again.",
    "抽奖 {drawId} 所需区块 {entropyBlock} 的哈希尚未产生，或已超过 256 个区块而失效。请等待一个区块，或重新截止售票。",
  ],
  LotteryPrizeUnknown: ["Draw {drawId} has no prize {index}.", "抽奖 {drawId} 没有编号为 {index} 的奖品。"],
  LotteryPrizePaid: [
    "Prize {index} of draw {drawId} was paid before. Nothing changed.",
    "抽奖 {drawId} 的奖品 {index} 已发放，未作任何更改。",
  ],
  LotteryClaimNotOver: [
    "Winners of draw {drawId} have until {claimEnd} (unix seconds). Prizes go back to the merchant after that.",
    "抽奖 {drawId} 的领奖期至 {claimEnd}（unix 秒），其后未领奖品方可退回商家。",
  ],
  LotteryNotSettled: [
    "Draw {drawId} is void and {left} purchases were not given back yet. Settle them: then the prizes go back.",
    "抽奖 {drawId} 已作废，尚有 {left} 笔购券未退回。请先结算退回，随后奖品将退回商家。",
  ],
  LotteryPurchaseUnknown: [
    "Draw {drawId} has no purchase {purchaseId}.",
    "抽奖 {drawId} 没有编号为 {purchaseId} 的购券记录。",
  ],
  // sharing program
  SharingOff: [
    "The sharing program is {state}: this is possible while it is On. The council turns it on, halts and resumes it.",
    "共享购当前状态为 {state}，此操作仅在 On 时可行。启用、暂停与恢复由理事会决定。",
  ],
  SharingParametersInvalid: [
    "The parameter {field} of the sharing program is out of its range. Multiples are at most 10 and 2, a day gives at most 498 points, rebates are 1 to 10,000 bps, and ALP a yuan must be set.",
    "共享购参数 {field} 超出范围：倍数上限为 10 与 2，每日至多 498 积分，让利为 1 至 10000 个基点，且须已设定 ALP 折价。",
  ],
  SharingNotTransferable: [
    "Share points can not be transferred or lent. Redeem them at their net asset value.",
    "共享积分不可转让或授权他人使用。请按净值赎回。",
  ],
  SharingNotController: [
    "{caller} is not the controller of merchant {merchantId}. Sign with the controller's key.",
    "{caller} 不是商家 {merchantId} 的控制人。请使用控制人密钥签名。",
  ],
  SharingNotTill: [
    "{caller} is no till of merchant {merchantId}. Let its controller set a daily limit for it first.",
    "{caller} 不是商家 {merchantId} 的收银密钥。请先由控制人为其设置每日限额。",
  ],
  SharingMerchantStatus: [
    "Merchant {merchantId} is not active, so it can neither join nor share sales. Refunds and withdrawals go on.",
    "商家 {merchantId} 并非正常状态，不能加入或共享销售；退款与取回保证仍可进行。",
  ],
  SharingNotJoined: [
    "Merchant {merchantId} has not joined the sharing program. Join with a deposit first.",
    "商家 {merchantId} 尚未加入共享购。请先存入保证积分加入。",
  ],
  SharingJoined: [
    "Merchant {merchantId} has joined already. Add to its deposit instead.",
    "商家 {merchantId} 已加入。请改为追加保证积分。",
  ],
  SharingDepositTooSmall: [
    "A deposit of {alp} ALP wei is too small: joining takes {min}, which are worth 500 yuan.",
    "{alp} wei 的 ALP 不足：加入须至少 {min} wei，即价值 500 元。",
  ],
  SharingDepositExceeded: [
    "This takes {asked} points wei of the deposit, which has {left}. Add to the deposit first.",
    "此操作需要保证积分 {asked}（wei），现有 {left}。请先追加。",
  ],
  SharingDepositLocked: [
    "{asked} points wei can not be withdrawn now: {free} are free, what was bought today is so from tomorrow on. Try again then.",
    "暂不能取回 {asked}（wei）：可取回 {free}，当日存入的部分次日起方可取回。",
  ],
  SharingRebateInvalid: [
    "A rebate is {min} to {max} bps, not {bps}. Set one within.",
    "让利比例应为 {min} 至 {max} 个基点，不能为 {bps}。请设定范围内的比例。",
  ],
  SharingAmountInvalid: [
    "An amount of {amount} has no meaning here: it is more than 0, and a sale at most a trillion yuan.",
    "数额 {amount} 无效：应大于 0，单笔销售不超过一万亿元。",
  ],
  SharingSelfDealing: [
    "{account} is a key of merchant {merchantId} itself: a merchant earns nothing as customer of its own shop.",
    "{account} 是商家 {merchantId} 自身的密钥：商家在自己店中消费不产生共享值。",
  ],
  SharingRefUsed: [
    "A sale was shared under {ref} before. Nothing changed.",
    "编号 {ref} 的销售已共享过，未作任何更改。",
  ],
  SharingSaleUnknown: [
    "No sale was shared under {ref}. Check the order's number.",
    "不存在编号为 {ref} 的共享销售。请核对订单号。",
  ],
  SharingRefundExceeds: [
    "A refund of {asked} fen is more than the {left} fen that are left of the sale.",
    "退款 {asked} 分超过该笔销售剩余的 {left} 分。",
  ],
  SharingDaysDue: [
    "{due} days are still due, of which one call gives out {max}. Call distribute until none is due.",
    "尚有 {due} 天未发放，每次最多发放 {max} 天。请重复调用 distribute 直至补齐。",
  ],
  SharingAccountFrozen: [
    "{account} is frozen by the regulator: its points stay where they are until it is freed.",
    "{account} 已被监管方冻结，解冻前其共享积分不能动用。",
  ],
  SharingPointsExceeded: [
    "{asked} points wei are more than the {left} that the account has.",
    "申请赎回 {asked}（wei），账户仅有 {left}。",
  ],
  SharingSignatureExpired: [
    "The signature was valid until {deadline} (unix seconds). Ask the holder to sign again.",
    "签名有效期至 {deadline}（unix 秒）。请持有人重新签名。",
  ],
  SharingSignatureInvalid: [
    "The signature is not {account}'s, or it was made for other values. Ask the holder to sign again.",
    "签名不属于 {account}，或签名内容不符。请持有人重新签名。",
  ],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
