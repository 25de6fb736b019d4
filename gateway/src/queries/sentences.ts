/** Actions as sentences in both languages, with the parties and amounts they speak of. */
import type { Action, ActionName } from "../kernel/actions.ts";
import type { Address } from "../kernel/ids.ts";
import type { Amount } from "./amounts.ts";
import { formatAmount } from "./amounts.ts";

export interface Sentence {
  readonly en: string;
  readonly zh: string;
}

/** {name} is filled from the action; {name:points}, {name:in}, {name:out} and {name:alp} are amounts. */
const SENTENCES: Readonly<Record<ActionName, Sentence>> = {
  issue: {
    en: "Till {till} issued {points:points} in {count} item(s)",
    zh: "收银终端 {till} 发放 {points:points}，共 {count} 笔",
  },
  reverse: {
    en: "An issue to {account} was taken back; {debt:points} of it became debt",
    zh: "撤回发放给 {account} 的积分，其中 {debt:points} 记为欠分",
  },
  transfer: { en: "{from} sent {points:points} to {to}", zh: "{from} 向 {to} 转出 {points:points}" },
  swap: {
    en: "{account} swapped {amountIn:in} for {amountOut:out}",
    zh: "{account} 用 {amountIn:in} 兑换了 {amountOut:out}",
  },
  hold: { en: "{holder} put {points:points} on hold", zh: "{holder} 预留 {points:points}" },
  redeem: { en: "{holder} redeemed {points:points}", zh: "{holder} 核销 {points:points}" },
  capture: { en: "{points:points} held by {holder} were redeemed", zh: "{holder} 预留的 {points:points} 已核销" },
  release: { en: "A hold of {holder} was given back", zh: "{holder} 的预留已退回" },
  refund: { en: "{requested:points} were refunded to {holder}", zh: "向 {holder} 退还 {requested:points}" },
  setTill: {
    en: "Till {till} may issue {dailyLimit:points} a day",
    zh: "收银终端 {till} 每日可发放 {dailyLimit:points}",
  },
  freeze: { en: "The regulator froze {account}", zh: "监管方冻结 {account}" },
  unfreeze: { en: "The regulator unfroze {account}", zh: "监管方解冻 {account}" },
  pause: { en: "The regulator paused {symbol}", zh: "监管方暂停 {symbol}" },
  unpause: { en: "The regulator resumed {symbol}", zh: "监管方恢复 {symbol}" },
  haltIssue: { en: "Issuing of {symbol} was halted", zh: "{symbol} 已停止发放" },
  resumeIssue: { en: "Issuing of {symbol} was resumed", zh: "{symbol} 已恢复发放" },
  openPool: { en: "The exchange side of {symbol} was opened", zh: "开通 {symbol} 的兑换" },
  postPrices: { en: "New prices of {symbol} were posted", zh: "发布 {symbol} 的新价格" },
  setPoolLimits: { en: "Exchange limits of {symbol} were set", zh: "设置 {symbol} 的兑换限额" },
  setPoolPause: {
    en: "Exchange of {symbol}: taking in paused {acceptPaused}, giving out paused {releasePaused}",
    zh: "{symbol} 的兑换：暂停收入 {acceptPaused}，暂停放出 {releasePaused}",
  },
  fundPoints: { en: "{points:points} were issued into the exchange reserve", zh: "向兑换储备发放 {points:points}" },
  withdrawPoints: {
    en: "{points:points} of the exchange reserve were destroyed",
    zh: "从兑换储备注销 {points:points}",
  },
  fundAlp: { en: "{from} added {alp:alp} to the reserve of {symbol}", zh: "{from} 向 {symbol} 的储备存入 {alp:alp}" },
  withdrawAlp: {
    en: "{to} took {alp:alp} out of the reserve of {symbol}",
    zh: "{to} 从 {symbol} 的储备取出 {alp:alp}",
  },
  applyMerchant: { en: "{legalName} applied as merchant {merchantId}", zh: "{legalName} 申请成为商家 {merchantId}" },
  approveMerchant: {
    en: "Merchant {merchantId} was admitted with the token {symbol}",
    zh: "商家 {merchantId} 获准加入，积分为 {symbol}",
  },
  changeMerchantStatus: { en: "The standing of merchant {merchantId} changed", zh: "商家 {merchantId} 的状态变更" },
  updateProfile: { en: "Merchant {merchantId} published a new profile", zh: "商家 {merchantId} 发布新的介绍" },
  proposeController: {
    en: "Merchant {merchantId} proposed {controller} as controller",
    zh: "商家 {merchantId} 提名 {controller} 为控制人",
  },
  changeController: {
    en: "Merchant {merchantId} is now controlled by {to}",
    zh: "商家 {merchantId} 的控制人变更为 {to}",
  },
  depositCollateral: {
    en: "{from} locked {alp:alp} for merchant {merchantId}",
    zh: "{from} 为商家 {merchantId} 缴存保证金 {alp:alp}",
  },
  requestWithdrawal: {
    en: "Merchant {merchantId} asked for {alp:alp} of its collateral back",
    zh: "商家 {merchantId} 申请取回保证金 {alp:alp}",
  },
  cancelWithdrawal: { en: "Merchant {merchantId} withdrew its request", zh: "商家 {merchantId} 取消取回保证金的申请" },
  withdrawCollateral: {
    en: "Merchant {merchantId} took {alp:alp} of its collateral back",
    zh: "商家 {merchantId} 取回保证金 {alp:alp}",
  },
  setCoverage: {
    en: "Collateral must cover {coverageBps} bps of face value",
    zh: "保证金覆盖率设为面值的 {coverageBps} 个基点",
  },
  admitMember: { en: "{name} joined the alliance", zh: "{name} 加入联盟" },
  changeMemberStatus: { en: "The standing of member {memberId} changed", zh: "联盟方 {memberId} 的状态变更" },
  changeRepresentative: {
    en: "Member {memberId} is now represented by {to}",
    zh: "联盟方 {memberId} 的代表变更为 {to}",
  },
  changeNode: { en: "Member {memberId} now runs node {to}", zh: "联盟方 {memberId} 的节点变更为 {to}" },
  transferAlp: { en: "{from} sent {value:alp} to {to}", zh: "{from} 向 {to} 转出 {value:alp}" },
  admitHolder: { en: "{account} may hold alliance tokens", zh: "{account} 可以持有联盟积分" },
  removeHolder: { en: "{account} may receive no more alliance tokens", zh: "{account} 不再接收联盟积分" },
};

