/** The sharing program (共享购): what it holds and owes, merchants' deposits and sales, holders' redemptions. */
import { z } from "zod";
import { readSharing, readSharingAccount, readSharingMerchant } from "../../../commands/sharing/read-sharing.ts";
import { prepareRedeemShares, redeemShares } from "../../../commands/sharing/redeem-shares.ts";
import { collectDebt, refundSale, shareSale } from "../../../commands/sharing/share-sale.ts";
import type { SharingChange } from "../../../commands/sharing/take-part.ts";
import { changeSharing } from "../../../commands/sharing/take-part.ts";
import { listSharingDays, listSharingSales } from "../../../queries/sharing.ts";
import { answerCommand, commandOut } from "../../command-answer.ts";
import { askedOf } from "../../present.ts";
import { readingOf } from "../../read-schemas.ts";
import type { Route } from "../../route.ts";
import { route } from "../../route.ts";
import { addressIn, blockOut, pageOut, pageQuery } from "../../schemas.ts";
import * as schemas from "../../sharing-schemas.ts";
import { merchantPath } from "../../write-schemas.ts";
import { typedDataOut } from "../signing.ts";

const tag = "Sharing";
const accepted = { method: "post", tag, output: commandOut, status: 202 } as const;
const read = { method: "get", tag, roles: "public" } as const;

const reads: readonly Route[] = [
  route({
    ...read,
    path: "/v1/sharing",
    operationId: "getSharing",
    summary: "The sharing program: funded, claims, coverage, days to clear, and who has most",
    description: "Off until the council turns it on. Figures are the contract's own, at one block.",
    output: schemas.sharingOut,
    run: (_input, rooms) => readSharing(rooms),
  }),
  route({
    ...read,
    path: "/v1/sharing/days",
    operationId: "listSharingDays",
    summary: "What each of the last 366 days gave out",
    output: z.strictObject({ items: z.array(schemas.sharingDayOut), block: blockOut }).meta({ id: "SharingDays" }),
    run: (_input, rooms) => listSharingDays(readingOf(rooms)),
  }),
  route({
    ...read,
    path: "/v1/sharing/sales",
    operationId: "listSharingSales",
    summary: "Shared sales, newest first",
    query: z.strictObject({
      ...pageQuery,
      consumer: addressIn.optional(),
      merchantId: z.coerce.number<string>().int().min(1).max(2_147_483_647).optional(),
    }),
    output: pageOut(schemas.sharingSaleOut),
    run: ({ query }, rooms) => listSharingSales(readingOf(rooms), query, query),
  }),
  route({
    ...read,
    path: "/v1/sharing/accounts/:account",
    operationId: "getSharingAccount",
    summary: "What an account has in the sharing program",
    params: z.strictObject({ account: addressIn }),
    output: schemas.sharingAccountOut,
    run: ({ params }, rooms) => readSharingAccount(rooms, params.account),
  }),
  route({
    ...read,
    path: "/v1/merchants/:id/sharing",
    operationId: "getSharingMerchant",
    summary: "A merchant's deposit and rebate in the sharing program",
    params: merchantPath,
    output: schemas.sharingMerchantOut,
    run: ({ params }, rooms) => readSharingMerchant(rooms, params.id),
  }),
];

/** What the merchant does with its own part; `body` says what the change is. */
function changeRoute<B extends z.ZodType>(
  text: { step: SharingChange["step"]; operationId: string; summary: string },
  body: B,
  toChange: (body: z.output<B>) => SharingChange,
): Route {
  const { step, ...rest } = text;
  return route({
    ...accepted,
    ...rest,
    path: `/v1/merchants/:id/sharing/${step}`,
    roles: ["merchant"],
    owned: "merchant",
    params: merchantPath,
    body,
    run: async (input, rooms) => {
      const wanted = { merchantId: input.params.id, change: toChange(input.body as z.output<B>) };
      return answerCommand(input, rooms, await changeSharing(rooms, askedOf(input), wanted));
    },
  });
}

