/** Words that promise more than a discount: gain, interest, money back. They may not stand in what customers read. */
import type { Finding } from "./findings.ts";
import { finding } from "./findings.ts";
import type { RuleBook } from "./rule-book.ts";

const ZH = [
  "增值",
  "升值",
  "保值",
  "上涨",
  "稳赚",
  "躺赚",
  "赚钱",
  "保本",
  "返本",
  "全返",
  "收益",
  "利息",
  "分红",
  "股权",
  "理财",
  "投资",
  "回报率",
  "提现",
  "套现",
  "变现",
  "兑现金",
  "暴富",
  "财富自由",
];

/** Whole words; "interesting" and "profitable" are not meant. */
const EN =
  /\b(appreciat\w+|profits?|invest(s|ed|ing|ment|ments|or|ors)?|dividends?|interest|yields?|return on|passive income|guaranteed (gain|return)s?|cash[- ]?out|get rich|money back)\b/i;

export function findPromises({ rules, tiers, tasks }: RuleBook): Finding[] {
  return [...rules, ...tiers, ...tasks].flatMap(({ id, name }) => {
    const word = promiseIn(name.zh) ?? promiseIn(name.en);
    return word === undefined ? [] : [finding("promises_appreciation", { word }, id)];
  });
}

/** Spaces, dots and dashes inside do not hide a word; neither do full-width letters. */
export function promiseIn(text: string): string | undefined {
  const plain = text.normalize("NFKC");
  const tight = plain.replace(/[\s.·・\-_*|]/g, "");
  return ZH.find((word) => tight.includes(word)) ?? EN.exec(plain)?.[0];
}
