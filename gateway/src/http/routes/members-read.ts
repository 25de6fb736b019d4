/** Members and what they earn for keeping their nodes. */
import { z } from "zod";
import { listMembers, showMember } from "../../queries/members.ts";
import { listRewardEpochs, showRewards } from "../../queries/rewards.ts";
import { epochOut, memberDetailFields, memberFields, rewardsFields, scheduleOut } from "../governance-schemas.ts";
import { amountOut, page, readingOf } from "../read-schemas.ts";
import { route } from "../route.ts";
import { blockOut, pageOut } from "../schemas.ts";

const roles = "public";
const memberPath = z.strictObject({ id: z.coerce.number<string>().int().min(1).max(2_147_483_647) });

export const membersReadRoutes = [
  route({
    method: "get",
    path: "/v1/members",
    operationId: "listMembers",
    summary: "Members of the alliance, those that left included",
    tag: "Alliance",
    roles,
    query: page,
    output: pageOut(z.strictObject(memberFields).meta({ id: "Member" })),
    run: ({ query }, rooms) => listMembers(readingOf(rooms), query),
  }),
  route({
    method: "get",
    path: "/v1/members/:id",
    operationId: "getMember",
    summary: "One member: its node, what changed about it, how it voted, what it earned",
    tag: "Alliance",
    roles,
    params: memberPath,
    output: z.strictObject({ ...memberDetailFields, block: blockOut }).meta({ id: "MemberDetail" }),
    run: ({ params }, rooms) => showMember(readingOf(rooms), params.id),
  }),
  route({
    method: "get",
    path: "/v1/rewards/epochs",
    operationId: "listRewardEpochs",
    summary: "Reward epochs, the present one first: emission, shares, who attested and claimed",
    tag: "Rewards",
    roles,
    query: page,
    output: z
      .strictObject({
        items: z.array(epochOut),
        nextCursor: z.string().nullable(),
        schedule: scheduleOut,
        emittedByYear: z.array(z.strictObject({ year: z.int(), emitted: amountOut })),
        block: blockOut,
      })
      .meta({ id: "RewardEpochs" }),
    run: ({ query }, rooms) => listRewardEpochs(readingOf(rooms), query),
  }),
  route({
    method: "get",
    path: "/v1/rewards/members/:id",
    operationId: "getMemberRewards",
    summary: "What one member earned, claimed and can claim",
    tag: "Rewards",
    roles,
    params: memberPath,
    output: z
      .strictObject({ memberId: z.int(), name: z.string(), ...rewardsFields, block: blockOut })
      .meta({ id: "MemberRewards" }),
    run: ({ params }, rooms) => showRewards(readingOf(rooms), params.id),
  }),
];
