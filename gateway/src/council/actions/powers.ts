/** Who holds which power, and how the council itself works. */
import { accessManager, council } from "../../chain/contracts.ts";
import type { Address } from "../../kernel/ids.ts";
import { ZERO_ADDRESS } from "../../kernel/ids.ts";
import { roleId } from "../../kernel/roles.ts";
import type { ActionSpec, Contracts, Probe } from "../action.ts";
import { action, probe } from "../action.ts";
import { formatSeconds } from "../words.ts";

const REGULATOR = "REGULATOR";
const REGULATOR_ID = 2n;
/** AccessManager's numbers are 64 bits; one that is no role has no holder. */
const NO_ROLE = (1n << 64n) - 2n;

const account = { kind: "address", label: { en: "Account", zh: "账户" }, what: "The account." } as const;
const role = {
  kind: "role",
  label: { en: "Role", zh: "角色" },
  what: "A role of the AccessManager by its name, or its number.",
} as const;

function roleProbe({ accessManager: of }: Contracts, name: string, holder: Address): Probe {
  return probe(
    { en: `${name} of ${holder}`, zh: `${holder} 的角色 ${name}` },
    { of, abi: accessManager, method: "hasRole", args: [roleId(name) ?? NO_ROLE, holder] },
    ([isMember, delay]) => (isMember === true ? `held, delay ${String(delay)} s` : "not held"),
  );
}

function guardianProbe({ council: of }: Contracts): Probe {
  return probe(
    { en: "Who may veto proposals", zh: "提案否决权持有人" },
    { of, abi: council, method: "proposalGuardian" },
  );
}

const appointRegulator = action({
  name: "appoint-regulator",
  summary: { en: "Give an account the regulator's desk and the veto", zh: "任命监管方（监管台权限与否决权）" },
  fields: { account },
  calls: [
    { contract: "council", abi: council, method: "setProposalGuardian", args: ["account"] },
    {
      contract: "accessManager",
      abi: accessManager,
      method: "grantRole",
      args: [{ is: REGULATOR_ID }, "account", { is: 0n }],
    },
  ],
  say: ({ account: holder }) => ({ en: `Appoint ${holder} as the regulator.`, zh: `任命 ${holder} 为监管方。` }),
  probes: ({ account: holder }, at) => [guardianProbe(at), roleProbe(at, REGULATOR, holder)],
});

const dismissRegulator = action({
  name: "dismiss-regulator",
  summary: { en: "Take the regulator's desk and the veto from an account", zh: "免去监管方" },
  fields: { account },
  calls: [
    { contract: "council", abi: council, method: "setProposalGuardian", args: [{ is: ZERO_ADDRESS }] },
    { contract: "accessManager", abi: accessManager, method: "revokeRole", args: [{ is: REGULATOR_ID }, "account"] },
  ],
  say: ({ account: holder }) => ({ en: `Dismiss ${holder} as the regulator.`, zh: `免去 ${holder} 的监管方职务。` }),
  probes: ({ account: holder }, at) => [guardianProbe(at), roleProbe(at, REGULATOR, holder)],
});

const grantRole = action({
  name: "grant-role",
  summary: { en: "Give an account a role with a delay", zh: "授予角色（含延迟）" },
  fields: {
    role,
    account,
    delaySeconds: {
      kind: "seconds",
      label: { en: "Delay between schedule and effect (0: none)", zh: "从安排到生效的延迟（0 为无）" },
      what: "How long its calls wait between schedule and effect; 0: not at all.",
    },
  },
  calls: [
    { contract: "accessManager", abi: accessManager, method: "grantRole", args: ["role", "account", "delaySeconds"] },
  ],
  say: ({ role: name, account: holder, delaySeconds }) => ({
    en: `Give ${holder} the role ${name} with a delay of ${formatSeconds(delaySeconds)}.`,
    zh: `授予 ${holder} 角色 ${name}，延迟 ${formatSeconds(delaySeconds)}。`,
  }),
  probes: ({ role: name, account: holder }, at) => [roleProbe(at, name, holder)],
});

const revokeRole = action({
  name: "revoke-role",
  summary: { en: "Take a role from an account", zh: "撤销角色" },
  fields: { role, account },
  calls: [{ contract: "accessManager", abi: accessManager, method: "revokeRole", args: ["role", "account"] }],
  say: ({ role: name, account: holder }) => ({
    en: `Take the role ${name} from ${holder}.`,
    zh: `撤销 ${holder} 的角色 ${name}。`,
  }),
  probes: ({ role: name, account: holder }, at) => [roleProbe(at, name, holder)],
});

const setVotingPeriod = action({
  name: "set-voting-period",
  summary: { en: "Set how long votes are open", zh: "设定投票期" },
  fields: {
    seconds: {
      kind: "seconds",
      label: { en: "How long votes are open", zh: "投票期时长" },
      what: "Seconds from the proposal to the end of the vote, at least 1.",
    },
  },
  calls: [{ contract: "council", abi: council, method: "setVotingPeriod", args: ["seconds"] }],
  say: ({ seconds }) => ({
    en: `Keep votes open for ${formatSeconds(seconds)}.`,
    zh: `投票期设为 ${formatSeconds(seconds)}。`,
  }),
  probes: (_values, { council: of }) => [
    probe({ en: "Voting period, seconds", zh: "投票期（秒）" }, { of, abi: council, method: "votingPeriod" }),
  ],
});

export const powerActions: readonly ActionSpec[] = [
  appointRegulator,
  dismissRegulator,
  grantRole,
  revokeRole,
  setVotingPeriod,
];
