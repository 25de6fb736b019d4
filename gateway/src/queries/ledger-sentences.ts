/** What happens to points, pools, merchants and alliance tokens, as sentences. */
import type { ActionName } from "../kernel/action-names.ts";

export interface Sentence {
  readonly en: string;
  readonly zh: string;
}

/** {name} is filled from the action; {name:points}, {name:in}, {name:out} and {name:alp} are amounts; {name:time} is a time, {name:word} a state or a choice. */
export const LEDGER_SENTENCES = {
  issue: {
    en: "Till {till} issued {points:points} in {count} item(s)",
    zh: "收银终端 {till} 发放 {points:points}，共 {count} 笔",
  },
  reverse: {
    en: "An issue to {account} was taken back; {debt:points} of it became debt",
    zh: "撤回发放给 {account} 的积分，其中 {debt:points} 记为欠分",
  },
  transfer: { en: "{from} sent {points:points} to {to}", zh: "{from} 向 {to} 转出 {points:points}" },
  swap: {
    en: "{account} swapped {amountIn:in} for {amountOut:out}",
    zh: "{account} 用 {amountIn:in} 兑换了 {amountOut:out}",
  },
  hold: { en: "{holder} put {points:points} on hold", zh: "{holder} 预留 {points:points}" },
  redeem: { en: "{holder} redeemed {points:points}", zh: "{holder} 核销 {points:points}" },
  capture: { en: "{points:points} held by {holder} were redeemed", zh: "{holder} 预留的 {points:points} 已核销" },
  release: { en: "A hold of {holder} was given back", zh: "{holder} 的预留已退回" },
  refund: { en: "{requested:points} were refunded to {holder}", zh: "向 {holder} 退还 {requested:points}" },
  setTill: {
    en: "Till {till} may issue {dailyLimit:points} a day",
    zh: "收银终端 {till} 每日可发放 {dailyLimit:points}",
  },
  freeze: { en: "The regulator froze {account}", zh: "监管方冻结 {account}" },
  unfreeze: { en: "The regulator unfroze {account}", zh: "监管方解冻 {account}" },
  pause: { en: "{symbol} was paused under case {caseNumber}", zh: "{symbol} 已暂停，案号 {caseNumber}" },
  unpause: { en: "{symbol} moves again", zh: "{symbol} 已恢复" },
  haltIssue: { en: "Issuing of {symbol} was halted", zh: "{symbol} 已停止发放" },
  resumeIssue: { en: "Issuing of {symbol} was resumed", zh: "{symbol} 已恢复发放" },
  openPool: { en: "The exchange side of {symbol} was opened", zh: "开通 {symbol} 的兑换" },
  postPrices: { en: "New prices of {symbol} were posted", zh: "发布 {symbol} 的新价格" },
  setPoolLimits: { en: "Exchange limits of {symbol} were set", zh: "设置 {symbol} 的兑换限额" },
  setPoolPause: {
    en: "Exchange of {symbol}: taking in paused {acceptPaused}, giving out paused {releasePaused}",
    zh: "{symbol} 的兑换：暂停收入 {acceptPaused}，暂停放出 {releasePaused}",
  },
  fundPoints: { en: "{points:points} were issued into the exchange reserve", zh: "向兑换储备发放 {points:points}" },
  withdrawPoints: {
    en: "{points:points} of the exchange reserve were destroyed",
    zh: "从兑换储备注销 {points:points}",
  },
  fundAlp: { en: "{from} added {alp:alp} to the reserve of {symbol}", zh: "{from} 向 {symbol} 的储备存入 {alp:alp}" },
  withdrawAlp: {
    en: "{to} took {alp:alp} out of the reserve of {symbol}",
    zh: "{to} 从 {symbol} 的储备取出 {alp:alp}",
  },
  applyMerchant: { en: "{legalName} applied as merchant {merchantId}", zh: "{legalName} 申请成为商家 {merchantId}" },
  approveMerchant: {
    en: "Merchant {merchantId} was admitted with the token {symbol}",
    zh: "商家 {merchantId} 获准加入，积分为 {symbol}",
  },
  changeMerchantStatus: {
    en: "The standing of merchant {merchantId} changed from {from:word} to {to:word}",
    zh: "商家 {merchantId} 的状态由 {from:word} 变为 {to:word}",
  },
  publishRules: {
    en: "Merchant {merchantId} published version {version} of its loyalty rules",
    zh: "商家 {merchantId} 发布第 {version} 版积分规则",
  },
  updateProfile: { en: "Merchant {merchantId} published a new profile", zh: "商家 {merchantId} 发布新的介绍" },
  proposeController: {
    en: "Merchant {merchantId} proposed {controller} as controller",
    zh: "商家 {merchantId} 提名 {controller} 为控制人",
  },
  changeController: {
    en: "Merchant {merchantId} is now controlled by {to}",
    zh: "商家 {merchantId} 的控制人变更为 {to}",
  },
  depositCollateral: {
    en: "{from} locked {alp:alp} for merchant {merchantId}",
    zh: "{from} 为商家 {merchantId} 缴存保证金 {alp:alp}",
  },
  requestWithdrawal: {
    en: "Merchant {merchantId} asked for {alp:alp} of its collateral back",
    zh: "商家 {merchantId} 申请取回保证金 {alp:alp}",
  },
  cancelWithdrawal: { en: "Merchant {merchantId} withdrew its request", zh: "商家 {merchantId} 取消取回保证金的申请" },
  withdrawCollateral: {
    en: "Merchant {merchantId} took {alp:alp} of its collateral back",
    zh: "商家 {merchantId} 取回保证金 {alp:alp}",
  },
  setCoverage: {
    en: "Collateral must cover {coverageBps} bps of face value",
    zh: "保证金覆盖率设为面值的 {coverageBps} 个基点",
  },
  admitMember: { en: "{name} joined the alliance", zh: "{name} 加入联盟" },
  changeMemberStatus: {
    en: "The standing of member {memberId} changed from {from:word} to {to:word}",
    zh: "联盟方 {memberId} 的状态由 {from:word} 变为 {to:word}",
  },
  changeRepresentative: {
    en: "Member {memberId} is now represented by {to}",
    zh: "联盟方 {memberId} 的代表变更为 {to}",
  },
  changeNode: { en: "Member {memberId} now runs node {to}", zh: "联盟方 {memberId} 的节点变更为 {to}" },
  setValidatorFloor: {
    en: "Agents vote no node out below {to} validators ({from} before)",
    zh: "代理投票移除节点的下限由 {from} 个验证节点改为 {to} 个",
  },
  announceNode: { en: "Node {node} said where it is reached", zh: "节点 {node} 公布了其连接地址" },
  transferAlp: { en: "{from} sent {value:alp} to {to}", zh: "{from} 向 {to} 转出 {value:alp}" },
  admitHolder: { en: "{account} may hold alliance tokens", zh: "{account} 可以持有联盟积分" },
  removeHolder: { en: "{account} may receive no more alliance tokens", zh: "{account} 不再接收联盟积分" },
} as const satisfies Partial<Record<ActionName, Sentence>>;
