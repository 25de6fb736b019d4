/** Merchants apply (the council admits them), describe themselves, and lock what backs their points. */
import { z } from "zod";
import { applyForMerchant } from "../../commands/apply-for-merchant.ts";
import { depositCollateral, withdrawCollateral } from "../../commands/manage-collateral.ts";
import { updateProfile } from "../../commands/update-profile.ts";
import { CALENDARS } from "../../kernel/calendar.ts";
import { answerCommand, commandOut } from "../command-answer.ts";
import { askedOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { alpIn, hex32In } from "../schemas.ts";
import { alpBody, bytesIn, merchantPath } from "../write-schemas.ts";

const profile = {
  profileUri: z
    .string()
    .max(256)
    .regex(/^[\x21-\x7e]+$/, "must be a URI")
    .meta({ description: "Where the profile JSON is.", example: "/profiles/xiangcunji.json" }),
  profileHash: hex32In.meta({ description: "keccak256 of the profile JSON." }),
};

const tag = "Merchants";
const accepted = { output: commandOut, status: 202 } as const;

export const merchantWriteRoutes: readonly Route[] = [
  route({
    ...accepted,
    method: "post",
    path: "/v1/merchants",
    operationId: "applyForMerchant",
    summary:
      "Apply to be admitted as a merchant, by the council's action approve-merchant; the gateway keeps the controlling key",
    tag,
    roles: ["operator", "merchant"],
    body: z.strictObject({
      legalName: bytesIn(64),
      tokenName: bytesIn(31),
      tokenSymbol: bytesIn(11),
      category: bytesIn(32),
      pointsPerYuan: z.union([z.literal(100), z.literal(1000)]),
      calendar: z.enum(CALENDARS),
      utcOffsetSeconds: z.int().min(-43_200).max(50_400).multipleOf(60),
      ...profile,
    }),
    run: async (input, rooms) => answerCommand(input, rooms, await applyForMerchant(rooms, askedOf(input), input.body)),
  }),
  route({
    ...accepted,
    method: "put",
    path: "/v1/merchants/:id/profile",
    operationId: "updateProfile",
    summary: "Publish a new profile document",
    tag,
    roles: ["merchant"],
    owned: "merchant",
    params: merchantPath,
    body: z.strictObject(profile),
    run: async (input, rooms) =>
      answerCommand(
        input,
        rooms,
        await updateProfile(rooms, askedOf(input), { merchantId: input.params.id, ...input.body }),
      ),
  }),
  route({
    ...accepted,
    method: "post",
    path: "/v1/merchants/:id/collateral/deposits",
    operationId: "depositCollateral",
    summary: "Lock alliance tokens behind the merchant's points",
    tag,
    roles: ["merchant"],
    owned: "merchant",
    params: merchantPath,
    body: alpBody,
    run: async (input, rooms) =>
      answerCommand(
        input,
        rooms,
        await depositCollateral(rooms, askedOf(input), { merchantId: input.params.id, alp: input.body.alp }),
      ),
  }),
  route({
    ...accepted,
    method: "post",
    path: "/v1/merchants/:id/collateral/withdrawals",
    operationId: "withdrawCollateral",
    summary: "Ask for collateral back, take it when the delay is over, or cancel the request",
    tag,
    roles: ["merchant"],
    owned: "merchant",
    params: merchantPath,
    body: z.union([z.strictObject({ alp: alpIn }), z.strictObject({ step: z.enum(["take", "cancel"]) })]),
    run: async (input, rooms) =>
      answerCommand(
        input,
        rooms,
        await withdrawCollateral(rooms, askedOf(input), { merchantId: input.params.id, ...input.body }),
      ),
  }),
];
