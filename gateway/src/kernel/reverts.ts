import { GOVERNANCE_REVERTS } from "./governance-reverts.ts";
import { LOYALTY_REVERTS } from "./loyalty-reverts.ts";

/** Every error of the contracts in words for people: what happened and what to do, [English, 中文]. Facts are its arguments. */
export const REVERTS = {
  ...GOVERNANCE_REVERTS,
  ...LOYALTY_REVERTS,
  // points
  MerchantPointAmountOutOfRange: [
    "{points} base units do not fit: send 1 to 72057594037927935.",
    "{points} 个基本单位超出范围：应为 1 至 72057594037927935。",
  ],
  MerchantPointRefUsed: [
    "Reference {ref} was used for an issue before. Nothing changed.",
    "引用 {ref} 已用于发放，未作任何更改。",
  ],
  MerchantPointIssueUnknown: [
    "There is no issue under {ref} with these items. Check the order's number.",
    "引用 {ref} 下没有这些明细的发放记录。请核对订单号。",
  ],
  MerchantPointNotTill: [
    "{caller} is not a till of this merchant. The merchant's controller must set a daily limit for it first.",
    "{caller} 不是该商家的收银密钥。请先由商家控制人为其设置每日限额。",
  ],
  MerchantPointNotController: [
    "{caller} is not the merchant's controller. Sign with the controller's key.",
    "{caller} 不是商家控制人。请使用控制人密钥签名。",
  ],
  MerchantPointNotPool: ["Only the exchange pool may do this, not {caller}.", "仅兑换池可执行此操作，{caller} 无权。"],
  MerchantPointNotRegistry: [
    "Only the registry may do this, not {caller}.",
    "仅商家登记处可执行此操作，{caller} 无权。",
  ],
  MerchantPointTillLimitExceeded: [
    "Till {till} may issue {left} base units more today; {asked} were asked. Raise its limit or wait for the merchant's next day.",
    "收银密钥 {till} 今日还可发放 {left} 个基本单位，本次请求 {asked}。请提高限额或等到商家的次日。",
  ],
  MerchantPointCapExceeded: [
    "The collateral covers {max} base units; {outstanding} would be outstanding. Deposit collateral first.",
    "保证金可覆盖 {max} 个基本单位，发放后将达 {outstanding}。请先追加保证金。",
  ],
  MerchantPointEpochNotOpen: [
    "Points can not be issued into epoch {epoch}; the current one is {current}. Choose a live epoch that has begun.",
    "不能发放到纪元 {epoch}，当前纪元为 {current}。请选择已开始且未过期的纪元。",
  ],
  MerchantPointBatchSize: [
    "A batch has 1 to {max} items; this has {count}. Split it.",
    "一批为 1 至 {max} 项，本批 {count} 项。请拆分。",
  ],
  MerchantPointIssueHalted: [
    "The alliance has halted issuing for this merchant. Ask the alliance's operator.",
    "联盟已暂停该商家发放积分。请联系联盟运营方。",
  ],
  MerchantPointPaused: [
    "The regulator has paused this point token. Wait until it is resumed.",
    "监管方已暂停该积分。请等待恢复。",
  ],
  MerchantPointAccountFrozen: [
    "The regulator has frozen account {account} in this token. Nothing can be sent to or from it.",
    "监管方已在该积分中冻结账户 {account}，其不可收发积分。",
  ],
  MerchantPointReverseExceedsIssue: [
    "This item has {left} base units left to reverse; {asked} were asked.",
    "该明细还可冲正 {left} 个基本单位，本次请求 {asked}。",
  ],
  MerchantPointIssueExpired: [
    "The points of epoch {epoch} have expired: there is nothing to reverse.",
    "纪元 {epoch} 的积分已过期，无可冲正。",
  ],
  MerchantPointRedemptionExists: [
    "{holder} used reference {ref} for a redemption before. Use the order's own number.",
    "{holder} 已使用引用 {ref} 核销过。请使用该订单自己的编号。",
  ],
  MerchantPointRedemptionState: [
    "Redemption {ref} of {holder} is {state}, which does not allow this.",
    "{holder} 的核销 {ref} 状态为 {state}，不允许此操作。",
  ],
  MerchantPointHoldDuration: [
    "A hold lasts 1 to {max} seconds; {asked} were asked.",
    "冻结时长应为 1 至 {max} 秒，本次请求 {asked} 秒。",
  ],
  MerchantPointHoldTimedOut: [
    "The hold ended at {releaseAt} (unix seconds): it can only be released. Place a new hold.",
    "预扣已于 {releaseAt}（unix 秒）到期，只能释放。请重新预扣。",
  ],
  MerchantPointHoldActive: [
    "The hold runs until {releaseAt} (unix seconds): until then only a till may release it.",
    "预扣将持续至 {releaseAt}（unix 秒），此前仅收银密钥可释放。",
  ],
  MerchantPointExceedsRedemption: [
    "The redemption has {left} base units left; {asked} were asked.",
    "该核销剩余 {left} 个基本单位，本次请求 {asked}。",
  ],
  MerchantPointSignatureExpired: [
    "The signature was valid until {deadline} (unix seconds). Ask the holder to sign again.",
    "签名有效期至 {deadline}（unix 秒）。请持有人重新签名。",
  ],
  MerchantPointSignatureInvalid: [
    "The signature is not {signer}'s, or it was made for other values. Ask the holder to sign again.",
    "签名不属于 {signer}，或签名内容不符。请持有人重新签名。",
  ],
  MerchantPointAuthorizationUsed: [
    "{authorizer} used authorization {nonce} before: the transfer was carried out or cancelled.",
    "{authorizer} 的授权 {nonce} 已使用，转账已执行或已取消。",
  ],
  MerchantPointAuthorizationNotYetValid: [
    "The authorization is valid only after {validAfter} (unix seconds).",
    "该授权在 {validAfter}（unix 秒）之后才生效。",
  ],
  MerchantPointNoLaneEndsBy: [
    "No points of this token end by {expiresAt} (unix seconds): points bought may not outlive the points given.",
    "该积分没有在 {expiresAt}（unix 秒）前到期的批次：换得的积分不得晚于换出的积分到期。",
  ],
  MerchantPointFactoryNotRegistry: [
    "Only the registry makes tokens, not {caller}.",
    "仅登记处可创建积分，{caller} 无权。",
  ],
  // ERC-7818
  ERC7818TransferredExpiredToken: [
    "The points of epoch {epoch} have expired, or that epoch has not begun: {sender} can not move them.",
    "纪元 {epoch} 的积分已过期或尚未开始，{sender} 不能转移。",
  ],
  // registry
  RegistryMerchantUnknown: ["There is no merchant {merchantId}.", "不存在商家 {merchantId}。"],
  RegistryMerchantStatus: [
    "Merchant {merchantId} is {status}, which does not allow this.",
    "商家 {merchantId} 状态为 {status}，不允许此操作。",
  ],
  RegistryNotController: [
    "{caller} is not the controller of merchant {merchantId}.",
    "{caller} 不是商家 {merchantId} 的控制人。",
  ],
  RegistryFieldInvalid: ["The field {field} is out of its bounds.", "字段 {field} 超出允许范围。"],
  RegistryControllerTaken: [
    "{controller} speaks for another merchant already. Use a key of its own.",
    "{controller} 已是其他商家的控制人。请使用独立密钥。",
  ],
  // collateral
  CollateralMerchantUnknown: ["There is no merchant {merchantId}.", "不存在商家 {merchantId}。"],
  CollateralNotController: [
    "{caller} is not the controller of merchant {merchantId}.",
    "{caller} 不是商家 {merchantId} 的控制人。",
  ],
  CollateralAmountZero: ["The amount is zero. Send at least 1 wei of ALP.", "金额为零。请至少提交 1 wei ALP。"],
  CollateralInsufficient: [
    "Merchant {merchantId} has deposited {deposited} wei; {asked} were asked.",
    "商家 {merchantId} 已存 {deposited} wei，本次请求 {asked}。",
  ],
  CollateralNoRequest: ["Merchant {merchantId} has no withdrawal waiting.", "商家 {merchantId} 没有待提取的申请。"],
  CollateralNotYet: [
    "The withdrawal is possible from {availableAt} (unix seconds).",
    "该笔提取从 {availableAt}（unix 秒）起可执行。",
  ],
  CollateralUncovered: [
    "{left} wei would be left where outstanding points of merchant {merchantId} need {required}.",
    "提取后剩余 {left} wei，而商家 {merchantId} 的未兑积分需要 {required}。",
  ],
  CollateralCoverageInvalid: [
    "{alpPerYuan} wei a yuan at {coverageBps} bps is out of bounds.",
    "每元 {alpPerYuan} wei、覆盖率 {coverageBps} 基点超出范围。",
  ],
  // exchange
  ExchangeRefused: [
    "The swap is refused: {refusal}. Ask for a new quote; it names what to change.",
    "兑换被拒绝：{refusal}。请重新询价以了解原因。",
  ],
  ExchangeNotController: [
    "{caller} is not the controller of the merchant of {token}.",
    "{caller} 不是 {token} 所属商家的控制人。",
  ],
  ExchangeTokenUnknown: ["{token} is no merchant point of this alliance.", "{token} 不是本联盟的商家积分。"],
  ExchangePoolAlreadyOpen: ["The pool of {token} is open already.", "{token} 的兑换池已开通。"],
  ExchangePoolNotOpen: [
    "{token} has no pool. Its merchant must open one first.",
    "{token} 尚无兑换池，需由其商家先开通。",
  ],
  ExchangePricesInvalid: [
    "The prices {accept} and {release} are invalid: accept must be at least 1 and at most release.",
    "价格 {accept} 与 {release} 无效：收入价至少为 1 且不得高于放出价。",
  ],
  ExchangePriceMoveTooLarge: [
    "A price may move by {maxBps} bps at a time, not from {from} to {to}.",
    "价格每次最多变动 {maxBps} 个基点，不能由 {from} 变为 {to}。",
  ],
  ExchangePriceRulesInvalid: [
    "A price delay of {delaySeconds} s with moves of {moveMaxBps} bps is out of bounds: at most 30 days, 1 to 10,000 bps.",
    "价格延迟 {delaySeconds} 秒、变动 {moveMaxBps} 基点超出范围：至多 30 天，1 至 10000 基点。",
  ],
  ExchangePricesTooSoon: [
    "New prices can be posted from {postableAt} (unix seconds).",
    "可从 {postableAt}（unix 秒）起发布新价格。",
  ],
  ExchangeAmountOutOfRange: ["The amount {amount} is zero or too large.", "金额 {amount} 为零或过大。"],
  ExchangeReserveTooLow: ["The reserve holds {reserve}; {asked} were asked.", "储备为 {reserve}，本次请求 {asked}。"],
  ExchangeSignatureInvalid: [
    "The signature is not {account}'s, or it was made for another order. Ask the holder to sign again.",
    "签名不属于 {account}，或订单内容不符。请持有人重新签名。",
  ],
  // alliance
  AllianceMemberUnknown: ["There is no member {memberId}.", "不存在联盟方 {memberId}。"],
  AllianceMemberStatusInvalid: [
    "Member {memberId} is {status}, which does not allow this.",
    "联盟方 {memberId} 状态为 {status}，不允许此操作。",
  ],
  AllianceAddressTaken: ["{account} belongs to a member already.", "{account} 已属于某联盟方。"],
  AllianceFieldInvalid: ["The field {field} is out of its bounds.", "字段 {field} 超出允许范围。"],
  AllianceValidatorCount: [
    "{count} validators are not allowed; 1 to {max} are.",
    "验证者数量 {count} 不允许，应为 1 至 {max}。",
  ],
  AllianceValidatorFloorInvalid: [
    "The floor is 1 to {max} validators, not {floor}. Propose another.",
    "下限应为 1 至 {max} 个验证节点，不能为 {floor}。请另行提案。",
  ],
  AllianceTokenNotParticipant: [
    "{account} may not hold alliance tokens: only members, approved merchants and the alliance's contracts may.",
    "{account} 不得持有联盟积分：仅限联盟方、已批准商家及联盟合约。",
  ],
  // libraries
  ERC20InsufficientBalance: [
    "{sender} has {balance} base units; {needed} are needed.",
    "{sender} 余额为 {balance} 个基本单位，需要 {needed}。",
  ],
  ERC20InsufficientAllowance: [
    "{spender} may spend {allowance}; {needed} are needed. Approve more first.",
    "{spender} 的授权额度为 {allowance}，需要 {needed}。请先提高授权。",
  ],
  ERC20InvalidReceiver: [
    "{receiver} can not receive points. Correct the address.",
    "{receiver} 不能接收积分。请更正地址。",
  ],
  ERC20InvalidSender: ["{sender} can not send points.", "{sender} 不能转出积分。"],
  ERC20InvalidApprover: ["{approver} can not approve.", "{approver} 不能授权。"],
  ERC20InvalidSpender: ["{spender} can not be approved.", "{spender} 不能被授权。"],
  ERC2612ExpiredSignature: [
    "The permit was valid until {deadline} (unix seconds). Ask the holder to sign again.",
    "许可签名有效期至 {deadline}（unix 秒）。请持有人重新签名。",
  ],
  ERC2612InvalidSigner: ["The permit was signed by {signer}, not by {owner}.", "许可由 {signer} 签名，而非 {owner}。"],
  AccessManagedUnauthorized: [
    "{caller} has no role that allows this. Ask the alliance's operator.",
    "{caller} 没有执行此操作的角色。请联系联盟运营方。",
  ],
  AccessManagedRequiredDelay: [
    "{caller} must schedule this {delay} s ahead.",
    "{caller} 须提前 {delay} 秒预约该操作。",
  ],
  InvalidAccountNonce: [
    "The signature of {account} was made for another nonce; the next is {currentNonce}. Ask the holder to sign again.",
    "{account} 的签名序号不符，下一个为 {currentNonce}。请持有人重新签名。",
  ],
  AccessManagerUnauthorizedAccount: [
    "{msgsender} does not have role {roleId}. Ask the alliance's operator.",
    "{msgsender} 没有角色 {roleId}。请联系联盟运营方。",
  ],
  AccessManagerUnauthorizedCall: [
    "{caller} may not call {selector} of {target}. Ask the alliance's operator.",
    "{caller} 无权调用 {target} 的 {selector}。请联系联盟运营方。",
  ],
  ECDSAInvalidSignature: ["The signature is malformed. Sign again.", "签名格式错误，请重新签名。"],
  ECDSAInvalidSignatureLength: ["A signature has 65 bytes; this has {length}.", "签名应为 65 字节，实际为 {length}。"],
  ECDSAInvalidSignatureS: [
    "The signature is not canonical (s too high). Sign again.",
    "签名不规范（s 值过高），请重新签名。",
  ],
  SafeERC20FailedOperation: ["The token {token} refused the transfer.", "代币 {token} 拒绝了转账。"],
  // several signed consents at once
  RelayEmpty: ["No call was given. Give at least one.", "未提供任何调用。请至少提供一个。"],
  RelayCallRefused: [
    "{selector} of {target} asks for no signature, so it is not relayed. Send it from the account it is about.",
    "{target} 的 {selector} 无需签名，不予转送。请由当事账户自行发送。",
  ],
  RelayTargetInvalid: ["There is no contract at {target}. Check the address.", "{target} 处没有合约。请核对地址。"],
  RelayCallFailed: [
    "Call {index} stopped without a reason, as for want of gas. Nothing was changed; ask again.",
    "第 {index} 个调用未说明原因即中止（例如燃料不足）。未作任何更改，请重试。",
  ],
  // not named by a contract
  Error: ["The contract refuses this: {message}.", "合约拒绝：{message}。"],
  Panic: [
    "The contract stopped at an assertion ({code}). Report this to the alliance's operator.",
    "合约触发断言（{code}）。请告知联盟运营方。",
  ],
  Unknown: ["The contract refuses this without a reason ({message}).", "合约拒绝且未说明原因（{message}）。"],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
