/** What a linter can say about a rule book: how grave it is, and a sentence with what to change, in both languages. */
export type Severity = "error" | "warning";

export interface Finding {
  readonly code: FindingCode;
  /** An error keeps the rules from being published; a warning does not. */
  readonly severity: Severity;
  /** The rule, task or tier that it is about; null: the book as a whole. */
  readonly subject: string | null;
  readonly facts: Readonly<Record<string, string>>;
  readonly en: string;
  readonly zh: string;
}

interface Entry {
  readonly severity: Severity;
  readonly en: string;
  readonly zh: string;
}

export const FINDINGS = {
  earns_nothing: {
    severity: "warning",
    en: "There is no rule, task or referral: nobody can earn anything. Add a rule for purchases.",
    zh: "没有任何规则、任务或推荐奖励，顾客无法获得积分。请添加购物规则。",
  },
  first_purchase_below_cheapest_prize: {
    severity: "warning",
    en: "A first purchase of {orderYuan} yuan earns {points} points, the cheapest prize costs {prize}. Add a first-purchase gift of at least {missing} points, or lower the prize.",
    zh: "首单 {orderYuan} 元可得 {points} 积分，而最便宜的奖品需要 {prize} 积分。请增加至少 {missing} 积分的首单奖励，或降低奖品门槛。",
  },
  two_days_below_small_prize: {
    severity: "warning",
    en: "Two days of all tasks earn {points} points, a small prize costs {prize}. Give at least {perDay} points a day in tasks, or lower the prize.",
    zh: "连续两天完成全部任务可得 {points} 积分，而小奖品需要 {prize} 积分。请让任务每天至少给 {perDay} 积分，或降低奖品门槛。",
  },
  seven_days_below_other_prize: {
    severity: "warning",
    en: "Seven days of all tasks earn {points} points, the next prize costs {prize}. Give at least {perDay} points a day in tasks, or offer a prize in between.",
    zh: "连续七天完成全部任务可得 {points} 积分，而下一档奖品需要 {prize} 积分。请让任务每天至少给 {perDay} 积分，或增设中间档奖品。",
  },
  new_customer_above_acquisition_cost: {
    severity: "warning",
    en: "A new customer gets points worth {costYuan} yuan; elsewhere one costs {limitYuan} yuan. Lower the first-purchase gift, the one-off tasks or the referral.",
    zh: "一名新顾客获得的积分价值 {costYuan} 元，而其他渠道获客成本为 {limitYuan} 元。请降低首单奖励、一次性任务或推荐奖励。",
  },
  new_customer_above_profit: {
    severity: "warning",
    en: "A new customer gets points worth {costYuan} yuan; an order of {orderYuan} yuan brings a profit of {limitYuan} yuan. Lower the gifts, or demand a minimum.",
    zh: "一名新顾客获得的积分价值 {costYuan} 元，而一笔 {orderYuan} 元订单的毛利为 {limitYuan} 元。请降低奖励，或设置最低消费。",
  },
  tasks_above_profit: {
    severity: "warning",
    en: "Seven days of tasks give points worth {costYuan} yuan, more than the profit of {limitYuan} yuan of an order. Lower the tasks' points or their number a day.",
    zh: "七天任务送出的积分价值 {costYuan} 元，高于一笔订单的毛利 {limitYuan} 元。请降低任务积分或每日次数。",
  },
  reward_above_margin: {
    severity: "warning",
    en: "An ordinary order gives back {percent} % of what was paid, the margin is {margin} %. Lower the rates or cap them per order.",
    zh: "普通订单返还实付金额的 {percent}%，而毛利率为 {margin}%。请降低比例或设置单笔上限。",
  },
  reward_gives_everything_back: {
    severity: "error",
    en: "An ordinary order gives back {percent} % of what was paid: buying would cost nothing. Lower the rates, cap them per order, or demand a minimum.",
    zh: "普通订单返还实付金额的 {percent}%，等于免费购物。请降低比例、设置单笔上限或最低消费。",
  },
  reward_too_small: {
    severity: "warning",
    en: "An ordinary order of {orderYuan} yuan gives back {percent} %: customers will not notice. From about 0.5 % on they do; 1 % is usual.",
    zh: "普通订单（{orderYuan} 元）仅返还 {percent}%，顾客难以感知。约 0.5% 起才有感觉，通常为 1%。",
  },
  step_not_whole_fen: {
    severity: "error",
    en: "{field} of the deduction is {units} base units; at {pointsPerYuan} points a yuan a fen is {pointsPerYuan} of them. Make it a multiple of {pointsPerYuan}.",
    zh: "抵现的 {field} 为 {units} 个最小单位；按 {pointsPerYuan} 积分兑 1 元，1 分钱等于 {pointsPerYuan} 个最小单位。请改为 {pointsPerYuan} 的整数倍。",
  },
  minimum_not_whole_steps: {
    severity: "error",
    en: "The least deduction of {minimum} points is not a whole number of steps of {step} points. Make it a multiple of the step.",
    zh: "抵现最低 {minimum} 积分不是步长 {step} 积分的整数倍。请改为步长的整数倍。",
  },
  deduction_out_of_reach: {
    severity: "warning",
    en: "The least deduction is worth {minimumYuan} yuan, but of an order of {orderYuan} yuan at most {limitYuan} yuan may be paid with points. Lower the minimum or raise the share.",
    zh: "抵现最低额价值 {minimumYuan} 元，而一笔 {orderYuan} 元的订单最多可抵 {limitYuan} 元。请降低最低额或提高比例。",
  },
  deduction_above_half: {
    severity: "warning",
    en: "Points may pay {percent} % of an order. Half is usual: above it the shop may take in less money than its goods cost.",
    zh: "积分最多可抵订单的 {percent}%。通常不超过一半，否则收款可能低于进货成本。",
  },
  tier_unreachable: {
    severity: "warning",
    en: "Tier {subject} begins at {fromYuan} yuan in 365 days; an order of {orderYuan} yuan every single day does not reach it. Lower it.",
    zh: "等级 {subject} 需 365 天内消费 {fromYuan} 元，即使每天消费 {orderYuan} 元也达不到。请降低门槛。",
  },
  tier_worse: {
    severity: "warning",
    en: "Tier {subject} multiplies by {multiplier} %, the tier below it by {below} %: spending more earns less. Raise it.",
    zh: "等级 {subject} 的倍率为 {multiplier}%，低于下一级的 {below}%，消费越多所得越少。请提高倍率。",
  },
  tier_idle: {
    severity: "warning",
    en: "Tier {subject} gives nothing that the tier below does not. Raise its multiplier, or name it in a rule.",
    zh: "等级 {subject} 与下一级没有差别。请提高倍率，或在规则中专门给予该等级。",
  },
  rule_over: {
    severity: "warning",
    en: "{subject} ended before now: it never gives anything. Change its times or leave it out.",
    zh: "{subject} 的时间已过，不会再发放积分。请修改时间或删除。",
  },
  rule_never_holds: {
    severity: "warning",
    en: "{subject} never gives anything: {reason}. Correct it or leave it out.",
    zh: "{subject} 永远不会生效：{reason}。请更正或删除。",
  },
  rule_never_wins: {
    severity: "warning",
    en: "{subject} never gives anything: wherever it holds, {other} gives at least as much, and only one of the two counts. Raise it, or let it add.",
    zh: "{subject} 永远不会生效：凡其适用之处 {other} 都给得不比它少，而两者只取其一。请提高比例，或改为叠加。",
  },
  budget_under_a_week: {
    severity: "warning",
    en: "The budget of {subject} lasts {days} days at about {perDay} points a day. Give it at least a week ({week} points), or cap it per customer.",
    zh: "{subject} 的预算按每天约 {perDay} 积分只够 {days} 天。请至少留足一周（{week} 积分），或设置每人上限。",
  },
  issued_at_once: {
    severity: "warning",
    en: "Points are issued the moment an order is placed. A return then takes them back from the customer, who may have used them. Set a return window, 7 days for example.",
    zh: "下单后积分立即发放；退货时需向顾客追回，可能已被使用。请设置退货期，例如 7 天。",
  },
  referral_without_minimum: {
    severity: "warning",
    en: "A referral is paid for a friend's order of any size: invented friends cost next to nothing. Demand at least {suggestedYuan} yuan.",
    zh: "好友任意金额下单即发推荐奖励，虚假好友几乎零成本。请要求至少 {suggestedYuan} 元。",
  },
  referral_above_minimum: {
    severity: "error",
    en: "A referral gives points worth {costYuan} yuan for a first order of {minimumYuan} yuan: inventing friends would pay. Lower it, or raise the minimum above it.",
    zh: "推荐奖励价值 {costYuan} 元，而好友首单仅需 {minimumYuan} 元，刷单即可获利。请降低奖励，或提高最低消费。",
  },
  promises_appreciation: {
    severity: "error",
    en: "The name of {subject} says «{word}»: points are a discount, not an investment, and nothing may promise that they gain in value or turn into money. Say it in other words.",
    zh: "{subject} 的名称含有“{word}”：积分是优惠而非投资，不得承诺增值、收益或变现。请改用其他表述。",
  },
} as const satisfies Record<string, Entry>;

export type FindingCode = keyof typeof FINDINGS;
export const FINDING_CODES = Object.keys(FINDINGS) as [FindingCode, ...FindingCode[]];

/** A fact that is a sentence has a Chinese twin (`reasonZh`). */
export function finding(code: FindingCode, facts: Readonly<Record<string, string>> = {}, subject?: string): Finding {
  const { severity, en, zh } = FINDINGS[code];
  const said: Readonly<Record<string, string>> = { ...facts, ...(subject === undefined ? {} : { subject }) };
  const words = (template: string, suffix: string): string =>
    template.replace(/\{(\w+)\}/g, (hole, name: string) => said[name + suffix] ?? said[name] ?? hole);
  return { code, severity, subject: subject ?? null, facts: said, en: words(en, ""), zh: words(zh, "Zh") };
}

/** 12050 fen → "120.50"; base units of points the same way, whole points without their zeros. */
export function decimals(hundredths: bigint): string {
  const text = `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, "0")}`;
  return text.replace(/\.00$/, "");
}
