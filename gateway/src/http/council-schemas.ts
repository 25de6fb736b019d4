/** What proposals take and show, made from the catalogue of named actions: validation, API documentation and words are one. */
import { z } from "zod";
import type { Draft } from "../commands/council/draft.ts";
import type { ActionSpec } from "../council/action.ts";
import type { NamedAction } from "../council/catalogue.ts";
import { ACTION_SPECS } from "../council/catalogue.ts";
import type { Field } from "../council/fields.ts";
import { CASE_NUMBER, caseBytes, parseCaseNumber } from "../kernel/case-number.ts";
import { parseHex32 } from "../kernel/ids.ts";
import { roleId } from "../kernel/roles.ts";
import { failureOut } from "./command-answer.ts";
import { addressIn, addressOut, alpIn, blockOut, hex32In } from "./schemas.ts";
import { bytesIn } from "./write-schemas.ts";

const ID_MAX = 2_147_483_647;
const HEX_32 = /^0x[0-9a-fA-F]{64}$/;
const SECONDS_MAX = 4_294_967_295;
/** `VALIDATORS_MAX` of Alliance. */
const VALIDATORS_MAX = 30;
/** `CONSUMER_MULTIPLE_MAX` of the sharing program. */
const MULTIPLE_MAX = 10;
const PRICE_MAX = (1n << 128n) - 1n;

const priceIn = z
  .string()
  .regex(/^[1-9][0-9]{0,38}$/, "must be a positive whole number of wei, as a decimal string")
  .transform(BigInt)
  .refine((price) => price <= PRICE_MAX, "must be below 2^128");

const sharesIn = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,38})$/, "must be a whole number of points wei, as a decimal string")
  .transform(BigInt)
  .refine((points) => points <= PRICE_MAX, "must be below 2^128");

const roleIn = z
  .string()
  .min(1)
  .max(20)
  .refine((name) => roleId(name) !== undefined, "must be a role's name, REGISTRAR for example, or its number");

/** The same number is in the same form whoever acts: text as its own bytes (kernel/case-number.ts), or 32 bytes in hex. */
const caseIn = z
  .string()
  .refine((text) => HEX_32.test(text) || CASE_NUMBER.test(text), 'must be 1 to 31 letters, digits, "." or "-"')
  .transform((text) => (HEX_32.test(text) ? parseHex32(text) : caseBytes(parseCaseNumber(text))));

function uriIn(bytes: number) {
  return z
    .string()
    .min(1)
    .max(bytes)
    .regex(/^[\x21-\x7e]+$/, "must be a URI");
}

/** The schema of a field, with its unit as the description. */
function fieldIn(field: Field): z.ZodType {
  switch (field.kind) {
    case "text":
      return bytesIn(field.bytes).meta({ description: field.what });
    case "uri":
      return uriIn(field.bytes).meta({ description: field.what });
    case "address":
      return addressIn.meta({ description: field.what });
    case "id":
      return z.int().min(1).max(ID_MAX).meta({ description: field.what });
    case "alp":
      return alpIn.meta({ description: field.what });
    case "price":
      return priceIn.meta({ description: field.what });
    case "bps":
      return z.int().min(0).max(10_000).meta({ description: field.what });
    case "seconds":
      return z.int().min(0).max(SECONDS_MAX).meta({ description: field.what });
    case "validators":
      return z.int().min(1).max(VALIDATORS_MAX).meta({ description: field.what });
    case "multiple":
      return z.int().min(0).max(MULTIPLE_MAX).meta({ description: field.what });
    case "shares":
      return sharesIn.meta({ description: field.what });
    case "case":
      return caseIn.meta({ description: field.what });
    case "hash":
      return hex32In.meta({ description: field.what });
    case "flag":
      return z.boolean().meta({ description: field.what });
    case "role":
      return roleIn.meta({ description: field.what });
  }
}

function actionIn({ name, summary, fields }: ActionSpec) {
  const shape = Object.fromEntries(Object.entries(fields).map(([field, of]) => [field, fieldIn(of)]));
  return z.strictObject({ action: z.literal(name), ...shape }).meta({ description: summary.en });
}

const schemas = new Map(ACTION_SPECS.map((spec) => [spec.name, actionIn(spec)]));
const [first, ...others] = [...schemas.values()] as [ReturnType<typeof actionIn>, ...ReturnType<typeof actionIn>[]];

export const namedActionIn = z
  .discriminatedUnion("action", [first, ...others])
  .transform(({ action, ...values }): NamedAction => ({ action, values: values }))
  .meta({ id: "CouncilAction", description: "What the council is asked to do; see GET /v1/council/actions." });

export const actionsIn = z.array(namedActionIn).min(1).max(32);

export const supportIn = z.enum(["against", "for", "abstain"]);

/** The JSON schema of one action, for forms. */
export function actionSchema(name: string): object {
  const schema = schemas.get(name);
  return schema === undefined ? {} : z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

const valueOut = z.union([z.string(), z.number(), z.boolean()]);

export const decodedActionOut = z
  .strictObject({
    action: z.string().meta({ description: "Its name in the catalogue; unknown-call for one that has none." }),
    values: z.record(z.string(), valueOut),
    calls: z.int().min(1).meta({ description: "How many of the proposal's calls it is." }),
    en: z.string(),
    zh: z.string(),
  })
  .meta({ id: "DecodedAction", description: "An action of a proposal, read from its calls." });

const callOut = z
  .strictObject({
    target: addressOut,
    contract: z.string().nullable(),
    value: z.string(),
    data: z.string(),
    role: z.string().nullable().meta({ description: "The role it needs; null: nobody restricts it." }),
    isHeld: z.boolean().meta({ description: "Whether the council holds that role." }),
    delaySeconds: z.int().min(0).meta({ description: "Between the vote and its effect." }),
  })
  .meta({ id: "CouncilCall" });

const simulationOut = z
  .strictObject({
    block: blockOut,
    isOk: z.boolean(),
    changes: z.array(
      z.strictObject({ en: z.string(), zh: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
    failure: z.union([z.strictObject({ call: z.int().min(0), action: z.string(), error: failureOut }), z.null()]),
  })
  .meta({ id: "Simulation", description: "What the chain says would change if this were carried out at that block." });

export const draftShape = {
  actions: z.array(decodedActionOut),
  calls: z.array(callOut),
  delaySeconds: z.int().min(0).meta({ description: "Of the whole proposal: its longest." }),
  simulation: simulationOut,
};

export function presentDraft({ actions, calls, delaySeconds, simulation }: Draft) {
  return {
    actions: [...actions],
    calls: calls.map(({ target, contract, value, data, role, isHeld, delaySeconds: delay }) => ({
      target,
      contract: contract ?? null,
      value: value.toString(),
      data,
      role: role ?? null,
      isHeld,
      delaySeconds: delay,
    })),
    delaySeconds,
    simulation: {
      ...simulation,
      changes: [...simulation.changes],
      failure: simulation.failure ?? null,
    },
  };
}
