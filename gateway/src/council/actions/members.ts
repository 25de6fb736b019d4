/** Who belongs to the alliance, and who acts for it. */
import { alliance, council } from "../../chain/contracts.ts";
import type { Address } from "../../kernel/ids.ts";
import { MEMBER_STATUSES, wordOf } from "../../kernel/statuses.ts";
import type { ActionSpec, Contracts, Probe } from "../action.ts";
import { action, probe, showValue } from "../action.ts";

const NAME_BYTES_MAX = 64;
const URI_BYTES_MAX = 256;

const memberId = { kind: "id", label: { en: "Member", zh: "联盟方" }, what: "The member's number." } as const;

function votesProbes({ alliance: of, council: at }: Contracts): Probe[] {
  return [
    probe({ en: "Active members", zh: "活跃联盟方数" }, { of, abi: alliance, method: "activeCount" }),
    probe({ en: "Votes needed", zh: "通过所需票数" }, { of: at, abi: council, method: "threshold" }),
  ];
}

function memberProbe(of: Address, id: number, part: "status" | "representative" | "node"): Probe {
  const what = {
    status: { en: `Standing of member ${id}`, zh: `联盟方 ${id} 的状态` },
    representative: { en: `Representative of member ${id}`, zh: `联盟方 ${id} 的代表` },
    node: { en: `Node of member ${id}`, zh: `联盟方 ${id} 的节点` },
  }[part];
  return probe(what, { of, abi: alliance, method: "memberOf", args: [id] }, ([member]) => {
    const value = (member as Record<string, unknown>)[part];
    return part === "status" ? wordOf(MEMBER_STATUSES, Number(value)) : showValue(value);
  });
}

const admitMember = action({
  name: "admit-member",
  summary: {
    en: "Admit an organisation with one vote and one validator node",
    zh: "接纳一家机构为联盟方（一票、一个验证节点）",
  },
  fields: {
    name: {
      kind: "text",
      bytes: NAME_BYTES_MAX,
      label: { en: "The organisation's name", zh: "机构名称" },
      what: "The organisation's name, 1 to 64 bytes of UTF-8.",
    },
    profileUri: {
      kind: "uri",
      bytes: URI_BYTES_MAX,
      label: { en: "Address of its profile document", zh: "机构介绍文件地址" },
      what: "Where the profile JSON is.",
    },
    profileHash: {
      kind: "hash",
      label: { en: "Hash of the profile document (keccak256)", zh: "介绍文件的哈希（keccak256）" },
      what: "keccak256 of the profile JSON.",
    },
    representative: {
      kind: "address",
      label: { en: "Representative (an address new to the alliance)", zh: "代表地址（联盟中未曾使用）" },
      what: "The address that acts for it; never used in the alliance before.",
    },
    node: {
      kind: "address",
      label: { en: "Validator node (an address new to the alliance)", zh: "验证节点地址（联盟中未曾使用）" },
      what: "The address of its validator node; never used in the alliance before.",
    },
  },
  calls: [
    {
      contract: "alliance",
      abi: alliance,
      method: "admit",
      args: ["name", "profileUri", "profileHash", "representative", "node"],
    },
  ],
  say: ({ name, representative, node }) => ({
    en: `Admit ${name} as a member, represented by ${representative}, with the node ${node}.`,
    zh: `接纳 ${name} 为联盟方，代表 ${representative}，节点 ${node}。`,
  }),
  probes: ({ name, representative }, at) => [
    probe(
      {
        en: `Number of the member that ${name}'s representative speaks for (0: none)`,
        zh: `${name} 代表所属联盟方编号（0 为无）`,
      },
      { of: at.alliance, abi: alliance, method: "memberIdOf", args: [representative] },
    ),
    ...votesProbes(at),
  ],
});

