/** What customers do besides buying, and points by hand. */
import { z } from "zod";
import { grantPoints } from "../../../commands/loyalty/grant-points.ts";
import { recordEvent } from "../../../commands/loyalty/record-event.ts";
import { viewEarning } from "../../../queries/earnings.ts";
import { earningOut, eventBody, grantBody } from "../../earning-schemas.ts";
import { callerOf } from "../../present.ts";
import type { Route } from "../../route.ts";
import { route } from "../../route.ts";
import { addressOut, timestampOut } from "../../schemas.ts";
import { merchantPath } from "../../write-schemas.ts";
import { answerReplay } from "./orders.ts";

const shared = { method: "post", tag: "Loyalty", owned: "merchant", params: merchantPath, status: 201 } as const;

export const tasksRoutes: readonly Route[] = [
  route({
    ...shared,
    path: "/v1/merchants/:id/events",
    operationId: "recordEvent",
    summary: "Tell what a customer did: a step of a task, or the whole of one",
    description: "Steps count in their order. What a completed task earns is in the member's earnings.",
    roles: ["till", "merchant"],
    body: eventBody,
    output: z
      .strictObject({ eventRef: z.string(), account: addressOut, name: z.string(), at: timestampOut })
      .meta({ id: "MemberEvent" }),
    async run({ params, body, answer, ...input }, rooms) {
      const request = { ...body, merchantId: params.id };
      const { event, isReplay } = await recordEvent(rooms, callerOf(input), request);
      answerReplay(answer, isReplay);
      return { eventRef: event.event_ref, account: event.account, name: event.name, at: Number(event.at) };
    },
  }),
  route({
    ...shared,
    path: "/v1/merchants/:id/grants",
    operationId: "grantPoints",
    summary: "Give points by hand, with a reason",
    roles: ["merchant"],
    body: grantBody,
    output: earningOut,
    async run({ params, body, answer, ...input }, rooms) {
      const request = { ...body, merchantId: params.id };
      const { earning, isReplay } = await grantPoints(rooms, callerOf(input), request);
      answerReplay(answer, isReplay);
      return viewEarning(earning, rooms.clock.now());
    },
  }),
];
