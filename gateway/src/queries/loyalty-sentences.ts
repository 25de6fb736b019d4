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
    en: "A secret of draw {drawId} was revealed (the merchant's: {isMerchant})",
    zh: "第 {drawId} 号抽奖公开一份秘密（商家一方：{isMerchant}）",
  },
  draw: { en: "Draw {drawId} was drawn", zh: "第 {drawId} 号抽奖已开奖" },
  voidDraw: {
    en: "Draw {drawId} is void: every ticket goes back",
    zh: "第 {drawId} 号抽奖作废，全部券款退回",
  },
  settleTickets: {
    en: "Purchase {purchaseId} of draw {drawId} was settled (redeemed: {isCaptured})",
    zh: "第 {drawId} 号抽奖的第 {purchaseId} 笔购券已结算（已核销：{isCaptured}）",
  },
  payPrize: {
    en: "Prize {index} of draw {drawId} went to {to} (won: {isWinner})",
    zh: "第 {drawId} 号抽奖的第 {index} 个奖品付给 {to}（中奖：{isWinner}）",
  },
} as const satisfies Partial<Record<ActionName, Sentence>>;
