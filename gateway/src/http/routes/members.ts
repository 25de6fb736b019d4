/** What a member does for itself, without a vote. */
import { z } from "zod";
import { CLAIM_EPOCHS_MAX, claimRewards } from "../../commands/council/claim-rewards.ts";
import { leaveAlliance, rotateNode, rotateRepresentative } from "../../commands/council/self-service.ts";
import { ROLES } from "../../kernel/caller.ts";
import { answerCommand, commandOut } from "../command-answer.ts";
import { askedOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { addressIn } from "../schemas.ts";
import { merchantIdIn } from "../write-schemas.ts";

const own = { method: "post", tag: "Council", roles: ["member"], output: commandOut, status: 202 } as const;

export const memberRoutes: readonly Route[] = [
  route({
    ...own,
    path: "/v1/members/me/rotate-representative",
    operationId: "rotateRepresentative",
    summary: "Let another address act for the caller's member; the old one can never be used again",
    body: z.strictObject({
      representative: addressIn.optional().meta({ description: "Left out: the gateway makes the key and keeps it." }),
    }),
    run: async (input, rooms) =>
      answerCommand(input, rooms, await rotateRepresentative(rooms, askedOf(input), input.body.representative)),
  }),
  route({
    ...own,
    path: "/v1/members/me/rotate-node",
    operationId: "rotateNode",
    summary: "Run the validator of the caller's member under another address",
    body: z.strictObject({ node: addressIn }),
    run: async (input, rooms) => answerCommand(input, rooms, await rotateNode(rooms, askedOf(input), input.body.node)),
  }),
  route({
    ...own,
    path: "/v1/members/me/leave",
    operationId: "leaveAlliance",
    summary: "Leave the alliance for good; rewards not claimed are never minted",
    run: async (input, rooms) => answerCommand(input, rooms, await leaveAlliance(rooms, askedOf(input))),
  }),
  route({
    ...own,
    path: "/v1/members/:id/rewards/claims",
    operationId: "claimRewards",
    summary: "Mint a member's node rewards of past epochs to its representative; anybody with a key may",
    roles: [...ROLES],
    params: z.strictObject({ id: merchantIdIn.meta({ description: "The member's number." }) }),
    body: z.strictObject({
      epochs: z.array(z.int().min(0).max(4_294_967_295)).min(1).max(CLAIM_EPOCHS_MAX),
    }),
    run: async (input, rooms) =>
      answerCommand(
        input,
        rooms,
        await claimRewards(rooms, askedOf(input), { memberId: input.params.id, epochs: input.body.epochs }),
      ),
  }),
];
