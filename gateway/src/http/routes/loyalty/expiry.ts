/** What expires when, who was told, and giving back what expired. */
import { z } from "zod";
import { LIVES_DEFAULT, reinstate } from "../../../commands/expiry/reinstate.ts";
import { LIVES_MAX, NOTICE_DAYS } from "../../../loyalty/expiry.ts";
import {
  listExpiryNotices,
  listReinstatements,
  showAccountExpiries,
  showMerchantExpiries,
} from "../../../queries/expiries.ts";
import { answerCommand, commandOut } from "../../command-answer.ts";
import { askedOf } from "../../present.ts";
import { amountOut, readingOf } from "../../read-schemas.ts";
import type { Route } from "../../route.ts";
import { route } from "../../route.ts";
import {
  addressIn,
  addressOut,
  amountOut as pointsOut,
  blockOut,
  pageQuery,
  pointsIn,
  textIn,
  timestampOut,
} from "../../schemas.ts";
import { merchantPath } from "../../write-schemas.ts";

const tag = "Loyalty";
const readers = ["merchant", "operator", "auditor", "regulator"] as const;
const owned = "merchant";

const ADDRESS = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const ID = "5a3cc2a1-5f6b-4a51-9c2e-1d9a3f0e7b10";
const EXPIRES_AT = 1_798_732_800;
const epochOut = z.int().meta({ description: "Points of one epoch expire together.", example: 226 });
const expiresAtOut = timestampOut.meta({
  description: "Unix seconds: the first at which they are gone.",
  example: EXPIRES_AT,
});
const nextCursor = z.string().nullable().meta({ example: null });

const label = { token: addressOut, name: z.string(), symbol: z.string(), merchantId: z.int() };

const accountExpiriesOut = z
  .strictObject({
    account: addressOut,
    items: z.array(
      z.strictObject({
        ...label,
        epoch: epochOut,
        points: amountOut,
        expiresAt: expiresAtOut,
        daysLeft: z.int().meta({ description: "Whole days.", example: 41 }),
      }),
    ),
    lapsed: z
      .array(
        z.strictObject({
          ...label,
          epoch: epochOut,
          points: amountOut,
          reinstated: amountOut.meta({ description: "Of these, given back by the merchant." }),
          expiredAt: timestampOut,
        }),
      )
      .meta({ description: "What expired, the newest 100." }),
    block: blockOut,
  })
  .meta({ id: "AccountExpiries" });

const merchantExpiriesOut = z
  .strictObject({
    ...label,
    calendar: z.string(),
    utcOffsetSeconds: z.int(),
    items: z.array(
      z.strictObject({
        epoch: epochOut,
        points: amountOut,
        expiresAt: expiresAtOut.nullable(),
        notices: z.array(
          z.strictObject({
            days: z.int().meta({ description: NOTICE_DAYS.join(", "), example: 30 }),
            at: timestampOut.meta({ description: "When it is due: midnight in the merchant's time zone." }),
            told: z.int().meta({ description: "Accounts told so far.", example: 128 }),
            isDone: z.boolean(),
          }),
        ),
      }),
    ),
    block: blockOut,
  })
  .meta({ id: "MerchantExpiries" });

const noticeOut = z
  .strictObject({
    account: addressOut,
    token: addressOut,
    epoch: epochOut,
    points: pointsOut,
    expiresAt: expiresAtOut,
    days: z.int().meta({ example: 30 }),
    at: timestampOut,
    eventId: z.uuid().nullable().meta({ description: "The event points.expiring that told it.", example: ID }),
    deliveries: z
      .array(
        z.strictObject({
          id: z.uuid().meta({ example: ID }),
          webhookId: z.uuid().meta({ example: ID }),
          state: z.enum(["waiting", "delivered", "dead"]).meta({ example: "delivered" }),
          attempts: z.int().meta({ example: 1 }),
          deliveredAt: timestampOut.nullable(),
        }),
      )
      .meta({ description: "What became of telling the merchant's webhooks." }),
  })
  .meta({ id: "ExpiryNotice" });

