/** The report on powers as a table for people, in English or Chinese, and as JSON for machines. */
import { OWN_KINDS } from "../../ignition/own-powers.ts";
import type { Holder, Report, Row } from "./walk.ts";

export type Language = "en" | "zh";

const WORDS = {
  en: {
    head: ["Contract", "Function", "Asks for", "Who, and after which delay"],
    roles: ["Role", "Who, and after which delay"],
    nobody: "nobody",
    atOnce: "at once",
    council: "council",
    proposal: (id: bigint) => `by proposal ${id}`,
    walked: (functions: number, tokens: number) =>
      `${functions} functions walked; ${tokens} merchant points share one line of the table.`,
    good: "No power but the council's, the protocol contracts', and what the council gave.",
    bad: (count: number) => `${count} found that should not be:`,
  },
  zh: {
    head: ["合约", "函数", "所需", "持有者与等待期"],
    roles: ["角色", "持有者与等待期"],
    nobody: "无人",
    atOnce: "立即",
    council: "联盟理事会",
    proposal: (id: bigint) => `提案 ${id} 授予`,
    walked: (functions: number, tokens: number) => `共检查 ${functions} 个函数；${tokens} 个商家积分共用一行权限。`,
    good: "除联盟理事会、协议合约及理事会授予者外，没有任何其他权力。",
    bad: (count: number) => `发现 ${count} 处不应存在：`,
  },
} as const;

export function printReport(report: Report, language: Language): string {
  const words = WORDS[language];
  const rows = report.rows.map((row) => [row.contract, shorten(row.signature), needsOf(row), whoOf(row, language)]);
  const roles = report.roles.map(({ role, holders }) => [role, holdersOf(holders, language)]);
  const { list } = report.findings;
  const verdict =
    list.length === 0 ? [words.good] : [words.bad(list.length), ...list.map((one) => `  ${one[language]}`)];
  return [
    ...tabulate(words.head, rows),
    "",
    ...tabulate(words.roles, roles),
    "",
    words.walked(report.rows.length, report.tokens),
    ...verdict,
  ].join("\n");
}

export function toJson(report: Report): string {
  const { rows, roles, tokens, findings } = report;
  const body = { ok: findings.list.length === 0, tokens, findings: findings.list, roles, functions: rows };
  return JSON.stringify(body, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value), 2);
}

/** Overloads share a name: the arguments are left out unless they are what tells two apart. */
function shorten(signature: string): string {
  return signature.length <= 34 ? signature : `${signature.slice(0, signature.indexOf("("))}(…)`;
}

function needsOf({ kind, needs }: Row): string {
  if (kind === "council") return "a proposal";
  return kind === "role" ? needs : kind === "admin" ? "ADMIN" : "–";
}

function whoOf({ kind, holders }: Row, language: Language): string {
  const isNamed = kind === "role" || kind === "admin" || kind === "council";
  return isNamed ? holdersOf(holders, language) : OWN_KINDS[kind][language];
}

function holdersOf(holders: readonly Holder[], language: Language): string {
  const words = WORDS[language];
  if (holders.length === 0) return words.nobody;
  return holders
    .map(({ name, delaySeconds, proposalId }) => {
      const who = name === "council" ? words.council : name;
      const wait = delaySeconds === 0 ? words.atOnce : spellSeconds(delaySeconds);
      return `${who} (${[wait, ...(proposalId === undefined ? [] : [words.proposal(proposalId)])].join(", ")})`;
    })
    .join("; ");
}

/** 172800 → "2 d"; 3600 → "1 h"; 5 → "5 s". */
function spellSeconds(seconds: number): string {
  for (const [unit, length] of [
    ["d", 86_400],
    ["h", 3_600],
    ["min", 60],
  ] as const) {
    if (seconds % length === 0) return `${seconds / length} ${unit}`;
  }
  return `${seconds} s`;
}

function tabulate(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(...[head, ...rows].map((row) => widthOf(row[column] ?? title))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell))))
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)];
}

/** Columns on a terminal: Chinese characters take two. */
function widthOf(text: string): number {
  return text.length + (text.match(/[⺀-￯]/g)?.length ?? 0);
}
