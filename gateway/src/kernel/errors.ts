/** The catalogue of everything that can go wrong for a caller: code for machines, sentence for people, facts for both. */
import { LOYALTY_ERRORS } from "./loyalty-errors.ts";

interface Entry {
  /** HTTP status the code maps to. */
  readonly status: number;
  /** Sentence with {fact} placeholders: what happened and what to do. */
  readonly en: string;
  readonly zh: string;
}

export const CATALOGUE = {
  ...LOYALTY_ERRORS,
  request_invalid: {
    status: 400,
    en: "{field}: {problem}. Correct it and send the request again; nothing was stored.",
    zh: "{field}：{problem}。请更正后重新提交；本次请求未保存任何内容。",
  },
  idempotency_key_missing: {
    status: 400,
    en: "Every write needs an Idempotency-Key header of 1 to 255 characters. Use the order number, for example.",
    zh: "每个写请求都需要 1 至 255 个字符的 Idempotency-Key 请求头，例如订单号。",
  },
  idempotency_key_reused: {
    status: 422,
    en: "This Idempotency-Key was used for another request body. Use a new key for a new request.",
    zh: "该 Idempotency-Key 已用于内容不同的请求。新的请求请使用新的键。",
  },
  unauthenticated: {
    status: 401,
    en: "No valid API key. Send it as Authorization: Bearer <key>.",
    zh: "缺少有效的 API 密钥。请以 Authorization: Bearer <密钥> 发送。",
  },
  session_ended: {
    status: 401,
    en: "Your session has ended. Sign in again; what you were doing goes on from there.",
    zh: "登录已失效。请重新登录，之后可继续刚才的操作。",
  },
  api_key_unknown: {
    status: 422,
    en: "This API key is not known, or it has expired or was revoked. Check that you copied all of it.",
    zh: "该 API 密钥不存在、已过期或已被吊销。请确认复制完整。",
  },
  wallet_link_spent: {
    status: 422,
    en: "This link was used already or is too old. Ask the shop for a new one.",
    zh: "该链接已使用过或已失效。请向商家索取新的链接。",
  },
  wallet_proof_refused: {
    status: 422,
    en: "The wallet's signature does not sign you in: {problem}. Try again from the sign-in page.",
    zh: "钱包签名无法用于登录：{problemZh}。请从登录页重试。",
  },
  cross_site: {
    status: 403,
    en: "A page of another site can not act in your session. Programs use an API key; our own pages send {header}.",
    zh: "其他网站的页面不能使用您的登录会话。程序请使用 API 密钥；本站页面会发送 {header}。",
  },
  forbidden: {
    status: 403,
    en: "This key may not do this: it needs {needed}.",
    zh: "该密钥无权执行此操作：需要 {needed}。",
  },
  not_found: {
    status: 404,
    en: "There is no {what}.",
    zh: "不存在：{what}。",
  },
  rpc_method_unknown: {
    status: 404,
    en: "{method} is not served here. Reads, eth_getLogs and eth_sendRawTransaction are; for more run a node.",
    zh: "此处不提供 {method}。可用的有读取类方法、eth_getLogs 与 eth_sendRawTransaction；其他方法请自行运行节点。",
  },
  rpc_params_invalid: {
    status: 400,
    en: "{method} {problem}. Correct it and ask again.",
    zh: "{method}：{problem}。请更正后重试。",
  },
  rpc_range_too_wide: {
    status: 422,
    en: "The range has {blocks} blocks; one request may have {max}. Ask for one range after another.",
    zh: "区块范围为 {blocks} 个；一次请求最多 {max} 个。请分段查询。",
  },
  rpc_transaction_refused: {
    status: 422,
    en: "The transaction was not sent: {problem}.",
    zh: "交易未发送：{problem}。",
  },
  rate_limited: {
    status: 429,
    en: "Too many requests with this key. Try again in {retryAfterSeconds} s.",
    zh: "该密钥的请求过于频繁，请在 {retryAfterSeconds} 秒后重试。",
  },
  streams_full: {
    status: 503,
    en: "This process serves {limit} event streams and takes no more. Try again later, or close streams that nobody reads.",
    zh: "该进程已有 {limit} 个事件流，不再接受新的。请稍后重试，或关闭无人读取的事件流。",
  },
  order_already_issued: {
    status: 409,
    en: "Order {orderRef} was already accepted for issue in command {commandId}. Points are not given twice.",
    zh: "订单 {orderRef} 已在指令 {commandId} 中受理发放，积分不会重复发放。",
  },
  items_failed: {
    status: 422,
    en: "{failed} of {total} items failed, {confirmed} were issued. Read the command's items for the reasons; ask again for those that failed.",
    zh: "{total} 项中有 {failed} 项失败，{confirmed} 项已发放。请查看指令明细中的原因，并重新提交失败的项。",
  },
  transaction_replaced: {
    status: 422,
    en: "The signing key's nonce {nonce} was used by another transaction ({hash}). Check who else holds the key, then ask again.",
    zh: "签名密钥的序号 {nonce} 已被其他交易（{hash}）使用。请检查密钥是否被他人持有，然后重新提交。",
  },
  case_exists: {
    status: 409,
    en: "There is a case {caseNumber} already. Choose another number, or leave it out to get the next one.",
    zh: "案号 {caseNumber} 已存在。请换用其他编号，或留空以取得下一个编号。",
  },
  case_state: {
    status: 409,
    en: "Case {caseNumber} is {state} and can not become {wanted}. Take it under review again first.",
    zh: "案件 {caseNumber} 的状态为 {state}，不能变为 {wanted}。请先重新审查。",
  },
  alert_settled: {
    status: 409,
    en: "Alert {alertId} is {state} already ({caseNumber}). Nothing was changed.",
    zh: "预警 {alertId} 已处理（{state}，{caseNumber}）。未作任何更改。",
  },
  member_key_needed: {
    status: 403,
    en: "This key speaks for no member of the alliance. Use a key of the role member that names its memberId.",
    zh: "该密钥不代表任何联盟方。请使用注明 memberId 的 member 角色密钥。",
  },
  already_voted: {
    status: 409,
    en: "The member of {voter} has voted on proposal {proposalId}. A vote cannot be changed, and a ballot counts once.",
    zh: "{voter} 所代表的联盟方已就提案 {proposalId} 投票。投票不能更改，选票只计一次。",
  },
  proposal_exists: {
    status: 409,
    en: "Proposal {proposalId} has the same actions and description. Vote on it, or describe the new one in other words.",
    zh: "提案 {proposalId} 的动作与说明与此相同。请对其投票，或更改新提案的说明。",
  },
  proposal_would_fail: {
    status: 422,
    en: "The proposal would fail at call {call} ({action}): {reason} Nothing was proposed.",
    zh: "提案将在第 {call} 个调用（{action}）处失败：{reasonZh}未提交提案。",
  },
  customer_exists: {
    status: 409,
    en: "Your organisation already has a customer {what}.",
    zh: "贵机构已有客户 {what}。",
  },
  signer_missing: {
    status: 422,
    en: "This gateway keeps no {purpose} key for this. Set one up first, or send the transaction from where the key is.",
    zh: "本网关没有可用于此操作的 {purpose} 密钥。请先创建，或在保管该密钥处发送交易。",
  },
  chain_refused: {
    status: 422,
    en: "The chain refuses this: {reason}. Nothing was sent.",
    zh: "链上合约拒绝该操作：{reasonZh}。未发送任何交易。",
  },
  chain_unreachable: {
    status: 503,
    en: "No chain node answered within {timeoutMs} ms. Reads that need it wait for its return; writes stay queued.",
    zh: "{timeoutMs} 毫秒内没有链节点应答。读取需等待其恢复；写入已保留在队列中。",
  },
  chain_mismatch: {
    status: 503,
    en: "The store belongs to another chain ({stored}) than the node serves ({found}). Point to the right node, or begin anew.",
    zh: "数据库所属的链（{stored}）与节点提供的链（{found}）不一致。请连接正确的节点，或重新开始。",
  },
  database_unavailable: {
    status: 503,
    en: "The database does not answer. Nothing was lost; try again shortly.",
    zh: "数据库没有应答。没有数据丢失，请稍后重试。",
  },
  not_ready: {
    status: 503,
    en: "Still catching up with the chain: {detail}. Try again shortly.",
    zh: "仍在追赶链上数据：{detail}。请稍后重试。",
  },
  store_in_use: {
    status: 503,
    en: "Process {pid} has the embedded store {directory} open, and only one may. Stop it, or use PostgreSQL (DATABASE_URL).",
    zh: "进程 {pid} 正在使用内嵌数据库 {directory}，同一时间只允许一个进程。请先停止它，或改用 PostgreSQL（DATABASE_URL）。",
  },
  store_unreadable: {
    status: 503,
    en: "The embedded store {directory} can not be opened ({reason}). Put a backup of it back, or begin anew with npm start -- --fresh.",
    zh: "无法打开内嵌数据库 {directory}（{reason}）。请恢复备份，或用 npm start -- --fresh 重新开始。",
  },
  passphrase_wrong: {
    status: 500,
    en: "The passphrase does not open the signing keys of this store. Start with the passphrase they were made with.",
    zh: "该口令无法打开此数据库中的签名密钥。请使用创建密钥时的口令启动。",
  },
  shutting_down: {
    status: 503,
    en: "The gateway is shutting down. Nothing of this request was stored; send it again.",
    zh: "网关正在关闭。该请求未保存任何内容，请重新发送。",
  },
  method_not_allowed: {
    status: 405,
    en: "This address does not know {method}. See /docs.",
    zh: "该地址不支持 {method}，请参阅 /docs。",
  },
  media_type_unsupported: {
    status: 415,
    en: "The body must be JSON in UTF-8, not compressed: Content-Type: application/json.",
    zh: "请求体必须是未压缩的 UTF-8 JSON：Content-Type: application/json。",
  },
  payload_too_large: {
    status: 413,
    en: "The body is larger than {limit}. Split it.",
    zh: "请求体超过 {limit}。请拆分后发送。",
  },
  internal: {
    status: 500,
    en: "Something unexpected went wrong here; it was logged under request {requestId}.",
    zh: "服务器发生意外错误，已记录，请求编号 {requestId}。",
  },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof CATALOGUE;
export const ERROR_CODES = Object.keys(CATALOGUE) as [ErrorCode, ...ErrorCode[]];
export type Facts = Readonly<Record<string, string | number>>;

function fill(template: string, facts: Facts): string {
  // A fact that is a sentence has a Chinese twin ({reasonZh}); without one the English serves both.
  const factOf = (name: string): string | number | undefined => facts[name] ?? facts[name.replace(/Zh$/, "")];
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => String(factOf(name) ?? hole));
}

/** The only error that is thrown on purpose. Its facts never hold a secret. */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
  readonly code: ErrorCode;
  readonly facts: Facts;

  constructor(code: ErrorCode, facts: Facts = {}, cause?: unknown) {
    super(fill(CATALOGUE[code].en, facts), { cause });
    this.code = code;
    this.facts = facts;
  }

  get status(): number {
    return CATALOGUE[this.code].status;
  }

  /** The sentence in the reader's language. */
  sentence(language: "en" | "zh"): string {
    return fill(CATALOGUE[this.code][language], this.facts);
  }
}
