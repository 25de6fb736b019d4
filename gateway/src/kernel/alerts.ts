/** The rules of the regulator's desk, what one of them finds, and the words in which it is told. */
import type { Address, Hex32 } from "./ids.ts";

export const RULES = [
  "issue_burst",
  "circular_swaps",
  "swap_ring",
  "concentration",
  "coverage_low",
  "price_move",
  "dormant_waking",
  /** Flagged by hand. */
  "manual",
] as const;
export type Rule = (typeof RULES)[number];

/** Numbers and names of a finding: what was found and the threshold it passed. Amounts are decimal strings. */
export type AlertFacts = Readonly<Record<string, string | number>>;

/** What a rule says of the chain up to one block. */
export interface Finding {
  /** The same happening has the same key, whenever and however often it is looked at: it is raised once. */
  readonly key: string;
  readonly rule: Rule;
  readonly merchantId?: number;
  readonly token?: Address;
  readonly account?: Address;
  readonly facts: AlertFacts;
  readonly blockNumber: number;
  /** Unix seconds. */
  readonly time: number;
  /** The transaction that passed the threshold; absent for what is a state, not an act. */
  readonly transactionHash?: Hex32;
}

const WORDS: Readonly<Record<Rule, { readonly en: string; readonly zh: string }>> = {
  issue_burst: {
    en: "{symbol} issued {issued} base units within {windowSeconds} s; its mean of {trailingDays} days is {mean} in that time. Threshold: more than {factor} times the mean and at least {floor}.",
    zh: "{symbol} 在 {windowSeconds} 秒内发放 {issued} 个基本单位；过去 {trailingDays} 天同等时长的均值为 {mean}。阈值：超过均值的 {factor} 倍且不少于 {floor}。",
  },
  circular_swaps: {
    en: "Account {account} swapped {path} and is back where it began: {times} times within {windowSeconds} s, the smallest swap worth {hub} ALP wei. Threshold: {timesMin} times, swaps of at least {hubMin}.",
    zh: "账户 {account} 兑换 {path} 后回到起点：{windowSeconds} 秒内 {times} 次，最小一笔价值 {hub} ALP wei。阈值：{timesMin} 次，单笔不少于 {hubMin}。",
  },
  swap_ring: {
    en: "{accountCount} accounts ({accounts}) passed points in a ring by swaps and transfers ({path}): {times} times within {windowSeconds} s, the smallest swap worth {hub} ALP wei. Threshold: {timesMin} times, swaps of at least {hubMin}.",
    zh: "{accountCount} 个账户（{accounts}）通过兑换和转账形成积分回路（{path}）：{windowSeconds} 秒内 {times} 次，最小一笔价值 {hub} ALP wei。阈值：{timesMin} 次，单笔不少于 {hubMin}。",
  },
  concentration: {
    en: "Account {account} holds {balance} of {circulating} base units of {symbol} in circulation, {shareBps} basis points. Threshold: more than {shareBpsMax}, with at least {floor} in circulation.",
    zh: "账户 {account} 持有 {symbol} 流通量 {circulating} 中的 {balance} 个基本单位，占 {shareBps} 个基点。阈值：超过 {shareBpsMax}，且流通量不少于 {floor}。",
  },
  coverage_low: {
    en: "{symbol} has {available} ALP wei locked and needs {required}: {ratioBps} basis points. Threshold: {ratioBpsMin}.",
    zh: "{symbol} 已锁定保证金 {available} ALP wei，应有 {required}：覆盖 {ratioBps} 个基点。阈值：{ratioBpsMin}。",
  },
  price_move: {
    en: "{symbol} posted a {side} price of {price} ALP wei a base unit; {days} days before it was {before}: {moveBps} basis points. Threshold: {moveBpsMax}.",
    zh: "{symbol} 的 {side} 价公布为每基本单位 {price} ALP wei；{days} 天前为 {before}：变动 {moveBps} 个基点。阈值：{moveBpsMax}。",
  },
  dormant_waking: {
    en: "Account {account} had not moved anything for {idleDays} days and moved {moved} base units of {symbol} within {windowSeconds} s. Threshold: {idleDaysMin} days, more than {floor}.",
    zh: "账户 {account} 沉寂 {idleDays} 天后，在 {windowSeconds} 秒内转出 {symbol} {moved} 个基本单位。阈值：{idleDaysMin} 天，超过 {floor}。",
  },
  manual: { en: "Flagged by hand: {text}", zh: "人工标记：{text}" },
};

/** The finding as sentences; every number in them is a fact of the alert. */
export function explainAlert(rule: Rule, facts: AlertFacts): { en: string; zh: string } {
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (hole, name: string) => String(facts[name] ?? hole));
  return { en: fill(WORDS[rule].en), zh: fill(WORDS[rule].zh) };
}
