/** A member proposes: simulated first, so that nobody votes on what would fail; and may vote for it in the same request. */
import { callOf, council } from "../../chain/contracts.ts";
import type { CouncilCall } from "../../council/action.ts";
import type { NamedAction } from "../../council/catalogue.ts";
import { decodeCalls } from "../../council/catalogue.ts";
import { refOf } from "../../chain/text-ref.ts";
import { LedgerError } from "../../kernel/errors.ts";
import { waitForCommand } from "../../outbox/read.ts";
import type { Accepted } from "../accept.ts";
import type { Asked } from "../asked.ts";
import type { Rooms } from "../rooms.ts";
import { acceptAsMember } from "./as-member.ts";
import { encodeDraft } from "./draft.ts";
import { findSame, proposalIdOf } from "./proposal-id.ts";
import { simulate } from "./simulate.ts";
import { castVote } from "./vote.ts";

interface NewProposal {
  readonly actions: readonly NamedAction[];
  /** Left out: the actions' own sentences. */
  readonly description: string | undefined;
}

/** A vote can only follow a proposal that stands on the chain. */
const VOTE_WAIT_MS_MIN = 30_000;

export function propose(rooms: Rooms, asked: Asked, { actions, description }: NewProposal): Promise<Accepted> {
  return acceptAsMember(rooms, asked, async () => {
    const calls = encodeDraft(rooms, actions);
    const text = description ?? sentencesOf(rooms, calls);
    await assertNew(rooms, calls, text);
    await assertWouldSucceed(rooms, calls);
    const data = council.encodeFunctionData("propose", [...partsOf(calls), text]);
    return { kind: "council.propose", call: callOf(rooms.deployment.contracts.council, data) };
  });
}

export interface ProposedAndVoted {
  readonly proposed: Accepted;
  /** Undefined while the proposal is not confirmed, or has failed: ask again with the same key, and it goes on. */
  readonly voted: Accepted | undefined;
}

/** Two commands, each with its own key and outcome. Repeated, it goes on where it stood. */
export async function proposeAndVote(rooms: Rooms, asked: Asked, proposal: NewProposal): Promise<ProposedAndVoted> {
  const { command, isReplay } = await propose(rooms, asked, proposal);
  const waitMs = Math.max(asked.waitMs, VOTE_WAIT_MS_MIN);
  const settled = (await waitForCommand(rooms.db, command.id, waitMs)) ?? command;
  const proposed = { command: settled, isReplay };
  const id = await proposalIdOf(rooms, settled);
  if (id === undefined) return { proposed, voted: undefined };
  const idempotencyKey = refOf(`${asked.idempotencyKey} vote`);
  return { proposed, voted: await castVote(rooms, { ...asked, idempotencyKey }, { id, support: "for" }) };
}

function partsOf(calls: readonly CouncilCall[]): [string[], bigint[], string[]] {
  return [calls.map(({ target }) => target), calls.map(({ value }) => value), calls.map(({ data }) => data)];
}

function sentencesOf({ deployment }: Rooms, calls: readonly CouncilCall[]): string {
  return decodeCalls(calls, deployment.contracts)
    .map(({ en, zh }) => `${en} · ${zh}`)
    .join("\n");
}

async function assertNew(rooms: Rooms, calls: readonly CouncilCall[], text: string): Promise<void> {
  const same = await findSame(rooms, partsOf(calls), text);
  if (same !== undefined) throw new LedgerError("proposal_exists", { proposalId: Number(same) });
}

async function assertWouldSucceed(rooms: Rooms, calls: readonly CouncilCall[]): Promise<void> {
  const { failure } = await simulate(rooms, calls);
  if (failure === undefined) return;
  const { call, action, error } = failure;
  const facts = { ...error.facts, call, action, error: error.code, reason: error.en, reasonZh: error.zh };
  throw new LedgerError("proposal_would_fail", facts);
}
