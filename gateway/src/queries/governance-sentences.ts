/** What the council, the regulator and a merchant that leaves do, as sentences; holes as in ledger-sentences.ts. */
import type { ActionName } from "../kernel/action-names.ts";
import type { Sentence } from "./ledger-sentences.ts";

export const GOVERNANCE_SENTENCES = {
  propose: { en: "{proposer} made proposal {proposalId}", zh: "{proposer} 提出提案 {proposalId}" },
  vote: {
    en: "Member {memberId} voted {support:word} on proposal {proposalId}",
    zh: "联盟方 {memberId} 对提案 {proposalId} 投票：{support:word}",
  },
  queueProposal: {
    en: "Proposal {proposalId} was queued: it can be executed from {etaSeconds:time} on",
    zh: "提案 {proposalId} 已排期，自 {etaSeconds:time} 起可执行",
  },
  executeProposal: { en: "Proposal {proposalId} was executed", zh: "提案 {proposalId} 已执行" },
  cancelProposal: { en: "Proposal {proposalId} was cancelled", zh: "提案 {proposalId} 已取消" },
  setGuardian: {
    en: "{newProposalGuardian} may veto proposals from now on",
    zh: "此后由 {newProposalGuardian} 行使否决权",
  },
  setVotingPeriod: { en: "Votes are open for {newVotingPeriod} s", zh: "投票期设为 {newVotingPeriod} 秒" },
  setBaseDelay: {
    en: "Actions without a role of their own wait {newBaseDelaySeconds} s",
    zh: "无专属角色的动作等待 {newBaseDelaySeconds} 秒",
  },
  grantRole: {
    en: "{account} was given the role {role} with a delay of {delay} s",
    zh: "授予 {account} 角色 {role}，等待期 {delay} 秒",
  },
  revokeRole: { en: "The role {role} was taken from {account}", zh: "撤销 {account} 的角色 {role}" },
  setInflation: { en: "Inflation was set to {bps} bps a year", zh: "年增发率设为 {bps} 个基点" },
  setPayer: {
    en: "{payer} may pay alliance tokens to anybody: {isPayer:word}",
    zh: "{payer} 可向任何人支付联盟积分：{isPayer:word}",
  },
  attest: {
    en: "The node of member {memberId} attested block {attestedBlock}",
    zh: "联盟方 {memberId} 的节点见证区块 {attestedBlock}",
  },
  claimReward: {
    en: "Member {memberId} was paid {amount:alp} for reward epoch {epoch}",
    zh: "联盟方 {memberId} 领取奖励周期 {epoch} 的 {amount:alp}",
  },
  emitReward: { en: "{amount:alp} were minted to {to} as rewards", zh: "向 {to} 增发奖励 {amount:alp}" },
  freezeEverywhere: {
    en: "The regulator froze {account} in all tokens under case {caseNumber}",
    zh: "监管方在全部积分中冻结 {account}，案号 {caseNumber}",
  },
  unfreezeEverywhere: {
    en: "The regulator freed {account} in all tokens",
    zh: "监管方在全部积分中解冻 {account}",
  },
  takeMeasure: {
    en: "The regulator took the measure {measure:word} against merchant {merchantId} under case {caseNumber}",
    zh: "监管方对商家 {merchantId} 采取措施 {measure:word}，案号 {caseNumber}",
  },
  orderTransfer: {
    en: "The regulator ordered {points:points} of {from} to be moved to {to} (order {orderId})",
    zh: "监管方下达划转令 {orderId}：将 {from} 的 {points:points} 划转至 {to}",
  },
  withdrawOrder: { en: "Order {orderId} was withdrawn", zh: "划转令 {orderId} 已撤回" },
  executeOrder: { en: "Order {orderId} was carried out", zh: "划转令 {orderId} 已执行" },
  forceTransfer: {
    en: "{points:points} of {from} were moved to {to} by order, case {caseNumber}",
    zh: "依令将 {from} 的 {points:points} 划转至 {to}，案号 {caseNumber}",
  },
  cutLimit: {
    en: "What merchant {merchantId} may have outstanding is cut by {percent} %",
    zh: "商家 {merchantId} 的在外积分额度下调 {percent}%",
  },
  seizeCollateral: {
    en: "{alp:alp} of the collateral of merchant {merchantId} were seized for the treasury",
    zh: "商家 {merchantId} 的保证金 {alp:alp} 被罚没至国库",
  },
  announceExit: {
    en: "Merchant {merchantId} announced that it leaves; it may wind down from {windDownFrom:time} on",
    zh: "商家 {merchantId} 公告退出，自 {windDownFrom:time} 起可开始清算",
  },
  beginWindDown: {
    en: "Merchant {merchantId} winds down: its points can be turned in until {closableFrom:time} at least",
    zh: "商家 {merchantId} 开始清算，积分至少可在 {closableFrom:time} 前交回",
  },
  openPayouts: {
    en: "{pot:alp} are paid for all points of merchant {merchantId}",
    zh: "商家 {merchantId} 的全部积分由 {pot:alp} 兑付",
  },
  turnIn: {
    en: "{holder} turned in {points:points} and was paid {alp:alp}",
    zh: "{holder} 交回 {points:points}，获兑付 {alp:alp}",
  },
  closePayouts: {
    en: "The winding down of merchant {merchantId} ended; {rest:alp} went to the treasury",
    zh: "商家 {merchantId} 清算结束，余额 {rest:alp} 归入国库",
  },
} as const satisfies Partial<Record<ActionName, Sentence>>;
