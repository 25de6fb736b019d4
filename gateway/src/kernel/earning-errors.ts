/** What can go wrong with orders, tasks, referrals and grants: a part of the catalogue (see errors.ts). */
export const EARNING_ERRORS = {
  too_old: {
    status: 422,
    en: "{field} is {seconds} s ago; at most {max} s are accepted. Correct the time, or grant the points by hand with a reason.",
    zh: "{field} 距今 {seconds} 秒，最多接受 {max} 秒。请更正时间，或手工发放并注明原因。",
  },
  order_state: {
    status: 409,
    en: "Order {orderRef} is {state}: it can not be {wanted}. Nothing was changed; what came back of a confirmed order is a return.",
    zh: "订单 {orderRef} 的状态为 {state}，不能{wanted}。未作任何更改；已确认订单的退货请登记为退货。",
  },
  sku_unknown: {
    status: 422,
    en: "Order {orderRef} has no line with the SKU {sku}. Return what the order names.",
    zh: "订单 {orderRef} 中没有 SKU 为 {sku} 的商品。请按订单中的商品退货。",
  },
  return_exceeds_order: {
    status: 422,
    en: "Of {sku} in order {orderRef} there are {keptQuantity} pieces and {keptFen} fen left; {quantity} pieces and {paidFen} fen can not come back.",
    zh: "订单 {orderRef} 的 {sku} 仅剩 {keptQuantity} 件、{keptFen} 分，不能退回 {quantity} 件、{paidFen} 分。",
  },
  event_exists: {
    status: 409,
    en: "Event {eventRef} of this merchant is known already, with another content. Send a new event under a new eventRef.",
    zh: "该商家的事件 {eventRef} 已存在且内容不同。新事件请使用新的 eventRef。",
  },
  event_reserved: {
    status: 422,
    en: "Events named {name} are made by orders alone. Send the order (POST /v1/merchants/{merchantId}/orders).",
    zh: "名为 {name} 的事件只能由订单产生。请提交订单（POST /v1/merchants/{merchantId}/orders）。",
  },
  grant_exists: {
    status: 409,
    en: "Grant {grantRef} of this merchant is known already, with another content. Send a new grant under a new grantRef.",
    zh: "该商家的发放单 {grantRef} 已存在且内容不同。新的发放请使用新的 grantRef。",
  },
  member_exists: {
    status: 409,
    en: "{account} is a member of merchant {merchantId} already, brought by {referrer}. Who brought a member can not be changed.",
    zh: "{account} 已是商家 {merchantId} 的会员（推荐人：{referrer}）。推荐人不能更改。",
  },
  referrer_unfit: {
    status: 422,
    en: "{referrer} can not have brought {account}: the referrer is another account that is a member already.",
    zh: "{referrer} 不能作为 {account} 的推荐人：推荐人必须是另一个已有会员账户。",
  },
  earning_clear: {
    status: 409,
    en: "Nobody objects to earning {earningId}: there is nothing to decide.",
    zh: "积分记录 {earningId} 没有异议，无需裁定。",
  },
  earning_decided: {
    status: 409,
    en: "Earning {earningId} was decided already: {decision}. A decision is final.",
    zh: "积分记录 {earningId} 已裁定：{decision}。裁定不可更改。",
  },
} as const;
