/** The treasury, who may hold alliance tokens, inflation, and what backs points. */
import { allianceToken, collateral } from "../../chain/contracts.ts";
import { readCaseNumber } from "../../kernel/case-number.ts";
import type { Address } from "../../kernel/ids.ts";
import type { ActionSpec, Probe } from "../action.ts";
import { action, probe, showValue } from "../action.ts";
import { formatAlp, formatBps } from "../words.ts";

function balanceProbe(of: Address, account: Address, what: Probe["what"]): Probe {
  return probe(what, { of, abi: allianceToken, method: "balanceOf", args: [account] });
}

const TREASURY = { en: "ALP wei in the treasury", zh: "国库的 ALP（wei）" };

const payFromTreasury = action({
  name: "pay-from-treasury",
  summary: { en: "Pay alliance tokens from the treasury to a participant", zh: "从国库向参与方支付联盟积分" },
  fields: {
    to: {
      kind: "address",
      label: { en: "To (a participant of the alliance)", zh: "收款方（联盟参与方）" },
      what: "A participant: a member's representative, a merchant's controller, or a holder.",
    },
    alp: { kind: "alp", label: { en: "Amount", zh: "数额" }, what: "ALP wei." },
  },
  calls: [{ contract: "allianceToken", abi: allianceToken, method: "transfer", args: ["to", "alp"] }],
  say: ({ to, alp }) => ({
    en: `Pay ${formatAlp(alp)} from the treasury to ${to}.`,
    zh: `从国库向 ${to} 支付 ${formatAlp(alp)}。`,
  }),
  probes: ({ to }, { allianceToken: of, council }) => [
    balanceProbe(of, council, TREASURY),
    balanceProbe(of, to, { en: `ALP wei of ${to}`, zh: `${to} 的 ALP（wei）` }),
  ],
});

function holder(name: string, method: string, words: { summary: Probe["what"]; en: string; zh: string }): ActionSpec {
  return action({
    name,
    summary: words.summary,
    fields: { account: { kind: "address", label: { en: "Account", zh: "账户" }, what: "The account." } },
    calls: [{ contract: "allianceToken", abi: allianceToken, method, args: ["account"] }],
    say: ({ account }) => ({
      en: words.en.replace("{account}", account),
      zh: words.zh.replace("{account}", account),
    }),
    probes: ({ account }, { allianceToken: of }) => [
      probe(
        { en: `Whether ${account} can receive ALP`, zh: `${account} 是否可接收 ALP` },
        { of, abi: allianceToken, method: "isHolder", args: [account] },
      ),
    ],
  });
}

const setInflation = action({
  name: "set-inflation",
  summary: {
    en: "Set the yearly inflation that rewards nodes, for reward epochs that begin later",
    zh: "设定年通胀率（用于节点奖励，自下一奖励周期起）",
  },
  fields: {
    bps: {
      kind: "bps",
      label: { en: "Yearly inflation", zh: "年通胀率" },
      what: "Basis points of the supply at a year's start, 0 to the token's fixed maximum.",
    },
  },
  calls: [{ contract: "allianceToken", abi: allianceToken, method: "setInflation", args: ["bps"] }],
  say: ({ bps }) => ({ en: `Set the yearly inflation to ${formatBps(bps)}.`, zh: `年通胀率设为 ${formatBps(bps)}。` }),
  probes: (_values, { allianceToken: of }) => [
    probe({ en: "Yearly inflation, bps", zh: "年通胀率（基点）" }, { of, abi: allianceToken, method: "inflationBps" }),
  ],
});

const setPayer = action({
  name: "set-payer",
  summary: {
    en: "Let a contract pay alliance tokens to anybody, or no longer",
    zh: "允许或取消某合约向任何账户支付联盟积分",
  },
  fields: {
    payer: { kind: "address", label: { en: "Paying contract", zh: "付款合约" }, what: "The paying contract." },
    isPayer: { kind: "flag", label: { en: "May pay anybody", zh: "可向任何账户支付" }, what: "Whether it may." },
  },
  calls: [{ contract: "allianceToken", abi: allianceToken, method: "setPayer", args: ["payer", "isPayer"] }],
  say: ({ payer, isPayer }) => ({
    en: isPayer ? `Let ${payer} pay ALP to anybody.` : `Let ${payer} pay ALP to participants only.`,
    zh: isPayer ? `允许 ${payer} 向任何账户支付 ALP。` : `${payer} 只可向参与方支付 ALP。`,
  }),
  probes: ({ payer }, { allianceToken: of }) => [
    probe(
      { en: `Whether ${payer} may pay anybody`, zh: `${payer} 是否可向任何账户支付` },
      { of, abi: allianceToken, method: "isPayer", args: [payer] },
    ),
  ],
});

