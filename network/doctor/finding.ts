/** One thing that is not as it should be, in words and in numbers. */
import { FINDINGS } from "./catalogue.ts";
import type { FindingCode, Severity, Words } from "./catalogue.ts";

/** What was seen; it fills the words of the catalogue and stands in the JSON as it is. */
export type Seen = Readonly<Record<string, string | number>>;

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** A node's id, `network` or `computer`. */
  readonly about: string;
  readonly seen: Words;
  readonly todo: Words;
  readonly numbers: Seen;
}

export function finding(code: FindingCode, about: string, numbers: Seen = {}): Finding {
  const { severity, seen, todo } = FINDINGS[code];
  return { code, severity, about, seen: fillBoth(seen, numbers), todo: fillBoth(todo, numbers), numbers };
}

function fillBoth({ en, zh }: Words, numbers: Seen): Words {
  return { en: fill(en, numbers), zh: fill(zh, numbers) };
}

function fill(text: string, numbers: Seen): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(numbers[name] ?? whole));
}

const ORDER: readonly Severity[] = ["critical", "warning", "notice"];

/** The worst first; what is about the network before what is about one node. */
export function byUrgency(one: Finding, other: Finding): number {
  return (
    ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity) ||
    Number(one.about !== "network") - Number(other.about !== "network")
  );
}