/** Suspension, reinstatement and expulsion differ in their words only. */
function standing(
  name: string,
  method: string,
  words: { summary: [string, string]; en: string; zh: string },
): ActionSpec {
  const [en, zh] = words.summary;
  return action({
    name,
    summary: { en, zh },
    fields: { memberId },
    calls: [{ contract: "alliance", abi: alliance, method, args: ["memberId"] }],
    say: ({ memberId: id }) => ({ en: `${words.en} ${id}.`, zh: `${words.zh} ${id}。` }),
    probes: ({ memberId: id }, at) => [memberProbe(at.alliance, id, "status"), ...votesProbes(at)],
  });
}

const changeRepresentative = action({
  name: "change-representative",
  summary: { en: "Give a member another representative, for a lost key", zh: "更换联盟方代表（密钥遗失时）" },
  fields: {
    memberId,
    representative: {
      kind: "address",
      label: { en: "New representative", zh: "新的代表地址" },
      what: "The new address that acts for the member.",
    },
  },
  calls: [
    { contract: "alliance", abi: alliance, method: "changeRepresentative", args: ["memberId", "representative"] },
  ],
  say: ({ memberId: id, representative }) => ({
    en: `Let ${representative} represent member ${id}.`,
    zh: `由 ${representative} 代表联盟方 ${id}。`,
  }),
  probes: ({ memberId: id }, at) => [memberProbe(at.alliance, id, "representative")],
});

const changeNode = action({
  name: "change-node",
  summary: { en: "Give a member another validator node", zh: "更换联盟方的验证节点" },
  fields: {
    memberId,
    node: { kind: "address", label: { en: "New node", zh: "新的节点地址" }, what: "The new node's address." },
  },
  calls: [{ contract: "alliance", abi: alliance, method: "changeNode", args: ["memberId", "node"] }],
  say: ({ memberId: id, node }) => ({
    en: `Let member ${id} run its validator as ${node}.`,
    zh: `联盟方 ${id} 的验证节点改为 ${node}。`,
  }),
  probes: ({ memberId: id }, at) => [memberProbe(at.alliance, id, "node")],
});

const setValidatorFloor = action({
  name: "set-validator-floor",
  summary: {
    en: "Set below how many validators no agent votes a node out",
    zh: "设定验证节点数下限（代理不会投票移除节点至低于此数）",
  },
  fields: {
    floor: {
      kind: "validators",
      label: { en: "Fewest validators (1–30)", zh: "验证节点数下限（1–30）" },
      what: "Validators, 1 to 30. The network bears the loss of one from 4 on.",
    },
  },
  calls: [{ contract: "alliance", abi: alliance, method: "setValidatorFloor", args: ["floor"] }],
  say: ({ floor }) => ({
    en: `Let agents vote no node out below ${floor} validators.`,
    zh: `代理投票移除节点的下限设为 ${floor} 个验证节点。`,
  }),
  probes: (_values, at) => [
    probe(
      { en: "Fewest validators that agents leave", zh: "代理保留的最少验证节点数" },
      { of: at.alliance, abi: alliance, method: "validatorFloor" },
    ),
    probe({ en: "Active members", zh: "活跃联盟方数" }, { of: at.alliance, abi: alliance, method: "activeCount" }),
  ],
});

export const memberActions: readonly ActionSpec[] = [
  admitMember,
  standing("suspend-member", "suspend", {
    summary: ["Suspend a member: it neither votes nor validates", "暂停联盟方的投票与验证"],
    en: "Suspend member",
    zh: "暂停联盟方",
  }),
  standing("reinstate-member", "reinstate", {
    summary: ["Reinstate a suspended member", "恢复被暂停的联盟方"],
    en: "Reinstate member",
    zh: "恢复联盟方",
  }),
  standing("expel-member", "expel", {
    summary: ["Expel a member for good", "开除联盟方"],
    en: "Expel member",
    zh: "开除联盟方",
  }),
  changeRepresentative,
  changeNode,
  setValidatorFloor,
];