/** Fields of an action that are accounts, by the part they play. */
const PARTIES = ["account", "holder", "from", "to", "till", "controller", "representative", "node"] as const;

export interface ActionView {
  readonly action: ActionName;
  readonly sentence: Sentence;
  readonly parties: { readonly role: string; readonly address: Address }[];
  readonly amounts: { readonly name: string; readonly amount: Amount }[];
  /** All fields as the chain said them. */
  readonly details: Record<string, string | number | boolean>;
}

export type AmountOf = (token: Address, amount: string | bigint) => Amount;

/** Tokens whose symbols are needed to tell these actions. */
export function tokensOf(actions: readonly Action[]): Address[] {
  return actions.flatMap((action) =>
    ["token", "tokenIn", "tokenOut"].flatMap((name) =>
      typeof action[name] === "string" ? [action[name] as Address] : [],
    ),
  );
}

export function actionView(action: Action, amountOf: AmountOf, alp: Address): ActionView {
  const amounts: { name: string; amount: Amount }[] = [];
  const fill = (template: string): string =>
    template.replace(/\{(\w+)(?::(\w+))?\}/g, (_hole, name: string, unit: string | undefined) => {
      if (name === "symbol") return amountOf(tokenIn(action, "token"), "0").symbol;
      const value = action[name];
      if (value === undefined) return "–";
      if (unit === undefined) return shorten(String(value));
      const amount = amountOf(unitOf(action, unit, alp), String(value));
      if (!amounts.some((known) => known.name === name)) amounts.push({ name, amount });
      return `${formatAmount(amount)} ${amount.symbol}`;
    });
  const { en, zh } = SENTENCES[action.action];
  const { action: name, ...details } = action;
  return {
    action: name,
    sentence: { en: fill(en), zh: fill(zh) },
    parties: PARTIES.flatMap((role) => {
      const address = action[role];
      return typeof address === "string" && address.length === 42 ? [{ role, address: address as Address }] : [];
    }),
    amounts,
    details,
  };
}

function unitOf(action: Action, unit: string, alp: Address): Address {
  if (unit === "alp") return alp;
  return tokenIn(action, unit === "in" ? "tokenIn" : unit === "out" ? "tokenOut" : "token");
}

function tokenIn(action: Action, field: string): Address {
  return String(action[field] ?? "") as Address;
}

/** `0x7099…79c8`; texts stay as they are. */
function shorten(text: string): string {
  return /^0x[0-9a-f]{40}$/.test(text) ? `${text.slice(0, 6)}…${text.slice(-4)}` : text;
}
