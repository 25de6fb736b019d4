/** Schemas of the regulator's desk. */
import { z } from "zod";
import { RULES } from "../kernel/alerts.ts";
import type { CaseNumber } from "../kernel/case-number.ts";
import { CASE_NUMBER } from "../kernel/case-number.ts";
import { ALERT_STATES, CASE_STATES, ENTRY_KINDS } from "../kernel/desk-states.ts";
import { addressOut, hex32Out, timestampOut } from "./schemas.ts";

export const alertStateIn = z.enum(ALERT_STATES);
export const caseStateIn = z.enum(CASE_STATES);

export const caseNumberIn = z
  .string()
  .regex(CASE_NUMBER, 'must be 1 to 31 letters, digits, "." or "-"')
  .transform((text) => text as CaseNumber)
  .meta({ description: "Stands in events as its ASCII, padded with zeros to 32 bytes.", example: "2027-0042" });

export const alertIdIn = z
  .string()
  .regex(/^[1-9][0-9]{0,17}$/, "must be the id of an alert")
  .meta({ description: "The id of an alert.", example: "17" });

export const alertOut = z
  .strictObject({
    id: z.string(),
    rule: z.enum(RULES),
    state: z.enum(ALERT_STATES),
    en: z.string().meta({ description: "What was found, with its numbers and the threshold." }),
    zh: z.string(),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
    merchantId: z.int().nullable(),
    token: addressOut.nullable(),
    account: addressOut.nullable(),
    blockNumber: z.int(),
    transactionHash: hex32Out.nullable().meta({ description: "null for what is a state, not an act." }),
    timestamp: timestampOut,
    raisedAt: timestampOut,
    caseNumber: z.string().nullable(),
    dismissedBecause: z.string().nullable(),
    settledBy: z
      .string()
      .nullable()
      .meta({ description: "The organisation that took it into a case or dismissed it." }),
    settledAt: timestampOut.nullable(),
  })
  .meta({ id: "Alert" });

const caseFields = {
  number: z.string(),
  title: z.string(),
  state: z.enum(CASE_STATES),
  merchantId: z.int().nullable(),
  token: addressOut.nullable(),
  account: addressOut.nullable(),
  openedAt: timestampOut,
  updatedAt: timestampOut,
};

export const caseOut = z.strictObject(caseFields).meta({ id: "Case" });

const entryOut = z
  .strictObject({
    kind: z.enum(ENTRY_KINDS),
    text: z.string(),
    state: z.enum(CASE_STATES).nullable(),
    alertId: z.string().nullable(),
    commandId: z.uuid().nullable().meta({ description: "Of an act on the chain: see /v1/commands." }),
    organisation: z.string(),
    keyId: z.string(),
    at: timestampOut,
  })
  .meta({ id: "CaseEntry" });

const chainActOut = z
  .strictObject({
    act: z.string(),
    subject: z.string().meta({ description: "The account, token, merchant or order." }),
    value: z.string().nullable().meta({ description: "Until when, percent, points or ALP wei, as the act has one." }),
    blockNumber: z.int(),
    transactionHash: hex32Out,
    timestamp: timestampOut,
  })
  .meta({ id: "ChainAct" });

export const wholeCaseOut = z
  .strictObject({
    ...caseFields,
    alerts: z.array(alertOut).meta({ description: "The newest 200." }),
    history: z.array(entryOut).meta({ description: "What happened, in order; nothing is ever taken out." }),
    chainActs: z.array(chainActOut).meta({
      description: "What the chain says was done under this number, whoever did it. Of an account: its last standing.",
    }),
  })
  .meta({ id: "WholeCase" });

export function listOut<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}
