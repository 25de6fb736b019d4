/** Errors of the loyalty contracts (rule books, sharing program, lottery): what happened and what to do, [English, 中文]. */
export const LOYALTY_REVERTS = {
  // rule books
  RuleBooksNotController: [
    "{caller} is not the controller of merchant {merchantId}, who alone publishes its rules. Sign with the controller's key.",
    "{caller} 不是商家 {merchantId} 的控制人，规则只能由其控制人发布。请使用控制人密钥签名。",
  ],
  RuleBooksVersion: [
    "Version {version} of merchant {merchantId}'s rules can not be published: the next one is {next}. Publish it as that.",
    "商家 {merchantId} 的规则不能发布为第 {version} 版：下一版应为第 {next} 版。请按该版本号发布。",
  ],
  RuleBooksFieldInvalid: [
    "The {field} can not be anchored: a hash is not zero, a URI has at most 256 bytes. Correct it.",
    "字段 {field} 不能上链：哈希不能为零，URI 不超过 256 字节。请更正。",
  ],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