const writes: readonly Route[] = [
  changeRoute(
    {
      step: "join",
      operationId: "joinSharing",
      summary: "Join with a deposit worth at least 500 yuan, bought at net asset value",
    },
    schemas.joinBody,
    (body) => ({ step: "join", ...body }),
  ),
  changeRoute(
    { step: "deposit", operationId: "addSharingDeposit", summary: "Add alliance tokens to the deposit" },
    schemas.depositBody,
    (body) => ({ step: "deposit", ...body }),
  ),
  changeRoute(
    {
      step: "withdraw",
      operationId: "withdrawSharingDeposit",
      summary: "Take share points of the deposit out at net asset value; all of them is leaving",
    },
    schemas.withdrawBody,
    (body) => ({ step: "withdraw", ...body }),
  ),
  changeRoute(
    { step: "rebate", operationId: "setSharingRebate", summary: "Set the rebate at which later sales are shared" },
    schemas.rebateBody,
    (body) => ({ step: "rebate", ...body }),
  ),
  route({
    ...accepted,
    path: "/v1/merchants/:id/sharing/sales",
    operationId: "shareSale",
    summary: "Share a sale: consumer and merchant gain share value, the deposit burns the rebate",
    description:
      "Once for each saleRef. The merchant's own accounts earn nothing at its shop (SharingSelfDealing); a deposit too small " +
      "refuses the sale (SharingDepositExceeded).",
    roles: ["till", "merchant"],
    owned: "merchant",
    params: merchantPath,
    body: schemas.saleBody,
    run: async (input, rooms) => {
      const request = { merchantId: input.params.id, ...input.body };
      return answerCommand(input, rooms, await shareSale(rooms, askedOf(input), request));
    },
  }),
  route({
    ...accepted,
    path: "/v1/merchants/:id/sharing/sales/:ref/refund",
    operationId: "refundSharedSale",
    summary: "Take back what a part of a sale gave to both sides, and give the deposit its points back",
    roles: ["till", "merchant"],
    owned: "merchant",
    params: schemas.salePath,
    body: schemas.saleRefundBody,
    run: async (input, rooms) => {
      const request = { merchantId: input.params.id, saleRef: input.params.ref, ...input.body };
      return answerCommand(input, rooms, await refundSale(rooms, askedOf(input), request));
    },
  }),
  route({
    ...accepted,
    path: "/v1/merchants/:id/sharing/collect",
    operationId: "collectSharingDebt",
    summary: "Move to the deposit what a consumer owed the merchant for refunds and has earned since",
    description:
      "The merchant stands in for what a consumer has redeemed of a sale that is refunded; the consumer's later points repay it.",
    roles: ["till", "merchant"],
    owned: "merchant",
    params: merchantPath,
    body: schemas.collectBody,
    run: async (input, rooms) => {
      const request = { merchantId: input.params.id, ...input.body };
      return answerCommand(input, rooms, await collectDebt(rooms, askedOf(input), request));
    },
  }),
  route({
    ...accepted,
    path: "/v1/sharing/redemptions",
    operationId: "redeemSharePoints",
    customers: "named",
    summary: "Redeem share points at net asset value for alliance tokens, by the holder's signature",
    roles: ["consumer", "till", "merchant"],
    body: schemas.redemptionBody,
    run: async (input, rooms) => {
      const { account, signature, customerId, ...wanted } = input.body;
      const request = { ...wanted, consent: { account, signature, customerId } };
      return answerCommand(input, rooms, await redeemShares(rooms, askedOf(input), request));
    },
  }),
];

export const sharingRoutes: readonly Route[] = [
  ...reads,
  ...writes,
  route({
    method: "post",
    tag: "Signing",
    roles: "public",
    readOnly: true,
    path: "/v1/signing/share-redemption",
    operationId: "prepareShareRedemption",
    summary: "What to sign to redeem share points",
    body: schemas.redemptionAsking,
    output: typedDataOut,
    run: (input, rooms) => prepareRedeemShares(rooms, input.body),
  }),
];
