/** Words for why a command failed: a code of the catalogue or the name of a contract's error, in two languages. */
import { CATALOGUE } from "./errors.ts";
import type { Facts } from "./errors.ts";
import { REVERTS } from "./reverts.ts";

/** What happened and what to do. A failure without words of its own is named as it is. */
export function describeFailure(code: string, facts: Facts): { en: string; zh: string } {
  const entry = (REVERTS as Readonly<Record<string, readonly [string, string]>>)[code];
  const known = CATALOGUE[code as keyof typeof CATALOGUE] as { en: string; zh: string } | undefined;
  const [en, zh] = entry ?? [
    known?.en ?? `The contract refuses this with ${code}. Check the request against the contract's documentation.`,
    known?.zh ?? `合约拒绝：${code}。请对照合约文档检查请求。`,
  ];
  return { en: fill(en, facts), zh: fill(zh, facts) };
}

function fill(template: string, facts: Facts): string {
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => String(facts[name] ?? hole));
}