const setCoverage = action({
  name: "set-coverage",
  summary: {
    en: "Set how much of the points' face value must be covered, and in ALP a yuan",
    zh: "设定积分面值的保证金覆盖率及 ALP 折价",
  },
  fields: {
    alpPerYuan: { kind: "price", label: { en: "ALP a yuan", zh: "每元折合 ALP" }, what: "ALP wei a yuan." },
    coverageBps: {
      kind: "bps",
      label: { en: "Share of face value to be covered", zh: "须覆盖的面值比例" },
      what: "Share of face value to be covered, 1 to 10,000 basis points.",
    },
  },
  calls: [{ contract: "collateral", abi: collateral, method: "setCoverage", args: ["alpPerYuan", "coverageBps"] }],
  say: ({ alpPerYuan, coverageBps }) => ({
    en: `Ask merchants to cover ${formatBps(coverageBps)} of their points' face value at ${formatAlp(alpPerYuan)} a yuan.`,
    zh: `商家须按每元 ${formatAlp(alpPerYuan)} 覆盖积分面值的 ${formatBps(coverageBps)}。`,
  }),
  probes: (_values, { collateral: of }) => [
    probe({ en: "ALP wei a yuan", zh: "每元 ALP（wei）" }, { of, abi: collateral, method: "coverage" }),
    probe({ en: "Coverage, bps", zh: "覆盖率（基点）" }, { of, abi: collateral, method: "coverage" }, ([, bps]) =>
      showValue(bps),
    ),
  ],
});

const seizeCollateral = action({
  name: "seize-collateral",
  summary: {
    en: "Take a part of a merchant's deposit for the treasury, as far as the rest covers its points",
    zh: "将商家部分保证金划归国库（余额须仍覆盖其积分）",
  },
  fields: {
    merchantId: { kind: "id", label: { en: "Merchant", zh: "商家" }, what: "The merchant's number in the registry." },
    alp: { kind: "alp", label: { en: "Amount", zh: "数额" }, what: "ALP wei." },
    caseNumber: { kind: "case", label: { en: "Case number", zh: "案号" }, what: "The case this is done under." },
  },
  calls: [{ contract: "collateral", abi: collateral, method: "seize", args: ["merchantId", "alp", "caseNumber"] }],
  say: ({ merchantId: id, alp, caseNumber }) => ({
    en: `Seize ${formatAlp(alp)} of merchant ${id}'s deposit for the treasury, case ${readCaseNumber(caseNumber)}.`,
    zh: `将商家 ${id} 的保证金 ${formatAlp(alp)} 划归国库，案号 ${readCaseNumber(caseNumber)}。`,
  }),
  probes: ({ merchantId: id }, at) => [
    probe(
      { en: `Deposit of merchant ${id}, ALP wei`, zh: `商家 ${id} 的保证金（ALP wei）` },
      { of: at.collateral, abi: collateral, method: "depositOf", args: [id] },
    ),
    balanceProbe(at.allianceToken, at.council, TREASURY),
  ],
});

export const moneyActions: readonly ActionSpec[] = [
  payFromTreasury,
  holder("admit-holder", "admitHolder", {
    summary: { en: "Let an account receive alliance tokens", zh: "允许账户接收联盟积分" },
    en: "Let {account} receive ALP.",
    zh: "允许 {account} 接收 ALP。",
  }),
  holder("remove-holder", "removeHolder", {
    summary: { en: "Let an account receive no more alliance tokens", zh: "不再允许账户接收联盟积分" },
    en: "Let {account} receive no more ALP.",
    zh: "不再允许 {account} 接收 ALP。",
  }),
  setInflation,
  setPayer,
  setCoverage,
  seizeCollateral,
];
