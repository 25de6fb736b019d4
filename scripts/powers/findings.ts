/** What the walk over powers can find wrong, in both languages, each with what it means. */

const WORDS = {
  foreignHolder: [
    "{account} holds the role {role}, and no executed proposal of the council gave it. Revoke it by a proposal.",
    "{account} 持有角色 {role}，但没有任何已执行的理事会提案授予它。请以提案撤销。",
  ],
  councilWithout: [
    "The council does not hold the role {role}. Grant it by a proposal while the council is still admin.",
    "理事会不持有角色 {role}。请在理事会仍为管理员时以提案授予。",
  ],
  foreignRule: [
    "The {rule} of the role {role} is {by}, which no executed proposal decided. Set it back by a proposal.",
    "角色 {role} 的 {rule} 为 {by}，并非由已执行的提案决定。请以提案改回。",
  ],
  foreignSchedule: [
    "{account} has scheduled a call of {target} in the AccessManager. Cancel it by a proposal.",
    "{account} 在权限合约中排期了对 {target} 的调用。请以提案取消。",
  ],
  foreignAuthority: [
    "{name} at {address} obeys {found}, which is not the alliance's AccessManager.",
    "{name}（{address}）听命于 {found}，并非联盟的权限合约。",
  ],
  foreignCode: [
    "The code of {name} at {address} is not what this repository builds: what it can do is not known.",
    "{name}（{address}）的代码与本仓库编译结果不符，无法确认其能力。",
  ],
  unknownRole: [
    "{contract}.{signature} asks for role {role}, which is none of the alliance's.",
    "{contract}.{signature} 要求角色 {role}，该角色不属于联盟。",
  ],
  unguarded: [
    "{contract}.{signature} does not refuse a stranger as {role} would have it.",
    "{contract}.{signature} 没有按 {role} 的要求拒绝陌生人。",
  ],
  unclassified: [
    "{contract}.{signature} changes something and is not in the tables of powers. Add it to ignition/powers.ts or own-powers.ts.",
    "{contract}.{signature} 会改变状态，但不在权限表中。请补入 ignition/powers.ts 或 own-powers.ts。",
  ],
} as const;

export type FindingCode = keyof typeof WORDS;

export interface Finding {
  readonly code: FindingCode;
  readonly en: string;
  readonly zh: string;
}

export class Findings {
  readonly list: Finding[] = [];

  add(code: FindingCode, values: Readonly<Record<string, string | bigint>>): void {
    const [en, zh] = WORDS[code].map((words) =>
      words.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? name)),
    ) as [string, string];
    this.list.push({ code, en, zh });
  }
}
