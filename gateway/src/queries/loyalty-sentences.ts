/** What happens in draws and in the sharing program, as sentences; holes as in ledger-sentences.ts. */
import type { ActionName } from "../kernel/action-names.ts";
import type { Sentence } from "./ledger-sentences.ts";

export const LOYALTY_SENTENCES = {
  announceDraw: {
    en: "Draw {drawId} of {symbol} was announced; its prizes lie in escrow",
    zh: "{symbol} 的第 {drawId} 号抽奖已公布，奖品已存入托管",
  },
  witnessDraw: {
    en: "{witness} witnesses draw {drawId}: tickets are sold",
    zh: "{witness} 见证第 {drawId} 号抽奖，开始售票",
  },
  buyTickets: {
    en: "{buyer} bought {count} ticket(s) of draw {drawId}, from number {first} on",
    zh: "{buyer} 购买第 {drawId} 号抽奖的 {count} 张券，号码自 {first} 起",
  },
  closeDraw: {
    en: "Draw {drawId} was closed with {sold} ticket(s) sold; block {entropyBlock} will be mixed in",
    zh: "第 {drawId} 号抽奖截止，售出 {sold} 张券，将混入区块 {entropyBlock} 的哈希",
  },
  keepEntropy: {
    en: "The hash of block {entropyBlock} was kept for draw {drawId}",
    zh: "已为第 {drawId} 号抽奖保存区块 {entropyBlock} 的哈希",
  },
  revealSecret: {
    en: "A secret of draw {drawId} was revealed (the merchant's: {isMerchant:word})",
    zh: "第 {drawId} 号抽奖公开一份秘密（商家一方：{isMerchant:word}）",
  },
  draw: { en: "Draw {drawId} was drawn", zh: "第 {drawId} 号抽奖已开奖" },
  voidDraw: {
    en: "Draw {drawId} is void: every ticket goes back",
    zh: "第 {drawId} 号抽奖作废，全部券款退回",
  },
  settleTickets: {
    en: "Purchase {purchaseId} of draw {drawId} was settled (redeemed: {isCaptured:word})",
    zh: "第 {drawId} 号抽奖的第 {purchaseId} 笔购券已结算（已核销：{isCaptured:word}）",
  },
  payPrize: {
    en: "Prize {index} of draw {drawId} went to {to} (won: {isWinner:word})",
    zh: "第 {drawId} 号抽奖的第 {index} 个奖品付给 {to}（中奖：{isWinner:word}）",
  },
  enableSharing: {
    en: "The sharing program was turned on with a seed of {seedAlp:alp}",
    zh: "共享购已启用，种子为 {seedAlp:alp}",
  },
  setSharingParameters: { en: "The sharing program's parameters were changed", zh: "共享购参数已变更" },
  haltSharing: {
    en: "New sales in the sharing program are halted: {isHalted:word}",
    zh: "共享购新销售暂停：{isHalted:word}",
  },
  joinSharing: {
    en: "Merchant {merchantId} joined the sharing program with {alp:alp} at a rebate of {rebateBps} bps",
    zh: "商家 {merchantId} 以 {alp:alp} 加入共享购，让利 {rebateBps} 个基点",
  },
  addSharingDeposit: {
    en: "Merchant {merchantId} added {alp:alp} to its sharing deposit",
    zh: "商家 {merchantId} 向共享购保证金追加 {alp:alp}",
  },
  withdrawSharingDeposit: {
    en: "Merchant {merchantId} took {alp:alp} out of its sharing deposit",
    zh: "商家 {merchantId} 从共享购保证金取回 {alp:alp}",
  },
  setSharingRebate: {
    en: "Merchant {merchantId} shares sales at a rebate of {rebateBps} bps",
    zh: "商家 {merchantId} 的共享购让利设为 {rebateBps} 个基点",
  },
  shareSale: {
    en: "A sale of {amountFen} fen of merchant {merchantId} to {consumer} was shared",
    zh: "商家 {merchantId} 对 {consumer} 的一笔 {amountFen} 分的销售已共享",
  },
  refundSharedSale: {
    en: "{amountFen} fen of a shared sale were refunded; both sides' share value of it was taken back",
    zh: "一笔共享销售退款 {amountFen} 分，双方相应的共享值已收回",
  },
  collectSharingDebt: {
    en: "Merchant {merchantId} collected share points that {account} owed it for refunds",
    zh: "商家 {merchantId} 收回 {account} 因退款所欠的共享积分",
  },
  giveSharingDay: {
    en: "Day {day} of the sharing program was given out in proportion to share value",
    zh: "共享购第 {day} 日按共享值比例发放",
  },
  claimSharePoints: { en: "Share points of {account} were claimed", zh: "{account} 的共享积分已领取" },
  redeemSharePoints: {
    en: "{account} redeemed share points at net asset value for {alp:alp}",
    zh: "{account} 按净值赎回共享积分，获 {alp:alp}",
  },
} as const satisfies Partial<Record<ActionName, Sentence>>;
