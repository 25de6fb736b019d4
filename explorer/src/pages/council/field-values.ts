/** What people type into a field of an action, as the API takes it: whole ALP become wei, percent become basis points. */
import type { ListCouncilActionsResponse } from "../../../../gateway/client/generated/types.gen.ts";
import { parseAmount } from "../../format/amount.ts";

export type CatalogueAction = ListCouncilActionsResponse["items"][number];
export type CatalogueField = CatalogueAction["fields"][number];
export type FieldKind = CatalogueField["kind"];
export type ApiValue = string | number | boolean;

const ALP_DECIMALS = 18;
const BPS_DECIMALS = 2;
const BPS_MAX = 10_000n;

const PATTERNS: Readonly<Partial<Record<FieldKind, RegExp>>> = {
  text: /^[^\u0000-\u001f\u007f]{1,64}$/,
  uri: /^[\x21-\x7e]{1,256}$/,
  address: /^0x[0-9a-fA-F]{40}$/,
  hash: /^0x[0-9a-fA-F]{64}$/,
  case: /^(0x[0-9a-fA-F]{64}|[A-Za-z0-9.-]{1,31})$/,
  role: /^[A-Z_]{1,20}$|^[0-9]{1,20}$/,
};

const WHOLE: Readonly<Partial<Record<FieldKind, readonly [number, number]>>> = {
  id: [1, 2_147_483_647],
  seconds: [0, 4_294_967_295],
  validators: [1, 30],
  multiple: [0, 10],
};

function amountValue(text: string, isZeroFine: boolean): string | undefined {
  const value = parseAmount(text, ALP_DECIMALS);
  return value === undefined || (value === 0n && !isZeroFine) ? undefined : value.toString();
}

function wholeValue(text: string, [least, most]: readonly [number, number]): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  return value >= least && value <= most ? value : undefined;
}

/** Undefined for what the field can not hold. */
export function toApiValue(kind: FieldKind, typed: unknown): ApiValue | undefined {
  if (kind === "flag") return typed === "true" || typed === true;
  const text = typeof typed === "string" || typeof typed === "number" ? String(typed).trim() : "";
  if (kind === "alp" || kind === "price") return amountValue(text, false);
  if (kind === "shares") return amountValue(text, true);
  if (kind === "bps") {
    const bps = parseAmount(text.replace(/\s*%$/, ""), BPS_DECIMALS);
    return bps === undefined || bps > BPS_MAX ? undefined : Number(bps);
  }
  const bounds = WHOLE[kind];
  if (bounds !== undefined) return wholeValue(text, bounds);
  return PATTERNS[kind]?.test(text) === true ? text : undefined;
}

export interface TypedAction {
  readonly action?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Undefined as long as a field is missing or wrong. */
export function toApiActions(
  typed: readonly TypedAction[],
  catalogue: readonly CatalogueAction[],
): Record<string, ApiValue>[] | undefined {
  const actions: Record<string, ApiValue>[] = [];
  for (const { action, values = {} } of typed) {
    const spec = catalogue.find((one) => one.action === action);
    if (spec === undefined) return undefined;
    const body: Record<string, ApiValue> = { action: spec.action };
    for (const { name, kind } of spec.fields) {
      const value = toApiValue(kind, values[name]);
      if (value === undefined) return undefined;
      body[name] = value;
    }
    actions.push(body);
  }
  return actions.length === 0 ? undefined : actions;
}
