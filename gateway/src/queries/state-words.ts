/** States and choices in both languages, for sentences: the contracts' numbers have English names in the API. */
import type { MEASURES, MEMBER_STATUSES, MERCHANT_STATUSES, SUPPORTS } from "../kernel/statuses.ts";
import type { Sentence } from "./ledger-sentences.ts";

type Named =
  | (typeof MEASURES)[number]
  | (typeof MEMBER_STATUSES)[number]
  | (typeof MERCHANT_STATUSES)[number]
  | (typeof SUPPORTS)[number];

const WORDS: Readonly<Record<Named | "true" | "false", Sentence>> = {
  none: { en: "none", zh: "无" },
  applied: { en: "applied", zh: "申请中" },
  active: { en: "active", zh: "正常" },
  issueHalted: { en: "issuing halted", zh: "暂停发行" },
  suspended: { en: "suspended", zh: "暂停" },
  windingDown: { en: "winding down", zh: "清算中" },
  closed: { en: "closed", zh: "已关闭" },
  left: { en: "left", zh: "已退出" },
  warning: { en: "warning", zh: "警示" },
  limitCut: { en: "limit cut", zh: "下调额度" },
  issueHalt: { en: "issue halt", zh: "暂停发行" },
  issueResumption: { en: "issue resumption", zh: "恢复发行" },
  suspension: { en: "suspension", zh: "暂停资格" },
  reinstatement: { en: "reinstatement", zh: "恢复资格" },
  windDownAdvice: { en: "wind-down advice", zh: "建议清算" },
  against: { en: "against", zh: "反对" },
  for: { en: "for", zh: "赞成" },
  abstain: { en: "abstain", zh: "弃权" },
  true: { en: "yes", zh: "是" },
  false: { en: "no", zh: "否" },
};

/** What has no word here is shown as it is. */
export function stateWord(value: string, language: keyof Sentence): string {
  return (WORDS as Readonly<Record<string, Sentence>>)[value]?.[language] ?? value;
}
