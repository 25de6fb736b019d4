/** What can go wrong when points pay for orders and goods: a part of the catalogue (see errors.ts). */
export const REDEEMING_ERRORS = {
  deduction_refused: {
    status: 422,
    en: "{points} base units of points can not pay for this order: {reason} Ask for a quote (POST /v1/merchants/{merchantId}/checkouts/quote).",
    zh: "{points} 个最小单位的积分不能用于该订单：{reasonZh}请先询价（POST /v1/merchants/{merchantId}/checkouts/quote）。",
  },
  redemption_exists: {
    status: 409,
    en: "{ref} of this merchant is known already, with another content. Send a new one under a new number.",
    zh: "该商家的 {ref} 已存在且内容不同。新的请求请使用新的编号。",
  },
  redemption_state: {
    status: 409,
    en: "{ref} is {state} and can not be {wanted}. Nothing was changed.",
    zh: "{ref} 的状态为 {state}，不能执行 {wanted}。未作任何更改。",
  },
  return_exists: {
    status: 409,
    en: "Return {returnRef} of {ref} is known already, with another content. Send a new return under a new returnRef.",
    zh: "{ref} 的退货 {returnRef} 已存在且内容不同。新的退货请使用新的 returnRef。",
  },
  return_exceeds: {
    status: 422,
    en: "At most {leftFen} fen of {ref} can still come back, not {amountFen}. Nothing was changed.",
    zh: "{ref} 最多还可退 {leftFen} 分，不能退 {amountFen} 分。未作任何更改。",
  },
  goods_closed: {
    status: 409,
    en: "{sku} can not be redeemed at present: the merchant has closed it.",
    zh: "商家已停止兑换 {sku}。",
  },
  goods_sold_out: {
    status: 409,
    en: "Of {sku} there are {left} left, {quantity} were asked for. Ask for fewer, or for something else.",
    zh: "{sku} 仅剩 {left} 件，无法兑换 {quantity} 件。请减少数量或选择其他商品。",
  },
  goods_limit: {
    status: 409,
    en: "A customer may redeem {max} of {sku} in {seconds} s; this one has had {taken} and asks for {quantity} more.",
    zh: "每位客户在 {seconds} 秒内最多兑换 {sku} {max} 件；该客户已兑换 {taken} 件，又申请 {quantity} 件。",
  },
  connector_answer: {
    status: 502,
    en: "The outside catalogue {url} gave no answer that counts: {problem}. It is asked again.",
    zh: "外部商品目录 {url} 未给出有效应答：{problem}。系统将再次询问。",
  },
} as const;
