/** What can go wrong with orders, rules, tasks, redemptions and offers: a part of the catalogue (see errors.ts). */
export const LOYALTY_ERRORS = {
  rules_missing: {
    status: 409,
    en: "Merchant {merchantId} has published no rules yet. Publish a rule book first (PUT /v1/merchants/{merchantId}/rules/draft, then publish).",
    zh: "商家 {merchantId} 尚未发布积分规则。请先发布规则（PUT /v1/merchants/{merchantId}/rules/draft，然后发布）。",
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
} as const;
