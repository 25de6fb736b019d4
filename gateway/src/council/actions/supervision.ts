/** What the council adds to the regulator's desk: pauses that last, and forced transfers that are carried out. */
import { regulatorDesk } from "../../chain/contracts.ts";
import { readCaseNumber } from "../../kernel/case-number.ts";
import type { ActionSpec, Probe } from "../action.ts";
import { action, probe, showValue } from "../action.ts";
import type { Words } from "../words.ts";

const UNTIL_LIFTED = (1n << 64n) - 1n;

function pausing(name: string, method: string, words: { summary: Words; say: (token: string) => Words }): ActionSpec {
  return action({
    name,
    summary: words.summary,
    fields: {
      token: { kind: "address", label: { en: "Point token", zh: "积分" }, what: "The merchant's point token." },
      caseNumber: { kind: "case", label: { en: "Case number", zh: "案号" }, what: "The case this is done under." },
    },
    calls: [{ contract: "regulatorDesk", abi: regulatorDesk, method, args: ["token", "caseNumber"] }],
    say: ({ token, caseNumber }) => {
      const { en, zh } = words.say(token);
      return { en: `${en}, case ${readCaseNumber(caseNumber)}.`, zh: `${zh}，案号 ${readCaseNumber(caseNumber)}。` };
    },
    probes: ({ token }, { regulatorDesk: of }): Probe[] => [
      probe(
        { en: `Pause of ${token} (unix seconds)`, zh: `${token} 的暂停截止（unix 秒）` },
        { of, abi: regulatorDesk, method: "pauseOf", args: [token] },
        ([until]) => (until === 0n ? "none" : until === UNTIL_LIFTED ? "until lifted" : showValue(until)),
      ),
    ],
  });
}

const executeForcedTransfer = action({
  name: "execute-forced-transfer",
  summary: { en: "Carry out a forced transfer that the regulator ordered", zh: "执行监管方下令的强制划转" },
  fields: {
    orderId: {
      kind: "id",
      label: { en: "Number of the transfer order", zh: "划转令编号" },
      what: "The order's number at the desk.",
    },
  },
  calls: [{ contract: "regulatorDesk", abi: regulatorDesk, method: "executeOrder", args: ["orderId"] }],
  say: ({ orderId }) => ({
    en: `Carry out the regulator's order ${orderId} of a forced transfer.`,
    zh: `执行监管方的强制划转令 ${orderId}。`,
  }),
  probes: ({ orderId }, { regulatorDesk: of }) => [
    probe(
      { en: `Order ${orderId} can be carried out until (unix seconds)`, zh: `划转令 ${orderId} 的执行期限（unix 秒）` },
      { of, abi: regulatorDesk, method: "orderOf", args: [orderId] },
      ([order]) => {
        const { expiresAt } = order as { expiresAt: bigint };
        return expiresAt === 0n ? "not open" : showValue(expiresAt);
      },
    ),
  ],
});

export const supervisionActions: readonly ActionSpec[] = [
  pausing("pause-token", "ratifyPause", {
    summary: {
      en: "Pause a point token until the council lifts it; ratifies a pause of the regulator",
      zh: "暂停积分直至理事会解除（亦即追认监管方的暂停）",
    },
    say: (token) => ({ en: `Pause ${token} until the council lifts it`, zh: `暂停积分 ${token}，直至理事会解除` }),
  }),
  pausing("lift-pause", "liftPause", {
    summary: { en: "End any pause of a point token", zh: "解除积分的暂停" },
    say: (token) => ({ en: `Lift the pause of ${token}`, zh: `解除积分 ${token} 的暂停` }),
  }),
  executeForcedTransfer,
];
