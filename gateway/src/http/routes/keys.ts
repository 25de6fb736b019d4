/** API keys of an organisation. */
import { z } from "zod";
import { KEY_LIFE_DAYS_MAX, listKeys, makeKey, revokeKey } from "../../commands/keys.ts";
import { ROLES, SCOPES } from "../../kernel/caller.ts";
import { callerOf, writeOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { textIn, timestampOut } from "../schemas.ts";

const keyOut = z
  .strictObject({
    id: z.string(),
    organisation: z.string(),
    role: z.enum(ROLES),
    merchantId: z.int().nullable(),
    memberId: z.int().nullable(),
    label: z.string(),
    scopes: z.array(z.enum(SCOPES)).nullable().meta({ description: "null: whatever the role may." }),
    createdAt: timestampOut,
    expiresAt: timestampOut,
    revokedAt: timestampOut.nullable(),
  })
  .meta({ id: "ApiKey" });

const newKeyOut = z
  .strictObject({
    key: keyOut,
    secret: z
      .string()
      .nullable()
      .meta({ description: "The key's text, told only once; null when the same request is repeated." }),
  })
  .meta({ id: "NewApiKey" });

const createKey = route({
  method: "post",
  path: "/v1/keys",
  operationId: "createKey",
  summary: "Make an API key",
  tag: "Keys",
  roles: ["operator", "merchant"],
  body: z.strictObject({
    role: z.enum(ROLES),
    label: textIn(64),
    scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length).optional().meta({
      description: "Confines the key to these; left out: whatever its role may. See x-scope of each operation.",
    }),
    organisation: z
      .string()
      .regex(/^[a-z0-9-]{1,64}$/)
      .optional(),
    merchantId: z.int().min(1).max(2_147_483_647).optional(),
    memberId: z.int().min(1).max(2_147_483_647).optional().meta({
      description: "The member of the alliance that a key of the role member speaks for.",
    }),
    lifeDays: z.int().min(1).max(KEY_LIFE_DAYS_MAX).optional(),
  }),
  output: newKeyOut,
  status: 201,
  async run(input, rooms) {
    const { secret, record } = await makeKey(rooms, callerOf(input), { ...input.body, ...writeOf(input) });
    if (secret === null) input.answer.header("Idempotency-Replayed", "true");
    return { key: record, secret };
  },
});

const listOfKeys = route({
  method: "get",
  path: "/v1/keys",
  operationId: "listKeys",
  summary: "The newest 200 API keys, without their secrets",
  tag: "Keys",
  roles: ["operator", "merchant"],
  output: z.strictObject({ items: z.array(keyOut) }),
  run: async (input, rooms) => ({ items: await listKeys(rooms, callerOf(input)) }),
});

const deleteKey = route({
  method: "delete",
  path: "/v1/keys/:keyId",
  operationId: "revokeKey",
  summary: "Revoke an API key at once",
  tag: "Keys",
  roles: ["operator", "merchant"],
  params: z.strictObject({ keyId: z.string().regex(/^[0-9a-f]{16}$/, "must be the id of a key") }),
  output: z.strictObject({ revoked: z.literal(true) }),
  async run(input, rooms) {
    await revokeKey(rooms, callerOf(input), input.params.keyId);
    return { revoked: true as const };
  },
});

export const keyRoutes: readonly Route[] = [createKey, listOfKeys, deleteKey];
