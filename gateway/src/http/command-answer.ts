/** How a command is shown: the same for every write, for `GET /v1/commands/:id`, and for a repeated request. */
import { z } from "zod";
import type { Accepted, Command } from "../commands/accept.ts";
import { proposalIdOf } from "../commands/council/proposal-id.ts";
import type { Rooms } from "../commands/rooms.ts";
import { explain, outcomeOf } from "../commands/show-command.ts";
import type { Answer } from "./route.ts";
import { addressOut, hex32Out, timestampOut, orNull } from "./schemas.ts";

const factsOut = z.record(z.string(), z.union([z.string(), z.number()]));

export const failureOut = z
  .strictObject({ code: z.string(), facts: factsOut, en: z.string(), zh: z.string() })
  .meta({ id: "Failure", description: "Why it failed: a code of /docs/errors or the name of the contract's error." });

export const commandStateOut = z
  .enum(["queued", "sent", "confirmed", "failed"])
  .meta({ description: "confirmed and failed are final." });

const countOut = z.int().min(0);

export const commandOut = z
  .strictObject({
    id: z.uuid(),
    kind: z.string(),
    state: commandStateOut,
    merchantId: z.int().nullable(),
    transactions: z.array(
      z.strictObject({
        hash: hex32Out,
        state: z.enum(["signed", "sent", "confirmed", "reverted", "replaced"]),
        blockNumber: z.int().nullable(),
      }),
    ),
    items: z
      .strictObject({ queued: countOut, sent: countOut, confirmed: countOut, failed: countOut })
      .nullable()
      .meta({ description: "How many items of an issue are in each state; null for other kinds." }),
    error: orNull(failureOut),
    outcome: z
      .strictObject({ merchantId: z.int(), controller: addressOut, token: addressOut.optional() })
      .nullable()
      .meta({ description: "What an application made; null for other kinds and before it is confirmed." }),
    proposalId: z
      .int()
      .nullable()
      .meta({ description: "The proposal that it made; null for other kinds and before it is confirmed." }),
    createdAt: timestampOut,
    settledAt: timestampOut.nullable(),
  })
  .meta({
    id: "Command",
    description: "A write that was accepted: it is carried out exactly once, or fails with a reason.",
  });

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

export async function presentCommand(rooms: Rooms, command: Command): Promise<z.input<typeof commandOut>> {
  const outcome = await outcomeOf(rooms, command);
  const proposalId = await proposalIdOf(rooms, command);
  return {
    id: command.id,
    kind: command.kind,
    state: command.state,
    merchantId: command.merchantId ?? null,
    transactions: command.transactions.map(({ hash, state, blockNumber }) => ({
      hash,
      state,
      blockNumber: blockNumber ?? null,
    })),
    items: command.items ?? null,
    error: command.error === undefined ? null : explain(command.error),
    outcome: outcome ?? null,
    proposalId: proposalId === undefined ? null : Number(proposalId),
    createdAt: seconds(command.createdAt),
    settledAt: command.settledAt === undefined ? null : seconds(command.settledAt),
  };
}

/** 202 while it is under way, 200 once it is settled. */
export async function answerCommand(
  { answer }: { answer: Answer },
  rooms: Rooms,
  { command, isReplay }: Accepted,
): Promise<z.input<typeof commandOut>> {
  const isSettled = command.state === "confirmed" || command.state === "failed";
  answer.status(isSettled ? 200 : 202);
  answer.header("Location", `/v1/commands/${command.id}`);
  if (isReplay) answer.header("Idempotency-Replayed", "true");
  return presentCommand(rooms, command);
}
