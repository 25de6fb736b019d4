/** Which merchants may issue, who controls them, and how they end. */
import { collateral, merchantRegistry } from "../../chain/contracts.ts";
import type { Address } from "../../kernel/ids.ts";
import { MERCHANT_STATUSES, wordOf } from "../../kernel/statuses.ts";
import type { ActionSpec, Probe } from "../action.ts";
import { action, probe, showValue } from "../action.ts";

const merchantId = {
  kind: "id",
  label: { en: "Merchant", zh: "商家" },
  what: "The merchant's number in the registry.",
} as const;

function statusProbe(of: Address, id: number): Probe {
  const what = { en: `Standing of merchant ${id}`, zh: `商家 ${id} 的状态` };
  const view = { of, abi: merchantRegistry, method: "statusOf", args: [id] };
  return probe(what, view, ([status]) => wordOf(MERCHANT_STATUSES, Number(status)));
}

const approveMerchant = action({
  name: "approve-merchant",
  summary: { en: "Admit a merchant that has applied: its point token is made", zh: "批准商家申请，为其创建积分" },
  fields: { merchantId },
  calls: [{ contract: "merchantRegistry", abi: merchantRegistry, method: "approve", args: ["merchantId"] }],
  say: ({ merchantId: id }) => ({ en: `Admit merchant ${id}.`, zh: `批准商家 ${id}。` }),
  probes: ({ merchantId: id }, { merchantRegistry: of }) => [
    statusProbe(of, id),
    probe(
      { en: `Point token of merchant ${id}`, zh: `商家 ${id} 的积分合约` },
      { of, abi: merchantRegistry, method: "tokenOf", args: [id] },
    ),
  ],
});

const orderWindDown = action({
  name: "order-wind-down",
  summary: {
    en: "Wind a merchant down: holders turn points into their part of its collateral",
    zh: "责令商家清退：持有人以积分兑回保证金份额",
  },
  fields: { merchantId },
  calls: [{ contract: "merchantRegistry", abi: merchantRegistry, method: "orderWindDown", args: ["merchantId"] }],
  say: ({ merchantId: id }) => ({ en: `Wind merchant ${id} down.`, zh: `责令商家 ${id} 清退。` }),
  probes: ({ merchantId: id }, at) => [
    statusProbe(at.merchantRegistry, id),
    probe(
      { en: "ALP wei for all holders together", zh: "持有人可分得的 ALP（wei）" },
      { of: at.collateral, abi: collateral, method: "payoutsOf", args: [id] },
      ([payouts]) => showValue((payouts as { pot: bigint }).pot),
    ),
  ],
});

const assignController = action({
  name: "assign-controller",
  summary: { en: "Give a merchant another controller, for a lost key", zh: "更换商家控制人（密钥遗失时）" },
  fields: {
    merchantId,
    controller: {
      kind: "address",
      label: { en: "New controller", zh: "新的控制人地址" },
      what: "The new address that acts for the merchant.",
    },
  },
  calls: [
    {
      contract: "merchantRegistry",
      abi: merchantRegistry,
      method: "assignController",
      args: ["merchantId", "controller"],
    },
  ],
  say: ({ merchantId: id, controller }) => ({
    en: `Let ${controller} control merchant ${id}.`,
    zh: `由 ${controller} 控制商家 ${id}。`,
  }),
  probes: ({ merchantId: id }, { merchantRegistry: of }) => [
    probe(
      { en: `Controller of merchant ${id}`, zh: `商家 ${id} 的控制人` },
      { of, abi: merchantRegistry, method: "controllerOf", args: [id] },
    ),
  ],
});

const setFactory = action({
  name: "set-factory",
  summary: { en: "Build tokens of merchants approved later by another factory", zh: "更换积分合约工厂" },
  fields: {
    factory: { kind: "address", label: { en: "Factory contract", zh: "工厂合约" }, what: "The factory contract." },
  },
  calls: [{ contract: "merchantRegistry", abi: merchantRegistry, method: "setFactory", args: ["factory"] }],
  say: ({ factory }) => ({
    en: `Let the factory ${factory} build the tokens of merchants approved from now on.`,
    zh: `此后批准的商家由工厂 ${factory} 创建积分。`,
  }),
  probes: (_values, { merchantRegistry: of }) => [
    probe({ en: "Factory of tokens", zh: "积分合约工厂" }, { of, abi: merchantRegistry, method: "factory" }),
  ],
});

const setDesk = action({
  name: "set-desk",
  summary: { en: "Let another regulator's desk carry freezes into new tokens", zh: "更换监管台合约" },
  fields: { desk: { kind: "address", label: { en: "Desk contract", zh: "监管台合约" }, what: "The desk contract." } },
  calls: [{ contract: "merchantRegistry", abi: merchantRegistry, method: "setDesk", args: ["desk"] }],
  say: ({ desk }) => ({
    en: `Let the desk ${desk} carry freezes into new tokens.`,
    zh: `由监管台 ${desk} 将冻结带入新积分。`,
  }),
  probes: (_values, { merchantRegistry: of }) => [
    probe({ en: "Regulator's desk", zh: "监管台合约" }, { of, abi: merchantRegistry, method: "desk" }),
  ],
});

export const merchantActions: readonly ActionSpec[] = [
  approveMerchant,
  orderWindDown,
  assignController,
  setFactory,
  setDesk,
];
