/** What can go wrong with orders, rules, tasks, redemptions and offers: a part of the catalogue (see errors.ts). */
import { EARNING_ERRORS } from "./earning-errors.ts";
import { REDEEMING_ERRORS } from "./redeeming-errors.ts";

export const LOYALTY_ERRORS = {
  ...EARNING_ERRORS,
  ...REDEEMING_ERRORS,
  rules_missing: {
    status: 409,
    en: "Merchant {merchantId} has published no rules yet. Publish a rule book first (PUT /v1/merchants/{merchantId}/rules/draft, then publish).",
    zh: "商家 {merchantId} 尚未发布积分规则。请先发布规则（PUT /v1/merchants/{merchantId}/rules/draft，然后发布）。",
  },
  store_unknown: {
    status: 422,
    en: "Merchant {merchantId} has no store {storeRef}. Put the store first (PUT /v1/merchants/{merchantId}/stores/{storeRef}).",
    zh: "商家 {merchantId} 没有门店 {storeRef}。请先登记门店（PUT /v1/merchants/{merchantId}/stores/{storeRef}）。",
  },
  offer_worthless: {
    status: 422,
    en: "The offer asks {cashFen} fen besides the points and is worth {worthFen}: the points would buy nothing. Lower cashFen.",
    zh: "该优惠在积分之外还需支付 {cashFen} 分，而价值仅 {worthFen} 分，积分没有作用。请调低 cashFen。",
  },
  shop_window_full: {
    status: 409,
    en: "Merchant {merchantId} has {count} {what} already, and {max} at most. Delete some that are over.",
    zh: "商家 {merchantId} 已有 {count} 个 {what}，上限 {max} 个。请删除已结束的条目。",
  },
  rules_draft_missing: {
    status: 404,
    en: "Merchant {merchantId} has no draft of its rules. Write one first (PUT /v1/merchants/{merchantId}/rules/draft).",
    zh: "商家 {merchantId} 没有规则草稿。请先编写（PUT /v1/merchants/{merchantId}/rules/draft）。",
  },
  rules_draft_changed: {
    status: 409,
    en: "The draft is no longer the one that was checked: its hash is {draftHash}, not {rulesHash}. Read it, preview it and publish what it says now.",
    zh: "草稿与所核对的版本不一致：其哈希为 {draftHash}，而非 {rulesHash}。请重新阅读、预览后再发布。",
  },
  rules_rejected: {
    status: 422,
    en: "The rules can not go live, {problems} finding(s) stand against it. The first: {finding} Correct the draft; POST /v1/merchants/{merchantId}/rules/preview lists all.",
    zh: "规则不能生效，有 {problems} 项错误。第一项：{findingZh}请修改草稿；全部结果见 POST /v1/merchants/{merchantId}/rules/preview。",
  },
  rules_publishing: {
    status: 409,
    en: "Version {version} of the rules is being published at this moment. Wait until its command {commandId} is settled, then publish again.",
    zh: "规则第 {version} 版正在发布。请等待其指令 {commandId} 完成后再发布。",
  },
  rules_unchanged: {
    status: 409,
    en: "These very rules are in force as version {version} already. Change the draft before you publish it.",
    zh: "该规则已作为第 {version} 版生效。请先修改草稿再发布。",
  },
  order_exists: {
    status: 409,
    en: "Order {orderRef} of this merchant is known already, with another content. Send a new order under a new orderRef.",
    zh: "该商家的订单 {orderRef} 已存在且内容不同。新订单请使用新的 orderRef。",
  },
  clock_skew: {
    status: 422,
    en: "{field} is {seconds} s ahead of the gateway's clock; at most {max} s are allowed. Set the clock of the sender.",
    zh: "{field} 比网关时钟快 {seconds} 秒，最多允许 {max} 秒。请校准发送方的时钟。",
  },
  reinstatement_exists: {
    status: 409,
    en: "Reinstatement {reinstatementRef} of this merchant is known already, with another content. Send a new one under a new reinstatementRef.",
    zh: "该商家的补发 {reinstatementRef} 已存在且内容不同。新的补发请使用新的 reinstatementRef。",
  },
  reinstatement_exceeds: {
    status: 422,
    en: "{points} base units were to be given back, but only {left} of what expired of {account} in epoch {epoch} are left to give. See /v1/accounts/{account}/expiries.",
    zh: "要补发 {points} 个最小单位，但 {account} 在纪元 {epoch} 过期的积分只剩 {left} 个可以补发。请查看 /v1/accounts/{account}/expiries。",
  },
  webhook_exists: {
    status: 409,
    en: "Webhook {webhookId} of this merchant has that URL already, with another label or other events. Delete it first, or give another URL.",
    zh: "该商家的 Webhook {webhookId} 已使用此网址，但名称或事件不同。请先删除它，或使用其他网址。",
  },
  webhooks_too_many: {
    status: 409,
    en: "Merchant {merchantId} has {max} webhooks, the most there may be. Delete one first.",
    zh: "商家 {merchantId} 已有 {max} 个 Webhook，达到上限。请先删除一个。",
  },
  webhook_disabled: {
    status: 409,
    en: "Webhook {webhookId} is off because its receiver answered 410 Gone. Register the same URL again, then redeliver.",
    zh: "Webhook {webhookId} 已停用，因为接收方返回了 410 Gone。请重新登记同一网址，然后再次投递。",
  },
  secret_unreadable: {
    status: 500,
    en: "The sealed secret {label} can not be opened. Restore the store from a backup, or make a new secret.",
    zh: "无法打开已加密保存的密钥 {label}。请从备份恢复数据库，或生成新的密钥。",
  },
  outward_refused: {
    status: 422,
    en: "{url} may not be called: it {problem}. Give a public https address of yours; nothing was sent.",
    zh: "不能调用 {url}：该地址{problemZh}。请提供您的公网 https 地址；未发送任何内容。",
  },
  outward_unreachable: {
    status: 502,
    en: "{url} gave no answer ({problem}). Check that it is up and can be reached from the gateway, then try again.",
    zh: "{url} 没有应答（{problem}）。请确认其正常运行且网关可以访问，然后重试。",
  },
  outward_answer_too_long: {
    status: 502,
    en: "{url} answered with more than {limit} bytes. Shorten its answer.",
    zh: "{url} 的应答超过 {limit} 字节。请缩短应答内容。",
  },
  draw_exists: {
    status: 409,
    en: "This merchant has a draw {drawRef} already, with another content. Announce the new one under another drawRef.",
    zh: "该商家已有编号为 {drawRef} 的抽奖且内容不同。新的抽奖请使用其他 drawRef。",
  },
  draw_prizes_missing: {
    status: 422,
    en: "The prizes need {needed} base units of {token} of its epoch {epoch}; the controller {controller} has {held}. Issue or send them to it first.",
    zh: "奖品需要 {token} 第 {epoch} 期的 {needed} 个基本单位，控制人 {controller} 仅有 {held}。请先向其发放或转入。",
  },
  draw_secret_missing: {
    status: 422,
    en: "The secret of draw {drawId} is not kept here. Reveal it from the gateway that made it.",
    zh: "本网关没有保管第 {drawId} 号抽奖的秘密。请在生成该秘密的网关上公开。",
  },
} as const;
