/** The sharing program: turned on once, its parameters within fixed caps, halted and resumed. */
import { allianceToken, sharingProgram } from "../../chain/contracts.ts";
import type { Address } from "../../kernel/ids.ts";
import type { ActionSpec, Probe } from "../action.ts";
import { action, probe, showValue } from "../action.ts";
import type { ValuesOf } from "../fields.ts";
import { formatAlp, formatBps, formatPoints } from "../words.ts";

const STATES = ["off", "on", "halted"];

const parameters = {
  consumerMultiple: {
    kind: "multiple",
    label: { en: "Consumer's share value per yuan of rebate (0–10)", zh: "消费者每元让利所得共享值（0–10）" },
    what: "Share value per yuan of rebate for the consumer, 0 to 10.",
  },
  merchantMultiple: {
    kind: "multiple",
    label: { en: "Merchant's share value per yuan of rebate (0–2)", zh: "商家每元让利所得共享值（0–2）" },
    what: "The same for the merchant, 0 to 2.",
  },
  dailyPoints: {
    kind: "shares",
    label: { en: "Share points given out a day (at most 498)", zh: "每日发放共享积分（至多 498）" },
    what: "Share points given out a day, 18 decimals, at most 498 points.",
  },
  rebateMinBps: {
    kind: "bps",
    label: { en: "Smallest rebate a merchant may set", zh: "商家可设的最低让利" },
    what: "Smallest rebate a merchant may set, at least 1 basis point.",
  },
  rebateMaxBps: {
    kind: "bps",
    label: { en: "Largest rebate a merchant may set", zh: "商家可设的最高让利" },
    what: "Largest rebate a merchant may set, basis points.",
  },
} as const;
const PARAMETER_NAMES = Object.keys(parameters) as (keyof typeof parameters)[];

type Parameters = ValuesOf<typeof parameters>;

function wordsOf({ consumerMultiple, merchantMultiple, dailyPoints, rebateMinBps, rebateMaxBps }: Parameters) {
  return {
    en:
      `${consumerMultiple}× share value for consumers and ${merchantMultiple}× for merchants, ` +
      `${formatPoints(dailyPoints)} points a day, rebates of ${formatBps(rebateMinBps)} to ${formatBps(rebateMaxBps)}`,
    zh:
      `消费者 ${consumerMultiple} 倍、商家 ${merchantMultiple} 倍共享值，每日发放 ${formatPoints(dailyPoints)} 共享积分，` +
      `让利 ${formatBps(rebateMinBps)} 至 ${formatBps(rebateMaxBps)}`,
  };
}

function parametersProbe(of: Address): Probe {
  const what = {
    en: "Parameters: multiples, points wei a day, rebates in bps",
    zh: "参数：倍数、每日积分（wei）、让利（基点）",
  };
  return probe(what, { of, abi: sharingProgram, method: "parameters" }, ([found]) =>
    [...(found as Iterable<unknown>)].map(showValue).join(", "),
  );
}

function stateProbe(of: Address): Probe {
  const what = { en: "The sharing program", zh: "共享购状态" };
  return probe(what, { of, abi: sharingProgram, method: "state" }, ([state]) => STATES[Number(state)] ?? "unknown");
}

const enableSharing = action({
  name: "enable-sharing",
  summary: {
    en: "Turn the sharing program on for ever, with a seed of the treasury and these parameters",
    zh: "启用共享购（不可撤销），由国库注入种子并设定参数",
  },
  fields: {
    seedAlp: {
      kind: "alp",
      label: { en: "Seed from the treasury", zh: "国库注入的种子" },
      what: "ALP wei that the treasury gives: the program's SEED_ALP.",
    },
    ...parameters,
  },
  calls: [
    {
      contract: "allianceToken",
      abi: allianceToken,
      method: "admitHolder",
      args: [{ addressOf: "sharingProgram" }],
    },
    {
      contract: "allianceToken",
      abi: allianceToken,
      method: "setPayer",
      args: [{ addressOf: "sharingProgram" }, { is: true }],
    },
    {
      contract: "allianceToken",
      abi: allianceToken,
      method: "approve",
      args: [{ addressOf: "sharingProgram" }, "seedAlp"],
    },
    { contract: "sharingProgram", abi: sharingProgram, method: "enable", args: [{ struct: PARAMETER_NAMES }] },
  ],
  say: (values) => ({
    en: `Turn the sharing program on for ever, with ${formatAlp(values.seedAlp)} of the treasury: ${wordsOf(values).en}.`,
    zh: `启用共享购（不可撤销），国库注入 ${formatAlp(values.seedAlp)}：${wordsOf(values).zh}。`,
  }),
  probes: (_values, at) => [
    stateProbe(at.sharingProgram),
    parametersProbe(at.sharingProgram),
    probe(
      { en: "ALP wei of the sharing program", zh: "共享购持有的 ALP（wei）" },
      { of: at.allianceToken, abi: allianceToken, method: "balanceOf", args: [at.sharingProgram] },
    ),
  ],
});

const setSharingParameters = action({
  name: "set-sharing-parameters",
  summary: {
    en: "Set the sharing program's parameters, for sales and days that end from then on",
    zh: "设定共享购参数（适用于此后的销售与发放）",
  },
  fields: parameters,
  calls: [
    { contract: "sharingProgram", abi: sharingProgram, method: "setParameters", args: [{ struct: PARAMETER_NAMES }] },
  ],
  say: (values) => ({
    en: `Let the sharing program give ${wordsOf(values).en}.`,
    zh: `共享购参数设为：${wordsOf(values).zh}。`,
  }),
  probes: (_values, { sharingProgram: of }) => [parametersProbe(of)],
});

const haltSharing = action({
  name: "halt-sharing",
  summary: {
    en: "Stop new sales and joining in the sharing program, or resume them",
    zh: "暂停或恢复共享购的新销售与商家加入",
  },
  fields: { isHalted: { kind: "flag", label: { en: "Halted", zh: "暂停" }, what: "Whether it is halted." } },
  calls: [{ contract: "sharingProgram", abi: sharingProgram, method: "setHalted", args: ["isHalted"] }],
  say: ({ isHalted }) => ({
    en: isHalted
      ? "Halt the sharing program: no new sales, no joining; days, redeeming and refunds go on."
      : "Resume the sharing program.",
    zh: isHalted ? "暂停共享购：不再接受新销售与加入；发放、赎回与退款照常。" : "恢复共享购。",
  }),
  probes: (_values, { sharingProgram: of }) => [stateProbe(of)],
});

export const sharingActions: readonly ActionSpec[] = [enableSharing, setSharingParameters, haltSharing];
