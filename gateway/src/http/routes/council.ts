/** How the alliance decides: proposals of named actions, votes by key or by ballot, and what follows a vote. */
import { z } from "zod";
import { cancelProposal, carryOut } from "../../commands/council/carry-out.ts";
import { DESCRIPTION_BYTES_MAX, draftProposal, simulateProposal } from "../../commands/council/draft.ts";
import { propose, proposeAndVote } from "../../commands/council/propose.ts";
import { representativeOf } from "../../commands/council/as-member.ts";
import { castVote, prepareBallot, relayBallot } from "../../commands/council/vote.ts";
import { ACTION_SPECS, ACTION_SUBJECTS, subjectOf } from "../../council/catalogue.ts";
import { FIELD_KINDS } from "../../council/fields.ts";
import { ROLES } from "../../kernel/caller.ts";
import { PROPOSAL_STATES } from "../../kernel/statuses.ts";
import { answerCommand, commandOut, presentCommand } from "../command-answer.ts";
import { actionSchema, actionsIn, draftShape, presentDraft, supportIn } from "../council-schemas.ts";
import { askedOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { addressIn, hexDataIn } from "../schemas.ts";
import { typedDataOut } from "./signing.ts";

const tag = "Council";
const accepted = { output: commandOut, status: 202, tag } as const;

const proposalPath = z.strictObject({
  id: z
    .string()
    .regex(/^[1-9][0-9]{0,9}$/, "must be a proposal's number")
    .transform(BigInt)
    .meta({ description: "The proposal's number: 1, 2, 3, …", example: "1" }),
});

/** Text that people read; lines are allowed. */
const descriptionIn = z
  .string()
  .min(1)
  .max(DESCRIPTION_BYTES_MAX)
  .regex(/^[^\u0000-\u0009\u000b-\u001f\u007f]*$/, "must not contain control characters but line feeds")
  .refine((text) => Buffer.byteLength(text) <= DESCRIPTION_BYTES_MAX, `must be at most ${DESCRIPTION_BYTES_MAX} bytes`)
  .meta({ description: "Why; left out: the actions' own sentences. The same actions need another one each time." });

const labelOut = z.strictObject({ en: z.string(), zh: z.string() });

const listActions = route({
  method: "get",
  path: "/v1/council/actions",
  operationId: "listCouncilActions",
  summary: "What the council can be asked to do, by name",
  tag,
  roles: "public",
  output: z.strictObject({
    items: z.array(
      z.strictObject({
        action: z.string(),
        subject: z.enum(ACTION_SUBJECTS),
        en: z.string(),
        zh: z.string(),
        fields: z
          .array(z.strictObject({ name: z.string(), kind: z.enum(FIELD_KINDS), label: labelOut }))
          .meta({ description: "For forms: what each field is called, and its kind." }),
        schema: z.record(z.string(), z.unknown()).meta({ description: "JSON Schema of the action." }),
      }),
    ),
  }),
  run: () =>
    Promise.resolve({
      items: ACTION_SPECS.map((spec) => ({
        action: spec.name,
        subject: subjectOf(spec),
        ...spec.summary,
        fields: Object.entries(spec.fields).map(([name, { kind, label }]) => ({ name, kind, label })),
        schema: actionSchema(spec.name) as Record<string, unknown>,
      })),
    }),
});

const draft = route({
  method: "post",
  path: "/v1/council/proposals/draft",
  operationId: "draftProposal",
  summary: "Actions in words, their delays, and what they would change now; nothing is stored or sent",
  tag,
  roles: "public",
  readOnly: true,
  body: z.strictObject({ actions: actionsIn }),
  output: z.strictObject(draftShape).meta({ id: "Draft" }),
  run: async (input, rooms) => presentDraft(await draftProposal(rooms, input.body.actions)),
});

const makeProposal = route({
  method: "post",
  path: "/v1/council/proposals",
  operationId: "propose",
  summary: "Propose, in the name of the caller's member; what would fail is refused",
  description:
    "With `vote` the proposer's own vote for it follows, as a command of its own: the answer waits for the proposal " +
    "to be confirmed, at least 30 s. When it says `vote: null`, send the same request again: it goes on where it stood.",
  tag,
  roles: ["member"],
  body: z.strictObject({
    actions: actionsIn,
    description: descriptionIn.optional(),
    vote: z.boolean().default(false).meta({ description: "Also vote for it." }),
  }),
  output: z
    .strictObject({ proposal: commandOut, vote: z.union([commandOut, z.null()]) })
    .meta({ id: "Proposed", description: "The commands that propose and, if asked for, vote." }),
  status: 202,
  async run(input, rooms) {
    const { vote, actions, description } = input.body;
    const asked = askedOf(input);
    const { proposed, voted } = vote
      ? await proposeAndVote(rooms, asked, { actions, description })
      : { proposed: await propose(rooms, asked, { actions, description }), voted: undefined };
    const proposal = await answerCommand(input, rooms, proposed);
    return { proposal, vote: voted === undefined ? null : await presentCommand(rooms, voted.command) };
  },
});

const simulation = route({
  method: "get",
  path: "/v1/council/proposals/:id/simulation",
  operationId: "simulateProposal",
  summary: "What an existing proposal would change if it were carried out now",
  tag,
  roles: "public",
  params: proposalPath,
  output: z
    .strictObject({ proposalId: z.int(), state: z.enum(PROPOSAL_STATES), ...draftShape })
    .meta({ id: "ProposalSimulation" }),
  async run({ params }, rooms) {
    const { proposal, ...rest } = await simulateProposal(rooms, params.id);
    return { proposalId: Number(proposal.id), state: proposal.state, ...presentDraft(rest) };
  },
});

const vote = route({
  ...accepted,
  method: "post",
  path: "/v1/council/proposals/:id/votes",
  operationId: "castVote",
  summary: "Vote in the name of the caller's member",
  description: "A vote can not be changed. In the second of the proposal it waits for the next.",
  roles: ["member"],
  params: proposalPath,
  body: z.strictObject({ support: supportIn, reason: descriptionIn.optional().meta({ description: "Why; public." }) }),
  run: async (input, rooms) =>
    answerCommand(input, rooms, await castVote(rooms, askedOf(input), { id: input.params.id, ...input.body })),
});

const ballot = route({
  method: "get",
  path: "/v1/council/proposals/:id/ballot",
  operationId: "prepareBallot",
  summary: "What a representative signs off-line to vote (EIP-712)",
  tag,
  roles: "public",
  params: proposalPath,
  query: z.strictObject({
    support: supportIn,
    voter: addressIn.optional().meta({ description: "The representative; left out: that of the caller's member." }),
  }),
  output: typedDataOut,
  async run({ params, query, caller }, rooms) {
    const voter = query.voter ?? (await representativeOf(rooms, caller));
    return prepareBallot(rooms, { id: params.id, support: query.support, voter });
  },
});

const relay = route({
  ...accepted,
  method: "post",
  path: "/v1/council/proposals/:id/ballots",
  operationId: "relayBallot",
  customers: "named",
  summary: "Send a ballot that a representative signed off-line; it costs nobody gas",
  roles: [...ROLES],
  params: proposalPath,
  body: z.strictObject({ voter: addressIn, support: supportIn, signature: hexDataIn }),
  run: async (input, rooms) =>
    answerCommand(input, rooms, await relayBallot(rooms, askedOf(input), { id: input.params.id, ...input.body })),
});

function step(name: "queue" | "execute", summary: string): Route {
  return route({
    ...accepted,
    method: "post",
    path: `/v1/council/proposals/:id/${name}`,
    operationId: `${name}Proposal`,
    summary,
    roles: [...ROLES],
    params: proposalPath,
    run: async (input, rooms) =>
      answerCommand(input, rooms, await carryOut(rooms, askedOf(input), { id: input.params.id, step: name })),
  });
}

const cancel = route({
  ...accepted,
  method: "post",
  path: "/v1/council/proposals/:id/cancel",
  operationId: "cancelProposal",
  summary: "The regulator's veto, until execution; or the proposer's second thoughts, before anybody can vote",
  roles: ["member", "regulator"],
  params: proposalPath,
  run: async (input, rooms) =>
    answerCommand(input, rooms, await cancelProposal(rooms, askedOf(input), input.params.id)),
});

export const councilRoutes: readonly Route[] = [
  listActions,
  draft,
  makeProposal,
  simulation,
  vote,
  ballot,
  relay,
  step("queue", "Begin the delay of a proposal that has succeeded; anybody with a key may"),
  step("execute", "Carry out a proposal whose delay is over; anybody with a key may"),
  cancel,
];