const reinstatementOut = z
  .strictObject({
    reinstatementRef: z.string().meta({ example: "complaint-2027-118" }),
    account: addressOut,
    token: addressOut,
    epoch: epochOut,
    points: pointsOut,
    intoEpoch: z.int().meta({ description: "The epoch they were issued into.", example: 230 }),
    expiresAt: expiresAtOut.nullable(),
    reason: z.string().meta({ example: "Shop was closed in the last week of the quarter" }),
    askedBy: z.string().meta({ description: "The organisation that asked.", example: "xiangcun" }),
    keyId: z.string().meta({ description: "The API key that it asked with.", example: "0123456789abcdef" }),
    commandId: z.uuid().meta({ example: ID }),
    state: z.enum(["asked", "issued", "failed"]).meta({ example: "issued" }),
    at: timestampOut,
  })
  .meta({ id: "Reinstatement" });

const calendarRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/accounts/:account/expiries",
    operationId: "getAccountExpiries",
    summary: "An account's calendar of expiry over all merchants, and what expired",
    tag: "Accounts",
    roles: "public",
    params: z.strictObject({ account: addressIn }),
    output: accountExpiriesOut,
    run: ({ params }, rooms) => showAccountExpiries(readingOf(rooms), params.account),
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/expiries",
    operationId: "getMerchantExpiries",
    summary: "What of the merchant's circulating points expires when, and who is told by then",
    tag,
    roles: readers,
    owned,
    params: merchantPath,
    output: merchantExpiriesOut,
    run: ({ params }, rooms) => showMerchantExpiries(readingOf(rooms), params.id),
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/expiry-notices",
    operationId: "listExpiryNotices",
    summary: "Who was told 30, 7 and 1 days before, newest first, with the record of each delivery",
    tag,
    roles: readers,
    owned,
    params: merchantPath,
    query: z.strictObject({ ...pageQuery, account: addressIn.optional() }),
    output: z.strictObject({ items: z.array(noticeOut), nextCursor }),
    run: ({ params, query }, { db }) => listExpiryNotices(db, params.id, query),
  }),
];

const reinstatementRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/merchants/:id/reinstatements",
    operationId: "reinstatePoints",
    summary: "Give expired points back, with the reason",
    description:
      "Never more than what expired of the account and epoch (see lapsed of /v1/accounts/{account}/expiries). Issued on the chain as the order reinstate:<reinstatementRef>. The same reinstatementRef and content again gives the same command.",
    tag,
    roles: ["merchant", "operator"],
    owned,
    params: merchantPath,
    body: z.strictObject({
      reinstatementRef: z
        .string()
        .regex(/^[\x21-\x7e]{1,100}$/, "must be 1 to 100 printable ASCII characters without spaces")
        .meta({ description: "Your name of it, unique for ever.", example: "complaint-2027-118" }),
      account: addressIn.optional().meta({ example: ADDRESS }),
      customerId: z.uuid().optional().meta({ description: "A customer of yours, instead of the account." }),
      epoch: z.int().min(0).max(1_000_000).meta({ description: "That they expired from.", example: 226 }),
      points: pointsIn,
      reason: textIn(500).meta({ example: "Shop was closed in the last week of the quarter" }),
      lives: z.int().min(1).max(LIVES_MAX).default(LIVES_DEFAULT).meta({
        description: "Ends of epochs until they expire again: 1 is the end of the present one.",
        example: LIVES_DEFAULT,
      }),
    }),
    output: commandOut,
    status: 202,
    run: async (input, rooms) => {
      const request = { merchantId: input.params.id, ...input.body };
      return answerCommand(input, rooms, await reinstate(rooms, askedOf(input), request));
    },
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/reinstatements",
    operationId: "listReinstatements",
    summary: "Who gave what back to whom, when and why, newest first",
    tag,
    roles: readers,
    owned,
    params: merchantPath,
    query: z.strictObject(pageQuery),
    output: z.strictObject({ items: z.array(reinstatementOut), nextCursor }),
    run: ({ params, query }, { db }) => listReinstatements(db, params.id, query),
  }),
];

export const expiryRoutes: readonly Route[] = [...calendarRoutes, ...reinstatementRoutes];
