/** What became of a command, in words of the caller: its transactions, its failure explained, and what came of it. */
import { merchantRegistry } from "../chain/contracts.ts";
import type { Caller } from "../kernel/caller.ts";
import { ownNames } from "../kernel/caller.ts";
import { LedgerError } from "../kernel/errors.ts";
import { describeFailure } from "../kernel/failures.ts";
import type { Command, CommandItem } from "../outbox/command.ts";
import { readCommand, readCommandItems, waitForCommand } from "../outbox/read.ts";
import { readFirstStep } from "../store/replays.ts";
import { findMerchant, view } from "./find-merchant.ts";
import type { Rooms } from "./rooms.ts";

/** A customer's own are told from others' of its organisation by the names of its writes. */
function isOwn({ organisation, idempotencyKey }: Command, caller: Caller): boolean {
  if (organisation !== caller.organisation) return false;
  return caller.self === undefined || idempotencyKey.startsWith(ownNames(caller.self));
}

/** Operators see every organisation's commands; anyone else its own. */
export async function findCommand(rooms: Rooms, caller: Caller, id: string, waitMs = 0): Promise<Command> {
  const command = await readCommand(rooms.db, id);
  if (command === undefined || (caller.role !== "operator" && !isOwn(command, caller)))
    throw new LedgerError("not_found", { what: `command ${id}` });
  if (waitMs === 0 || command.settledAt !== undefined) return command;
  return (await waitForCommand(rooms.db, id, waitMs)) ?? command;
}

export async function listCommandItems(
  rooms: Rooms,
  caller: Caller,
  page: { id: string; after: number; limit: number },
): Promise<CommandItem[]> {
  const { id, ...rest } = page;
  await findCommand(rooms, caller, id);
  return readCommandItems(rooms.db, id, rest);
}

export interface Explained {
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly en: string;
  readonly zh: string;
}

export function explain(failure: { code: string; facts: Readonly<Record<string, string | number>> }): Explained {
  return { ...failure, ...describeFailure(failure.code, failure.facts) };
}

export interface Outcome {
  readonly merchantId: number;
  readonly controller: string;
  readonly token?: string;
}

/** The number that an application made; undefined for other kinds, and while no node answers. */
export async function outcomeOf(rooms: Rooms, command: Command): Promise<Outcome | undefined> {
  if (command.state !== "confirmed") return undefined;
  if (command.kind !== "merchant.apply") return undefined;
  try {
    const merchantId = await appliedMerchant(rooms, command.id);
    if (merchantId === 0) return undefined;
    const { controller, token } = await findMerchant(rooms, merchantId);
    return { merchantId, controller, ...(token === undefined ? {} : { token }) };
  } catch (error) {
    if (error instanceof LedgerError && error.code === "chain_unreachable") return undefined;
    throw error;
  }
}

/** The merchant that the applying key controls; 0 when there is none. */
async function appliedMerchant(rooms: Rooms, commandId: string): Promise<number> {
  const controller = (await readFirstStep(rooms.db, commandId))?.signer;
  if (controller === undefined) return 0;
  const data = merchantRegistry.encodeFunctionData("merchantIdOfController", [controller]);
  return Number(BigInt(await view(rooms, rooms.deployment.contracts.merchantRegistry, data)));
}
