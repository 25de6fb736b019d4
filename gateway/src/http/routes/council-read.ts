/** The council, its proposals and the roles it gave, to read. */
import { z } from "zod";
import { decodeCalls } from "../../council/catalogue.ts";
import type { Rooms } from "../../commands/rooms.ts";
import type { Address } from "../../kernel/ids.ts";
import { PROPOSAL_STATES } from "../../kernel/statuses.ts";
import type { ProposalView } from "../../queries/council.ts";
import { listProposals, listRoles, showCouncil, showProposal } from "../../queries/council.ts";
import { councilFields, proposalFields, roleOut } from "../governance-schemas.ts";
import { readingOf } from "../read-schemas.ts";
import { route } from "../route.ts";
import { blockOut, pageOut, pageQuery } from "../schemas.ts";

const tag = "Council";
const roles = "public";

/** The calls as they are, and what they mean. */
function told(view: ProposalView, { deployment }: Rooms) {
  const calls = view.calls.map((call) => ({ ...call, value: BigInt(call.value) }));
  return { ...view, calls: [...view.calls], actions: decodeCalls(calls, deployment.contracts) };
}

export const councilReadRoutes = [
  route({
    method: "get",
    path: "/v1/council",
    operationId: "getCouncil",
    summary: "Threshold, members, delays, and who may veto",
    tag,
    roles,
    output: z.strictObject({ ...councilFields, block: blockOut }).meta({ id: "Council" }),
    run: (_input, rooms) => showCouncil(readingOf(rooms), rooms.deployment.contracts),
  }),
  route({
    method: "get",
    path: "/v1/council/proposals",
    operationId: "listProposals",
    summary: "What the council was asked, newest first, with states, votes and deadlines",
    tag,
    roles,
    query: z.strictObject({ ...pageQuery, state: z.enum(PROPOSAL_STATES).optional() }),
    output: pageOut(z.strictObject(proposalFields).meta({ id: "Proposal" })),
    async run({ query }, rooms) {
      const page = await listProposals(readingOf(rooms), query.state, query);
      return { ...page, items: page.items.map((view) => told(view, rooms)) };
    },
  }),
  route({
    method: "get",
    path: "/v1/council/proposals/:id",
    operationId: "getProposal",
    summary: "One proposal with its actions in words and each member's vote",
    tag,
    roles,
    params: z.strictObject({ id: z.coerce.number<string>().int().min(1).max(2_147_483_647) }),
    output: z.strictObject({ ...proposalFields, block: blockOut }).meta({ id: "ProposalDetail" }),
    async run({ params }, rooms) {
      const { block, ...view } = await showProposal(readingOf(rooms), params.id);
      return { ...told(view, rooms), block };
    },
  }),
  route({
    method: "get",
    path: "/v1/roles",
    operationId: "listRoles",
    summary: "Every role of the alliance: who holds it, with which delay, and what it is asked for",
    tag,
    roles,
    output: z.strictObject({ items: z.array(roleOut), block: blockOut }).meta({ id: "Roles" }),
    run(_input, rooms) {
      const contracts = new Map(
        Object.entries(rooms.deployment.contracts).map(([name, address]) => [address, name] as [Address, string]),
      );
      return listRoles(readingOf(rooms), { contracts });
    },
  }),
];
