/** Actions as sentences in both languages, with the parties and amounts they speak of. */
import type { ActionName } from "../kernel/action-names.ts";
import type { Action } from "../kernel/actions.ts";
import type { Address } from "../kernel/ids.ts";
import type { Amount } from "./amounts.ts";
import { formatAmount } from "./amounts.ts";
import { GOVERNANCE_SENTENCES } from "./governance-sentences.ts";
import { LOYALTY_SENTENCES } from "./loyalty-sentences.ts";
import type { Sentence } from "./ledger-sentences.ts";
import { LEDGER_SENTENCES } from "./ledger-sentences.ts";
import { stateWord } from "./state-words.ts";

export type { Sentence } from "./ledger-sentences.ts";

const SENTENCES: Readonly<Record<ActionName, Sentence>> = {
  ...LEDGER_SENTENCES,
  ...GOVERNANCE_SENTENCES,
  ...LOYALTY_SENTENCES,
};

/** Fields of an action that are accounts, by the part they play. */
const PARTIES = [
  "account",
  "holder",
  "from",
  "to",
  "till",
  "controller",
  "representative",
  "node",
  "proposer",
  "voter",
  "payer",
  "executedBy",
  "buyer",
  "witness",
  "consumer",
] as const;

export interface ActionView {
  readonly action: ActionName;
  readonly sentence: Sentence;
  readonly parties: { readonly role: string; readonly address: Address }[];
  readonly amounts: { readonly name: string; readonly amount: Amount }[];
  /** All fields as the chain said them. */
  readonly details: Record<string, string | number | boolean>;
}

export type AmountOf = (token: Address, amount: string | bigint) => Amount;

/** Tokens whose symbols are needed to tell these actions. */
export function tokensOf(actions: readonly Action[]): Address[] {
  return actions.flatMap((action) =>
    ["token", "tokenIn", "tokenOut"].flatMap((name) =>
      typeof action[name] === "string" ? [action[name] as Address] : [],
    ),
  );
}

export function actionView(action: Action, amountOf: AmountOf, alp: Address): ActionView {
  const amounts: { name: string; amount: Amount }[] = [];
  const fill = (template: string, language: keyof Sentence): string =>
    template.replace(/\{(\w+)(?::(\w+))?\}/g, (_hole, name: string, unit: string | undefined) => {
      if (name === "symbol") return amountOf(tokenIn(action, "token"), "0").symbol;
      const value = action[name];
      if (value === undefined) return "–";
      if (unit === undefined) return shorten(String(value));
      if (unit === "time") return timeOf(String(value));
      if (unit === "word") return stateWord(String(value), language);
      const amount = amountOf(unitOf(action, unit, alp), String(value));
      if (!amounts.some((known) => known.name === name)) amounts.push({ name, amount });
      return `${formatAmount(amount)} ${amount.symbol}`;
    });
  const { en, zh } = SENTENCES[action.action];
  const { action: name, ...details } = action;
  return {
    action: name,
    sentence: { en: fill(en, "en"), zh: fill(zh, "zh") },
    parties: PARTIES.flatMap((role) => {
      const address = action[role];
      return typeof address === "string" && address.length === 42 ? [{ role, address: address as Address }] : [];
    }),
    amounts,
    details,
  };
}

function unitOf(action: Action, unit: string, alp: Address): Address {
  if (unit === "alp") return alp;
  return tokenIn(action, unit === "in" ? "tokenIn" : unit === "out" ? "tokenOut" : "token");
}

function tokenIn(action: Action, field: string): Address {
  return String(action[field] ?? "") as Address;
}

/** Unix seconds as `2026-11-23 01:19:58 UTC`. */
function timeOf(seconds: string): string {
  return `${new Date(Number(seconds) * 1_000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** `0x7099…79c8` for addresses and for numbers of files; texts stay as they are. */
function shorten(text: string): string {
  return /^0x([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? `${text.slice(0, 6)}…${text.slice(-4)}` : text;
}
