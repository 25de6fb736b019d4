/** A merchant's customers: who brought them, their tier, their tasks, their points on the way. */
import { z } from "zod";
import { joinMember } from "../../../commands/loyalty/join-member.ts";
import { assertOwnCustomer } from "../../../commands/loyalty/whose.ts";
import { listEarnings } from "../../../queries/earnings.ts";
import { showMember } from "../../../queries/loyalty-members.ts";
import { earningOut, idPageOut, idPageQuery, memberBody, memberPath } from "../../earning-schemas.ts";
import { memberOut } from "../../member-schemas.ts";
import { callerOf } from "../../present.ts";
import type { Route } from "../../route.ts";
import { route } from "../../route.ts";
import { merchantPath } from "../../write-schemas.ts";
import { answerReplay } from "./orders.ts";

const ofMerchant = { tag: "Loyalty", owned: "merchant" } as const;
/** An app that keeps customers sees its own ones only. */
const readers = { ...ofMerchant, method: "get", roles: ["consumer", "till", "merchant", "operator"] } as const;

export const membersRoutes: readonly Route[] = [
  route({
    ...ofMerchant,
    method: "post",
    path: "/v1/merchants/:id/members",
    operationId: "joinMember",
    summary: "Make a customer a member, and say who brought her",
    description: "Whoever buys without having joined is a member too, brought by nobody.",
    roles: ["till", "merchant"],
    params: merchantPath,
    body: memberBody,
    output: memberOut,
    status: 201,
    async run({ params, body, answer, ...input }, rooms) {
      const request = { ...body, merchantId: params.id };
      const { account, isReplay } = await joinMember(rooms, callerOf(input), request);
      answerReplay(answer, isReplay);
      return showMember(rooms.db, { merchantId: params.id, account }, rooms.clock.now());
    },
  }),
  route({
    ...readers,
    path: "/v1/merchants/:id/members/:account",
    operationId: "getLoyaltyMember",
    customers: "named",
    summary: "A member's tier, points on their way, tasks and friends",
    params: memberPath,
    output: memberOut,
    async run({ params, ...input }, rooms) {
      await assertOwnCustomer(rooms, callerOf(input), params.account);
      return showMember(rooms.db, { merchantId: params.id, account: params.account }, rooms.clock.now());
    },
  }),
  route({
    ...readers,
    path: "/v1/merchants/:id/members/:account/earnings",
    operationId: "listMemberEarnings",
    customers: "named",
    summary: "Everything a member earned, the newest first: what is due, and what the chain was asked for",
    params: memberPath,
    query: z.strictObject(idPageQuery),
    output: idPageOut(earningOut),
    async run({ params, query: page, ...input }, rooms) {
      await assertOwnCustomer(rooms, callerOf(input), params.account);
      const of = { merchantId: params.id, account: params.account };
      return listEarnings(rooms.db, of, { page, nowMs: rooms.clock.now() });
    },
  }),
];
